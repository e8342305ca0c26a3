"""Ratings from the command line, for one person or for many."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from reelrec import app
from reelrec.data.half_stars import half_star
from reelrec.data.ratings_file import read_ratings_file
from reelrec.errors import ExportError, OptionError, RatingError
from reelrec.serving.shelf import Shelf
from reelrec.sources.letterboxd.export_files import MAX_UPLOAD_BYTES
from reelrec.visitor.intake import Intake
from reelrec.visitor.profile import Profile

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


def profile_of(rates: list[str]) -> Profile:
    """From texts such as "Heat (1995)=4.5". Raises RatingError, UnknownFilmError or AmbiguousFilmError."""
    ratings = {}
    for text in rates:
        title, equals, stars = text.rpartition("=")
        try:
            rating = float(stars)
        except ValueError:
            rating = None
        if not equals or rating is None:
            raise RatingError(f'{text!r} is not a rating. Write the film, "=", and stars: "Heat (1995)=4.5".')
        ratings[app.catalogue().named(title).number] = half_star(rating)
    return Profile(ratings=ratings)


def profiles_of(path: Path) -> tuple[dict[str, Profile], int]:
    """Everybody of a ratings file by id (as text), and the number of ratings of films that are unknown here."""
    films = app.catalogue()
    frame = read_ratings_file(path)
    slugs = frame["film_id"].astype(str)
    numbers = slugs.map({slug: films.number(slug) for slug in slugs.unique()})
    people: dict[str, dict[int, float]] = {str(user): {} for user in frame["user_id"].unique()}
    known = numbers.notna()
    for user, number, rating in zip(frame["user_id"][known], numbers[known], frame["rating"][known], strict=True):
        people[str(user)][int(number)] = float(rating)
    return {user: Profile(ratings=ratings) for user, ratings in people.items()}, int((~known).sum())


def intake_of(*paths: Path, scale: int | None = None) -> Intake:
    """The films of a Letterboxd export in one file or in several. scale: as in `read_export`. Raises ExportError."""
    return app.read_export([(path.name, _bytes_of(path)) for path in paths], scale)


def _bytes_of(path: Path) -> bytes:
    """The bytes of a file, as far as an upload may be long. Raises ExportError."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_UPLOAD_BYTES + 1)
    except OSError as error:
        raise ExportError(f"{path} cannot be read. Give the ZIP of a Letterboxd export, or a CSV out of it.") from error


def require_folder(path: Path) -> None:
    """Raises OptionError where the folder of a file to be written does not exist."""
    if not path.parent.is_dir():
        raise OptionError(f"There is no folder {path.parent} to write {path.name} into. Make it, or name another.")


def write_lists(
    people: dict[str, Profile],
    path: Path,
    recommend: Callable[[Profile], Shelf],
    step: Callable[[], None],
) -> None:
    """A row for each person and pick, best first."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for user, profile in people.items():
            shelf = recommend(profile)
            for rank, pick in enumerate(shelf.picks, start=1):
                film = pick.film
                because = " and ".join(reason.film.title for reason in pick.because)
                writer.writerow(
                    (
                        _cell(user), rank, film.slug, _cell(film.title), film.year or "", film.tmdb_id or "",
                        f"{pick.stars:.2f}", f"{pick.score:.5f}", _cell(because), shelf.model,
                        *("" if end is None else f"{end:.2f}" for end in (pick.low, pick.high)),
                    )
                )  # fmt: skip
            step()


def _cell(text: str) -> str:
    """Text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text
