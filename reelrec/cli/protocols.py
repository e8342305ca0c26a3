"""What `evaluate` does for each protocol: run it, write its JSON, print its table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reelrec.cli import tables, terminal
from reelrec.cli.names import Protocol


def repeat_notebook(protocol: Protocol, names: list[str] | None, search: bool, json_file: Path | None) -> None:
    """seed-svd, its grid, and seed-demo."""
    from reelrec.artifacts import store
    from reelrec.evaluation.notebook import seed_demo, seed_svd

    path = json_file or store.FOLDER / "metrics" / f"{protocol}.json"
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


def compare_splits(protocol: Protocol, names: list[str] | None, json_file: Path | None) -> None:
    """splits and ml-100k: models fitted anew on each of several splits."""
    from reelrec.artifacts import store
    from reelrec.evaluation.protocols import ml_100k, splits

    run = {Protocol.splits: splits, Protocol.ml_100k: ml_100k}[protocol]
    with terminal.waiting(protocol):
        report = run.run(names or run.MODELS)
    if json_file or not names:
        report.write(json_file or store.FOLDER / "metrics" / f"{protocol}.json")
    tables.split_table(report)


def ask_of_new_films(names: list[str] | None, data: str, people: int | None, json_file: Path | None) -> None:
    """new-films: stars of films that nobody in training has rated."""
    from reelrec.artifacts import store
    from reelrec.evaluation.protocols import new_films

    with terminal.waiting(f"{Protocol.new_films} on {data}"):
        report = new_films.run(data, names or new_films.MODELS, people)
    end = "" if data == "letterboxd" else f"-{data}"
    if json_file or not (names or people):
        report.write(json_file or store.FOLDER / "metrics" / f"{Protocol.new_films}{end}.json")
    tables.report_table(report)


def repeat_talk_deepfm(names: list[str] | None, people: int | None, json_file: Path | None) -> None:
    """seed-deepfm: the talk's network with its mistakes and without them, and ours beside it."""
    from reelrec.artifacts import store
    from reelrec.evaluation.talk import seed_deepfm

    with terminal.waiting(Protocol.seed_deepfm):
        report = seed_deepfm.run(names, people or seed_deepfm.PEOPLE)
    if json_file or not (names or people):
        report.write(json_file or store.FOLDER / "metrics" / f"{Protocol.seed_deepfm}.json")
    than = f"the row above (like_accuracy of a model: than {seed_deepfm.HONEST})"
    tables.report_table(report, k="films", than=than)


def read_reviews(json_file: Path | None) -> None:
    """What the words of a review say about its stars."""
    from reelrec.artifacts import store
    from reelrec.evaluation.protocols import reviews

    with terminal.waiting(Protocol.reviews):
        report = reviews.run()
    report.write(json_file or store.FOLDER / "metrics" / f"{Protocol.reviews}.json")
    if not json_file:
        store.save_metrics(Protocol.reviews, {store.REVIEWS: reviews.headline(report)})
    tables.report_table(report, k="")


def repeat_talk_gpt(names: list[str] | None, people: int | None, json_file: Path | None) -> None:
    """seed-gpt: the talk's GPT-2 and ours after 0 to 9 films."""
    from reelrec.artifacts import store
    from reelrec.evaluation.talk import seed_gpt

    with terminal.waiting(Protocol.seed_gpt):
        report = seed_gpt.run(names, people)
    if json_file or not (names or people):
        report.write(json_file or store.FOLDER / "metrics" / f"{Protocol.seed_gpt}.json")
    shown = tuple(row for row in report.rows if row.k in seed_gpt.SHOWN)
    than = f"{seed_gpt.BAR} (of windows: than -apart)"
    tables.report_table(replace(report, rows=shown), k="after", than=than)


def turn_dial(ratings: Path | None, people: int | None, json_file: Path | None) -> None:
    """What the dial costs, on people new to the shipped ranker."""
    from reelrec.artifacts import store
    from reelrec.evaluation.protocols import dial
    from reelrec.evaluation.users import evaluation_data

    with terminal.waiting(Protocol.dial):
        report = dial.run(evaluation_data(ratings=ratings, people=people or dial.PEOPLE), store.load_catalogue())
    if json_file:
        report.write(json_file)
    elif not (ratings or people):
        report.write(store.FOLDER / "metrics" / f"{Protocol.dial}.json")
    tables.report_table(report, k="dial")


def compare_models(
    protocol: Protocol,
    names: list[str] | None,
    data: str,
    ratings: Path | None,
    people: int | None,
    json_file: Path | None,
) -> None:
    """new-users and top-n: several models on the same people."""
    from reelrec.artifacts import store
    from reelrec.evaluation.protocols import new_users, top_n
    from reelrec.evaluation.users import evaluation_data

    metrics = store.FOLDER / "metrics"
    run = {Protocol.new_users: new_users, Protocol.top_n: top_n}[protocol]
    with terminal.waiting(f"{protocol} on {ratings.name if ratings else data}"):
        report = run.run(evaluation_data(data, ratings, people), names)
    whole = not (ratings or people or names)  # anything less is not what the dashboards draw
    if json_file:
        report.write(json_file)
    elif whole and data == "letterboxd":
        report.write(metrics / f"{protocol}.json")
        store.save_metrics(protocol, report.headlines(run.HEADLINE))
    elif whole:
        report.write(metrics / f"{protocol}-{data}.json")
    tables.report_table(report)


def ask(names: list[str] | None, ratings: Path | None, people: int | None, json_file: Path | None) -> None:
    """interview: every way of asking, on the same people."""
    from reelrec.artifacts import store
    from reelrec.evaluation.protocols import interview
    from reelrec.evaluation.users import evaluation_data
    from reelrec.interview.policies import POLICIES
    from reelrec.models.bmf import BMF

    films = store.load_catalogue()
    interviewer = store.load_interviewer(films, store.load_model(BMF.name, films))
    policies = POLICIES | store.load_policies()
    with terminal.waiting(f"{Protocol.interview} on {ratings.name if ratings else 'letterboxd'}") as tell:
        report = interview.run(
            evaluation_data(ratings=ratings, people=people), interviewer, policies, films, names, tell
        )
    if json_file:
        report.write(json_file)
    elif not (names or ratings or people):
        report.write(store.FOLDER / "metrics" / f"{Protocol.interview}.json")
    shown = tuple(row for row in report.rows if row.k is None or row.k in interview.SHOWN)
    tables.report_table(replace(report, rows=shown), k="after", than=interview.YARDSTICK)
