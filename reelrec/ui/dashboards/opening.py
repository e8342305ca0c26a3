"""The top of the page: what it is about, four figures to quote, links to its sections, and how to read them."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from reelrec import app
from reelrec.ui import text
from reelrec.ui.dashboards.interview.answers import needed
from reelrec.ui.dashboards.interview.policies import YARDSTICK, default, named
from reelrec.ui.dashboards.notebook import PRINTED
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import called
from reelrec.ui.dashboards.parts.reading import listed, measured_at, rows

AT = 10  # films of the lists, and ratings known


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure to quote. against: the figure to compare it with, in words."""

    label: str
    figure: str
    against: str


UNMEASURED = Headline(label="Not measured here", figure="–", against="the command is below")


def draw() -> None:
    st.container(width=frame.READING).markdown(
        "What ReelRec’s models are worth, measured on ratings they had not seen: what each picture shows, the command "
        "that made it, and whether you can run that yourself."
    )
    headlines = (_lists, _stars, _answers, _notebook)
    for box, build in zip(st.columns(len(headlines)), headlines, strict=True):
        try:
            headline = build()
        except frame.BROKEN:
            headline = UNMEASURED
        box.metric(
            headline.label, headline.figure, headline.against, delta_color="off", delta_arrow="off", border=True,
            height="stretch",
        )  # fmt: skip
    page = st.container(width=frame.READING)
    page.markdown(" · ".join(f"[{title}](#{anchor})" for anchor, title in frame.SECTIONS.items()))
    _who_does_what()
    with st.container(width=frame.READING).expander(
        "How to read this, and how to run it again", icon=":material/menu_book:"
    ):
        st.markdown(
            "Errors are in stars. **RMSE** counts large misses for more, **MAE** is the plain average miss; lower is "
            "better. **NDCG** says how many of the films that somebody went on to love are in a list, and how near its "
            "top; higher is better. A thin line through a value is its 95% interval over people."
        )
        st.markdown(
            f"What is marked **{frame.RERUN}** needs MovieLens’ public ratings and the libraries for training. What is "
            f"marked **{frame.CLOSED}** was measured on Letterboxd’s, which others gathered and ReelRec does not "
            "pass on."
        )
        st.code(f"pip install -r requirements-train.txt\n{frame.GET}", language=None, wrap_lines=True)


def _who_does_what() -> None:
    """The models by their label on For you and by the field's name, and what each says of a film."""
    rows = [
        {"On For you": text.plain(model.label), "Model": called(model.name), "What it says": text.plain(model.about)}
        for model in app.models()
    ]
    with frame.card("The models", alone=True):
        made_of = f", a blend of {listed([called(part) for part in app.STARS_PARTS])}" if app.STARS_PARTS else ""
        st.markdown(
            f"The shelf is {called(app.DEFAULT_MODEL)}’s and the stars are {called(app.STARS_MODEL)}’s{made_of}; the "
            "others are what they are held against."
        )
        st.table(rows, border="horizontal", hide_index=True, alt="The models and what each does.")


def _lists() -> Headline:
    ndcg = measured_at(rows(frame.report("top-n"), "ndcg"), AT)
    best = max(ndcg, key=lambda model: ndcg[model].value)
    return Headline(
        label=f"Lists: {called(best)}’s NDCG@{AT}",
        figure=f"{ndcg[best].value:.3f}",
        against=f"popular films for all: {ndcg['popularity'].value:.3f}",
    )


def _stars() -> Headline:
    errors = measured_at(rows(frame.report("new-users"), "rmse"), AT)
    best = min(errors, key=lambda model: errors[model].value)
    return Headline(
        label=f"Stars after {AT} ratings: {called(best)}’s RMSE",
        figure=f"{errors[best].value:.3f}",
        against=f"everybody’s average: {errors['film-mean'].value:.3f}",
    )


def _answers() -> Headline:
    """The answers that the default policy needs for the error that asking about the most rated films reaches."""
    answers, policy = needed(frame.report("interview")), default(frame.report("interview"))
    return Headline(
        label=f"Answers needed if {named(policy)} asks",
        figure=answers[policy],
        against=f"about popular films: {answers[YARDSTICK]}",
    )


def _notebook() -> Headline:
    rmse = rows(frame.report("seed-svd"), "rmse")["svd"][None].value
    return Headline(
        label="The notebook’s tuned SVD: RMSE",
        figure=f"{rmse:.4f}",
        against=f"the notebook printed {PRINTED['svd'][0]:.4f}",
    )
