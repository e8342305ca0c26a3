"""What turning the dial from safe to specific costs: the frontier of finding films and of being less famous."""

from __future__ import annotations

from typing import Any

from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.parts.figures import INK, SMALL, Look, axis, called, layout, note, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import Known, Report, Row, in_order, number, rows, share

COMMAND = "python -m reelrec evaluate dial"
AT = 10  # films of a list that are judged
HEIGHT = 300
# By the prefix of their metrics: who is drawn, and how.
PEOPLE = {
    "short_": Look(N_("10 films told"), "#c2691f", "diamond", "dash"),
    "": Look(N_("All films told"), "#2f7f79", "circle", "solid"),
}
Curve = dict[Known, Row]


def drawing(report: Report) -> Drawing:
    """NDCG of the first ten over the fame of their films, from place to place of the dial."""
    model = next(iter(rows(report, "ndcg")))
    curves = {
        prefix: (
            rows(report, f"{prefix}popularity")[model],
            rows(report, f"{prefix}ndcg")[model],
        )
        for prefix in PEOPLE
    }
    fame, ndcg = curves["short_"]
    places = in_order(ndcg)
    first, middle, last = places[0], places[len(places) // 2], places[-1]
    stars = rows(report, "short_stars")[model]
    finding = _(
        "From safe to specific, the films of a list go from {first:,.0f} to {last:,.0f} ratings, for {change} NDCG",
        first=fame[first].value,
        last=fame[last].value,
        change=_change(ndcg[last], ndcg[first]),
    )
    plain = finding.replace("\\", "")
    return Drawing(
        finding,
        _(
            "With {people}, the first {at} of {model}. In the middle, where For you begins, a film has "
            "{middle:,.0f}, for {change} NDCG.",
            people=_(PEOPLE["short_"].name),
            at=AT,
            model=called(model),
            middle=fame[middle].value,
            change=_change(ndcg[middle], ndcg[first]),
        ),
        tuple(
            Chart(
                _figure(shown, *curves[prefix], places),
                _("NDCG against fame along the dial, {people}. {plain}.", people=_(shown.name), plain=plain),
                _(shown.name),
            )
            for prefix, shown in PEOPLE.items()
        ),
        tuple(_numbers(shown, *curves[prefix], places) for prefix, shown in PEOPLE.items()),
        _(
            "What most people love is the safest guess, and one has heard of it. Further left the films are less "
            "famous, further up more of them are films that people went on to love. The stars that people are "
            "expected to give go from {first:.2f} to {last:.2f}. Measured on {first_n:,} people drawn from those "
            "above.",
            first=stars[first].value,
            last=stars[last].value,
            first_n=ndcg[first].n,
        ),
    )


def _numbers(shown: Look, fame: Curve, ndcg: Curve, places: list[Known]) -> Table:
    cells = [(_place(place), digits(fame[place].value, ",.0f"), ndcg[place].value) for place in places]
    return Table(
        (_("Dial"), _("Ratings of a film"), f"NDCG@{AT}"),
        cells,
        _("The dial, {people}.", people=_(shown.name)),
        _(shown.name),
    )


def _place(place: Known) -> str:
    """A place of the dial, as it is written."""
    return digits(number(place), "g")


def _change(row: Row, bar: Row) -> str:
    """ "12% less", of the bar's value."""
    change = row.value / bar.value - 1
    part = share(abs(change), 0)
    return _("{part} more", part=part) if change > 0 else _("{part} less", part=part)


def _figure(shown: Look, fame: Curve, ndcg: Curve, places: list[Known]) -> dict[str, Any]:
    return {
        "data": [_line(shown, fame, ndcg, places)],
        "layout": layout(
            HEIGHT, margin={"l": 0, "r": 0, "t": 30, "b": 0},
            xaxis=axis(_("ratings of a film in the first ten"), tickformat=",.0f", nticks=5),
            yaxis=axis(tickformat=".3f", nticks=6),
            annotations=[note(_("NDCG of the first {at}", at=AT), 0, 1.01)],
        ),
    }  # fmt: skip


def _line(shown: Look, fame: Curve, ndcg: Curve, places: list[Known]) -> dict[str, Any]:
    ends = {places[0]: _("safe"), places[-1]: _("specific")}
    return {
        "type": "scatter", "mode": "lines+markers+text", "name": words(_(shown.name)), "cliponaxis": False,
        "x": [fame[place].value for place in places], "y": [ndcg[place].value for place in places],
        "text": [ends.get(place, "") for place in places], "textposition": "bottom center",
        "textfont": {"size": SMALL, "color": INK}, "hoverinfo": "text",
        "hovertext": [
            _("{people}, dial at {place}: NDCG {ndcg:.3f}, {n:,.0f} ratings",
              people=words(_(shown.name)), place=_place(place), ndcg=ndcg[place].value, n=fame[place].value)
            for place in places
        ],
        "line": {"color": shown.colour, "dash": shown.dash, "width": 2},
        "marker": {"color": shown.colour, "symbol": shown.marker, "size": 9},
    }  # fmt: skip
