"""Why a film gets its stars and its place in the list: the sum, and what each of the visitor's films does to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from reelrec import app
from reelrec.translation import ENGLISH, N_, _, language, ngettext, number, pgettext
from reelrec.ui import events, state, text
from reelrec.ui.browser import links
from reelrec.ui.browser.component import component

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.serving.why.lines import Line
    from reelrec.serving.why.place import Place
    from reelrec.ui.visit import Asked
    from reelrec.visitor.profile import Profile

HOW = N_(
    "How much each film moves the guess: it is made again without that one rating (leave-one-out). “Don’t count” lets "
    "no model read a film; its stars stay yours, and you can take it back."
)
ORDER = N_(
    "The order also minds what people with your taste go on to watch, so it is not the order of the stars: a film can "
    "lower the stars of another and hold its place all the same."
)
SHOWN_PLACES = 200  # of a list that nobody reads further
MOST_GONE = 48  # films that do not count, which keep their rows
DECIDES = N_("None of the films that speak for it most holds it there alone.")
_sum = component("sum")


def draw(profile: Profile, film: Film, model: str | None = None, asked: Asked | None = None) -> None:
    """Draw both; nothing where no stars are predicted.

    model: of the list that shows the stars. asked: the question that this answers, over another page.
    """
    (lines,) = app.why(profile, [film], model)
    if not lines:
        return
    total = sum(line.stars for line in lines)
    longest = max((abs(line.stars) for line in lines if line.kind != "everybody"), default=1.0)
    rows = [_row(line, longest) for line in lines]
    all_of = _("Together: what you would give it") if len(lines) > 1 else _("Together: what anybody would give it")
    about = _("before: {stars:.2f}", stars=asked.before) if asked and asked.before else ""
    rows.append(_line(all_of, number(total, ".2f")) | {"total": True, "about": about})
    shown = _Shown(profile, film, asked, total)
    shown.draw(_("Terms of the predicted stars"), rows, name="sum", bars=True)
    if any(line.film for line in lines):
        st.markdown(text.small(_(HOW)))
    place = app.place(profile, film) if model in (None, app.DEFAULT_MODEL) else None
    if place and place.now <= SHOWN_PLACES:
        _place(place, shown)


def again(profile: Profile, film: Film) -> None:
    """For a film whose stars do not count: say so, with the way back."""
    if film.number in profile.uncounted:
        with st.container(horizontal=True, vertical_alignment="center", key="uncounted"):
            st.markdown(_("You told us not to count this film."), width="content")
            st.button(_("Count it again"), key=f"count-{film.number}", on_click=count_again, args=(film.number,))


def set_aside(number: int) -> None:
    """Let what was said of a film not count."""
    _tell(state.profile().not_counted(number), _("Does not count: “{film}”", film=app.catalogue().films[number].name))


def count_again(number: int) -> None:
    """Let what was said of a film count again."""
    _tell(state.profile().counted_again(number), _("Counts again: “{film}”", film=app.catalogue().films[number].name))


def _tell(profile: Profile, notice: str) -> None:
    """Take the profile, unless it was taken by a click before."""
    if profile != state.profile():
        state.change(profile, notice)
        events.profile_changed()


def _place(place: Place, shown: _Shown) -> None:
    """Where the film stands in the list, and where without each of the films that hold it there."""
    st.subheader(_("Its place in your whole list: {place}", place=_ordinal(place.now)), anchor=False)
    if not place.without:
        st.markdown(_(DECIDES))
        return
    rows = [
        _line(_("Without {film}", film=other.name), _ordinal(then))
        | {"href": links.to(links.FILM, id=other.slug)}
        | _tells(other)
        for other, then in place.without
    ]
    shown.draw(_("Its place in the list without each of these films"), rows, name="place", bars=False)
    st.markdown(text.small(_(ORDER)))


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is explained: of whom, which film, for which question. total: of the sum."""

    profile: Profile
    film: Film
    asked: Asked | None
    total: float

    def draw(self, label: str, lines: list[dict[str, Any]], name: str, bars: bool) -> None:
        """Draw lines, in which films can be told not to count, and to count again. name: of the component’s key."""
        key = f"{name}{'-asked' if self.asked else ''}-{self.film.number}"
        gone = [app.catalogue().films[number] for number in sorted(self.profile.uncounted)[:MOST_GONE]]
        rows = [
            _line(film.name, "–") | {"href": links.to(links.FILM, id=film.slug), "gone": True} | _tells(film)
            for film in gone
        ]
        for row in rows if bars else ():
            row["about"] = _given(self.profile.ratings.get(row["film"]))
        _sum(
            key=key,
            data={"id": key, "label": label, "lines": lines, "bars": bars, "uncounted": rows},
            on_aside_change=lambda: self._answer(st.session_state[key].aside, set_aside),
            on_again_change=lambda: self._answer(st.session_state[key].again, count_again),
        )

    def _answer(self, number: object, change: Callable[[int], None]) -> None:
        """Change whether a film counts, and draw the page again; a browser sends the number, so it may be anything."""
        if type(number) is int and number in state.profile().watched:
            change(number)
            if self.asked:
                state.visit().asked = replace(self.asked, before=self.total)
        st.rerun()


def _row(line: Line, longest: float) -> dict[str, Any]:
    """A term as sum.js takes it."""
    if line.kind == "everybody":
        return _line(_("What a newcomer would give it"), number(line.stars, ".2f"))
    row = _line(_name(line), _signed(line.stars)) | {"length": round(abs(line.stars) / max(longest, 0.01), 3)}
    if line.kind == "kin":
        row["name"] = ngettext("{n} other film of yours, together", "{n:,} other films of yours, together", line.n)
        row["about"] = line.shared
    if line.film is not None:
        row |= {"href": links.to(links.FILM, id=line.film.slug)} | _tells(line.film)
        row["about"] = _given(line.given)
    return row


def _given(stars: float | None) -> str:
    return _("you gave {stars}", stars=text.half_stars(stars)) if stars else ""


def _name(line: Line) -> str:
    return line.film.name if line.film is not None else line.label


def _line(name: str, figure: str) -> dict[str, Any]:
    texts = {"name": name, "says": name, "figure": figure, "href": "", "about": ""}
    return {**texts, "length": 0, "film": None, "total": False, "gone": False}


def _tells(film: Film) -> dict[str, Any]:
    """A line with a button that tells whether the film counts."""
    return {"film": film.number, "says": film.name}


def _signed(stars: float) -> str:
    """ "+0.31" or "−0.07"."""
    return number(stars, "+.2f").replace("-", "−")


def _ordinal(n: int) -> str:
    """ "1st", "22nd", "113th"; in other languages "113." or the like, and one of its own for the first."""
    if language() != ENGLISH:
        return pgettext("place in a list", "1st") if n == 1 else pgettext("place in a list", "{n:,}th", n=n)
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{ending}"
