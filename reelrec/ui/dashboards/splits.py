"""The same models asked in other ways: other held-out ratings, a benchmark of old, films that nobody has rated."""

from __future__ import annotations

from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.apart import apart
from reelrec.ui.dashboards.parts.bars import Bar, Group, across
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import Row, measured_at, rows

EVALUATE = "python -m reelrec evaluate"
WAYS = {
    "seed": "The notebook’s 20%", "random": "Five random draws of 20%", "last-20": "The last 20% of everybody",
    "new-people": "People never seen",
}  # fmt: skip
OURS, NOTEBOOKS = "bmf", "svd"
FOLDS = ("u1", "u2", "u3", "u4", "u5")
# What others print for fold u1 of ml-100k, RMSE; ranges where a paper or its code has several.
PRINTED = (
    ("myFM, with the day of rating", ".8808 to .8833"),
    ("myFM, without it", ".8847 to .8871"),
    ("GLocal-K", ".8889"),
)


def draw() -> None:
    frame.section(
        "splits",
        "A model can owe its place to the way it was asked. So the models are fitted again and asked in other ways: "
        "about other ratings, on the benchmark that papers use, and about films without a single rating.",
    )
    with frame.card("The notebook’s split, with what came since"):
        frame.draw("splits-since", lambda: since(frame.report("seed-svd")), f"{EVALUATE} seed-svd", frame.RERUN)
    with frame.card("Does the order of the models hold?"):
        frame.draw("splits", lambda: ways(frame.report("splits")), f"{EVALUATE} splits", frame.RERUN)
    with frame.card("The benchmark of the papers: ml-100k"):
        frame.draw("splits-ml-100k", lambda: folds(frame.report("ml-100k")), f"{EVALUATE} ml-100k", frame.RERUN)
    with frame.card("A film that nobody has rated"):
        frame.draw(
            "splits-new-films", lambda: new_films(frame.report("new-films")), f"{EVALUATE} new-films", frame.CLOSED
        )


def since(report: dict) -> Drawing:
    """Our model beside the notebook's best, with its controls: told nothing of films, and told of other films."""
    rmse, mae = ({model: of[None] for model, of in rows(report, metric).items()} for metric in ("rmse", "mae"))
    shown = (NOTEBOOKS, *(model for model in rmse if model.startswith(OURS)))
    told, plain, permuted = (rmse[f"{OURS}{ending}"].value for ending in ("", "-plain", "-permuted"))
    verdict = "so what they bring is real" if told < min(plain, permuted) else "so they bring nothing"
    return Drawing(
        f"On the notebook’s own ratings {called(OURS)} is off by {told:.4f} (RMSE), the notebook’s tuned SVD by "
        f"{rmse[NOTEBOOKS].value:.4f}. It knows genres, years and the like of the films; without them it is off by "
        f"{plain:.4f}, and by {permuted:.4f} if every film is given another film’s, {verdict}.",
        (
            Table(
                ("Model", "RMSE", "MAE"),
                [(called(model), rmse[model].value, mae[model].value) for model in shown],
                f"Errors on the notebook’s 20%; {look(OURS).name} has {told:.4f}.",
            ),
        ),
    )


def ways(report: dict) -> Drawing:
    """Each way of holding ratings out with the models' errors."""
    found = rows(report, "rmse")
    by_way = {way: of for way in WAYS if (of := measured_at(found, way))}
    best = {way: min(of, key=lambda model: of[model].value) for way, of in by_way.items()}
    least = {way: by_way[way][model].value for way, model in best.items()}
    ahead = max(best.values(), key=list(best.values()).count)
    times, hardest = list(best.values()).count(ahead), max(least, key=least.__getitem__)
    moves = rows(report, "rmse_sd")[ahead]["random"].value
    groups = [Group(WAYS[way], [_bar(model, row) for model, row in of.items()]) for way, of in by_way.items()]
    said = "; ".join(f"{WAYS[way]} {look(model).name} {least[way]:.4f}" for way, model in best.items())
    return Drawing(
        f"{called(ahead)} is off least in {times} of {len(by_way)} ways. Hardest is “{WAYS[hardest]}”: the best is off "
        f"by {least[hardest]:.4f}. From one random draw to the next its error moves by {moves:.4f} (one standard "
        "deviation).",
        (
            Chart(across(groups, room=0.75), f"RMSE by way of asking; the best: {said}."),
            apart(report, "rmse", "seed", "RMSE on the notebook’s 20%").parts[0],
        ),
    )


def folds(report: dict) -> Drawing:
    """The five official folds, and what others print for the first."""
    found = rows(report, "rmse")
    everything = measured_at(found, "all")
    best = min(everything, key=lambda model: everything[model].value)
    cells = [(fold, *(of[fold].value for of in found.values())) for fold in FOLDS]
    first = found[best]["u1"].value
    return Drawing(
        f"Over all five folds {called(best)} is off least, by {everything[best].value:.4f}; on u1, which papers print, "
        f"by {first:.4f}.",
        (
            Table(
                ("Fold", *map(called, found)),
                cells,
                f"RMSE of each fold; {look(best).name} has {first:.4f} on u1.",
                "RMSE",
            ),
            Table(("Printed elsewhere", "u1"), PRINTED, "What others print for fold u1.", "Others"),
        ),
    )


def new_films(report: dict) -> Drawing:
    """The errors for films whose ratings were all taken away."""
    found = measured_at(rows(report, "rmse"), None)
    ranked = sorted(found, key=lambda model: found[model].value)
    floor = found["global-mean"]
    best = ranked[0]
    verdict = f"{1 - found[best].value / floor.value:.1%} less than the {floor.value:.3f} of giving every film the mean"
    return Drawing(
        "One film in twenty lost all its ratings before the models were fitted, so all that is known of it is its "
        f"genres, year, language, director and the like. {called(best)} is then off by {found[best].value:.3f}, "
        f"{verdict}.",
        (
            Chart(
                across(
                    [
                        Group(look(model).name, [Bar(found[model], f"{found[model].value:.4f}", look(model).colour)])
                        for model in ranked
                    ]
                ),
                f"RMSE for films without ratings: {look(best).name} {found[best].value:.3f}, {verdict}.",
            ),
        ),
    )


def _bar(model: str, row: Row) -> Bar:
    shown = look(model)
    return Bar(row, f"{row.value:.4f}  {shown.name}", shown.colour)
