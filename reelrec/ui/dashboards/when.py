"""Which model is best from how many ratings on, whether that is more than chance, and what it costs."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from reelrec.ui.dashboards import blend, price
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import Chart, Drawing
from reelrec.ui.dashboards.parts.gaps import gaps, is_real
from reelrec.ui.dashboards.parts.lines import Line, lines
from reelrec.ui.dashboards.parts.reading import Known, Row, in_order, listed, rows

COMMAND = "python -m reelrec evaluate new-users"
BESIDE = "bmf"
CLOSE, EVERY = "The close ones", "Every model"
NEAR = 0.02  # stars from BESIDE, at every step, within which a model is one of the close ones
AT = (10, 20)  # ratings known: what coming from one to the other brings
Curves = dict[str, dict[Known, Row]]


def draw() -> None:
    frame.section(
        "when",
        "The model with the smallest error is not always worth its price, and which one that is depends on how much is "
        "known of you. Here is how far the models are apart, on people they have never seen, and what each one costs.",
    )
    _differences()
    with frame.card("Who speaks in the blend"):
        frame.draw("when-blend", lambda: blend.drawing(frame.report("cost")), blend.COMMAND, frame.RERUN)
    with frame.card("What it costs"):
        frame.draw(
            "when-price",
            lambda: price.table(frame.report("new-users"), frame.report("cost")),
            price.COMMAND,
            frame.RERUN,
        )


@st.fragment
def _differences() -> None:
    with frame.card("How far apart they are"):
        shown = frame.choose("Shown", [CLOSE, EVERY], "when-shown")
        frame.draw("when", lambda: differences(frame.report("new-users"), shown), COMMAND, frame.CLOSED)


def differences(report: dict, shown: str = CLOSE) -> Drawing:
    """The RMSE of each model minus that of BESIDE, over the ratings known.

    Why differences: the models that one would choose from are a hundredth of a star apart, while all of them gain a
    tenth and more from further ratings, and people differ by more than models; so absolute curves (see new_people) lie
    on each other, with intervals that overlap even where one is better for nearly everybody. Why from BESIDE and not
    from the film mean: it gives the stars, and against a straight line a curve shows whether and from when on it wins.
    """
    found = rows(report, "rmse")
    steps = [k for k in in_order(found[BESIDE]) if any(k in of for model, of in found.items() if model != BESIDE)]
    apart = {k: gaps(report, "rmse", k) for k in steps}
    away = {model: {k: _away(found, apart[k], model, k) for k in steps if k in of} for model, of in found.items()}
    far = [model for model, of in away.items() if max(abs(row.value) for row in of.values()) > NEAR and shown == CLOSE]
    drawn = [Line(model, [of.get(k) for k in steps]) for model, of in away.items() if model not in far]
    title = f"RMSE minus {look(BESIDE).name}’s"
    figure = lines(drawn, [str(k) for k in steps], "ratings known", title, "+.3f")
    said = [
        f"Zero is {called(BESIDE)}: below it a model is off by less, above it by more, in stars. Thin lines are "
        "intervals of the difference on the same people.",
        _best(found, steps),
        _lead(found, apart),
        _worth(found),
        _left_out(far),
    ]
    ends = "; ".join(f"{look(model).name} {of[steps[-1]].value:+.3f}" for model, of in away.items() if steps[-1] in of)
    return Drawing(" ".join(filter(None, said)), (Chart(figure, f"{title}. At {steps[-1]}: {ends}."),))


def _away(found: Curves, apart: dict[tuple[str, str], Row], model: str, k: Known) -> Row:
    """Its RMSE minus that of BESIDE; the value alone where no difference was measured."""
    value = found[model][k].value - found[BESIDE][k].value
    return apart.get((model, BESIDE), Row(value, value, value))


def _ranked(found: Curves, k: Known) -> list[str]:
    """The models measured there, the best first."""
    return sorted((model for model, of in found.items() if k in of), key=lambda model: found[model][k].value)


def _best(found: Curves, steps: list[Known]) -> str:
    """Who is ahead, from when on."""
    turns = [(model, next(ks)) for model, ks in groupby(steps, key=lambda k: _ranked(found, k)[0])]
    if len(turns) == 1:
        return f"{called(turns[0][0])} is off least, however many ratings are known."
    said = [f"{called(model)} {_since(k)}" for model, k in turns]
    return f"Off least: {listed(said)}."


def _since(k: Known) -> str:
    return {0: "before any rating is known", "all": "with all of them"}.get(k, f"from {k} ratings on")


def _lead(found: Curves, apart: dict[Known, dict[tuple[str, str], Row]]) -> str:
    """Whether the best is really ahead of the next, step by step, and by how much at one of them."""
    real, unsure = [], []
    for k, pairs in apart.items():
        best, following = _ranked(found, k)[:2]
        gap = pairs.get((best, following))
        (real if gap and is_real(gap) else unsure).append(k)
    if not real:
        said = "The lead over the next best may be chance at every step."
    elif not unsure:
        said = "The lead over the next best is more than chance at every step."
    else:
        more, maybe = (listed(str(k) for k in steps) for steps in (real, unsure))
        said = f"The lead over the next best is more than chance at {more}, and may be chance at {maybe}."
    at = AT[1] if AT[1] in apart else list(apart)[-1]
    best, following = _ranked(found, at)[:2]
    gap = apart[at].get((following, best))
    between = f" ({gap.low:.4f} to {gap.high:.4f})" if gap else ""
    ahead = found[following][at].value - found[best][at].value
    return f"{said} With {at} known, {called(best)} is ahead of {called(following)} by {ahead:.4f} stars{between}."


def _worth(found: Curves) -> str:
    """What the best brings, beside what ten further ratings bring."""
    few, many = AT
    if not {few, many} <= found[BESIDE].keys():
        return ""
    best = _ranked(found, many)[0]
    gain = found[BESIDE][many].value - found[best][many].value
    more = found[BESIDE][few].value - found[BESIDE][many].value
    if best == BESIDE or more <= 0:
        return ""
    return (
        f"To rate {many - few} more films, {many} instead of {few}, brings {more:.4f}: {more / gain:,.1f} times what "
        f"{called(best)} brings over {called(BESIDE)}."
    )


def _left_out(far: list[str]) -> str:
    if not far:
        return ""
    return f"Not in this picture, being more than {NEAR:g} stars away at some step: {listed(map(called, far))}."
