"""Files that commands write."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reelrec import progress
from reelrec.data.csv_cell import csv_cell
from reelrec.errors import OptionError

if TYPE_CHECKING:
    from reelrec.serving.shelf import Shelf
    from reelrec.visitor.profile import Profile

Json = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the result to this JSON file.")]

COLUMNS = (
    "user_id",
    "rank",
    "film_id",
    "title",
    "year",
    "tmdb_id",
    "stars",
    "score",
    "because",
    "model",
    "low",
    "high",
)


def writable(path: Path) -> Path:
    """The same path, in whose folder it can be written; so that no work is done in vain. Raises OptionError."""
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise OptionError(
            f"There is no folder {path.parent} to write {path.name} into. Make it, or name another."
        ) from error
    if path.is_dir():
        raise OptionError(f"{path} is a folder. Name a file.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise OptionError(f"{path} is closed to writing. Name another file.")
    return path


def write_lists(people: dict[str, Profile], path: Path, recommend: Callable[[Profile], Shelf]) -> None:
    """A row for each person and pick, best first. What was in the file before stays until all lists are made."""
    new = path.with_name(f"{path.name}.new")
    try:
        with new.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for user, profile in progress.steps(people.items()):
                writer.writerows(_rows(user, recommend(profile)))
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _rows(user: str, shelf: Shelf) -> Iterator[tuple]:
    """The cells of COLUMNS for each pick."""
    for rank, pick in enumerate(shelf.picks, start=1):
        film = pick.film
        because = " and ".join(reason.film.title for reason in pick.because)
        yield (
            csv_cell(user), rank, film.slug, csv_cell(film.title), film.year or "", film.tmdb_id or "",
            "" if pick.stars is None else f"{pick.stars:.2f}", f"{pick.score:.5f}", csv_cell(because), shelf.model,
            *("" if end is None else f"{end:.2f}" for end in (pick.low, pick.high)),
        )  # fmt: skip
