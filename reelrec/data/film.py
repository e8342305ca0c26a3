"""Facts about one film."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from reelrec.data import boxd

Kind = Literal["film", "short", "series", "special", "unknown"]
KINDS: tuple[Kind, ...] = get_args(Kind)
APART: tuple[Kind, ...] = ("short", "series", "special")  # listed only when asked for


@dataclass(frozen=True, slots=True)
class Film:
    """Facts about one film; None where a fact is unknown.

    number: its row in the catalogue. slug: the end of its Letterboxd address when it came into the catalogue.
    letterboxd_id: its key; Letterboxd gives a slug to another film now and then. other_titles, other_years: what it is
    called and dated elsewhere. kind: a short has less than 40 minutes; a special is an episode, a concert or stand-up.
    runtime: minutes. language: ISO 639-1. tmdb_id: of a film at TMDB. n_ratings, mean (stars) and histogram (counts of
    0.5, 1.0 … 5.0 stars): of the train users. same_as: the number of the film of which this row is a second entry.
    """

    number: int
    slug: str
    letterboxd_id: int | None
    title: str
    year: int | None
    other_titles: tuple[str, ...]
    other_years: tuple[int, ...]
    kind: Kind
    genres: tuple[str, ...]
    runtime: int | None
    language: str | None
    countries: tuple[str, ...]
    director: str | None
    cast: tuple[str, ...]
    tmdb_id: int | None
    imdb_id: int | None
    movielens_id: int | None
    n_ratings: int
    mean: float | None
    histogram: tuple[int, ...]
    same_as: int | None

    @property
    def name(self) -> str:
        """ "Title (Year)", or the title alone where the year is unknown."""
        return f"{self.title} ({self.year})" if self.year else self.title

    @property
    def boxd_code(self) -> str | None:
        """The code of its boxd.it link."""
        return None if self.letterboxd_id is None else boxd.code(self.letterboxd_id)
