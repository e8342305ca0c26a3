"""All models in one table: list, stars, speed and size."""

from __future__ import annotations

from reelrec import app
from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.cost.price import COMMAND as PRICE
from reelrec.ui.dashboards.cost.price import costs_of, milliseconds, tenths
from reelrec.ui.dashboards.glance.errors import MISS, STARS
from reelrec.ui.dashboards.glance.verdict import AT, FIRST, LISTS, found, shipped
from reelrec.ui.dashboards.parts.figures import called
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, listed, measured_at, rows, share

COMMAND = f"{LISTS.command} && {STARS.command} && {PRICE}"
COLUMNS = (N_("Model"), N_("List finds"), N_("Stars off"), N_("Time, ms"), "MB")
NONE = "–"
IN_USE = (app.DEFAULT_MODEL, app.STARS_MODEL)


def table(lists: Report, stars: Report, cost: Report) -> Drawing:
    """A row for each shipped model: those with a list first, the best on top; then by their stars.

    lists, stars, cost: the JSON of `evaluate top-n`, `evaluate new-users` and `bench models`. Raises LookupError,
    TypeError or ValueError.
    """
    hits, misses = found(lists), shipped(measured_at(rows(stars, MISS), AT))
    costs = costs_of(cost)
    order = [*hits, *sorted(misses.keys() - hits.keys(), key=lambda model: misses[model].value)]
    cells = [
        (
            f"**{called(model)}**" if model in IN_USE else called(model),
            share(hits[model].value) if model in hits else NONE,
            digits(misses[model].value, ".3f") if model in misses else NONE,
            milliseconds(costs[model].answer_ms) if model in costs else NONE,
            tenths(costs[model].megabytes_with_parts) if model in costs else NONE,
        )
        for model in order
    ]
    (least, most), (near, far) = (
        (min(values), max(values)) for values in ([row.value for row in of.values()] for of in (hits, misses))
    )
    finding = _(
        "{n} models: lists find {least} to {most} of the loved films, and stars are off by {near:.2f} to {far:.2f}",
        n=len(order),
        least=share(least),
        most=share(most),
        near=near,
        far=far,
    )
    made_of = ""
    if app.STARS_PARTS:
        parts = listed([called(part) for part in app.STARS_PARTS])
        made_of = " " + _("{model} is a blend of {models}.", model=called(app.STARS_MODEL), models=parts)
    return Drawing(
        finding,
        _(
            "After {at} ratings; a list’s first {first} films. Time to answer somebody, size of the files. In bold "
            "what the app shows: the list of {default_model}, and the stars of {stars_model}.",
            at=AT,
            first=FIRST,
            default_model=called(app.DEFAULT_MODEL),
            stars_model=called(app.STARS_MODEL),
        ),
        (Table(COLUMNS, cells, f"{finding}.".replace("\\", "")),),
        more=_(
            "The best list is on top; models without a list follow by their stars. Time: the median on one "
            "core for somebody who rated 300 films. MB: with the files of the models that it builds on. What "
            "was not measured is {none}.",
            none=NONE,
        )
        + made_of,
    )
