"""Facts about one film."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Film:
    """Facts about one film. `histogram` counts the ratings of 0.5, 1.0 … 5.0; `mean` is in stars."""

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
        return f"{self.title} ({self.year})" if self.year else self.title
