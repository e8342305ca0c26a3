"""What a visitor can choose on For you: the view, the filters, and under Advanced the dial and the models.

The address holds every choice, so that it survives a reload, and Back comes to the same list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import events, state, text
from reelrec.ui.browser.in_address import understand
from reelrec.ui.for_you import filters

if TYPE_CHECKING:
    from reelrec.serving.picks.filters import Filters

# Keys of the widgets, and names in the address.
VIEW_KEY, DIAL_KEY, RANKER_KEY, RIVAL_KEY = "view", "dial", "ranked-by", "beside"
DIAL = {N_("Safe"): 0.0, N_("Mostly safe"): 0.25, N_("Balanced"): 0.5, N_("Mostly specific"): 0.75, N_("Specific"): 1.0}
BALANCED = "Balanced"
NOBODY = "nobody"  # ranks beside the first model
ROWS, TONIGHT, LIST = N_("For you"), N_("Tonight"), N_("Full list")  # views; the others are those of `rows`


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen. view: a chip. models: one name, or two to compare; None is the default model. chosen: the
    visitor chose the first model themselves. usual: nothing under Advanced was changed.
    """

    view: str
    models: tuple[str | None, ...]
    dial: float
    filters: Filters
    chosen: bool
    usual: bool


def choose(chips: Callable[[], Mapping[str, str]]) -> Choice:
    """Draw the heading and the controls; what is chosen with them. chips: gives their labels, by what they choose."""
    views = chips()
    with st.container(horizontal=True, vertical_alignment="center", key="for-you-head"):
        st.title(_("For you"), anchor=False)
        chosen = filters.choose()
        dial, ranker, rival = _advanced()
    view = usual = next(iter(views))
    if len(views) > 1:
        understand(VIEW_KEY, lambda: [text.plain(label) for label in chips().values()])
        view = st.pills(
            _("What for"), list(views), key=VIEW_KEY, default=usual, required=True, bind="query-params",
            format_func=lambda view: text.plain(views[view]), label_visibility="collapsed", wrap=False,
        )  # fmt: skip
    if view not in views:  # an empty one in the address is none of them
        view = usual
    default = events.recorder().list_model
    own = not events.recorder().compares_lists or not state.profile().watched
    first = (None if own else default) if ranker == default else ranker
    if first is not None and not app.can_make_lists(first):
        first = None
    models = (first,) if rival == NOBODY or not app.can_make_lists(rival) else (first, rival)
    unchanged = first is None and len(models) == 1 and dial == BALANCED
    return Choice(view, models, DIAL[dial], filters.told(chosen), ranker != default, unchanged)


def label(model: str) -> str:
    """The label of a model on the page."""
    if model == NOBODY:
        return _("nobody else")
    return next((_(choice.label) for choice in app.models() if choice.name == model), model)


def _advanced() -> tuple[str, str, str]:
    """Draw what is for experts: place of the dial, the model that ranks, and the one beside it."""
    models = {model.name: model for model in app.models() if app.is_whole(model.name)}
    default = events.recorder().list_model
    with st.popover(_("Advanced"), key="advanced", type="tertiary"):
        st.markdown(_("For the full list."))
        understand(DIAL_KEY, lambda: [_(place) for place in DIAL])
        dial = st.select_slider(
            _("From safe to specific"), list(DIAL), BALANCED, key=DIAL_KEY, bind="query-params", format_func=_,
            help=_("Safe: what is most likely to please you. Specific: what people with just your taste love, and "
                   "others pass by."),
        )  # fmt: skip
        first = list(models).index(default) if default in models else 0
        understand(RANKER_KEY, lambda: [label(model) for model in models])
        ranker = st.selectbox(
            _("Ranked by"), list(models), first, key=RANKER_KEY, format_func=label,
            bind="query-params",
            help="\n\n".join(f"**{_(model.label)}**: {_(model.about)}" for model in models.values()),
        )  # fmt: skip
        others = [NOBODY, *(name for name in models if name != ranker)]
        understand(RIVAL_KEY, lambda: [label(model) for model in others])
        rival = st.selectbox(_("Side by side with"), others, key=RIVAL_KEY, format_func=label, bind="query-params")
    return dial, ranker, rival
