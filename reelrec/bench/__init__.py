"""Speed: `serve` and `train`, each beside its peer in the same run; `models`, what every model costs; `interview`, how
long each interview policy takes; `profile`, what Taste, the reasons and a group of six take; and `memory`, what several
processes of the app hold together.
"""

from __future__ import annotations

from collections.abc import Sequence

from reelrec.bench.result import Bench
from reelrec.errors import OptionError
from reelrec.names import one_of

BENCHES = ("serve", "train", "models", "interview", "profile", "memory")


def run(name: str, millions: Sequence[float] | None = None, processes: int | None = None) -> Bench:
    """Run a bench by its name. Raises OptionError. millions: of ratings, for train. processes: for memory."""
    name = one_of(name, BENCHES, "bench")
    if processes is not None and name != "memory":
        raise OptionError("--processes says how many processes of the app to start, so it goes with: bench memory")
    if name == "train":
        from reelrec.bench import train

        return train.train(millions or train.MILLIONS)
    if millions:
        raise OptionError("--millions says how many ratings to train on, so it goes with: bench train")
    if name == "memory":
        from reelrec.bench import memory

        return memory.memory(memory.PROCESSES if processes is None else processes)
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
