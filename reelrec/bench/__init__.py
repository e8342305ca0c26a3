"""Speed: `serve` and `train`, each beside its peer in the same run; `models`, what every model costs; `interview`, how
long each interview policy takes; `profile`, what Taste, the reasons and a group of six take; `memory`, what several
processes of the app hold together; `scale`, what training costs by ratings and
workers; and `workers`, whether several learn the same as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reelrec.bench.result import Bench
from reelrec.errors import OptionError
from reelrec.names import one_of

BENCHES = ("serve", "train", "models", "interview", "profile", "memory", "scale", "workers")


def run(
    name: str,
    millions: Sequence[float] | None = None,
    processes: int | None = None,
    folders: Sequence[Path] = (),
) -> Bench:
    """Run a bench by its name. Raises OptionError.

    millions: of ratings, for train and scale. processes: for memory. folders: of parts, for scale.
    """
    name = one_of(name, BENCHES, "bench")
    if processes is not None and name != "memory":
        raise OptionError("--processes says how many processes of the app to start, so it goes with: bench memory")
    if folders and name != "scale":
        raise OptionError("--data names folders of parts to measure on, so it goes with: bench scale")
    if name == "scale":
        from reelrec.bench import scale

        return scale.scale(folders, millions or scale.MILLIONS)
    if name == "train":
        from reelrec.bench import train

        return train.train(millions or train.MILLIONS)
    if millions:
        raise OptionError("--millions says how many ratings to train on, so it goes with: bench train, or bench scale")
    if name == "memory":
        from reelrec.bench import memory

        return memory.memory(memory.PROCESSES if processes is None else processes)
    if name == "workers":
        from reelrec.bench import workers

        return workers.workers()
    if name == "models":
        from reelrec.bench import models

        return models.models()
    if name == "interview":
        from reelrec.bench import interview

        return interview.interview()
    if name == "profile":
        from reelrec.bench import profile

        return profile.profile()
    from reelrec.bench import serve

    return serve.serve()


def sizes(text: str) -> list[float]:
    """Millions of ratings from "1,3,14". Raises OptionError."""
    try:
        millions = [float(part) for part in text.split(",")]
    except ValueError:
        millions = []
    if not millions or not all(0 < size < float("inf") for size in millions):
        raise OptionError(f"{text!r} are no millions of ratings. Give numbers above 0 with commas between, as 1,3,14.")
    return millions
