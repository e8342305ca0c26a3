"""How far off predicted stars are after so many ratings: the app's, a classic, and everybody's average."""

from __future__ import annotations

from reelrec import app
from reelrec.translation import _
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import CLOSED, Chart, Drawing, Source
from reelrec.ui.dashboards.parts.lines import lines, model_lines, numbers, tick
from reelrec.ui.dashboards.parts.reading import Report, all_steps, rows

STARS = Source("new-users", "python -m reelrec evaluate new-users", CLOSED)
MISS = "mae"  # plainer than the RMSE
CLASSIC, AVERAGE = "svd", "film-mean"
AT = 10  # ratings known


def curves(report: Report) -> Drawing:
    """The average miss of three models by the ratings known. Raises LookupError or ValueError."""
    measured = rows(report, MISS)
    shown = {model: measured[model] for model in (AVERAGE, CLASSIC, app.STARS_MODEL)}
    steps = all_steps(shown)
    drawn, ticks = model_lines(shown, steps), [tick(k) for k in steps]
    ours, average = (shown[model] for model in (app.STARS_MODEL, AVERAGE))
    last = steps[-1]
    alt = _(
        "Average miss by ratings known, from {least} to {last}: {model} {ours:.2f} to {ours_last:.2f}, "
        "{average_name} {average:.2f}.",
        least=tick(steps[0]),
        last=tick(last),
        model=look(app.STARS_MODEL).name,
        ours=ours[steps[0]].value,
        ours_last=ours[last].value,
        average_name=look(AVERAGE).name,
        average=average[steps[0]].value,
    )
    return Drawing(
        _(
            "After {at} ratings predicted stars are off by {ours_at:.2f} on average, everybody’s average of a film "
            "by {average_at:.2f}",
            at=AT,
            ours_at=ours[AT].value,
            average_at=average[AT].value,
        ),
        _(
            "With all ratings known they are off by {last:.2f}. {stars_model} gives the stars that the app shows; "
            "{classic} is the classic that ReelRec began with.",
            last=ours[last].value,
            stars_model=called(app.STARS_MODEL),
            classic=called(CLASSIC),
        ),
        (Chart(lines(drawn, ticks, _("ratings known"), _("stars off, on average"), ".2f"), alt),),
        numbers(drawn, ticks, ".3f", alt, _("Stars off on average, by ratings known")),
    )
