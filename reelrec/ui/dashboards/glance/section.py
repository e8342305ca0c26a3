"""The first tab: a sentence, a chart of errors, bars of lists, and all models in one table."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.translation import _
from reelrec.ui import state, text
from reelrec.ui.dashboards.glance import errors, leaderboard, verdict
from reelrec.ui.dashboards.glance.errors import STARS
from reelrec.ui.dashboards.glance.verdict import LISTS
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import called
from reelrec.ui.frame import turn

HEIGHT = 400  # px, about that of the chart of stars


def draw() -> None:
    _verdict()
    left, right = st.columns(2)
    with left, frame.card(_("Lists, the best first")):
        frame.draw("glance-lists", lambda: verdict.bars(frame.report(LISTS.name)), LISTS.command, LISTS.mark)
    with right, frame.card(_("Stars")):
        if state.visit().arrived:
            frame.draw("glance-stars", lambda: errors.curves(frame.report(STARS.name)), STARS.command, STARS.mark)
        else:  # Plotly takes a second to load; it comes with a visit's second run, after all else
            st.skeleton(height=HEIGHT)
    with frame.card(_("All models")):
        frame.draw(
            "glance-models",
            lambda: leaderboard.table(frame.report(LISTS.name), frame.report(STARS.name), frame.report("cost")),
            leaderboard.COMMAND,
            frame.CLOSED,
        )
    _words()


def _verdict() -> None:
    try:
        headline, rest = verdict.sentences(frame.report(LISTS.name))
    except frame.BROKEN:
        st.header(_("Which list is best after ten ratings?"), anchor=False)
        frame.missing(LISTS.command, LISTS.mark)
    else:
        frame.section(headline, rest)


@turn.fragment()
def _words() -> None:
    """What the models do and what the measures mean, folded away."""
    with st.expander(_("What the models do"), key="glance-words", type="compact", on_change="rerun") as models:
        if models.open:
            rows = [
                {
                    _("On For you"): text.plain(_(one.label)),
                    _("Model"): called(one.name),
                    _("What it says"): text.plain(_(one.about)),
                }
                for one in app.models()
            ]
            st.table(rows, border="horizontal", hide_index=True, alt=_("The models and what each does."))
    with st.expander(
        _("How to read this, and run it again"), key="glance-reading", type="compact", on_change="rerun"
    ) as how:
        if how.open:
            st.container(width=frame.READING).markdown(
                _(
                    "Errors are in stars. **RMSE** counts large misses for more, **MAE** is the plain average "
                    "miss; lower is better. **NDCG** says how many of the films that somebody went on to love are "
                    "in a list, and how near its top; **recall** how many of them are there at all; higher is "
                    "better. A thin line through a value is its 95% interval over people.\n\nWhat is marked "
                    "**{rerun}** needs MovieLens’ public ratings and the libraries for training. What is marked "
                    "**{closed}** was measured on Letterboxd’s, which others gathered and ReelRec does not pass on.",
                    rerun=_(frame.RERUN),
                    closed=_(frame.CLOSED),
                )
            )
            st.code(f"pip install -r requirements-train.txt\n{frame.GET}", language=None, wrap_lines=True)
