"""How much of the error is noise: in the ratings themselves, and in which model is the best for one person."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.bars import Bar, Bars, Group
from reelrec.ui.dashboards.parts.figures import QUIET, called, look
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, Row, listed, measured_at, number, rows, share, string

COMMAND = "python -m reelrec evaluate backtest"
ALL = "all"
STUDY = "A rating’s own noise, in a study"


def draw() -> None:
    frame.section(
        "How much is noise",
        "Taste hides a visitor’s own ratings, a fifth at a time, and lets every model guess them from the others. Here "
        "is the same for many people.",
    )
    with frame.card("What no model can take away"):
        frame.draw("noise-floor", lambda: floor(frame.report("backtest")), COMMAND, frame.CLOSED)
    left, right = st.columns(2)
    with left, frame.card("Which model knows one person best?"):
        frame.draw("noise-best", lambda: best(frame.report("backtest")), COMMAND, frame.CLOSED)
    with right, frame.card("Is hiding a fifth an honest test?"):
        frame.draw("noise-honest", lambda: honest(frame.report("backtest")), COMMAND, frame.CLOSED)


def floor(report: Report) -> Drawing:
    """The models' errors beside the noise of one rating."""
    errors = measured_at(rows(report, "rmse"), ALL)
    explained = {string(entry["model"]): (number(entry["low"]), number(entry["high"])) for entry in report["floor"]}
    least = min(errors, key=lambda model: errors[model].value)
    low, high = explained[least]
    noise_low, noise_high = app.taste.studied()
    groups = [
        Group(look(model).name, [Bar(row, f"{row.value:.3f}", look(model).colour)]) for model, row in errors.items()
    ]
    study = Row(value=(noise_low + noise_high) / 2, low=noise_low, high=noise_high)
    groups.append(Group(STUDY, [Bar(study, f"{noise_low:.2f} to {noise_high:.2f}", QUIET)]))
    bars = Bars(
        groups, f"RMSE: {look(least).name} {errors[least].value:.3f}; noise of one rating {groups[-1].bars[0].says}."
    )
    return Drawing(
        f"{share(low, 0)} to {share(high, 0)} of the squared error of {called(least)} is people’s own",
        "Asked twice about the same films, people are off themselves; no model can be nearer to a rating than that.",
        (bars,),
        (bars.numbers(".4f"),),
        "The study (Amatriain, Pujol and Oliver, 2009) let people rate films again; the RMSE between two rounds was "
        "from .557 to .8156. Divided by the root of two, that is the noise of one rating. Its stars were whole ones, "
        "so half-stars may scatter less.",
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
    bars = Bars(groups, f"Of {people} people, for how many a model may be the best: {words}.", "May be the best for")
    most = max(counts, key=lambda model: counts[model]["first"])
    table = Table(
        ("Model", "First", "Surely best", "May be"),
        [(called(model), *(f"{counts[model][name]}" for name in ("first", "sure", "may_be_best"))) for model in ranked],
        f"{look(most).name} comes first for {counts[most]['first']} of {people} people.",
    )
    return Drawing(
        f"For {noise} of {people} people it is noise which model knows them best",
        f"{called(most)} comes first most often, for {counts[most]['first']}, but seldom by more than chance: one "
        "person’s ratings are too few to tell good models apart.",
        (bars,),
        (table,),
        "A model may be the best if its error is not above the least one by more than chance makes in any pair of "
        "models; so looking for the best of many costs nothing in honesty.",
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
            f"{number(entry['rmse']):.4f}",
            f"{errors[entry['model']].low:.3f} to {errors[entry['model']].high:.3f}",
            f"{number(entry['new_users']):.4f}",
        )
        for entry in beside
    ]
    people = f"{number(report['dataset']['people']):,.0f}"
    apart = f" Outside: {listed(outside)}." if outside else ""
    return Drawing(
        f"{len(inside)} of {len(beside)} models are as far off as for new people",
        f"RMSE of {people} people with a fifth hidden, its interval, and what `evaluate new-users` measured on all "
        f"people.{apart}",
        (
            Table(
                ("Model", "A fifth hidden", "Interval", "New people"),
                cells,
                f"RMSE of {len(beside)} models beside that for new people; {len(inside)} within the interval.",
            ),
        ),
    )
