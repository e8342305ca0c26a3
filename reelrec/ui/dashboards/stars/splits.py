"""The same models evaluated in other ways: other held-out ratings, an old benchmark, films that nobody has rated."""

from __future__ import annotations

import streamlit as st

from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.parts import differences, frame
from reelrec.ui.dashboards.parts.bars import Bar, Bars, Group
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, Row, measured_at, rows, share

EVALUATE = "python -m reelrec evaluate"
WAYS = {
    "seed": N_("The notebook’s 20%"), "random": N_("Five random draws of 20%"),
    "last-20": N_("The last 20% of everybody"),
    "new-people": N_("People never seen"),
}  # fmt: skip
OURS, NOTEBOOKS = "bmf", "svd"
FOLDS = ("u1", "u2", "u3", "u4", "u5")
# The RMSE that others print for fold u1 of ml-100k; a range where a paper or its code has several.
PRINTED = (
    (N_("myFM, with the day of rating"), 0.8808, 0.8833),
    (N_("myFM, without it"), 0.8847, 0.8871),
    ("GLocal-K", 0.8889, 0.8889),
)


def draw() -> None:
    frame.section(
        _("Other ways to ask"),
        _(
            "A model can owe its place to the way it was asked. So the models are fitted again and asked in other "
            "ways: about other ratings, on the benchmark that papers use, and about films without a single rating."
        ),
    )
    left, right = st.columns(2)
    with left:
        with frame.card(_("The notebook’s split, with what came since")):
            frame.draw("splits-since", lambda: since(frame.report("seed-svd")), f"{EVALUATE} seed-svd", frame.RERUN)
        with frame.card(_("A film that nobody has rated")):
            frame.draw(
                "splits-new-films", lambda: new_films(frame.report("new-films")), f"{EVALUATE} new-films", frame.CLOSED
            )
    with right, frame.card(_("Does the order of the models hold?")):
        frame.draw("splits", lambda: ways(frame.report("splits")), f"{EVALUATE} splits", frame.RERUN)
    with frame.card(_("The benchmark of the papers: ml-100k")):
        frame.draw("splits-ml-100k", lambda: folds(frame.report("ml-100k")), f"{EVALUATE} ml-100k", frame.RERUN)


def since(report: Report) -> Drawing:
    """Our model beside the notebook's best; its controls have no film features, or those of other films."""
    rmse, mae = (measured_at(rows(report, metric), None) for metric in ("rmse", "mae"))
    shown = (NOTEBOOKS, *(model for model in rmse if model.startswith(OURS)))
    informed, uninformed, permuted = (rmse[f"{OURS}{ending}"].value for ending in ("", "-plain", "-permuted"))
    verdict = _("so what they bring is real") if informed < min(uninformed, permuted) else _("so they bring nothing")
    return Drawing(
        _(
            "On the notebook’s own ratings {ours} is off by {informed:.4f}, the notebook’s tuned SVD by "
            "{notebooks:.4f}",
            ours=called(OURS),
            informed=informed,
            notebooks=rmse[NOTEBOOKS].value,
        ),
        _(
            "It knows genres, years and the like of the films: without them it is off by {uninformed:.4f}, and by "
            "{permuted:.4f} if every film is given another film’s, {verdict}.",
            uninformed=uninformed,
            permuted=permuted,
            verdict=verdict,
        ),
        (
            Table(
                (_("Model"), "RMSE", "MAE"),
                [(called(model), rmse[model].value, mae[model].value) for model in shown],
                _(
                    "Errors on the notebook’s 20%; {model} has {informed:.4f}.",
                    model=look(OURS).name,
                    informed=informed,
                ),
            ),
        ),
    )


def ways(report: Report) -> Drawing:
    """The models' errors for each way of holding ratings out."""
    errors = rows(report, "rmse")
    by_way = {way: by_model for way in WAYS if (by_model := measured_at(errors, way))}
    best = {way: min(by_model, key=lambda model: by_model[model].value) for way, by_model in by_way.items()}
    least = {way: by_way[way][model].value for way, model in best.items()}
    ahead = max(best.values(), key=list(best.values()).count)
    times_ahead, hardest = list(best.values()).count(ahead), max(least, key=least.__getitem__)
    moves = rows(report, "rmse_sd")[ahead]["random"].value
    groups = [
        Group(_(WAYS[way]), [_bar(model, row) for model, row in by_model.items()]) for way, by_model in by_way.items()
    ]
    best_words = "; ".join(
        f"{_(WAYS[way])} {look(model).name} {digits(least[way], '.4f')}" for way, model in best.items()
    )
    bars = Bars(groups, _("RMSE by way of asking; the best: {best_words}.", best_words=best_words))
    return Drawing(
        _(
            "{ahead} is off least in {times_ahead} of {by_way} ways of asking",
            ahead=called(ahead),
            times_ahead=times_ahead,
            by_way=len(by_way),
        ),
        _(
            "Hardest is “{hardest}”: the best is off by {least_hardest:.4f} (RMSE). From one random draw to the "
            "next its error moves by {moves:.4f} (one standard deviation).",
            hardest=_(WAYS[hardest]),
            least_hardest=least[hardest],
            moves=moves,
        ),
        (bars,),
        (bars.numbers(".4f"), differences.table(report, "rmse", "seed", _("RMSE on the notebook’s 20%"))),
    )


def folds(report: Report) -> Drawing:
    """The errors on the five official folds, and those that others print for the first."""
    errors = rows(report, "rmse")
    all_folds = measured_at(errors, "all")
    best = min(all_folds, key=lambda model: all_folds[model].value)
    cells: list[tuple[str | float, ...]] = [
        (fold, *(by_fold[fold].value for by_fold in errors.values())) for fold in FOLDS
    ]
    first = errors[best]["u1"].value
    return Drawing(
        _("Over all five folds of ml-100k {model} is off least: {rmse:.4f}",
          model=called(best), rmse=all_folds[best].value),
        _("On u1, the fold that papers print, it is off by {first:.4f} (RMSE).", first=first),
        (
            Table(
                (_("Fold"), *map(called, errors)), cells,
                _("RMSE of each fold; {model} has {rmse:.4f} on u1.", model=look(best).name, rmse=first),
                "RMSE",
            ),
            Table((_("Printed elsewhere"), "u1"), _printed(), _("What others print for fold u1."), _("Others")),
        ),
    )  # fmt: skip


def new_films(report: Report) -> Drawing:
    """The errors for films of which all ratings were held out."""
    errors = measured_at(rows(report, "rmse"), None)
    ranked = sorted(errors, key=lambda model: errors[model].value)
    floor = errors["global-mean"]
    best = ranked[0]
    verdict = _(
        "{part} less than the {floor:.3f} of giving every film the mean",
        part=share(1 - errors[best].value / floor.value),
        floor=floor.value,
    )
    groups = [
        Group(look(model).name, [Bar(errors[model], digits(errors[model].value, ".4f"), look(model).colour)])
        for model in ranked
    ]
    bars = Bars(
        groups,
        _(
            "RMSE for films without ratings: {model} {best:.3f}, {verdict}.",
            model=look(best).name,
            best=errors[best].value,
            verdict=verdict,
        ),
    )
    return Drawing(
        _(
            "{best} is off by {errors_best:.3f} for films that nobody rated, {verdict}",
            best=called(best),
            errors_best=errors[best].value,
            verdict=verdict,
        ),
        _(
            "One film in twenty lost all its ratings before the models were fitted, so all that is known of it is its "
            "genres, year, language, director and the like."
        ),
        (bars,),
        (bars.numbers(".4f"),),
    )


def _bar(model: str, row: Row) -> Bar:
    shown = look(model)
    return Bar(row, f"{digits(row.value, '.4f')}  {shown.name}", shown.colour)


def _printed() -> list[tuple[str, str]]:
    """The rows of PRINTED, with their errors as papers write them: without the 0 in front."""
    rows = []
    for name, *ends in PRINTED:
        low, high = (digits(end, ".4f").removeprefix("0") for end in ends)
        rows.append((_(name), low if low == high else _("{first} to {last}", first=low, last=high)))
    return rows
