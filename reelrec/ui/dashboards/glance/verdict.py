"""Which list is best after ten ratings, and by how much: in a sentence, and as bars."""

from __future__ import annotations

from reelrec import app
from reelrec.translation import _
from reelrec.ui.dashboards.parts.bars import Bar, Bars, Group
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import CLOSED, Drawing, Source
from reelrec.ui.dashboards.parts.gaps import gaps
from reelrec.ui.dashboards.parts.reading import Report, Row, measured_at, rows, share

LISTS = Source("top-n", "python -m reelrec evaluate top-n", CLOSED)
FOUND, FAME = "recall20", "fame10"
AT, FIRST = 10, 20  # ratings known, and films of a list that are looked at
FLOOR = "popularity"  # the same films for everybody


def found(report: Report) -> dict[str, Row]:
    """The share of loved films among the first of a list, by shipped model, the best first.

    Raises LookupError or ValueError.
    """
    measured = shipped(measured_at(rows(report, FOUND), AT))
    if FLOOR not in measured:
        raise LookupError(f"{FLOOR} was not measured after {AT} ratings.")
    return dict(sorted(measured.items(), key=lambda pair: -pair[1].value))


def sentences(report: Report) -> tuple[str, str]:
    """The best list with its lead over the most popular films; and how the list of For you stands to both."""
    by_model = found(report)
    best = next(iter(by_model))
    people = _("Measured on {n:,} people whose ratings no model had seen.", n=by_model[best].n)
    if best == FLOOR:
        return _("After {at} ratings no list is better than the most popular films", at=AT), people
    headline = _(
        "After {at} ratings the best list is {best}: its first {first} films hold {more} of the films that "
        "people went on to love than the most popular films do",
        at=AT,
        best=called(best),
        first=FIRST,
        more=_more(by_model, best, FLOOR),
    )
    return headline, f"{_for_you(report, by_model, best)} {people}"


def bars(report: Report) -> Drawing:
    """The lists from the best to the worst."""
    by_model = found(report)
    groups = [
        Group(look(model).name, [Bar(row, share(row.value), look(model).colour)]) for model, row in by_model.items()
    ]
    best, worst = next(iter(by_model)), list(by_model)[-1]
    values = "; ".join(f"{look(model).name} {share(row.value)}" for model, row in by_model.items())
    drawn = Bars(
        groups,
        _("Loved films among the first {first} after {at} ratings: {values}.", first=FIRST, at=AT, values=values),
    )
    return Drawing(
        _(
            "{best} finds {found} of the loved films, the most popular films {floor}, {worst} {worst_found}",
            best=called(best),
            found=share(by_model[best].value),
            floor=share(by_model[FLOOR].value),
            worst=called(worst),
            worst_found=share(by_model[worst].value),
        ),
        _(
            "Films that people loved (4 stars or more) were hidden. A bar says how many of them are among the "
            "first {first} of a list.",
            first=FIRST,
        ),
        (drawn,),
        (drawn.numbers(".1%"),),
    )


def shipped(measured: dict[str, Row]) -> dict[str, Row]:
    """The rows without those of models that are measured and do not ship."""
    names = {model.name for model in app.models()}
    return {model: row for model, row in measured.items() if model in names}


def _for_you(report: Report, by_model: dict[str, Row], best: str) -> str:
    """How the list of For you stands to the best one and to the most popular films, and how known its films are."""
    ours = app.DEFAULT_MODEL
    if best == ours:
        return _("It is the app’s own list.")
    if ours not in by_model:
        return ""
    gap = gaps(report, FOUND, AT).get((best, ours))
    fame = measured_at(rows(report, FAME), AT)
    known = fame[ours].value / fame[best].value - 1
    said = {"model": called(ours), "more": _more(by_model, ours, FLOOR), "best": _more(by_model, ours, best)}
    if gap and gap.leaves_out_zero():
        holds = _("The app’s own list, **{model}**, holds {more} than the most popular films and {best} than the best.",
                  **said)  # fmt: skip
    else:
        holds = _("The app’s own list, **{model}**, holds {more} than the most popular films and {best} than the best, "
                  "which may be chance.", **said)  # fmt: skip
    fame_gap = share(abs(known), 0)
    if known < 0:
        return holds + " " + _("Its films are {part} less known.", part=fame_gap)
    return holds + " " + _("Its films are {part} better known.", part=fame_gap)


def _more(by_model: dict[str, Row], model: str, than: str) -> str:
    """ "33% more"."""
    gain = by_model[model].value / by_model[than].value - 1
    part = share(abs(gain), 0)
    return _("{part} more", part=part) if gain >= 0 else _("{part} less", part=part)
