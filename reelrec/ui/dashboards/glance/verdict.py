"""Which list is best after ten ratings, and by how much: in a sentence, and as bars."""

from __future__ import annotations

from reelrec import app
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
    people = f"Measured on {by_model[best].n:,} people whose ratings no model had seen."
    if best == FLOOR:
        return f"After {AT} ratings no list is better than the most popular films", people
    headline = (
        f"After {AT} ratings the best list is {called(best)}: its first {FIRST} films hold "
        f"{_more(by_model, best, FLOOR)} of the films that people went on to love than the most popular films do"
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
    drawn = Bars(groups, f"Loved films among the first {FIRST} after {AT} ratings: {values}.")
    return Drawing(
        f"{called(best)} finds {share(by_model[best].value)} of the loved films, the most popular films "
        f"{share(by_model[FLOOR].value)}, {called(worst)} {share(by_model[worst].value)}",
        "Films that people loved (4 stars or more) were hidden. A bar says how many of them are among the first "
        f"{FIRST} of a list.",
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
        return "It is the app’s own list."
    if ours not in by_model:
        return ""
    gap = gaps(report, FOUND, AT).get((best, ours))
    chance = "" if gap and gap.leaves_out_zero() else ", which may be chance"
    fame = measured_at(rows(report, FAME), AT)
    known = fame[ours].value / fame[best].value - 1
    return (
        f"The app’s own list, **{called(ours)}**, holds {_more(by_model, ours, FLOOR)} than the most popular films and "
        f"{_more(by_model, ours, best)} than the best{chance}; its films are {share(abs(known), 0)} "
        f"{'less' if known < 0 else 'better'} known."
    )


def _more(by_model: dict[str, Row], model: str, than: str) -> str:
    """ "33% more"."""
    gain = by_model[model].value / by_model[than].value - 1
    return f"{share(abs(gain), 0)} {'more' if gain >= 0 else 'less'}"
