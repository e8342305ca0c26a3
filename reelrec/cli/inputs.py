"""Ratings from the command line, for one person or for many."""

from __future__ import annotations

from pathlib import Path

from reelrec import app
from reelrec.data.half_stars import half_star
from reelrec.data.ratings_file import read_ratings_file
from reelrec.data.title_rules import title_and_year
from reelrec.errors import ExportError, RatingError
from reelrec.sources.letterboxd.export_files import MAX_UPLOAD_BYTES
from reelrec.visitor.intake import Intake
from reelrec.visitor.profile import Profile


def profile_of(rates: list[str]) -> tuple[Profile, list[str]]:
    """From texts such as "Heat (1995)=4.5"; and a sentence on each film that was named by its title alone.

    Raises RatingError, UnknownFilmError or AmbiguousFilmError.
    """
    ratings, taken = {}, []
    for text in rates:
        name, _, stars = text.rpartition("=")
        try:
            rating = float(stars)
        except ValueError:
            rating = None
        if rating is None or not name.strip():
            raise RatingError(f'{text!r} is not a rating. Write the film, "=", and stars: "Heat (1995)=4.5".')
        film = app.catalogue().named(name)
        ratings[film.number] = half_star(rating)
        if "film/" not in name and title_and_year(name)[1] is None:
            by = f" by {film.director}" if film.director else ""
            taken.append(f'"{name.strip()}" is taken as {film.name}{by}.')
    return Profile(ratings=ratings), taken


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
