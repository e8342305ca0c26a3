"""A long run: spoils valid inputs and runs them, as many as the minutes allow, and counts what came of them.

    python3 dev.py fuzz --minutes 30
    python3 dev.py fuzz --minutes 5 --only link,feed --seed 7

An input whose error is outside the tree, or that takes more than two seconds of CPU, is printed and kept in a file.
"""

from __future__ import annotations

import argparse
import logging
import resource
import sys
import tempfile
import time
import warnings
from collections import Counter
from pathlib import Path
from random import Random

from tests.fuzz import loaders, sites, targets
from tests.fuzz.target import Target

TARGETS = {target.name: target for target in (*targets.TARGETS, *sites.TARGETS, *loaders.TARGETS)}
SECONDS_AT_ONCE = 1.0  # of one target, before the next has its turn
MOST_GROWTH = 100_000_000  # bytes
KEPT = 20  # inputs that are written to files
OWN_BYTES = 0.02  # share of inputs that are free bytes


def spoiled(target: Target, rng: Random) -> bytes:
    """An input of a target: a valid one that was spoiled, or free bytes."""
    if rng.random() < OWN_BYTES:
        return rng.randbytes(rng.randrange(300))
    return rng.choice(target.ways)(rng, rng.choice(target.seeds))


def resident() -> int:
    """Bytes that this process has ever had in memory at once."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


class Run:
    """Counts of a long run. came: how often each outcome came, by target. escaped: inputs with an error outside."""

    def __init__(self, chosen: list[Target], seed: int) -> None:
        self.chosen, self.seed = chosen, seed
        self.came: dict[str, Counter[str]] = {target.name: Counter() for target in chosen}
        self.escaped: Counter[str] = Counter()
        self.slowest = dict.fromkeys(self.came, 0.0)
        self._rngs = {target.name: Random(f"{seed} {target.name}") for target in chosen}

    def turn(self, target: Target, seconds: float) -> None:
        """Run inputs of one target for so many seconds."""
        end, rng = time.monotonic() + seconds, self._rngs[target.name]
        while time.monotonic() < end:
            self._one(target, spoiled(target, rng))

    def _one(self, target: Target, data: bytes) -> None:
        start = time.thread_time()
        try:
            outcome = target.outcome(data)
        except Exception as error:  # noqa: BLE001 - what is looked for
            outcome = f"OUTSIDE {type(error).__name__}"
            self._found(target, data, error)
        self.slowest[target.name] = max(self.slowest[target.name], time.thread_time() - start)
        self.came[target.name][outcome] += 1

    def _found(self, target: Target, data: bytes, error: Exception) -> None:
        kind = f"{target.name}: {type(error).__name__}"
        self.escaped[kind] += 1
        if self.escaped[kind] == 1 and len(self.escaped) <= KEPT:
            path = (
                Path(tempfile.mkdtemp(prefix="reelrec-fuzz-"))
                / f"{target.name.replace(' ', '-')}-{type(error).__name__}.bin"
            )
            path.write_bytes(data)
            print(f"FOUND {kind}: {str(error)[:200]}\n  input: {data[:300]!r}\n  whole: {path}", flush=True)

    @property
    def inputs(self) -> int:
        return sum(counts.total() for counts in self.came.values())

    def table(self) -> str:
        """A line a target: inputs, CPU seconds of the slowest, and what came how often."""
        lines = [f"{self.inputs:,} inputs, seed {self.seed}, kinds outside the tree: {len(self.escaped)}"]
        for name, counts in self.came.items():
            said = ", ".join(f"{outcome} {n:,}" for outcome, n in counts.most_common())
            lines.append(f"  {name:16} {counts.total():>10,}  slowest {self.slowest[name]:.2f} s  {said}")
        return "\n".join(lines)


def main(words: list[str]) -> int:
    """Run as the words say; 1 where an input was found that should not be."""
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**9)
    parser.add_argument("--only", default="", help=f"targets, with commas: {', '.join(TARGETS)}")
    options = parser.parse_args(words)
    chosen = [target for name, target in TARGETS.items() if not options.only or name in options.only.split(",")]
    warnings.simplefilter("error")
    warnings.simplefilter("ignore", RuntimeWarning)  # of arithmetic on wrong weights, which stops nothing
    logging.disable()
    run, end = Run(chosen, options.seed), time.monotonic() + 60 * options.minutes
    for target in chosen:  # what is loaded once
        run.turn(target, min(SECONDS_AT_ONCE, 60 * options.minutes / len(chosen)))
    before, told = resident(), time.monotonic()
    while time.monotonic() < end:
        for target in chosen:
            run.turn(target, min(SECONDS_AT_ONCE, max(end - time.monotonic(), 0.01)))
        if time.monotonic() - told > 60:
            told = time.monotonic()
            print(run.table(), flush=True)
    growth = resident() - before
    print(f"{run.table()}\nMemory grew by {growth / 1e6:.0f} MB.")
    return 1 if run.escaped or growth > MOST_GROWTH else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
