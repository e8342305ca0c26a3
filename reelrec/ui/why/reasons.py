"""Why a film gets its stars and its place in the list: the sum, and what each of the visitor's films does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from reelrec import app
from reelrec.ui import events, links, state, text
from reelrec.ui.component import component

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.serving.lines import Line
    from reelrec.serving.place import Place
    from reelrec.visitor.profile import Profile

HOW = (
    "Each film’s amount is what the prediction loses without it, worked out again without that one rating "
    "(leave-one-out). Films that say the same share one effect, so the rest is named together. “Don’t count” leaves a "
    "film out of everything; its stars stay yours, and you can take it back."
)
SHOWN_PLACES = 200  # of a list that nobody reads further
DECIDES = "No single film of yours decides it: without any one of them it would stand where it stands."
_sum = component("sum")


def draw(profile: Profile, film: Film, model: str | None = None, key: str = "") -> None:
    """Draw both; nothing where no stars are predicted. model: of the list that shows them. key: tells two apart."""
    (lines,) = app.why(profile, [film], model)
    if not lines:
        return
    total = sum(line.stars for line in lines)
    longest = max(abs(line.stars) for line in lines if line.kind != "everybody") if len(lines) > 1 else 1.0
    rows = [_row(line, longest) for line in lines]
    whose = "you" if len(lines) > 1 else "anybody"
    rows.append(_line(f"Together: what {whose} would give it", f"{total:.2f}") | {"total": True})
    _draw("Terms of the predicted stars", rows, key=f"sum{key}-{film.number}", bars=True)
    if any(line.film for line in lines):
        st.markdown(f":small[{HOW}]")
    place = app.place(profile, film)
    if place and place.now <= SHOWN_PLACES:
        _place(place, film, key)


def again(profile: Profile, film: Film) -> None:
    """For a film whose stars do not count: say so, with the way back."""
    if film.number in profile.uncounted:
        with st.container(horizontal=True, vertical_alignment="center", key="uncounted"):
            st.markdown("You told us not to count this film.", width="content")
            st.button("Count it again", key=f"count-{film.number}", on_click=count_again, args=(film.number,))


def count_again(number: int) -> None:
    """Let what was said of a film count again."""
    film = app.catalogue().films[number]
    state.change(state.profile().counted_again(number), f"“{film.name}” counts again.")
    events.profile_changed()


def _place(place: Place, film: Film, key: str) -> None:
    """Where the film stands in the list, and where without each of the films that hold it there."""
    st.subheader(f"Its place in your list: {_ordinal(place.now)}", anchor=False)
    if not place.without:
        st.markdown(DECIDES)
        return
    rows = [
        _line(f"Without {other.name}", _ordinal(then))
        | {"film": other.number, "href": links.to(links.FILM, id=other.slug)}
        for other, then in place.without
    ]
    _draw("Its place in the list without each of these films", rows, key=f"place{key}-{film.number}", bars=False)


def _draw(label: str, lines: list[dict[str, Any]], key: str, bars: bool) -> None:
    def aside() -> None:
        _set_aside(st.session_state[key].aside)

    _sum(key=key, data={"label": label, "lines": lines, "bars": bars}, on_aside_change=aside)


def _set_aside(number: object) -> None:
    """Let a film not count, and draw the page again; a browser sends the number, so it may be anything."""
    films = app.catalogue().films
    if type(number) is int and number in state.profile().watched:
        state.change(state.profile().not_counted(number), f"“{films[number].name}” does not count.")
        events.profile_changed()
    st.rerun()


def _row(line: Line, longest: float) -> dict[str, Any]:
    """A term as sum.js takes it."""
    if line.kind == "everybody":
        return _line("What a newcomer would give it", f"{line.stars:.2f}")
    row = _line(_name(line), _signed(line.stars)) | {"length": round(abs(line.stars) / max(longest, 0.01), 3)}
    if line.kind == "kin":
        row["name"], row["about"] = f"{line.n:,} other films of yours, together", line.shared
    if line.film is not None:
        row |= {"href": links.to(links.FILM, id=line.film.slug), "film": line.film.number}
        row["about"] = f"you gave {text.half_stars(line.given or 0)}"
    return row


def _name(line: Line) -> str:
    return line.film.name if line.film is not None else line.label


def _line(name: str, figure: str) -> dict[str, Any]:
    return {"name": name, "figure": figure, "length": 0, "href": "", "about": "", "film": None, "total": False}


def _signed(stars: float) -> str:
    """ "+0.31" or "−0.07"."""
    return f"{stars:+.2f}".replace("-", "−")


def _ordinal(n: int) -> str:
    """ "1st", "22nd", "113th"."""
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{ending}"
