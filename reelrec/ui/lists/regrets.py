"""The films of the watchlist that the visitor would probably give 2.5 stars or fewer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import text
from reelrec.ui.for_you import picks
from reelrec.ui.lists import shelves
from reelrec.ui.mine import OFF_WATCHLIST

if TYPE_CHECKING:
    from reelrec.serving.page.own_lists import Ordered
    from reelrec.serving.picks.predictions import Pick

KEY = "regrets"  # of the container, to which a link leads
MOST = 12
TITLE = N_("You would probably regret")
NONE = N_("None of them. You chose well: each film here is more likely than not to get more than 2.5 stars from you.")


def regretted(films: Ordered) -> tuple[Pick, ...]:
    """The films, the surest first; none as long as the stars are a newcomer's."""
    return app.lists.regrets((*films.shelf.picks, *films.by_facts)) if films.shelf.stars_are_theirs else ()


def draw(films: Ordered) -> None:
    """The films that the visitor would probably give 2.5 stars or fewer, each with its chance and a way out."""
    if not films.shelf.stars_are_theirs:
        return
    sure = regretted(films)
    with st.container(key=KEY):
        st.header(_(TITLE), anchor=False)
        if not sure:
            st.markdown(_(NONE))
            return
        st.markdown(
            text.small(_("More likely than not, you would give these 2.5 stars or fewer. You may know better."))
        )
        shown = [
            replace(
                picks.tile(pick, films.shelf),
                word=_("{chance} regret", chance=text.percent(app.lists.regret(pick) or 0.0)),
                why="",
            )
            for pick in sure[:MOST]
        ]
        shelves.draw(
            _(TITLE), shown, films, key="watchlist-regrets", layout="strip", width="11rem", rate=False,
            wants=_(OFF_WATCHLIST),
        )  # fmt: skip
