"""The shelf for all, in one of four orders, with a line for each person below each film."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import text
from reelrec.ui.for_you import filters
from reelrec.ui.frame import guard, turn
from reelrec.ui.shelf.tiles import PersonLine, Tile, tiles
from reelrec.ui.together import couch

if TYPE_CHECKING:
    from reelrec.serving.picks.filters import Filters
    from reelrec.serving.together.outlook import Star
    from reelrec.serving.together.people import Person
    from reelrec.serving.together.shelf import GroupPick

ORDER, SEEN = "together-order", "together-seen"  # keys of widgets
SHOWN = 24
TITLES = {
    "average": N_("Best on average"),
    "least misery": N_("Nobody suffers"),
    "fair": N_("Fair over evenings"),
    "most loved": N_("One of you loves it"),
}
ABOUT = {
    "average": N_("First what you like most on average."),
    "least misery": N_("First what nobody dislikes: a film counts for what it is to who likes it least."),
    "fair": N_("A film for each of {n} evenings: who gives in on one has more of a say on the next."),
    "most loved": N_("First what one of you would love most, whatever the others think."),
}


@turn.fragment()
def draw(people: Sequence[Person]) -> None:
    """Draw the choices, the films, and the way to swipe through them."""
    st.header(_("Your shelf"), anchor=False)
    order = st.pills(
        _("Order"), list(TITLES), default="average", required=True, key=ORDER, persist_state="page",
        format_func=lambda order: _(TITLES[order]),
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        wanted = filters.choose()
        seen = st.toggle(_("Also films that some of you have seen"), key=SEEN, persist_state="page")
    with guard.or_stop():
        wanted = filters.told(wanted)
        picks = app.together.shelf(people, SHOWN, order or "average", "not all" if seen else "nobody", wanted)
    if not picks:
        st.info(_("No film is left for all of you. Take a filter away, or let films come that some of you have seen."))
        return
    about = _(ABOUT[order or "average"], n=app.together.EVENINGS)
    st.markdown(f"{about} {_who_has_seen(bool(seen))}")
    st.markdown(
        text.small(
            _(
                "★ is what each of you would give the film, and behind it where 8 of 10 such stars would fall. "
                "Tap the line below a poster for more."
            )
        )
    )
    tiles(
        _("Films for all of you"),
        [_tile(people, pick, order or "average", place) for place, pick in enumerate(picks, 1)],
        key="together-films", rate=False, lists=True, width="10.2rem",
    )  # fmt: skip
    couch.start(people, _to_swipe(people, picks, order or "average", bool(seen), wanted))


def _who_has_seen(some: bool) -> str:
    if some:
        return _("Films that all of you have seen are left out, and those that one of you set aside.")
    return _("None of you has seen them, and none has set them aside.")


def _to_swipe(
    people: Sequence[Person], picks: Sequence[GroupPick], order: str, seen: bool, wanted: Filters
) -> list[int]:
    """The films to swipe: those of the shelf, but for an order of few films those that are best on average."""
    if order == "fair":
        picks = app.together.shelf(people, SHOWN, "average", "not all" if seen else "nobody", wanted)
    return [pick.film.number for pick in picks]


def _tile(people: Sequence[Person], pick: GroupPick, order: str, place: int) -> Tile:
    shown, word = text.stars(pick.average), _("on average")
    known = [(star.stars, person.name) for star, person in zip(pick.stars, people, strict=True) if star.stars]
    if order == "least misery":
        shown, word = text.stars(pick.least), _("at least")
    elif order == "fair":
        word = _("evening {place}", place=place)
    elif order == "most loved" and known:
        shown, word = text.stars(max(known)[0]), max(known, key=lambda pair: pair[0])[1]
    return Tile(
        pick.film,
        stars=shown,
        word=word,
        chance=_spread(people, pick),
        why=_("Seen by {names}.", names=", ".join(pick.seen_by)) if pick.seen_by else "",
        people=[_line(person.name, star) for person, star in zip(people, pick.stars, strict=True)],
    )


def _spread(people: Sequence[Person], pick: GroupPick) -> str:
    """Who gives in, or who likes the film most and least; "" where little is known."""
    names = [person.name for person in people]
    if short := [(lost, name) for lost, name in zip(pick.short, names, strict=False) if lost is not None]:
        lost, name = max(short, key=lambda pair: pair[0])
        if lost < 0.05:
            return _("This is the best film left for each of you.")
        return _(
            "Gives in most: {name}, by {lost:.1f} stars against the best film left for them.", name=name, lost=lost
        )
    known = [(star.stars, name) for star, name in zip(pick.stars, names, strict=True) if star.stars is not None]
    if len(known) < app.together.LEAST:
        return ""
    most, least = max(known, key=lambda pair: pair[0]), min(known, key=lambda pair: pair[0])
    if most[0] - least[0] < 0.25:
        return _("You would all like it about as much.")
    return _("Likes it most: {most}. Likes it least: {least}.", most=most[1], least=least[1])


def _line(name: str, star: Star) -> PersonLine:
    if star.stars is None:
        return PersonLine(name, "–", "", _("nothing is known"))
    if star.given:
        return PersonLine(
            name, _("gave {stars:g}", stars=star.stars), "", _("gave it {stars:g} stars", stars=star.stars)
        )
    if star.low is None:
        return PersonLine(name, text.stars(star.stars), "", _("{stars:.1f} stars", stars=star.stars))
    reach = _("{low:.1f}–{high:.1f}", low=star.low, high=star.high)
    return PersonLine(
        name, text.stars(star.stars), reach,
        _("{stars:.1f} stars, most likely between {low:.1f} and {high:.1f}",
          stars=star.stars, low=star.low, high=star.high),
    )  # fmt: skip
