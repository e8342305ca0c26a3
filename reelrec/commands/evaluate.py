"""`evaluate`: run a protocol, print its table, write its JSON."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from reelrec import terminal
from reelrec.commands import tables
from reelrec.errors import OptionError

Json = Annotated[Path | None, typer.Option("--json", help="Write the result to this JSON file.", dir_okay=False)]


class Protocol(StrEnum):
    seed_svd = "seed-svd"
    seed_demo = "seed-demo"
    new_users = "new-users"
    top_n = "top-n"
    dial = "dial"
    splits = "splits"
    ml_100k = "ml-100k"
    new_films = "new-films"
    seed_deepfm = "seed-deepfm"
    seed_gpt = "seed-gpt"
    reviews = "reviews"


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
    if protocol in OWN_DATA:
        if ratings or people or data not in ("letterboxd", OWN_DATA[protocol]):
            raise OptionError(f"{protocol} has its own data and people: leave out --data, --ratings and --people.")
        if models and protocol in (Protocol.seed_demo, Protocol.reviews):
            raise OptionError(f"{protocol} has its own models: leave out --models.")
        if protocol in (Protocol.splits, Protocol.ml_100k):
            _compare_splits(protocol, _names(models), json_file)
        elif protocol is Protocol.reviews:
            _read_reviews(json_file)
        else:
            _repeat_notebook(protocol, _names(models), search, json_file)
    elif protocol is Protocol.new_films:
        if ratings:
            raise OptionError(f"{protocol} takes films out of the ratings that train: leave out --ratings.")
        _ask_of_new_films(_names(models), data, people, json_file)
    elif protocol is Protocol.seed_gpt:
        if ratings or data != "letterboxd":
            raise OptionError(f"{protocol} learns from Letterboxd people 0-7: leave out --data and --ratings.")
        _repeat_talk_gpt(_names(models), people, json_file)
    elif protocol is Protocol.seed_deepfm:
        if ratings or data != "letterboxd":
            raise OptionError(f"{protocol} learns from Letterboxd people 9: leave out --data and --ratings.")
        _repeat_talk_deepfm(_names(models), people, json_file)
    elif protocol is Protocol.dial:
        if models or data != "letterboxd":
            raise OptionError(f"{protocol} turns the shipped ranker on Letterboxd: leave out --models and --data.")
        _turn_dial(ratings, people, json_file)
    else:
        _compare_models(protocol, models, data, ratings, people, json_file)


def _names(models: str | None) -> list[str] | None:
    return [name.strip() for name in models.split(",")] if models else None


def _repeat_notebook(protocol: Protocol, names: list[str] | None, search: bool, json_file: Path | None) -> None:
    """seed-svd, its grid, and seed-demo."""
    from reelrec import artifacts
    from reelrec.evaluation import seed_demo, seed_svd

    path = json_file or artifacts.FOLDER / "metrics" / f"{protocol}.json"
    if protocol is Protocol.seed_demo:
        with terminal.waiting(protocol):
            report = seed_demo.run()
        report.write(path)
        for title, columns, rows in seed_demo.tables(report):
            terminal.table(columns, rows, title)
        tables.sentences(report)
        return
    with terminal.waiting(protocol):
        report = seed_svd.run(names)
    if json_file or not names:
        report.write(path)
    tables.notebook_table(report, seed_svd.NOTEBOOK)
    if search:
        with terminal.waiting(f"{protocol}: the grid"):
            grid = seed_svd.search()
        grid.write(path.with_name(f"{path.stem}-grid.json"))
        tables.sentences(grid)


def _compare_splits(protocol: Protocol, names: list[str] | None, json_file: Path | None) -> None:
    """splits and ml-100k: models fitted anew on each of several splits."""
    from reelrec import artifacts
    from reelrec.evaluation import ml_100k, splits

    run = {Protocol.splits: splits, Protocol.ml_100k: ml_100k}[protocol]
    with terminal.waiting(protocol):
        report = run.run(names or run.MODELS)
    if json_file or not names:
        report.write(json_file or artifacts.FOLDER / "metrics" / f"{protocol}.json")
    tables.split_table(report)


def _ask_of_new_films(names: list[str] | None, data: str, people: int | None, json_file: Path | None) -> None:
    """new-films: stars of films that nobody in training has rated."""
    from reelrec import artifacts
    from reelrec.evaluation import new_films

    with terminal.waiting(f"{Protocol.new_films} on {data}"):
        report = new_films.run(data, names or new_films.MODELS, people)
    end = "" if data == "letterboxd" else f"-{data}"
    if json_file or not (names or people):
        report.write(json_file or artifacts.FOLDER / "metrics" / f"{Protocol.new_films}{end}.json")
    tables.report_table(report)


def _repeat_talk_deepfm(names: list[str] | None, people: int | None, json_file: Path | None) -> None:
    """seed-deepfm: the talk's network with its mistakes and without them, and ours beside it."""
    from reelrec import artifacts
    from reelrec.evaluation import seed_deepfm

    with terminal.waiting(Protocol.seed_deepfm):
        report = seed_deepfm.run(names, people or seed_deepfm.PEOPLE)
    if json_file or not (names or people):
        report.write(json_file or artifacts.FOLDER / "metrics" / f"{Protocol.seed_deepfm}.json")
    than = f"the row above (like_accuracy of a model: than {seed_deepfm.HONEST})"
    tables.report_table(report, k="films", than=than)


def _read_reviews(json_file: Path | None) -> None:
    """What the words of a review say about its stars."""
    from reelrec import artifacts
    from reelrec.evaluation import reviews

    with terminal.waiting(Protocol.reviews):
        report = reviews.run()
    report.write(json_file or artifacts.FOLDER / "metrics" / f"{Protocol.reviews}.json")
    if not json_file:
        artifacts.save_metrics(Protocol.reviews, {artifacts.REVIEWS: reviews.headline(report)})
    tables.report_table(report, k="")


def _repeat_talk_gpt(names: list[str] | None, people: int | None, json_file: Path | None) -> None:
    """seed-gpt: the talk's GPT-2 and ours after 0 to 9 films."""
    from reelrec import artifacts
    from reelrec.evaluation import seed_gpt

    with terminal.waiting(Protocol.seed_gpt):
        report = seed_gpt.run(names, people)
    if json_file or not (names or people):
        report.write(json_file or artifacts.FOLDER / "metrics" / f"{Protocol.seed_gpt}.json")
    shown = tuple(row for row in report.rows if row.k in seed_gpt.SHOWN)
    than = f"{seed_gpt.BAR} (of windows: than -apart)"
    tables.report_table(replace(report, rows=shown), k="after", than=than)


def _turn_dial(ratings: Path | None, people: int | None, json_file: Path | None) -> None:
    """What the dial costs, on people new to the shipped ranker."""
    from reelrec import artifacts
    from reelrec.evaluation import dial
    from reelrec.evaluation.people import trial

    with terminal.waiting(Protocol.dial):
        report = dial.run(trial(ratings=ratings, people=people or dial.PEOPLE), artifacts.load_catalogue())
    if json_file:
        report.write(json_file)
    elif not (ratings or people):
        report.write(artifacts.FOLDER / "metrics" / f"{Protocol.dial}.json")
    tables.report_table(report, k="dial")


def _compare_models(
    protocol: Protocol,
    models: str | None,
    data: str,
    ratings: Path | None,
    people: int | None,
    json_file: Path | None,
) -> None:
    """new-users and top-n: several models on the same people."""
    from reelrec import artifacts
    from reelrec.evaluation import new_users, top_n
    from reelrec.evaluation.people import trial

    metrics = artifacts.FOLDER / "metrics"
    run = {Protocol.new_users: new_users, Protocol.top_n: top_n}[protocol]
    names = _names(models)
    with terminal.waiting(f"{protocol} on {ratings.name if ratings else data}"):
        report = run.run(trial(data, ratings, people), names)
    whole = not (ratings or people or models)  # anything less is not what the dashboards draw
    if json_file:
        report.write(json_file)
    elif whole and data == "letterboxd":
        report.write(metrics / f"{protocol}.json")
        artifacts.save_metrics(protocol, report.headlines(run.HEADLINE))
    elif whole:
        report.write(metrics / f"{protocol}-{data}.json")
    tables.report_table(report)
