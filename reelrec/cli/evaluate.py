"""`evaluate`: run a protocol, print its table, write its JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reelrec.cli import logs, protocols
from reelrec.cli.names import Protocol
from reelrec.errors import OptionError

Json = Annotated[Path | None, typer.Option("--json", help="Write the result to this JSON file.", dir_okay=False)]


FROM_LOG = {Protocol.ab: logs.compare_arms, Protocol.ope: logs.judge_policies}
OWN_DATA = {
    Protocol.seed_svd: "ml-latest-small",
    Protocol.seed_demo: "ml-latest-small",
    Protocol.splits: "ml-latest-small",
    Protocol.ml_100k: "ml-100k",
    Protocol.reviews: "letterboxd",
}


def evaluate(
    protocol: Protocol,
    models: Annotated[
        str | None, typer.Option(help="Names with commas between; the protocol's own by default.")
    ] = None,
    data: Annotated[str, typer.Option(help="letterboxd or ml-latest-small.")] = "letterboxd",
    ratings: Annotated[Path | None, typer.Option(help="A file in which everybody is a test person.")] = None,
    people: Annotated[int | None, typer.Option(help="Only a seeded sample of this many people.", min=1)] = None,
    search: Annotated[bool, typer.Option(help="seed-svd: run the notebook's grid of 36 settings too.")] = False,
    log: Annotated[Path | None, typer.Option(help="ab, ope: the host's log of events, as in REELREC_LOG.")] = None,
    json_file: Json = None,
) -> None:
    """Measure the models by a protocol; print the table and write the JSON.

    A whole run (all models, all people; for dial its sample of 1,000) is written to artifacts/metrics/, where the
    dashboards find it.
    """
    if ratings and data != "letterboxd":
        raise OptionError("--ratings and --data are two answers to one question: give one of them.")
    if search and protocol is not Protocol.seed_svd:
        raise OptionError("--search goes with seed-svd.")
    if protocol in FROM_LOG:
        if not log:
            raise OptionError(f"{protocol} reads a log of events: give it with --log.")
        if ratings or people or models or data != "letterboxd":
            raise OptionError(f"{protocol} reads a log: leave out --models, --data, --ratings and --people.")
        FROM_LOG[protocol](log, json_file)
    elif log:
        raise OptionError("--log goes with ab and ope.")
    elif protocol in OWN_DATA:
        if ratings or people or data not in ("letterboxd", OWN_DATA[protocol]):
            raise OptionError(f"{protocol} has its own data and people: leave out --data, --ratings and --people.")
        if models and protocol in (Protocol.seed_demo, Protocol.reviews):
            raise OptionError(f"{protocol} has its own models: leave out --models.")
        if protocol in (Protocol.splits, Protocol.ml_100k):
            protocols.compare_splits(protocol, _names(models), json_file)
        elif protocol is Protocol.reviews:
            protocols.read_reviews(json_file)
        else:
            protocols.repeat_notebook(protocol, _names(models), search, json_file)
    elif protocol is Protocol.new_films:
        if ratings:
            raise OptionError(f"{protocol} takes films out of the ratings that train: leave out --ratings.")
        protocols.ask_of_new_films(_names(models), data, people, json_file)
    elif protocol is Protocol.seed_gpt:
        if ratings or data != "letterboxd":
            raise OptionError(f"{protocol} learns from Letterboxd people 0-7: leave out --data and --ratings.")
        protocols.repeat_talk_gpt(_names(models), people, json_file)
    elif protocol is Protocol.seed_deepfm:
        if ratings or data != "letterboxd":
            raise OptionError(f"{protocol} learns from Letterboxd people 9: leave out --data and --ratings.")
        protocols.repeat_talk_deepfm(_names(models), people, json_file)
    elif protocol is Protocol.interview:
        if data != "letterboxd":
            raise OptionError(f"{protocol} asks about films of the catalogue: leave out --data.")
        protocols.ask(_names(models), ratings, people, json_file)
    elif protocol is Protocol.dial:
        if models or data != "letterboxd":
            raise OptionError(f"{protocol} turns the shipped ranker on Letterboxd: leave out --models and --data.")
        protocols.turn_dial(ratings, people, json_file)
    else:
        protocols.compare_models(protocol, _names(models), data, ratings, people, json_file)


def _names(models: str | None) -> list[str] | None:
    return [name.strip() for name in models.split(",")] if models else None
