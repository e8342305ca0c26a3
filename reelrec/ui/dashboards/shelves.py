"""How good the lists are, what they draw on, and what the dial costs."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.ui.dashboards import told_less
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.bars import Bar, Group, across
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import Chart, Drawing
from reelrec.ui.dashboards.parts.lines import Line, lines
from reelrec.ui.dashboards.parts.reading import Known, Row, in_order, listed, measured_at, rows, share

SETS = {
    "Letterboxd": ("top-n", "python -m reelrec evaluate top-n", frame.CLOSED),
    "MovieLens": ("top-n-ml-latest-small", "python -m reelrec evaluate top-n --data ml-latest-small", frame.RERUN),
}
MEASURES = {"NDCG": "ndcg", "Precision": "precision", "Recall": "recall"}
BY_STARS = ("film-mean", "baseline", "knn", "svd", "bmf")  # their lists are in the order of predicted stars
FLOOR, AT = "popularity", 10
DIAL = "python -m reelrec evaluate dial"
# Metric, what it is, how its numbers are written.
TRADE = {
    "coverage": ("Catalogue used", lambda v: share(v)),
    "popularity": ("Ratings per film", lambda v: f"{v:,.0f}"),
    "overlap": ("Shared by two people", lambda v: share(v, 0)),
}


def draw() -> None:
    frame.section(
        "shelves",
        "A list is good if it holds films that somebody went on to love. Some of their liked films were hidden, the "
        "whole catalogue ranked, and the hidden ones looked for at the top.",
    )
    _hits()
    told_less.draw()
    _trade()
    with frame.card("The price of the dial"):
        frame.draw("shelves-dial", lambda: dial(frame.report("dial")), DIAL, frame.CLOSED)


@st.fragment
def _hits() -> None:
    with frame.card("Hits near the top"):
        with st.container(horizontal=True, gap="medium"):
            people = frame.choose("People of", list(SETS), "hits-set")
            measure = frame.choose("Measure", list(MEASURES), "hits-measure")
        name, command, mark = SETS[people]
        frame.draw("shelves-hits", lambda: hits(frame.report(name), measure), command, mark)


@st.fragment
def _trade() -> None:
    with frame.card("What the lists draw on"):
        name, command, mark = SETS[frame.choose("People of", list(SETS), "trade-set")]
        frame.draw("shelves-trade", lambda: trade(frame.report(name)), command, mark)


def hits(report: dict, measure: str) -> Drawing:
    found = rows(report, MEASURES[measure])
    first = measured_at(found, AT)
    ranked = sorted(first, key=lambda model: -first[model].value)
    groups = [
        Group(
            look(model).name,
            [Bar(row, f"{row.value:.3f}  first {k}", look(model).colour) for k, row in _by_length(found[model])],
        )
        for model in [*ranked, *(model for model in found if model not in first)]
    ]
    values = "; ".join(f"{look(model).name} {first[model].value:.3f}" for model in ranked)
    return Drawing(
        f"{_winner(first, ranked, measure)} Measured on {first[ranked[0]].n:,} people.",
        (Chart(across(groups), f"{measure} of the first {AT} films: {values}."),),
    )


def _by_length(of: dict[Known, Row]) -> list[tuple[Known, Row]]:
    return [(k, of[k]) for k in in_order(of)]


def _winner(first: dict[str, Row], ranked: list[str], measure: str) -> str:
    """first: the values for the first ten films; ranked: their models, the best first."""
    best, value = ranked[0], first[ranked[0]].value
    said = f"{measure} of the first {AT} films is best for {called(best)}: {value:.3f}"
    floor = first.get(FLOOR)
    if best == FLOOR or not floor or not floor.value:
        return f"{said}."
    said += f", {value / floor.value:.1f} times the {floor.value:.3f} of showing everybody the same popular films."
    below = [called(model) for model in ranked if model in BY_STARS and first[model].high < floor.low]
    if not below:
        return said
    return f"{said} Ranking by predicted stars ({listed(below)}) is worse than that."


def trade(report: dict) -> Drawing:
    found = {metric: measured_at(rows(report, metric), AT) for metric in TRADE}
    charts = tuple(
        Chart(
            across(
                [
                    Group(look(model).name, [Bar(row, TRADE[metric][1](row.value), look(model).colour)])
                    for model, row in of.items()
                ],
                room=0.3,
            ),
            f"{TRADE[metric][0]}: "
            + "; ".join(f"{look(model).name} {TRADE[metric][1](row.value)}" for model, row in of.items()),
            TRADE[metric][0],
        )
        for metric, of in found.items()
    )
    model = app.DEFAULT_MODEL if app.DEFAULT_MODEL in found["overlap"] else next(iter(found["overlap"]))
    said = {metric: TRADE[metric][1](of[model].value) for metric, of in found.items()}
    return Drawing(
        f"Two people’s first ten by {called(model)} have {said['overlap']} in common; over all people they use "
        f"{said['coverage']} of the catalogue, and their films have {said['popularity']} ratings on average. Variety "
        "alone is worth nothing: a list can be as varied as one likes and miss.",
        charts,
    )


def dial(report: dict) -> Drawing:
    model = next(iter(rows(report, "ndcg")))
    ndcg, fame, used = (rows(report, metric)[model] for metric in ("ndcg", "popularity", "coverage"))
    places = in_order(ndcg)
    first, middle, last = places[0], places[len(places) // 2], places[-1]
    paid = {place: share(1 - ndcg[place].value / ndcg[first].value, 0) for place in (middle, last)}
    ticks = ["familiar", *(f"{place:g}" for place in places[1:-1]), "hidden<br>gems"]
    drawn = (
        (ndcg, f"NDCG of the first {AT}", ".3f"),
        (fame, "Ratings a film has", ",.0f"),
        (used, "Catalogue used", ".1%"),
    )
    return Drawing(
        f"Halfway, {called(model)}’s first ten lose {paid[middle]} of their NDCG, and a film in them has "
        f"{fame[middle].value:,.0f} ratings instead of {fame[first].value:,.0f}; at the end they lose {paid[last]}, "
        f"and a film has {fame[last].value:,.0f}: {fame[first].value / fame[last].value:.1f} times fewer. Over all "
        f"people they use {share(used[first].value)} of the catalogue, at the end {share(used[last].value)}. Measured "
        f"on {ndcg[first].n:,} people drawn from those above.",
        tuple(
            Chart(
                lines([Line(model, [of.get(place) for place in places])], ticks, "the dial", "", written, 0.0),
                f"{title}: from {of[first].value:{written}} to {of[last].value:{written}} along the dial.",
                title,
            )
            for of, title, written in drawn
        ),
    )
