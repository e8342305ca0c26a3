"""Ratings from the command line, for one person or for many."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from reelrec import app
from reelrec.data.half_stars import half_star
from reelrec.data.ratings.ratings_file import read_ratings_file
from reelrec.data.titles.title_rules import title_and_year
from reelrec.errors import ExportError, RatingError
from reelrec.sources.letterboxd.export_files import MAX_UPLOAD_BYTES
from reelrec.visitor.intake import Intake
from reelrec.visitor.profile import Profile

if TYPE_CHECKING:
    from reelrec.sources.others.loose import LooseTable

SAY = "Say it with --scale 5, 10, 100 or letters."


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


def intake_of(*paths: Path, scale: str | None = None) -> Intake:
    """The films of a history in one file or in several. scale: "5", "10", "100" or "letters"; None: the files tell.

    Raises ExportError, also where no file tells what ratings are out of, or a table needs its columns confirmed.
    """
    out_of = None if scale is None else _scale(scale)
    found = app.history.read([(path.name, _bytes_of(path)) for path in paths], out_of)
    if found.table:
        return _of_table(found.table, out_of)
    if found.intake is None or found.intake.log.asks is None:
        return cast(Intake, found.intake)
    asks = found.intake.log.asks
    raise ExportError(
        f"Nothing says what these ratings are out of ({', '.join(asks.examples)}), so no star would count. {SAY}"
    )


def _scale(text: str) -> int:
    """What ratings are out of. Raises ExportError."""
    if text.strip().lower() == "letters":
        return app.history.LETTERS
    if text.strip() not in map(str, app.history.SCALES):
        raise ExportError(f"Ratings are letters, or out of 5, 10 or 100, not {text}.")
    return int(text)


def _of_table(table: LooseTable, out_of: int | None) -> Intake:
    """The films of a table of no known site, once its scale is said with its columns in view. Raises ExportError."""
    said = ", ".join(f"{what} from “{table.header[place]}”" for what, place in table.guess.items())
    if "title" not in table.guess:
        raise ExportError(f"{table.name} is a table without a column that is called Title, Name or Film.")
    if out_of is None and "rating" in table.guess:
        raise ExportError(
            f"{table.name} is a table of no site that is known here. It would be read as: {said}. If that is right, "
            f"say what its ratings are out of; else rename its columns. {SAY}"
        )
    return app.history.of_table(table, table.guess, out_of)


def _bytes_of(path: Path) -> bytes:
    """The bytes of a file, as far as an upload may be long. Raises ExportError."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_UPLOAD_BYTES + 1)
    except OSError as error:
        raise ExportError(f"{path} cannot be read. Give the file of an export, or a table.") from error
