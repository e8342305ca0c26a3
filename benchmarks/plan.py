"""What training would take with many more ratings, by the costs that `bench scale` and `bench train` measured.

python -m benchmarks.plan [RATINGS ...]

Core-hours are straight lines through what was measured. A machine has CORES cores and MEMORY_GB, and a worker has all
of it. There are as many machines as the memory needs, or as end the longest training within HOURS.
"""

from __future__ import annotations

import json
import math
import sys

import numpy as np

from reelrec.paths import ROOT
from reelrec.training.settings import SETTINGS

METRICS = ROOT / "artifacts" / "metrics"
BILLION = 1e9
CORES, MEMORY_GB, HOURS = 16, 64, 2.0
DOLLARS = 0.05  # a core-hour with 4 GB, about what large providers ask on demand; spare capacity costs a third
MEASURED_CORES = 2
FULL = {"popularity": 1, "ranker": 1, "dae": SETTINGS["dae"]["epochs"]}  # how often a training does the measured piece


def main() -> None:
    scale, train = (json.loads((METRICS / f"{name}.json").read_text(encoding="utf-8")) for name in ("scale", "train"))
    for ratings in map(float, sys.argv[1:] or (BILLION, 100 * BILLION)):
        hours = {model: core_hours(scale, model, ratings) * times for model, times in FULL.items()}
        hours["bmf"] = sweeps_core_hours(train["rows"], ratings)
        memory = {model: gigabytes(scale["rows"], model) for model in hours}
        machines = max(
            *(math.ceil(slope * ratings / (MEMORY_GB - fixed)) for fixed, slope in memory.values()),
            math.ceil(max(hours.values()) / CORES / HOURS),
        )
        print(f"\n**{ratings / BILLION:g} billion ratings, {machines} machines of {CORES} cores and {MEMORY_GB} GB**\n")
        print("| model | core-hours | hours | dollars | GB a worker |")
        print("|---|---:|---:|---:|---:|")
        for model, spent in hours.items():
            fixed, slope = memory[model]
            held, alone = fixed + slope * ratings / machines, spent / CORES / machines
            print(f"| {model} | {spent:,.1f} | {alone:.2f} | {spent * DOLLARS:,.2f} | {held:.1f} |")


def core_hours(scale: dict, model: str, ratings: float) -> float:
    """Of one measured piece, by the line of one worker."""
    line = next(one for one in scale["curves"] if (one["model"], one["workers"]) == (model, 1))
    return (line["fixed_seconds"] + line["seconds_a_million"] * ratings / 1e6) * MEASURED_CORES / 3600


def sweeps_core_hours(rows: list[dict], ratings: float) -> float:
    """Of a whole training of bmf, as many times that of the largest one as there are more ratings."""
    largest = max(rows, key=lambda row: row["ratings"])
    return float(largest["seconds"] * ratings / largest["ratings"] * MEASURED_CORES / 3600)


def gigabytes(rows: list[dict], model: str) -> tuple[float, float]:
    """The memory of a worker: fixed, and for each rating that it holds. Gigabytes."""
    own = [row for row in rows if (row["model"], row["workers"]) == (model, 1)]
    slope, fixed = np.polyfit([row["ratings"] for row in own], [row["peak_gb"] for row in own], 1)
    return float(fixed), float(slope)


if __name__ == "__main__":
    main()
