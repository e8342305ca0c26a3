"""What a visitor can choose on For you: the model that ranks, how safe its list is, and which films may appear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.ui import events, state, text
from reelrec.ui.for_you import filters
from reelrec.ui.shelf import stars
from reelrec.ui.shelf.tiles import Tile

if TYPE_CHECKING:
    from reelrec.serving.filters import Filters
    from reelrec.serving.predictions import Pick
    from reelrec.serving.shelf import Shelf

# Keys of the widgets.
DIAL_KEY, RANKER_KEY, RIVAL_KEY = "dial", "ranker", "rival"
DIAL = {"Safe": 0.0, "Mostly safe": 0.25, "Balanced": 0.5, "Mostly specific": 0.75, "Specific": 1.0}
BALANCED = "Balanced"
NOBODY = "nobody"  # ranks beside the first model


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen. models: one name, or two to compare; None is the default model. chosen: the visitor chose the
    first model themselves.
    """

    models: tuple[str | None, ...]
    dial: float
    filters: Filters
    chosen: bool


def choose() -> Choice:
    """Draw the controls; what is chosen with them."""
    models = {model.name: model for model in app.models()}
    default = events.recorder().list_model
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="controls"):
        dial = st.select_slider(
            "From safe to specific", list(DIAL), BALANCED, key=DIAL_KEY, persist_state="session", width=320,
            help="Safe: what is most likely to please you. Specific: what people with just your taste love, and others "
            "pass by.",
        )  # fmt: skip
        ranker = st.selectbox(
            "Ranked by", list(models), list(models).index(default), key=RANKER_KEY, format_func=label,
            persist_state="session", width=220,
            help="\n\n".join(f"**{model.label}**: {model.about}" for model in models.values()),
        )  # fmt: skip
        others = [NOBODY, *(name for name in models if name != ranker)]
        rival = st.selectbox(
            "Side by side with", others, key=RIVAL_KEY, format_func=label, persist_state="session", width=220
        )
        chosen = filters.choose()
    usual = None if default == app.DEFAULT_MODEL or not state.profile().watched else default
    ranks: list[str | None] = [usual if ranker == default else ranker]
    if rival not in (NOBODY, None):
        ranks.append(rival)
    return Choice(models=tuple(ranks), dial=DIAL[dial], filters=filters.told(chosen), chosen=ranker != default)


def label(model: str) -> str:
    """The label of a model on the page."""
    if model == NOBODY:
        return "nobody else"
    return next((choice.label for choice in app.models() if choice.name == model), model)


def tile(pick: Pick, shelf: Shelf) -> Tile:
    """The pick as a tile: its stars, how sure they are or else whose they are, and the reason."""
    theirs = shelf.stars_are_theirs
    return Tile(
        pick.film,
        stars=text.stars(pick.stars),
        note=shelf.stars_of if pick.low is None else f"{pick.low:.1f}–{pick.high:.1f}",
        why=_reason(pick, shelf),
        picture=stars.picture(pick, theirs),
        chance=stars.liking(pick, theirs),
    )


def _reason(pick: Pick, shelf: Shelf) -> str:
    because = " and ".join(reason.film.title for reason in pick.because)
    if not because:
        return ""
    by_default_model = shelf.model == app.DEFAULT_MODEL  # whose own reasons these are
    return f"Because you liked {because}" if by_default_model else f"Close to {because}, which you liked"
