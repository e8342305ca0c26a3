"""Stars for films that a visitor reviewed and did not rate: from the review's text and from the visitor's ratings.

Each of the two is a Gaussian on the line of stars. They are joined under the assumption that their errors are
independent, given the stars. The prior that both contain, how reviews are rated in general, is taken off once:

    1 / s^2  =  1 / s_bmf^2 + 1 / s_text^2 - 1 / s_all^2
    m / s^2  =  m_bmf / s_bmf^2 + m_text / s_text^2 - m_all / s_all^2

A text without a known word has m_all and s_all, which leaves bmf as it was. Source: Genest and Zidek, "Combining
Probability Distributions: A Critique and an Annotated Bibliography", Statistical Science 1(1), 1986, section 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.models import base, predictive
from reelrec.models.base import UncertainRecommender
from reelrec.models.review_text import ReviewText
from reelrec.serving.picks import predictions
from reelrec.visitor.profile import Profile

STARS_MODEL = "bmf"  # the model beside which the texts were measured


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The stars that a visitor may have meant to give. guess: without reasons. review: the visitor's text.

    half_star: the median of the distribution. heard: whether the text has a word that the model of texts knows.
    """

    guess: predictions.Prediction
    review: str
    half_star: float
    heard: bool


def suggest(
    films: Catalogue, stars: UncertainRecommender, words: ReviewText, profile: Profile, reviews: Mapping[int, str]
) -> tuple[Suggestion, ...]:
    """A suggestion for each reviewed film that the models know, in their order.

    words: the model of texts. reviews: film number to text. Ratings of these films in the profile do not count, so that
    accepting one suggestion changes no other.
    """
    reviews = {number: text for number, text in reviews.items() if number < films.n_items}
    if not reviews:
        return ()
    items = np.fromiter(reviews, dtype=np.int64, count=len(reviews))
    texts = list(reviews.values())
    by_ratings = stars.predict(profile.history(films.n_items).without(items), items)
    distribution = joined(by_ratings, words.predict(texts), words.predict([""]))
    rows = zip(
        reviews.items(),
        predictions.figures(stars, distribution),
        predictive.median(stars.probabilities(distribution)).tolist(),
        strict=True,
    )
    return tuple(
        Suggestion(
            guess=predictions.Prediction(film=films.films[int(item)], because=(), **figures),
            review=text,
            half_star=half_star,
            heard=words.known(text) > 0,
        )
        for (item, text), figures, half_star in rows
    )


def joined(by_ratings: base.Prediction, by_text: base.Prediction, prior: base.Prediction) -> base.Prediction:
    """The joint distribution, (n,). by_text: by each review's text. prior: by an empty text, the same for all."""
    parts = (by_ratings, by_text, prior)
    precisions = [sign / np.square(part.sd, dtype=np.float64) for part, sign in zip(parts, (1, 1, -1), strict=True)]
    precision = sum(precisions)
    mean = sum(weight * part.mean for weight, part in zip(precisions, parts, strict=True)) / precision
    return by_ratings._replace(mean=mean.astype(np.float32), sd=(precision**-0.5).astype(np.float32))
