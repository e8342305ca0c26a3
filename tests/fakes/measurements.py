"""Invented measurements in the shapes `evaluate` writes, for what may not have been measured yet."""

from __future__ import annotations

import json
from pathlib import Path

from reelrec.serving import resources
from tests.fakes.interviews import interview, policy
from tests.fakes.measured import difference, report, row

KNOWN = (0, 3, 5, 10, 20, 50, "all")
BANDS = ("0-99", "100-999", "1,000-4,999", "5,000+")
STARTS = {"film-mean": 0.9, "baseline": 0.85, "bmf": 0.83, "deepfm": 0.828, "gpt": 0.829, "stack": 0.826}  # RMSE
WAYS = ("seed", "random", "last-20", "new-people")


def new_users() -> dict:
    """One model that is sure of itself, with all that is asked about its doubt."""
    rows = [
        row(model, "rmse", k, start - 0.02 * place) for model, start in STARTS.items() for place, k in enumerate(KNOWN)
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
    beside = [
        difference(m, "bmf", "rmse", k, STARTS[m] - 0.83, 0.0015) for m in ("deepfm", "gpt", "stack") for k in KNOWN
    ]
    first = {"film-mean": None, "svd": "all", "bmf": 3}
    return report(
        *rows, calibration=tables, by_popularity=by_popularity, differences=apart, beside_parts=beside,
        first_better=first, seconds=1.0,
    )  # fmt: skip


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


def reviews() -> dict:
    strangers = {"median": 0.76, "film-median": 0.74, "reviews": 0.72}
    long = {"own-mean": 0.8, "reviews": 0.75, "bmf": 0.62, "ratings-and-words": 0.6}
    at = {None: (strangers, 0.0), "read": (strangers, -0.02)}
    at |= {"account 1": (long, -0.1), "account 2": (long, 0.5), "all": (long, 0.0)}
    rows = [
        row(model, metric, k, (value + more) * times)
        for k, (values, more) in at.items()
        for model, value in values.items()
        for metric, times in (("mae", 1.0), ("rmse", 1.3))
    ]
    rows += [row("reviews", "coverage80", k, 0.81) for k in (None, "read")]
    rows += [row(model, "coverage80", "all", 0.82) for model in ("reviews", "bmf", "ratings-and-words")]
    apart = [
        difference("reviews", "median", "mae", None, -0.04),
        difference("ratings-and-words", "bmf", "mae", "all", -0.02),
    ]
    gain = {"value": 0.05, "low": 0.04, "high": 0.06}
    accounts = [{"n": 900, "left_out": 3, "read": 100}, {"n": 100, "left_out": 0, "read": 95}]
    return report(*rows, differences=apart, gain=gain, gain_read=gain, accounts=accounts)


def seed_gpt() -> dict:
    """The talk's way far off ours; windows shared look like knowing."""
    starts = {"film-likes-seen": (0.76, 0), "film-mean": (0.74, 0), "talk-weighted": (0.65, 0.002)}
    starts |= {
        "talk-unweighted": (0.7, 0.003),
        "baseline": (0.743, 0.002),
        "bmf": (0.744, 0.003),
        "gpt": (0.745, 0.003),
    }
    rows = [row(m, "like_accuracy", k, start + rise * k) for m, (start, rise) in starts.items() for k in range(10)]
    talks, ends = ("talk-weighted", "talk-unweighted"), {"": 0.7, "-apart": 0.65, "-shared": 0.85}
    rows += [
        row(f"{m}{end}", "window_like_accuracy", k, v, 0.02)
        for m in talks
        for end, v in ends.items()
        for k in range(10)
    ]
    apart = [
        difference(m, "baseline", "like_accuracy", k, 0.005 if m == "gpt" else -0.02)
        for m in starts
        if m != "baseline"
        for k in range(10)
    ]
    apart += [difference(m, m, "like_accuracy", "0 to 9", 0.027) for m in ("talk-unweighted", "bmf", "gpt")]
    apart += [difference("talk-weighted", "talk-unweighted", "like_accuracy", 9, -0.06)]
    apart += [difference("talk-unweighted", "film-mean", "like_accuracy", 0, -0.04)]
    apart += [difference(f"{m}-shared", f"{m}-apart", "window_like_accuracy", 9, 0.2, 0.03) for m in talks]
    middle = [3.0 + 0.1 * place for place in range(10)]
    table = {"mean": middle, "low": [v - 0.3 for v in middle], "middle": middle, "high": [v + 0.3 for v in middle]}
    scatter = [{"model": m, "k": k, "n": [50] * 10} | table for m in (*talks, "bmf", "gpt") for k in range(10)]
    talk = {m: [0.7, 0.71, 0.69, 0.7, 0.72, 0.73, 0.72, 0.73, 0.7, 0.8] for m in talks}
    curves = {f"{m}-apart": [{"epoch": 1, "loss": 2.0, "train": 0.84, "test": 0.66}] for m in talks}
    return report(*rows, differences=apart, scatter=scatter, talk=talk, curves=curves)


def seed_deepfm() -> dict:
    """The published network learns by heart, the mended one less; asked of more people, ours passes the talk's row."""
    sizes, more = ("30", "500+100", "1000+150", "9000+1000"), "9000+1000, 999 people"
    nets, asked = {"talk-deepfm": 0.58, "talk-deepfm-mended": 0.7}, sizes[1:]
    others = {"film-likes-seen": 0.78, "film-mean": 0.715, "film-likes": 0.72, "bmf": 0.76}
    rows = [row(model, f"like_accuracy{end}", k, v) for model, v in nets.items() for end in ("_100", "") for k in asked]
    rows += [row(model, f"train_accuracy{end}", k, 0.83) for model in nets for end in ("_100", "") for k in sizes]
    rows += [row(model, "like_accuracy", k, v) for model, v in others.items() for k in (*asked, more)]
    rows += [row("film-likes-seen", "train_accuracy", "30", 0.78)]
    apart = [difference("bmf", than, "like_accuracy", k, 0.76 - v) for than, v in others.items() for k in asked]
    apart += [difference("bmf", than, "like_accuracy", more, 0.03) for than in others]
    line = {"epoch": [1, 200], "loss": [0.6, 0.3], "train": [0.7, 0.83], "test": [0.7, 0.58]}
    change = {"like_accuracy": 0.65, "change": {"value": 0.04, "low": 0.03, "high": 0.05, "different": True}}
    causes = [
        {"films": k, "cause": cause, "recipe": net, "put_in": net != "talk-deepfm" or cause == "overlap"} | change
        for k in ("500+100", "9000+1000")
        for cause in ("no-prior", "wrong-films", "letters", "unscaled", "overlap")
        for net in nets
    ]
    talk = {"30": [0.71, 0.9, 0.99, None, None]} | {k: [0.74, 0.79, 0.84, 0.57, 0.575] for k in asked}
    curves = {k: dict.fromkeys(nets, line) for k in asked[:2]}
    return report(*rows, differences=apart, causes=causes, talk=talk, more_people=more, curves=curves)


def train() -> dict:
    rows = [("bmf", 1_000_000, 120.0, 1.5), ("bmf", 10_000_000, 1500.0, 6.25), ("bmf", 80_000, 30.0, 1.0)]
    rows = [dict(zip(("model", "ratings", "seconds", "peak_gb"), row, strict=True)) for row in rows]
    peer = [{"model": "bmf", "seconds": 50.0, "rmse": 0.8112}, {"model": "myFM", "seconds": 20.0, "rmse": 0.8100}]
    return {"bench": "train", "machine": {"cores": 2, "gpu": None}, "rows": rows, "peer": peer}


def cost() -> dict:
    """The blend is built on bmf, knn and two more, of which it leaves out one."""
    keys = ("model", "p50_20_ms", "p95_20_ms", "p50_300_ms", "p95_300_ms", "whole_ms", "train_seconds")
    values = {
        "popularity": (0.1, 0.2, 0.1, 0.2, 0.1, 0, 0.05, 0.05), "bmf": (5.0, 6.0, 6.0, 7.0, 50.0, 600, 12.0, 12.0),
        "deepfm": (9.0, 12.0, 15.0, 19.0, 200.0, 1500, 4.0, 16.0),
        "stack": (20.0, 25.0, 42.4, 50.0, 900.0, 30, 0.25, 20.25),
    }  # fmt: skip
    keys += ("megabytes", "megabytes_with_parts")
    rows = [dict(zip(keys, (model, *row), strict=True)) for model, row in values.items()]
    weights = {"bmf": [1.0, 0.1, 0.2], "knn": [0.0, 0.1, 0.2], "deepfm": [0.0, 0.8, 0.6], "gpt": [0.0, 0.0, 0.0]}
    costs = {"bmf": [0.0, 0.01, 0.02], "knn": [0.0, 0.0, 0.001], "deepfm": [0.0, 0.002, 0.001], "gpt": [-0.0, 0.0, 0.0]}
    blend = {"ratings": [0, 10, 400], "weights": weights, "costs": costs}
    return {"bench": "models", "machine": {"cores": 2}, "rows": rows, "left_out": ["gpt"], "blend": blend}


def scale() -> dict:
    """Ten times the ratings take the ranker eight times as long, and bmf twelve times; two workers, three quarters."""
    seconds = {"ranker": (10.0, 80.0), "bmf": (20.0, 240.0), "dae": (3.0, 30.0)}
    rows = [
        {
            "model": model, "ratings": ratings, "people": ratings // 400, "workers": workers,
            "seconds": one * (1.0 if workers == 1 else 0.75), "peak_gb": ratings / 1e8 / workers,
            "moved_mb": 500.0 * (workers - 1), "data": "letterboxd" if ratings == 10_000_000 else "synthetic-9-42",
        }
        for model, by_size in seconds.items()
        for ratings, one in zip((10_000_000, 100_000_000), by_size, strict=True)
        for workers in (1, 2)
    ]  # fmt: skip
    return {"bench": "scale", "machine": {"cores": 2}, "rows": rows, "curves": []}


INVENTED = {
    "new-users": new_users, "top-n": top_n, "seed-svd": seed_svd, "splits": splits, "ml-100k": ml_100k,
    "new-films": new_films, "reviews": reviews, "seed-gpt": seed_gpt, "seed-deepfm": seed_deepfm, "train": train,
    "cost": cost, "interview": interview, "policy": policy, "scale": scale,
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
    resources.metrics.cache_clear()


def _what(row: dict) -> tuple:
    return row["model"], row.get("metric")
