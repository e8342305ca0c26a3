"""What answers are worth, by who asks: about films that people have seen, and by screens of films they may not have."""

from __future__ import annotations

from reelrec.ui.dashboards.interview.askers import DESIGNED, LEARNED, MAIN, YARDSTICK, asker, default, named, own
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.lines import Line, lines
from reelrec.ui.dashboards.parts.reading import Known, Row, in_order, listed, measured_at, number, rows, share, texts

FEW, SCREENS = 3, 3  # answers and screens of the tables
FILMS = 12  # of a screen
# Metric, its name on the axis, how its numbers are written, whether less is better.
MEASURES = {
    "Log loss": ("screens_nll", "log loss", ".3f", True),
    "RMSE": ("screens_rmse", "RMSE in stars", ".3f", True),
    "Recall": ("screens_recall20", "liked films among the first 20", ".1%", False),
}
Curves = dict[str, dict[Known, Row]]


def by_answers(report: dict) -> Drawing:
    """The error after each answer about a film that was seen, and how many answers each way of asking needs."""
    found, who = rows(report, "rmse"), default(report)
    steps = in_order(found[YARDSTICK])
    last = steps[-1]
    wanted = needed(report)
    goal = found[YARDSTICK][last].value
    ranked = sorted(own(measured_at(found, last)), key=lambda name: found[name][last].value)
    cells = [
        (named(name), *(f"{found[name][k].value:.3f}" for k in (FEW, last)), wanted.get(name, "–")) for name in ranked
    ]
    count = f"{wanted[who]} {'answer' if wanted[who] == '1' else 'answers'}"
    said = f"{named(who)}, the default, needs {count} to reach what {_low(YARDSTICK)} reaches with {last}"
    apart = next(one["difference"] for one in report["needed"] if one["policy"] == who)
    value, low, high = (number(apart[key]) for key in ("value", "low", "high"))
    figure = lines(_main(found, steps), [str(k) for k in steps], "answers", "RMSE in stars", ".3f")
    return Drawing(
        "One film at a time, each of which the person has seen, so every question gets an answer; what they hid is "
        f"predicted. {said}: an RMSE of {goal:.3f} (difference {value:+.4f}, {low:+.4f} to {high:+.4f}). The table has "
        "all ways of asking, the best first.",
        (
            Chart(figure, f"Errors by answers. {said}.".replace("\\", "")),
            Table(
                ("Asked by", f"RMSE after {FEW}", f"after {last}", "Needs"),
                cells,
                f"Errors after {FEW} and {last} answers, and the answers needed for an RMSE of {goal:.3f}.",
            ),
        ),
    )


def by_screens(report: dict, measure: str) -> Drawing:
    """A measure after each screen, and after some of them what was answered, learned and shown."""
    metric, title, written, less = MEASURES[measure]
    found, who = rows(report, metric), default(report)
    steps = in_order(found[who])
    figure = lines(_main(found, steps), [str(k) for k in steps], "screens", title, written)
    said = _ahead(found, steps[-1], who, written, less)
    return Drawing(
        f"{FILMS} films at a time out of those that Rate asks about, and who has not seen one says so. How many "
        f"answers come and how much they tell are two things. {said} {_answered(report, who)} {_lists(report, who)}",
        (Chart(figure, f"{title} by screens. {said}".replace("\\", "")), _after(report)),
    )


def needed(report: dict) -> dict[str, str]:
    """The answers with which each way of asking reaches what the yardstick reaches with all."""
    most = in_order(rows(report, "rmse")[YARDSTICK])[-1]
    found = {texts(one["policy"])[0]: one["answers"] for one in report["needed"]}
    return {name: f"over {most}" if n is None else f"{int(number(n))}" for name, n in found.items()}


def _main(found: Curves, steps: list[Known]) -> list[Line]:
    return [Line(name, [found[name].get(k) for k in steps], asker(name)) for name in MAIN if name in found]


def _after(report: dict) -> Table:
    """After SCREENS screens: answers, error, and the stars of the films that were shown and seen."""
    given, errors, stars = (
        measured_at(rows(report, metric), SCREENS) for metric in ("answers", "screens_rmse", "screens_stars")
    )
    cells = [
        (named(name), f"{given[name].value:.1f}", f"{errors[name].value:.3f}", f"{stars[name].value:.2f}")
        for name in sorted(own(errors), key=lambda name: errors[name].value)
    ]
    asked = SCREENS * FILMS
    return Table(
        ("Asked by", f"Seen, of {asked}", "RMSE", "Their stars"),
        cells,
        f"Answers, error and mean stars of the films shown after {SCREENS} screens, least error first.",
        f"After {SCREENS} screens",
    )


def _ahead(found: Curves, k: Known, who: str, written: str, less: bool) -> str:
    """The best at the end, and where those are that the section is about."""
    at = measured_at(found, k)
    best = (min if less else max)(own(at), key=lambda name: at[name].value)
    about = dict.fromkeys(name for name in (who, DESIGNED, LEARNED, YARDSTICK) if name in at and name != best)
    others = listed(f"{at[name].value:{written}} for {_low(name)}" for name in about)
    return f"Best after {k} screens: {named(best)} with {at[best].value:{written}}, against {others}."


def _answered(report: dict, who: str) -> str:
    given = measured_at(rows(report, "answers"), SCREENS)
    ours, theirs = given[who].value, given[YARDSTICK].value
    return f"Of {SCREENS * FILMS} films {named(who)} gets stars for {ours:.1f}, {_low(YARDSTICK)} for {theirs:.1f}."


def _lists(report: dict, who: str) -> str:
    """Whose answers make the best list; that is not what is asked for, and need not be the same."""
    found = rows(report, "screens_recall20")
    at = measured_at(found, in_order(found[who])[-1])
    best = max(own(at), key=lambda name: at[name].value)
    if best == who:
        return (
            f"{named(who)}’s answers make the best lists: the first 20 hold {share(at[who].value)} of what was liked."
        )
    return (
        f"The best lists come from {_low(best)}’s answers: the first 20 hold {share(at[best].value)} of the hidden "
        f"films that people liked, and {share(at[who].value)} after {named(who)}’s."
    )


def _low(name: str) -> str:
    """Its name inside a sentence."""
    if name == LEARNED:
        return f"the {named(name).lower()}"
    return named(name).lower() if name in (YARDSTICK, "random") else named(name)
