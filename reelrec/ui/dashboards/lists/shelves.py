"""How good the lists are, how varied they are, and what the dial costs."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.lists import contrast, dial, short_history
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.bars import Bar, Bars, Group
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import Drawing, Source
from reelrec.ui.dashboards.parts.reading import Known, Report, Row, in_order, listed, measured_at, rows
from reelrec.ui.frame import turn

SETS = {
    "Letterboxd": Source("top-n", "python -m reelrec evaluate top-n", frame.CLOSED),
    "MovieLens": Source(
        "top-n-ml-latest-small", "python -m reelrec evaluate top-n --data ml-latest-small", frame.RERUN
    ),
}
MEASURES = {"NDCG": "ndcg", N_("Precision"): "precision", N_("Recall"): "recall"}
BY_STARS = ("film-mean", "baseline", "knn", "svd", "bmf")  # their lists are in the order of predicted stars
FLOOR, AT = "popularity", 10  # the model that others must beat, and the films of a list that are judged
# By metric: its title, and how its numbers are formatted.
TRADE = {
    "coverage": (N_("Catalogue"), ".1%"), "popularity": (N_("Fame"), ",.0f"), "overlap": (N_("Overlap"), ".0%"),
}  # fmt: skip
FOUND = {
    "coverage": N_("Over all people, the first ten by {model} use {value} of the catalogue"),
    "popularity": N_("A film in the first ten by {model} has {value} ratings on average"),
    "overlap": N_("Two people’s first ten by {model} have {value} in common"),
}


def draw() -> None:
    frame.section(
        _("Lists"),
        _(
            "A list is good if it holds films that somebody went on to love. Some of their liked films were hidden, "
            "the whole catalogue ranked, and the hidden ones looked for at the top."
        ),
    )
    left, right = st.columns(2)
    with left:
        _hits()
        _trade()
    with right:
        short_history.draw()
    with frame.card(_("The price of the dial")):
        frame.draw("shelves-dial", lambda: dial.drawing(frame.report("dial")), dial.COMMAND, frame.CLOSED)
    with frame.card(_("Does the list obey the stars?")):
        frame.draw(
            "shelves-contrast", lambda: contrast.drawing(frame.report("contrast")), contrast.COMMAND, frame.CLOSED
        )


@turn.fragment()
def _hits() -> None:
    with frame.card(_("Hits near the top")):
        with st.container(horizontal=True, gap="medium"):
            people = frame.choose(_("People of"), list(SETS), "hits-set")
            measure = frame.choose(_("Measure"), list(MEASURES), "hits-measure")
        source = SETS[people]
        frame.draw("shelves-hits", lambda: hits(frame.report(source.name), measure), source.command, source.mark)


@turn.fragment()
def _trade() -> None:
    with frame.card(_("What the lists draw on")):
        with st.container(horizontal=True, gap="medium"):
            source = SETS[frame.choose(_("People of"), list(SETS), "trade-set")]
            shown = frame.choose(_("Shown"), [title for title, _format in TRADE.values()], "trade-shown")
        frame.draw("shelves-trade", lambda: trade(frame.report(source.name), shown), source.command, source.mark)


def hits(report: Report, measure: str) -> Drawing:
    """A measure of each model's lists, by their length. measure: of MEASURES."""
    by_model = rows(report, MEASURES[measure])
    first_ten = measured_at(by_model, AT)
    ranked = sorted(first_ten, key=lambda model: -first_ten[model].value)
    groups = [
        Group(
            look(model).name,
            [
                Bar(row, _("{value:.3f}  first {k}", value=row.value, k=k), look(model).colour)
                for k, row in _by_length(by_model[model])
            ],
        )
        for model in [*ranked, *(model for model in by_model if model not in first_ten)]
    ]
    values = "; ".join(f"{look(model).name} {digits(first_ten[model].value, '.3f')}" for model in ranked)
    finding, note = _winner(first_ten, ranked, measure)
    bars = Bars(groups, _("{measure} of the first {at} films: {values}.", measure=_(measure), at=AT, values=values))
    asked = _("Measured on {n:,} people.", n=first_ten[ranked[0]].n)
    return Drawing(
        finding,
        f"{note} {asked}".strip(),
        (bars,),
        (bars.numbers(".3f"),),
    )


def _by_length(by_k: dict[Known, Row]) -> list[tuple[Known, Row]]:
    return [(k, by_k[k]) for k in in_order(by_k)]


def _winner(first: dict[str, Row], ranked: list[str], measure: str) -> tuple[str, str]:
    """Which model is best, and which are worse than FLOOR. first: the values for the first ten films.

    ranked: their models, the best first.
    """
    best, value = ranked[0], first[ranked[0]].value
    found = {"measure": _(measure), "at": AT, "best": called(best), "value": value}
    finding = _("{measure} of the first {at} films is best for {best}: {value:.3f}", **found)
    floor = first.get(FLOOR)
    if best == FLOOR or not floor or not floor.value:
        return finding, ""
    finding = _(
        "{measure} of the first {at} films is best for {best}: {value:.3f}, {times:.1f} times the {floor:.3f} of the "
        "same popular films for everybody",
        times=value / floor.value,
        floor=floor.value,
        **found,
    )
    below = [called(model) for model in ranked if model in BY_STARS and first[model].high < floor.low]
    return finding, _(
        "Ranking by predicted stars ({below}) is worse than popular films.", below=listed(below)
    ) if below else ""


def trade(report: Report, shown: str) -> Drawing:
    """How much of the catalogue the lists use, how well known its films are, or how much two lists share.

    shown: a title of TRADE.
    """
    metric = next(metric for metric, (title, _format) in TRADE.items() if title == shown)
    written = TRADE[metric][1]
    by_model = measured_at(rows(report, metric), AT)
    model = app.DEFAULT_MODEL if app.DEFAULT_MODEL in by_model else next(iter(by_model))
    groups = [
        Group(look(name).name, [Bar(row, digits(row.value, written), look(name).colour)])
        for name, row in by_model.items()
    ]
    values = "; ".join(f"{look(name).name} {digits(row.value, written)}" for name, row in by_model.items())
    bars = Bars(groups, f"{_(shown)}: {values}.")
    return Drawing(
        _(FOUND[metric], model=called(model), value=digits(by_model[model].value, written)),
        _("Variety alone is worth nothing: a list can be as varied as one likes and miss."),
        (bars,),
        (bars.numbers(written),),
    )
