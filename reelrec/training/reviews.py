"""Reviews with stars, on which the model of review texts is trained and measured."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from reelrec.artifacts.store import ArtifactStore
from reelrec.models.review_text import ReviewText
from reelrec.paths import sha256
from reelrec.sources.letterboxd import dataset as letterboxd
from reelrec.sources.registry import source
from reelrec.training.packages import needs_packages

NAME = "letterboxd-reviews"
FILE = "reviews.parquet"


@dataclass(frozen=True, slots=True)
class Reviews:
    """n reviews: texts, stars (n,) float64, codes of the authors (n,), and films as (title, year).

    sha256: of the file that they come from.
    """

    texts: list[str]
    stars: np.ndarray
    authors: np.ndarray
    films: list[tuple[str, int | None]]
    sha256: str

    def describe(self) -> dict[str, str | int]:
        """What a manifest or a report says of the data."""
        people = len(np.unique(self.authors))
        return {"name": NAME, "sha256": self.sha256, "people": people, "ratings": len(self.texts)}


def read() -> Reviews:
    """All reviews that have stars. Raises SourceError."""
    frame = letterboxd.read_reviews()
    years = [int(year) if year > 0 else None for year in frame["year"]]
    return Reviews(
        texts=frame["text"].tolist(),
        stars=frame["rating"].to_numpy(np.float64),
        authors=frame["author"].to_numpy(),
        films=list(zip(frame["title"], years, strict=True)),
        sha256=sha256(source(NAME).path(FILE)),
    )


def train(store: ArtifactStore) -> float:
    """Fit the model of review texts and write it. Returns seconds. Raises SourceError or OptionError."""
    reviews = read()
    began = time.perf_counter()
    with needs_packages(ReviewText.name):
        model = ReviewText().fit(reviews.texts, reviews.stars, reviews.authors)
    seconds = time.perf_counter() - began
    store.save(model, reviews.describe(), seconds)
    return seconds
