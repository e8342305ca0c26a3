"""Whether a list follows the stars, or only which films were rated."""

from __future__ import annotations

from reelrec import app
from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.parts.figures import called
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, number, rows, share, string

COMMAND = "python -m reelrec evaluate contrast"
KNOWN = 10  # films told, of the table
OLD = "ranker"  # which knows dislike only as a smaller liking
ONES_FIVES, LONG = "ones_fives24", 24
COLUMNS = (
    N_("List"),
    N_("Stars turned round"),
    N_("All at 1 star"),
    N_("1 and 5 stars, of 24"),
    N_("Hated film lowers its kin"),
)


def drawing(report: Report) -> Drawing:
    """A row for each model: what its lists have in common when only the stars are changed."""
    same = {metric: rows(report, metric) for metric in ("turned10", "ones10", ONES_FIVES)}
    kin = {string(row["model"]): (number(row["lowered"]), number(row["families"])) for row in report["families"]}
    models = list(same[ONES_FIVES])
    cells = [
        (
            called(model),
            share(same["turned10"][model][KNOWN].value, 0),
            share(same["ones10"][model][KNOWN].value, 0),
            digits(same[ONES_FIVES][model][KNOWN].value, ".1f"),
            share(kin[model][0] / kin[model][1], 0),
        )
        for model in models
    ]
    model = app.DEFAULT_MODEL if app.DEFAULT_MODEL in models else models[-1]
    both = {name: same[ONES_FIVES][name][KNOWN].value for name in (model, OLD) if name in models}
    lowered, families = kin[model]
    said = {"n": KNOWN, "model": called(model), "shared": both[model], "long": LONG}
    if OLD in both and model != OLD:
        finding = _("Given 1 star for all {n} films, or 5, lists by {model} share {shared:.1f} of {long} films, by "
                    "{old} {by_old:.1f}", old=called(OLD), by_old=both[OLD], **said)  # fmt: skip
    else:
        finding = _("Given 1 star for all {n} films, or 5, lists by {model} share {shared:.1f} of {long} films", **said)
    return Drawing(
        finding,
        _(
            "The films stay and only the stars change: a list that stays the same does not listen. Half a star for "
            "the best-known film of a series or director lowers the others in {lowered:.0f} of {families:.0f}.",
            lowered=lowered,
            families=families,
        ),
        (Table(COLUMNS, cells, _("Lists under other stars. {finding}.", finding=finding).replace("\\", "")),),
        more=_("The first two columns are the share of the first ten that stays."),
    )
