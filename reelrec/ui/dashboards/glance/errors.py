"""How far off predicted stars are after so many ratings: the app's, a classic, and everybody's average."""

from __future__ import annotations

from reelrec import app
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import CLOSED, Chart, Drawing, Source
from reelrec.ui.dashboards.parts.lines import lines, model_lines, numbers
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
    drawn, ticks = model_lines(shown, steps), [str(k) for k in steps]
    ours, average = (shown[model] for model in (app.STARS_MODEL, AVERAGE))
    last = steps[-1]
    alt = (
        f"Average miss by ratings known, from {steps[0]} to {last}: {look(app.STARS_MODEL).name} "
        f"{ours[steps[0]].value:.2f} to {ours[last].value:.2f}, {look(AVERAGE).name} {average[steps[0]].value:.2f}."
    )
    return Drawing(
        f"After {AT} ratings predicted stars are off by {ours[AT].value:.2f} on average, everybody’s average of a film "
        f"by {average[AT].value:.2f}",
        f"With all ratings known they are off by {ours[last].value:.2f}. {called(app.STARS_MODEL)} gives the stars "
        f"that the app shows; {called(CLASSIC)} is the classic that ReelRec began with.",
        (Chart(lines(drawn, ticks, "ratings known", "stars off, on average", ".2f"), alt),),
        numbers(drawn, ticks, ".3f", alt, "Stars off on average, by ratings known"),
    )
