"""The top of the page: what it is, the figures one would quote, where its sections are, and how to read them."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.ui import text
from reelrec.ui.dashboards.interview.answers import needed
from reelrec.ui.dashboards.interview.askers import YARDSTICK, default, named
from reelrec.ui.dashboards.notebook import PRINTED
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import called
from reelrec.ui.dashboards.parts.reading import listed, measured_at, rows

AT = 10  # of the lists, and ratings known

Headline = tuple[str, str, str]  # label, figure, what to hold it against


def draw() -> None:
    st.container(width=frame.READING).markdown(
        "What ReelRec’s models are worth, measured on ratings they had not seen: what each picture shows, the command "
        "that made it, and whether you can run that yourself."
    )
    headlines = (_lists, _stars, _answers, _notebook)
    for box, build in zip(st.columns(len(headlines)), headlines, strict=True):
        try:
            label, figure, against = build()
        except frame.BROKEN:
            label, figure, against = "Not measured here", "–", "the command is below"
        box.metric(label, figure, against, delta_color="off", delta_arrow="off", border=True, height="stretch")
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
    """The models by the name For you has for them and by the field's, and what each says of a film."""
    rows = [
        {"On For you": text.plain(model.label), "Model": called(model.name), "What it says": text.plain(model.about)}
        for model in app.models()
    ]
    with frame.card("The models"):
        made_of = f", a blend of {listed([called(part) for part in app.STARS_PARTS])}" if app.STARS_PARTS else ""
        st.markdown(
            f"The shelf is {called(app.DEFAULT_MODEL)}’s and the stars are {called(app.STARS_MODEL)}’s{made_of}; the "
            "others are what they are held against."
        )
        st.table(rows, border="horizontal", hide_index=True, alt="The models and what each does.")


def _lists() -> Headline:
    found = measured_at(rows(frame.report("top-n"), "ndcg"), AT)
    best = max(found, key=lambda model: found[model].value)
    return (
        f"Lists: {called(best)}’s NDCG@{AT}",
        f"{found[best].value:.3f}",
        f"popular films for all: {found['popularity'].value:.3f}",
    )


def _stars() -> Headline:
    found = measured_at(rows(frame.report("new-users"), "rmse"), AT)
    best = min(found, key=lambda model: found[model].value)
    return (
        f"Stars after {AT} ratings: {called(best)}’s RMSE",
        f"{found[best].value:.3f}",
        f"everybody’s average: {found['film-mean'].value:.3f}",
    )


def _answers() -> Headline:
    """What the one who asks newcomers needs for what asking about the most rated films brings."""
    wanted, who = needed(frame.report("interview")), default(frame.report("interview"))
    return f"Answers needed if {named(who)} asks", wanted[who], f"about popular films: {wanted[YARDSTICK]}"


def _notebook() -> Headline:
    ours = rows(frame.report("seed-svd"), "rmse")["svd"][None].value
    return "The notebook’s tuned SVD: RMSE", f"{ours:.4f}", f"the notebook printed {PRINTED['svd'][0]:.4f}"
