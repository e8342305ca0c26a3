"""The first tab of Taste: what the visitor rates, beside everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _, ngettext
from reelrec.ui.taste.pictures import crowd, lifts, story, unusual, words, years

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile

READING = 760  # px; a longer line of prose is hard to read
BESIDE = 20  # films from which the portrait compares somebody with others
NONE_COUNT = N_("None of the films that you rated counts: each is marked as one that should not.")


def draw(profile: Profile) -> None:
    """Draw the tab."""
    portrait = app.taste.portrait(profile)
    if not portrait.n:
        st.info(_(NONE_COUNT))
        return
    said = [*story.story(profile, portrait), *words.sentences(portrait)]
    if portrait.compared < BESIDE:
        more = BESIDE - portrait.compared
        said.append(
            ngettext(
                "With {n} more film we can set you beside other people.",
                "With {n} more films we can set you beside other people.",
                more,
            )
        )
    st.container(width=READING).markdown("\n\n".join(said))
    if not portrait.compared:
        return
    if any(portrait.groups.values()) and not words.are_alike(portrait):
        lifts.draw(portrait.groups)
    unusual.draw(portrait)
    wide, narrow = st.columns(2, gap="large")
    with wide:
        crowd.histogram(portrait)
    with narrow:
        crowd.against(portrait)
    years.draw(portrait)
