"""Invented measurements in the shapes `evaluate` writes, for what may not have been measured yet."""

from __future__ import annotations

import json
from pathlib import Path

from reelrec import app

KNOWN = (0, 3, 5, 10, 20, 50, "all")
BANDS = ("0-99", "100-999", "1,000-4,999", "5,000+")
WAYS = ("seed", "random", "last-20", "new-people")


def row(model: str, metric: str, k: object, value: float, spread: float = 0.004) -> dict:
    return {
        "model": model, "metric": metric, "k": k, "value": value, "low": value - spread, "high": value + spread,
        "n": 1234,
    }  # fmt: skip


def difference(model: str, than: str, metric: str, k: object, value: float, spread: float = 0.003) -> dict:
    return {
        "model": model, "than": than, "metric": metric, "k": k, "value": value, "low": value - spread,
        "high": value + spread, "different": abs(value) > spread,
    }  # fmt: skip


def report(*rows: dict, **more: object) -> dict:
    return {"dataset": {"name": "invented", "people": 77, "ratings": 5000}, "rows": list(rows), **more}


def new_users() -> dict:
    """One model that is sure of itself, with all that is asked about its doubt."""
    rows = [
        row(model, "rmse", k, start - 0.02 * place)
        for model, start in (("film-mean", 0.9), ("baseline", 0.85), ("bmf", 0.83))
        for place, k in enumerate(KNOWN)
    ]
    rows += [row("bmf", "like4_accuracy", k, 0.75) for k in KNOWN]
    rows += [row("bmf", f"coverage{p}", k, p / 100 + 0.01) for p in (50, 80, 90) for k in KNOWN]
    rows += [row(model, "nll", k, loss) for model, loss in (("one-sd", 1.66), ("bmf", 1.62)) for k in KNOWN]
    tables = {
        "by_popularity": [
            {"model": "bmf", "k": k, "band": band, "share": p, "covered": p / 100 - 0.02, "n": 500}
            for k in (20, "all") for band in BANDS for p in (50, 80, 90)
        ],
        "reliability": [
            {"model": "bmf", "k": k, "low": tenth / 10, "high": (tenth + 1) / 10, "predicted": tenth / 10 + 0.05,
             "liked": tenth / 10 + 0.03, "n": 100 * (tenth + 1)}
            for k in (20, "all") for tenth in range(10)
        ],
    }  # fmt: skip
    by_popularity = [
        {"model": model, "k": k, "band": band, "rmse": start - 0.03 * place - 0.1 * (k == "all"), "n": 500}
        for model, start in (("baseline", 0.95), ("bmf", 0.9))
        for k in (20, "all")
        for place, band in enumerate(BANDS)
    ]
    apart = [difference("bmf", "baseline", "rmse", k, -0.02) for k in KNOWN]
    apart += [difference("baseline", "film-mean", "rmse", k, -0.001) for k in KNOWN]
    first = {"film-mean": None, "svd": "all", "bmf": 3}
    return report(
        *rows, calibration=tables, by_popularity=by_popularity, differences=apart, first_better=first, seconds=1.0
    )


def top_n() -> dict:
    rows = [
        row(model, metric, k, start + 0.02 * place)
        for metric, best in (("ndcg100", 0.3), ("stars10", 3.9))
        for model, start in (("popularity", 0.5 * best), ("ease", best))
        for place, k in enumerate((5, 10, 20, 50, "all"))
    ]
    apart = [difference("ease", "popularity", "ndcg", 100, 0.1)]
    for metric in ("ndcg100", "stars10"):
        apart += [difference("ease", "popularity", metric, k, 0.1) for k in (5, 10, 20, "all")]
        apart.append(difference("ease", "popularity", metric, 50, 0.001))
    return report(*rows, differences=apart)


def seed_svd() -> dict:
    values = {"svd": 0.8754, "bmf-permuted": 0.83, "bmf-plain": 0.829, "bmf": 0.805, "bmf-tags": 0.8}
    return report(
        *(row(m, metric, None, v * s) for m, v in values.items() for metric, s in (("rmse", 1), ("mae", 0.76)))
    )


def splits() -> dict:
    rows = [
        row(model, "rmse", way, start + 0.02 * place)
        for place, way in enumerate(WAYS)
        for model, start in (("svd", 0.87), ("bmf", 0.8))
    ]
    rows += [row(model, "rmse_sd", "random", 0.0012) for model in ("svd", "bmf")]
    return report(*rows, differences=[difference("bmf", "svd", "rmse", "seed", -0.07)])


def ml_100k() -> dict:
    folds = ("u1", "u2", "u3", "u4", "u5", "all")
    return report(*(row(m, "rmse", fold, v) for fold in folds for m, v in (("svd", 0.92), ("bmf", 0.885))))


def new_films() -> dict:
    values = {"global-mean": 0.95, "genre-mean": 0.93, "baseline": 0.9, "bmf-plain": 0.89, "bmf": 0.85}
    return report(*(row(model, "rmse", None, value) for model, value in values.items()))


def train() -> dict:
    rows = [("bmf", 1_000_000, 120.0, 1.5), ("bmf", 10_000_000, 1500.0, 6.25), ("bmf", 80_000, 30.0, 1.0)]
    rows = [dict(zip(("model", "ratings", "seconds", "peak_gb"), row, strict=True)) for row in rows]
    peer = [{"model": "bmf", "seconds": 50.0, "rmse": 0.8112}, {"model": "myFM", "seconds": 20.0, "rmse": 0.8100}]
    return {"bench": "train", "machine": {"cores": 2, "gpu": None}, "rows": rows, "peer": peer}


INVENTED = {
    "new-users": new_users, "top-n": top_n, "seed-svd": seed_svd, "splits": splits, "ml-100k": ml_100k,
    "new-films": new_films, "train": train,
}  # fmt: skip


def complete(folder: Path) -> None:
    """Write what is not there, and add what a file was measured too early to have: rows of other metrics and models."""
    for name, invent in INVENTED.items():
        path = folder / f"{name}.json"
        invented = invent()
        if path.exists():
            content = json.loads(path.read_text())
            known = {_what(row) for row in content["rows"]}
            content["rows"] += [row for row in invented["rows"] if _what(row) not in known]
            invented |= content
        path.write_text(json.dumps(invented))


def put(metrics: Path, name: str, content: str | None) -> None:
    """Replace a measurement, or take it away."""
    path = metrics / f"{name}.json"
    path.unlink() if content is None else path.write_text(content)
    app.metrics.cache_clear()


def _what(row: dict) -> tuple:
    return row["model"], row.get("metric")
