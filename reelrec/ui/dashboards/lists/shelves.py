"""How good the lists are, how varied they are, and what the dial costs."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.ui.dashboards.lists import contrast, dial, short_history
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.bars import Bar, Group, across
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Source
from reelrec.ui.dashboards.parts.reading import Known, Report, Row, in_order, listed, measured_at, rows

SETS = {
    "Letterboxd": Source("top-n", "python -m reelrec evaluate top-n", frame.CLOSED),
    "MovieLens": Source(
        "top-n-ml-latest-small", "python -m reelrec evaluate top-n --data ml-latest-small", frame.RERUN
    ),
}
MEASURES = {"NDCG": "ndcg", "Precision": "precision", "Recall": "recall"}
BY_STARS = ("film-mean", "baseline", "knn", "svd", "bmf")  # their lists are in the order of predicted stars
FLOOR, AT = "popularity", 10  # the model that others must beat, and the films of a list that are judged
# By metric: its title, and how its numbers are formatted.
TRADE = {
    "coverage": ("Catalogue used", ".1%"), "popularity": ("Ratings per film", ",.0f"),
    "overlap": ("Shared by two people", ".0%"),
}  # fmt: skip


def draw() -> None:
    frame.section(
        "shelves",
        "A list is good if it holds films that somebody went on to love. Some of their liked films were hidden, the "
        "whole catalogue ranked, and the hidden ones looked for at the top.",
    )
    _hits()
    short_history.draw()
    _trade()
    with frame.card("The price of the dial"):
        frame.draw("shelves-dial", lambda: dial.drawing(frame.report("dial")), dial.COMMAND, frame.CLOSED)
    with frame.card("Does the list obey the stars?"):
        frame.draw(
            "shelves-contrast", lambda: contrast.drawing(frame.report("contrast")), contrast.COMMAND, frame.CLOSED
        )


@st.fragment
def _hits() -> None:
    with frame.card("Hits near the top"):
        with st.container(horizontal=True, gap="medium"):
            people = frame.choose("People of", list(SETS), "hits-set")
            measure = frame.choose("Measure", list(MEASURES), "hits-measure")
        source = SETS[people]
        frame.draw("shelves-hits", lambda: hits(frame.report(source.name), measure), source.command, source.mark)


@st.fragment
def _trade() -> None:
    with frame.card("What the lists draw on"):
        source = SETS[frame.choose("People of", list(SETS), "trade-set")]
        frame.draw("shelves-trade", lambda: trade(frame.report(source.name)), source.command, source.mark)


def hits(report: Report, measure: str) -> Drawing:
    """A measure of each model's lists, by their length. measure: of MEASURES."""
    by_model = rows(report, MEASURES[measure])
    first_ten = measured_at(by_model, AT)
    ranked = sorted(first_ten, key=lambda model: -first_ten[model].value)
    groups = [
        Group(
            look(model).name,
            [Bar(row, f"{row.value:.3f}  first {k}", look(model).colour) for k, row in _by_length(by_model[model])],
        )
        for model in [*ranked, *(model for model in by_model if model not in first_ten)]
    ]
    values = "; ".join(f"{look(model).name} {first_ten[model].value:.3f}" for model in ranked)
    return Drawing(
        f"{_winner(first_ten, ranked, measure)} Measured on {first_ten[ranked[0]].n:,} people.",
        (Chart(across(groups), f"{measure} of the first {AT} films: {values}."),),
    )


def _by_length(by_k: dict[Known, Row]) -> list[tuple[Known, Row]]:
    return [(k, by_k[k]) for k in in_order(by_k)]


def _winner(first: dict[str, Row], ranked: list[str], measure: str) -> str:
    """Which model is best. first: the values for the first ten films. ranked: their models, the best first."""
    best, value = ranked[0], first[ranked[0]].value
    sentence = f"{measure} of the first {AT} films is best for {called(best)}: {value:.3f}"
    floor = first.get(FLOOR)
    if best == FLOOR or not floor or not floor.value:
        return f"{sentence}."
    sentence += f", {value / floor.value:.1f} times the {floor.value:.3f} of showing everybody the same popular films."
    below = [called(model) for model in ranked if model in BY_STARS and first[model].high < floor.low]
    if not below:
        return sentence
    return f"{sentence} Ranking by predicted stars ({listed(below)}) is worse than that."


def trade(report: Report) -> Drawing:
    """How much of the catalogue the lists use, how well known its films are, and how much two lists share."""
    by_metric = {metric: measured_at(rows(report, metric), AT) for metric in TRADE}
    charts = tuple(_trade_chart(metric, by_model) for metric, by_model in by_metric.items())
    model = app.DEFAULT_MODEL if app.DEFAULT_MODEL in by_metric["overlap"] else next(iter(by_metric["overlap"]))
    values = {metric: f"{by_model[model].value:{TRADE[metric][1]}}" for metric, by_model in by_metric.items()}
    return Drawing(
        f"Two people’s first ten by {called(model)} have {values['overlap']} in common; over all people they use "
        f"{values['coverage']} of the catalogue, and their films have {values['popularity']} ratings on average. "
        "Variety alone is worth nothing: a list can be as varied as one likes and miss.",
        charts,
    )


def _trade_chart(metric: str, by_model: dict[str, Row]) -> Chart:
    title, written = TRADE[metric]
    groups = [
        Group(look(model).name, [Bar(row, f"{row.value:{written}}", look(model).colour)])
        for model, row in by_model.items()
    ]
    values = "; ".join(f"{look(model).name} {row.value:{written}}" for model, row in by_model.items())
    return Chart(across(groups, room=0.3), f"{title}: {values}", title)
