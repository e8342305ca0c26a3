"""Which model is best from how many ratings on, whether that is more than chance, and who speaks in the blend."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import Chart, Drawing
from reelrec.ui.dashboards.parts.gaps import gaps
from reelrec.ui.dashboards.parts.lines import lines, model_lines, numbers, tick
from reelrec.ui.dashboards.parts.reading import Curves, Known, Report, Row, in_order, listed, measured_at, rows
from reelrec.ui.dashboards.stars import blend
from reelrec.ui.frame import turn

COMMAND = "python -m reelrec evaluate new-users"
BESIDE = "bmf"  # the model that the others are compared with
CLOSE, EVERY = N_("The close ones"), N_("Every model")
NEAR = 0.02  # stars from BESIDE, at every step, within which a model is one of the close ones
AT = (10, 20)  # ratings known, of the example of what further ratings bring


def draw() -> None:
    frame.section(
        _("Which model, when"),
        _(
            "Which model has the smallest error depends on how much is known of you. Here is how far the models are "
            "apart, on people they have never seen; what each one costs is under Cost."
        ),
    )
    left, right = st.columns(2)
    with left:
        _differences()
    with right, frame.card(_("Who speaks in the blend")):
        frame.draw("when-blend", lambda: blend.drawing(frame.report("cost")), blend.COMMAND, frame.RERUN)


@turn.fragment()
def _differences() -> None:
    with frame.card(_("How far apart they are")):
        shown = frame.choose(_("Shown"), [CLOSE, EVERY], "when-shown")
        frame.draw("when", lambda: differences(frame.report("new-users"), shown), COMMAND, frame.CLOSED)


def differences(report: Report, shown: str = CLOSE) -> Drawing:
    """The RMSE of each model minus that of BESIDE, over the ratings known.

    Why differences: the good models are a hundredth of a star apart, while each of them gains a tenth and more from
    further ratings, and users differ by more than models do. So absolute curves (see new_users) lie on each other, with
    intervals that overlap even where one model is better for nearly every user. Why minus BESIDE and not minus the film
    mean: against a straight line a curve shows whether and from where on it wins.
    """
    curves = rows(report, "rmse")
    steps = [k for k in in_order(curves[BESIDE]) if any(k in by_k for model, by_k in curves.items() if model != BESIDE)]
    pairs = {k: gaps(report, "rmse", k) for k in steps}
    minus = {
        model: {k: _minus(curves, pairs[k], model, k) for k in steps if k in by_k} for model, by_k in curves.items()
    }
    largest = {model: max(abs(row.value) for row in by_k.values()) for model, by_k in minus.items()}
    far = [model for model in minus if largest[model] > NEAR and shown == CLOSE]
    drawn = model_lines({model: by_k for model, by_k in minus.items() if model not in far}, steps)
    title, ticks = _("RMSE minus {model}’s", model=look(BESIDE).name), [tick(k) for k in steps]
    at_end = measured_at(minus, steps[-1])
    ends = "; ".join(f"{look(model).name} {digits(row.value, '+.3f')}" for model, row in at_end.items())
    alt = _("{title}. At {k}: {ends}.", title=title, k=tick(steps[-1]), ends=ends)
    whole = model_lines(curves, steps)
    return Drawing(
        _best(curves, steps),
        _(
            "Zero is {beside}: below it a model is off by less, above it by more, in stars. Thin lines are "
            "intervals of the difference on the same people.",
            beside=called(BESIDE),
        ),
        (Chart(lines(drawn, ticks, _("ratings known"), title, "+.3f"), alt),),
        numbers(
            whole, ticks, ".4f", _("RMSE of every model by ratings known."), _("RMSE of every model, by ratings known")
        ),
        " ".join(filter(None, (_lead(curves, pairs), _worth(curves), _left_out(far)))),
    )


def _minus(curves: Curves, pairs: dict[tuple[str, str], Row], model: str, k: Known) -> Row:
    """A model's RMSE minus that of BESIDE, without an interval where no difference was measured."""
    value = curves[model][k].value - curves[BESIDE][k].value
    return pairs.get((model, BESIDE), Row.exact(value))


def _ranked(curves: Curves, k: Known) -> list[str]:
    """The models measured there, the best first."""
    return sorted((model for model, by_k in curves.items() if k in by_k), key=lambda model: curves[model][k].value)


def _best(curves: Curves, steps: list[Known]) -> str:
    """Which model is ahead, from how many ratings on."""
    turns = [(model, next(ks)) for model, ks in groupby(steps, key=lambda k: _ranked(curves, k)[0])]
    if len(turns) == 1:
        return _("{model} is off least, however many ratings are known", model=called(turns[0][0]))
    phases = [f"{called(model)} {_since(k)}" for model, k in turns]
    return _("Off least: {phases}", phases=listed(phases))


def _since(k: Known) -> str:
    return {0: _("before any rating is known"), "all": _("with all of them")}.get(k, _("from {k} ratings on", k=k))


def _lead(curves: Curves, pairs_by_k: dict[Known, dict[tuple[str, str], Row]]) -> str:
    """At which steps the lead of the best model is more than chance, and how large it is at one of them."""
    real: list[Known] = []
    unsure: list[Known] = []
    for k, pairs in pairs_by_k.items():
        best, following = _ranked(curves, k)[:2]
        gap = pairs.get((best, following))
        (real if gap and gap.leaves_out_zero() else unsure).append(k)
    if not real:
        sentence = _("The lead over the next best may be chance at every step.")
    elif not unsure:
        sentence = _("The lead over the next best is more than chance at every step.")
    else:
        more, maybe = (listed(tick(k) for k in steps) for steps in (real, unsure))
        sentence = _(
            "The lead over the next best is more than chance at {more}, and may be chance at {maybe}.",
            more=more,
            maybe=maybe,
        )
    at = AT[1] if AT[1] in pairs_by_k else list(pairs_by_k)[-1]
    best, following = _ranked(curves, at)[:2]
    gap = pairs_by_k[at].get((following, best))
    lead = curves[following][at].value - curves[best][at].value
    said = {"at": at, "best": called(best), "next": called(following), "lead": lead}
    if gap:
        ahead = _("With {at} known, {best} is ahead of {next} by {lead:.4f} stars ({low:.4f} to {high:.4f}).",
                  low=gap.low, high=gap.high, **said)  # fmt: skip
    else:
        ahead = _("With {at} known, {best} is ahead of {next} by {lead:.4f} stars.", **said)
    return f"{sentence} {ahead}"


def _worth(curves: Curves) -> str:
    """The gain by the best model, beside the gain by ten further ratings."""
    few, many = AT
    if not {few, many} <= curves[BESIDE].keys():
        return ""
    best = _ranked(curves, many)[0]
    gain = curves[BESIDE][many].value - curves[best][many].value
    more = curves[BESIDE][few].value - curves[BESIDE][many].value
    if best == BESIDE or more <= 0:
        return ""
    return _(
        "To rate {n} more films, {many} instead of {few}, brings {more:.4f}: {times:,.1f} times what "
        "{best} brings over {beside}.",
        n=many - few,
        many=many,
        few=few,
        more=more,
        times=more / gain,
        best=called(best),
        beside=called(BESIDE),
    )


def _left_out(far: list[str]) -> str:
    if not far:
        return ""
    return _(
        "Not in this picture, being more than {near:g} stars away at some step: {models}.",
        near=NEAR,
        models=listed(map(called, far)),
    )
