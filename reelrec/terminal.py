"""How results look in a terminal: tables, bars, one-line complaints."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

if TYPE_CHECKING:
    from reelrec.app import Shelf
    from reelrec.evaluation.movielens_lists import Ranked
    from reelrec.evaluation.report import Report, Row

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def say(text: str) -> None:
    out.print(escape(text))


def note(text: str) -> None:
    """Something worth knowing that is not the result."""
    err.print(escape(text), style="dim")


def complain(text: str) -> None:
    """One line that says what is wrong and what to do."""
    err.print(escape(" ".join(text.split())), style="red", soft_wrap=True)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None) -> None:
    drawn = Table(*columns, title=title and escape(title))
    for row in rows:
        drawn.add_row(*(escape(str(cell)) for cell in row))
    out.print(drawn)


def shelf(made: Shelf, as_json: bool) -> None:
    """A list of picks, for people or as the JSON of DESIGN.md."""
    if as_json:
        films = [
            {
                "title": pick.film.title,
                "year": pick.film.year,
                "tmdb_id": pick.film.tmdb_id,
                "stars": round(pick.stars, 3),
                "low": pick.low,
                "high": pick.high,
                "score": round(pick.score, 5),
                "because": [film.title for film in pick.because],
            }
            for pick in made.picks
        ]
        _print_json(made.model, films)
        return
    if not made.picks:
        note("No film passes these filters. Widen them.")
        return
    if not made.personal:
        note("Not personal: this list is the same for everybody. Rate films with --rate to get your own.")
    rows = [
        (place, pick.film.name, f"{pick.stars:.1f}", " and ".join(film.title for film in pick.because))
        for place, pick in enumerate(made.picks, start=1)
    ]
    table(("", "film", "stars", "because you liked"), rows)


def ranked(model: str, films: Sequence[Ranked], as_json: bool) -> None:
    """A list for a person of a MovieLens set, stars to six decimals; in the JSON of DESIGN.md where that is asked."""
    if as_json:
        rows = [
            {
                "title": film.title,
                "year": film.year,
                "tmdb_id": film.tmdb_id,
                "stars": None if film.stars is None else round(film.stars, 6),
                "low": None,
                "high": None,
                "score": round(film.score, 6),
                "because": [],
            }
            for film in films
        ]
        _print_json(model, rows)
        return
    unit = "predicted stars" if films and films[0].stars is not None else "score"
    table(
        ("", "film", "title", unit),
        [
            (place, film.film_id, film.name, f"{film.score if film.stars is None else film.stars:.6f}")
            for place, film in enumerate(films, start=1)
        ],
        model,
    )


def _print_json(model: str, films: list[dict]) -> None:
    print(json.dumps({"model": model, "films": films}, ensure_ascii=False, indent=1))


def report_table(report: Report, k: str = "k") -> None:
    """A row a measure and k, a column a model. k: what the second column is called."""
    models = list(dict.fromkeys(row.model for row in report.rows))
    cells = {(row.metric, row.k, row.model): row for row in report.rows}
    drawn = Table("measure", k, *models, title=_title(report))
    before = None
    for metric, k in dict.fromkeys((row.metric, row.k) for row in report.rows):
        if before not in (None, metric):
            drawn.add_section()
        before = metric
        drawn.add_row(metric, "" if k is None else f"{k}", *(_cell(cells.get((metric, k, model))) for model in models))
    out.print(drawn)
    _notes(report)


def notebook_table(report: Report, notebook: dict[str, tuple[float, float]]) -> None:
    """seed-svd: ours beside the notebook's."""
    value = {(row.model, row.metric): row.value for row in report.rows}
    drawn = Table("model", "validation", "RMSE", "MAE", "notebook RMSE", "notebook MAE", title=_title(report))
    for model in dict.fromkeys(row.model for row in report.rows):
        for validation, prefix in (("3-fold", "cv_"), ("hold-out", "")):
            if (model, f"{prefix}rmse") not in value or (model, prefix) == ("svd-tuned-cv", ""):
                continue
            ours = [f"{value[model, prefix + metric]:.4f}" for metric in ("rmse", "mae")]
            told = prefix == ("" if model == "svd" else "cv_")
            drawn.add_row(model, validation, *ours, *(f"{number:.4f}" if told else "" for number in notebook[model]))
    out.print(drawn)
    _notes(report)


def _title(report: Report) -> str:
    data = report.dataset
    return f"{report.protocol}: {data['name']}, {data['people']:,} people, {data['ratings']:,} ratings"


def sentences(report: Report) -> None:
    """What a protocol has to say beside its numbers."""
    for sentence in report.notes:
        say(sentence)


def _notes(report: Report) -> None:
    sentences(report)
    note(f"± half the 95 % interval over people, which the JSON has in full. {report.seconds:,.0f} s.")


def _cell(row: Row | None) -> str:
    """The value, and half the width of its interval."""
    if row is None:
        return ""
    half = "" if row.low is None or row.high is None else f" ±{_number((row.high - row.low) / 2, row.value)}"
    return _number(row.value, row.value) + half


def _number(value: float, beside: float) -> str:
    """Four decimals without the leading zero, or none for counts: as fits the value it stands beside."""
    return f"{value:.0f}" if beside >= 10 else f"{value:.4f}".removeprefix("0")


@contextmanager
def waiting(text: str) -> Iterator[None]:
    with err.status(escape(text)):
        yield


@contextmanager
def counting(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar with the time left; the function it gives is called once a step."""
    with Progress(TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=err) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


@contextmanager
def bytes_bar(name: str) -> Iterator[Callable[[str, int, int | None], None]]:
    """A bar for a download or a copy."""
    with Progress(
        TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn(), console=err
    ) as bar:
        task = bar.add_task(name, total=None)
        yield lambda what, done, size: bar.update(task, description=f"{name}: {what}", completed=done, total=size)


@contextmanager
def time_bar(name: str, expected_seconds: float | None) -> Iterator[None]:
    """A bar for work whose inside cannot be seen; the time left is judged by how long the last training took."""
    columns = (TextColumn(f"training {name}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    done = threading.Event()
    with Progress(*columns, console=err) as bar:
        task = bar.add_task(name, total=expected_seconds)
        began = time.monotonic()

        def move() -> None:
            while not done.wait(0.5):
                passed = time.monotonic() - began
                bar.update(task, completed=min(passed, expected_seconds * 0.99) if expected_seconds else passed)

        mover = threading.Thread(target=move, daemon=True)
        mover.start()
        try:
            yield
        finally:
            done.set()
            mover.join()
