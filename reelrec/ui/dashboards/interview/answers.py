"""What answers are worth, by policy: about single films that people have seen, and on screens of films."""

from __future__ import annotations

from reelrec.translation import N_, _, ngettext
from reelrec.translation import number as digits
from reelrec.ui.dashboards.interview.policies import (
    DESIGNED,
    LEARNED,
    MAIN,
    YARDSTICK,
    default,
    named,
    own,
    policy_look,
)
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.lines import Line, Measure, lines
from reelrec.ui.dashboards.parts.reading import (
    Curves,
    Known,
    Report,
    in_order,
    interval,
    listed,
    measured_at,
    number,
    rows,
    share,
    string,
)

FEW, SCREENS = 3, 3  # answers, and screens, of the tables
FILMS = 12  # of a screen
# What a list leaves out, and the recall of such lists.
LISTS = {
    N_("As a page would show them, where films that were seen and not asked about take places"): "screens_recall20",
    N_("Without any film that the person has seen"): "screens_new_recall20",
}
MEASURES = {
    N_("Log loss"): Measure("screens_nll", N_("log loss"), ".3f", less_is_better=True),
    "RMSE": Measure("screens_rmse", N_("RMSE in stars"), ".3f", less_is_better=True),
    N_("Recall, as shown"): Measure("screens_recall20", N_("liked films among the first 20"), ".1%"),
    N_("Recall, seen films out"): Measure("screens_new_recall20", N_("liked films among the first 20"), ".1%"),
}


def by_answers(report: Report) -> Drawing:
    """The error after each answer about a film that was seen, and how many answers each policy needs."""
    errors, policy = rows(report, "rmse"), default(report)
    steps = in_order(errors[YARDSTICK])
    last = steps[-1]
    answers = needed(report)
    goal = errors[YARDSTICK][last].value
    ranked = sorted(own(measured_at(errors, last)), key=lambda name: errors[name][last].value)
    cells = [
        (named(name), *(digits(errors[name][k].value, ".3f") for k in (FEW, last)), answers.get(name, "–"))
        for name in ranked
    ]
    finding = ngettext(
        "{policy}, the default, needs {answers} answer to reach what {other} reaches with {last}",
        "{policy}, the default, needs {answers} answers to reach what {other} reaches with {last}",
        1 if answers[policy] == "1" else 2,
        policy=named(policy),
        answers=answers[policy],
        other=_low(YARDSTICK),
        last=last,
    )
    gap = next(interval(entry["difference"]) for entry in report["needed"] if entry["policy"] == policy)
    figure = lines(_main(errors, steps), [str(k) for k in steps], _("answers"), _("RMSE in stars"), ".3f")
    return Drawing(
        finding,
        _(
            "That is an RMSE of {goal:.3f} (difference {gap:+.4f}, {low:+.4f} to {high:+.4f}). One film at a time, "
            "each of which the person has seen, so every question gets an answer.",
            goal=goal,
            gap=gap.value,
            low=gap.low,
            high=gap.high,
        ),
        (Chart(figure, _("Errors by answers. {finding}.", finding=finding).replace("\\", "")),),
        (
            Table(
                (_("Asked by"), _("RMSE after {few}", few=FEW), _("after {last}", last=last), _("Needs")),
                cells,
                _(
                    "Errors after {few} and {last} answers, and the answers needed for an RMSE of {goal:.3f}.",
                    few=FEW,
                    last=last,
                    goal=goal,
                ),
            ),
        ),
        _("What people hid is predicted. The table has all ways of asking, the best first."),
    )


def by_screens(report: Report, name: str) -> Drawing:
    """A measure after each screen, and a table of answers, errors and stars after some of them. name: of MEASURES."""
    measure = MEASURES[name]
    by_policy, policy = rows(report, measure.metric), default(report)
    steps = in_order(by_policy[policy])
    figure = lines(_main(by_policy, steps), [str(k) for k in steps], _("screens"), _(measure.title), measure.written)
    finding = _ahead(by_policy, steps[-1], policy, measure)
    return Drawing(
        finding,
        _(
            "{n} films at a time out of those that Rate asks about, and who has not seen one says so.",
            n=FILMS,
        )
        + f" {_answered(report, policy)}",
        (
            Chart(
                figure, _("{title} by screens. {finding}.", title=_(measure.title), finding=finding).replace("\\", "")
            ),
        ),
        (_after(report),),
        _("How many answers come and how much they tell are two things.") + " " + _lists(report, policy),
    )


def needed(report: Report) -> dict[str, str]:
    """The number of answers with which each policy reaches the error that YARDSTICK reaches with all."""
    most = in_order(rows(report, "rmse")[YARDSTICK])[-1]
    answers = {string(entry["policy"]): entry["answers"] for entry in report["needed"]}
    return {name: _("over {most}", most=most) if n is None else f"{int(number(n))}" for name, n in answers.items()}


def _main(curves: Curves, steps: list[Known]) -> list[Line]:
    return [Line(name, [curves[name].get(k) for k in steps], policy_look(name)) for name in MAIN if name in curves]


def _after(report: Report) -> Table:
    """The table after SCREENS screens: answers, error, and the stars of the films that were shown and seen."""
    seen, errors, stars = (
        measured_at(rows(report, metric), SCREENS) for metric in ("answers", "screens_rmse", "screens_stars")
    )
    cells = [
        (
            named(name),
            digits(seen[name].value, ".1f"),
            digits(errors[name].value, ".3f"),
            digits(stars[name].value, ".2f"),
        )
        for name in sorted(own(errors), key=lambda name: errors[name].value)
    ]
    n_asked = SCREENS * FILMS
    return Table(
        (_("Asked by"), _("Seen, of {n_asked}", n_asked=n_asked), "RMSE", _("Their stars")),
        cells,
        _(
            "Answers, error and mean stars of the films shown after {screens} screens, least error first.",
            screens=SCREENS,
        ),
        _("After {screens} screens", screens=SCREENS),
    )


def _ahead(curves: Curves, k: Known, policy: str, measure: Measure) -> str:
    """The best policy at the end, and the values of those that the section is about."""
    rows_at = measured_at(curves, k)
    best = (min if measure.less_is_better else max)(own(rows_at), key=lambda name: rows_at[name].value)
    others = dict.fromkeys(name for name in (policy, DESIGNED, LEARNED, YARDSTICK) if name in rows_at and name != best)
    values = {name: digits(row.value, measure.written) for name, row in rows_at.items()}
    rest = [_("{value} for {policy}", value=values[name], policy=_low(name)) for name in others]
    return _(
        "Best after {k} screens: {policy} with {best}, against {others}",
        k=k,
        policy=named(best),
        best=values[best],
        others=listed(rest),
    )


def _answered(report: Report, policy: str) -> str:
    answered = measured_at(rows(report, "answers"), SCREENS)
    by_policy, by_yardstick = answered[policy].value, answered[YARDSTICK].value
    return _(
        "Of {screens} films {named} gets stars for {by_policy:.1f}, {low} for {by_yardstick:.1f}.",
        screens=SCREENS * FILMS,
        named=named(policy),
        by_policy=by_policy,
        low=_low(YARDSTICK),
        by_yardstick=by_yardstick,
    )


def _lists(report: Report, policy: str) -> str:
    """Whose answers make the best lists, in each way that was measured."""
    measured = {string(row["metric"]) for row in report["rows"]}
    ways = [f"{_(way)}: {_best_lists(report, metric, policy)}." for way, metric in LISTS.items() if metric in measured]
    return " ".join([_("Lists depend on what is left out."), *ways])


def _best_lists(report: Report, metric: str, policy: str) -> str:
    """ "the first 20 hold 21 % of what was liked after A-optimal and 26 % after popularity, the most"."""
    curves = rows(report, metric)
    recall = measured_at(curves, in_order(curves[policy])[-1])
    best = max(own(recall), key=lambda name: recall[name].value)
    found = {"share": share(recall[policy].value), "policy": _low(policy)}
    if best == policy:
        return _("the first 20 hold {share} of the hidden films that were liked after {policy}’s answers, the most",
                 **found)  # fmt: skip
    return _(
        "the first 20 hold {share} of the hidden films that were liked after {policy}’s answers and {most} after "
        "{best}’s, the most",
        most=share(recall[best].value),
        best=_low(best),
        **found,
    )


def _low(name: str) -> str:
    """The name of a policy inside a sentence."""
    inside = {LEARNED: _("the learned policy"), YARDSTICK: _("popularity"), "random": _("random")}
    return inside.get(name) or named(name)
