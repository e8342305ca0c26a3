"""How much of the error is noise: in the ratings themselves, and in which model is the best for one person."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.bars import Bar, Bars, Group
from reelrec.ui.dashboards.parts.figures import QUIET, called, look
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, Row, listed, measured_at, number, rows, share, string

COMMAND = "python -m reelrec evaluate backtest"
ALL = "all"
STUDY = N_("A rating’s own noise, in a study")


def draw() -> None:
    frame.section(
        _("How much is noise"),
        _(
            "Taste hides a visitor’s own ratings, a fifth at a time, and lets every model guess them from the others. "
            "Here is the same for many people."
        ),
    )
    with frame.card(_("What no model can take away")):
        frame.draw("noise-floor", lambda: floor(frame.report("backtest")), COMMAND, frame.CLOSED)
    left, right = st.columns(2)
    with left, frame.card(_("Which model knows one person best?")):
        frame.draw("noise-best", lambda: best(frame.report("backtest")), COMMAND, frame.CLOSED)
    with right, frame.card(_("Is hiding a fifth an honest test?")):
        frame.draw("noise-honest", lambda: honest(frame.report("backtest")), COMMAND, frame.CLOSED)


def floor(report: Report) -> Drawing:
    """The models' errors beside the noise of one rating."""
    errors = measured_at(rows(report, "rmse"), ALL)
    explained = {string(entry["model"]): (number(entry["low"]), number(entry["high"])) for entry in report["floor"]}
    least = min(errors, key=lambda model: errors[model].value)
    low, high = explained[least]
    noise_low, noise_high = app.taste.studied()
    groups = [
        Group(look(model).name, [Bar(row, digits(row.value, ".3f"), look(model).colour)])
        for model, row in errors.items()
    ]
    study = Row(value=(noise_low + noise_high) / 2, low=noise_low, high=noise_high)
    groups.append(
        Group(
            _(STUDY),
            [Bar(study, _("{noise_low:.2f} to {noise_high:.2f}", noise_low=noise_low, noise_high=noise_high), QUIET)],
        )
    )
    bars = Bars(
        groups,
        _(
            "RMSE: {model} {least:.3f}; noise of one rating {says}.",
            model=look(least).name,
            least=errors[least].value,
            says=groups[-1].bars[0].says,
        ),
    )
    return Drawing(
        _(
            "{low} to {high} of the squared error of {least} is people’s own",
            low=share(low, 0),
            high=share(high, 0),
            least=called(least),
        ),
        _("Asked twice about the same films, people are off themselves; no model can be nearer to a rating than that."),
        (bars,),
        (bars.numbers(".4f"),),
        _(
            "The study (Amatriain, Pujol and Oliver, 2009) let people rate films again; the RMSE between two rounds "
            "was from .557 to .8156. Divided by the root of two, that is the noise of one rating. Its stars were whole "
            "ones, so half-stars may scatter less."
        ),
    )


def best(report: Report) -> Drawing:
    """Of how many people each model may be the best."""
    verdict = report["verdicts"]["best"]
    people, noise = int(number(verdict["users"])), int(number(verdict["noise"]))
    counts = {string(entry["model"]): {name: int(number(entry[name])) for name in ("first", "sure", "may_be_best")}
              for entry in verdict["models"]}  # fmt: skip
    ranked = sorted(counts, key=lambda model: -counts[model]["may_be_best"])
    groups = [
        Group(
            look(model).name,
            [Bar(Row.exact(counts[model]["may_be_best"]), f"{counts[model]['may_be_best']}", look(model).colour)],
        )
        for model in ranked
    ]
    words = "; ".join(f"{look(model).name} {counts[model]['may_be_best']}" for model in ranked)
    bars = Bars(
        groups,
        _("Of {people} people, for how many a model may be the best: {words}.", people=people, words=words),
        _("May be the best for"),
    )
    most = max(counts, key=lambda model: counts[model]["first"])
    table = Table(
        (_("Model"), _("First"), _("Surely best"), _("May be")),
        [(called(model), *(f"{counts[model][name]}" for name in ("first", "sure", "may_be_best"))) for model in ranked],
        _(
            "{model} comes first for {first} of {people} people.",
            model=look(most).name,
            first=counts[most]["first"],
            people=people,
        ),
    )
    return Drawing(
        _("For {noise} of {people} people it is noise which model knows them best", noise=noise, people=people),
        _(
            "{most} comes first most often, for {first}, but seldom by more than chance: one person’s ratings are "
            "too few to tell good models apart.",
            most=called(most),
            first=counts[most]["first"],
        ),
        (bars,),
        (table,),
        _(
            "A model may be the best if its error is not above the least one by more than chance makes in any pair of "
            "models; so looking for the best of many costs nothing in honesty."
        ),
    )


def honest(report: Report) -> Drawing:
    """The errors beside those of new-users."""
    beside = report["new_users"]
    inside = [string(entry["model"]) for entry in beside if entry["within"] is True]
    outside = [called(string(entry["model"])) for entry in beside if entry["within"] is not True]
    errors = measured_at(rows(report, "rmse"), ALL)
    cells = [
        (
            called(string(entry["model"])),
            digits(number(entry["rmse"]), ".4f"),
            _(
                "{errors_low:.3f} to {errors_high:.3f}",
                errors_low=errors[entry["model"]].low,
                errors_high=errors[entry["model"]].high,
            ),
            digits(number(entry["new_users"]), ".4f"),
        )
        for entry in beside
    ]
    people = digits(number(report["dataset"]["people"]), ",.0f")
    apart = " " + _("Outside: {models}.", models=listed(outside)) if outside else ""
    return Drawing(
        _("{inside} of {beside} models are as far off as for new people", inside=len(inside), beside=len(beside)),
        _(
            "RMSE of {people} people with a fifth hidden, its interval, and what `evaluate new-users` measured on "
            "all people.",
            people=people,
        )
        + apart,
        (
            Table(
                (_("Model"), _("A fifth hidden"), _("Interval"), _("New people")),
                cells,
                _(
                    "RMSE of {beside} models beside that for new people; {inside} within the interval.",
                    beside=len(beside),
                    inside=len(inside),
                ),
            ),
        ),
    )
