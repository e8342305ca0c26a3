"""Facts about one film."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Film:
    """Facts about one film; None where a fact is unknown.

    number: its row in the catalogue, and its item index in all models. slug: the end of its Letterboxd address.
    runtime: minutes. language: ISO 639-1. boxd_code: of its boxd.it link. n_ratings, mean (stars) and histogram (counts
    of 0.5, 1.0 … 5.0 stars): of the train users. same_as: the number of the film of which this row is a second entry.
    """

    number: int
    slug: str
    title: str
    year: int | None
    genres: tuple[str, ...]
    runtime: int | None
    language: str | None
    countries: tuple[str, ...]
    director: str | None
    cast: tuple[str, ...]
    tmdb_id: int | None
    imdb_id: int | None
    movielens_id: int | None
    boxd_code: str | None
    n_ratings: int
    mean: float | None
    histogram: tuple[int, ...]
    same_as: int | None

    @property
    def name(self) -> str:
        """ "Title (Year)", or the title alone where the year is unknown."""
        return f"{self.title} ({self.year})" if self.year else self.title
