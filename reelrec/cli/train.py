"""`train`: fit models and write them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reelrec.cli import bars, terminal
from reelrec.errors import OptionError

EXAMPLES = ("train bmf stack", "train ranker --log events.log --out mine")


def train(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME", help="Models, catalogue, reviews, facts, interview, policy or map.")
    ],
    ratings: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Train on this file instead of the Letterboxd train users."),
    ] = None,
    log: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Let visits of this log of events train beside them.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Where to write; artifacts/ by default.")] = None,
) -> None:
    """Fit models and write their weights."""
    from reelrec.artifacts.kinds import in_order
    from reelrec.artifacts.store import ArtifactStore, shipped_store
    from reelrec.training.trainers import trainer

    if ratings and log:
        raise OptionError("--ratings stands in for the train users, and --log adds to them: give one of them.")
    if out and out.exists() and not out.is_dir():
        raise OptionError(f"--out {out} is a file. Name a folder; it is made where there is none.")
    by_name = {found.name: found for found in map(trainer, names)}  # an unknown name fails before anything is read
    trainers = [by_name[name] for name in in_order([*by_name])]
    for artifact in trainers:
        artifact.check(ratings, log)
    store = ArtifactStore(out) if out else shipped_store()
    for artifact in trainers:
        with bars.working(f"training {artifact.name}", None if ratings else _last_seconds(artifact.name)):
            seconds = artifact.train(store, ratings, log)
        terminal.say(f"{artifact.name}: trained in {seconds:,.0f} s.")


def _last_seconds(name: str) -> float | None:
    """How long it took to read the ratings and to train on them; None for what was never trained."""
    from reelrec.artifacts.store import shipped_store

    entry, reading = shipped_store().manifest().entry(name), bars.last_seconds("data-letterboxd")
    return None if entry is None or reading is None else entry.get("seconds", 0.0) + reading
