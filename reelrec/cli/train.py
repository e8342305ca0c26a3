"""`train`: fit models and write them."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reelrec.cli import bars, terminal
from reelrec.errors import OptionError

if TYPE_CHECKING:
    from reelrec.artifacts.store import ArtifactStore
    from reelrec.training.ratings import Ratings

EXAMPLES = ("train bmf stack", "train ranker --log events.log --out mine", "train dae --workers 2 --out mine")


def train(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME", help="Models, catalogue, reviews, facts, interview, policy or map.")
    ],
    ratings: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Train on this file instead of the Letterboxd train users."),
    ] = None,
    data: Annotated[
        str | None, typer.Option(metavar="NAME", help="Train on a MovieLens set, or on a folder of data shard.")
    ] = None,
    log: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Let visits of this log of events train beside them.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(metavar="N", help="How many processes share the users; on a cluster one a core.", min=1),
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Let them work on the Ray cluster at host:port.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Where to write; artifacts/ by default.")] = None,
) -> None:
    """Fit models and write their weights."""
    from reelrec.artifacts.kinds import in_order
    from reelrec.artifacts.store import ArtifactStore, shipped_store
    from reelrec.training.ratings import Ratings
    from reelrec.training.trainers import trainer

    learned_from = Ratings(file=ratings, data=data, log=log)
    learned_from.check()
    if out and out.exists() and not out.is_dir():
        raise OptionError(f"--out {out} is a file. Name a folder; it is made where there is none.")
    by_name = {found.name: found for found in map(trainer, names)}  # an unknown name fails before anything is read
    trainers = [by_name[name] for name in in_order([*by_name])]
    together = (workers or 1) > 1 or cluster is not None
    for artifact in trainers:
        artifact.check(learned_from, together)
    store = ArtifactStore(out) if out else shipped_store()
    with _engine(workers, cluster) if together else nullcontext(1) as n:
        for artifact in trainers:
            usual = None if ratings or data or together else _last_seconds(artifact.name)
            with bars.working(f"training {artifact.name}", usual):
                if together:
                    seconds = _by_workers(artifact.name, store, learned_from, n)
                else:
                    seconds = artifact.train(store, learned_from)
            terminal.say(f"{artifact.name}: trained in {seconds:,.0f} s.")


def _engine(workers: int | None, cluster: str | None) -> AbstractContextManager[int]:
    from reelrec.cluster.engine import ray_engine

    return ray_engine(workers, cluster)


def _by_workers(name: str, store: ArtifactStore, ratings: Ratings, workers: int) -> float:
    """Train by several workers. Returns the seconds of the slowest."""
    from reelrec.cluster.training import train

    return max(worked.seconds for worked in train(name, store, ratings, workers))


def _last_seconds(name: str) -> float | None:
    """How long it took to read the ratings and to train on them; None for what was never trained."""
    from reelrec.artifacts.store import shipped_store

    entry, reading = shipped_store().manifest().entry(name), bars.last_seconds("data-letterboxd")
    return None if entry is None or reading is None else entry.get("seconds", 0.0) + reading
