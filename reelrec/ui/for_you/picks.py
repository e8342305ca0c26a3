"""The list of For you, and picks as tiles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from reelrec import app
from reelrec.translation import _, listed
from reelrec.ui import state, text
from reelrec.ui.for_you import controls, filters
from reelrec.ui.shelf import stars
from reelrec.ui.shelf.tiles import SEEN, SET_ASIDE, Tile, tiles
from reelrec.ui.why import asked

if TYPE_CHECKING:
    from reelrec.serving.picks.exploration import Exploration
    from reelrec.serving.picks.filters import Filters
    from reelrec.serving.picks.predictions import Pick
    from reelrec.serving.shelf import Shelf
    from reelrec.ui.for_you.controls import Choice
    from reelrec.visitor.profile import Profile

WIDTHS = {"": "9.5rem", "strip": "8.75rem", "single": "11rem"}  # of a tile, by layout


def made(
    profile: Profile, n: int, choice: Choice, elsewhere: Collection[int]
) -> tuple[list[Shelf], Exploration | None]:
    """The list by each model that was chosen; and a film drawn from those that follow it, where there is one list.

    elsewhere: numbers of films that the page shows besides. Raises OptionError.
    """
    if len(choice.models) > 1:
        return [app.recommend(profile, n, model, choice.dial, choice.filters) for model in choice.models], None
    options = {"model": choice.models[0], "dial": choice.dial, "filters": choice.filters}
    shelf, drawn = app.recommend_and_explore(profile, n, state.visit().number, elsewhere, **options)
    return [shelf], drawn


def draw(shelves: Sequence[Shelf], wanted: Filters) -> None:
    """Draw the list, or two side by side. wanted: the filters that made them."""
    columns = st.columns(len(shelves)) if len(shelves) > 1 else [st.container()]
    for place, (column, made) in enumerate(zip(columns, shelves, strict=True)):
        with column:
            if len(shelves) > 1:
                st.header(controls.label(made.model), anchor=False)
            if made.picks:
                shelf(_("Picks by {model}", model=controls.label(made.model)), made.picks, made, key=f"picks-{place}")
            else:
                filters.nothing_left(wanted)


def download(made: Shelf) -> None:
    """The button that hands over a list for Letterboxd."""
    st.download_button(
        _("CSV for a Letterboxd list"),
        made.letterboxd_list(),
        "reelrec-list.csv",
        "text/csv",
        on_click="ignore",
        help=_("On Letterboxd: New list, then Import. It marks nothing as watched."),
    )


def shelf(label: str, picks: Sequence[Pick], like: Shelf, key: str, layout: str = "", **more: Any) -> None:
    """Draw picks. label: for a screen reader. like: a shelf that says whose the stars are. layout, more: of `tiles`."""
    tiles(
        label,
        [tile(pick, like) for pick in picks],
        key=key,
        actions=[SEEN, SET_ASIDE],
        layout=layout,
        short=True,
        announce=True,
        width=WIDTHS[layout],
        explain=lambda number: asked.ask(number, like.model),
        lists=True,
        **more,
    )


def tile(pick: Pick, shelf: Shelf) -> Tile:
    """The pick as a tile: its stars and how likely it is to be liked; how sure that is, and why, after a tap."""
    theirs = shelf.stars_are_theirs
    liking = stars.liking(pick, theirs)
    between = "" if pick.low is None else _("Most likely {low:.1f} to {high:.1f} stars", low=pick.low, high=pick.high)
    return Tile(
        pick.film,
        stars=text.stars(pick.stars),
        word=stars.word(pick.chance) if theirs else "",
        picture=stars.picture(pick, theirs),
        chance="; ".join(filter(None, (between, liking))),
        why=_reason(pick, shelf),
    )


def _reason(pick: Pick, shelf: Shelf) -> str:
    because = listed([reason.film.title for reason in pick.because])
    if not because:
        return ""
    by_default_model = shelf.model == app.DEFAULT_MODEL  # whose own reasons these are
    if by_default_model:
        return _("Because you liked {films}", films=because)
    return _("Close to {films}, which you liked", films=because)
