"""Stars for films that a visitor reviewed and did not rate: from their words, and from what else they rated.

Each of the two is a Gaussian on the line of stars. They are joined as if they erred independently of each other, given
the stars; what both know anyhow, how reviews are rated in general, counts once:

    1 / s^2  =  1 / s_bmf^2 + 1 / s_text^2 - 1 / s_all^2
    m / s^2  =  m_bmf / s_bmf^2 + m_text / s_text^2 - m_all / s_all^2

A text that says nothing has m_all and s_all, which leaves bmf as it was. Source: Genest and Zidek, "Combining
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
from reelrec.serving import engine
from reelrec.visitor.profile import Profile

STARS_MODEL = "bmf"  # what the words were measured beside


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the visitor may have meant to give. review: their words. half_star: in the middle of the distribution.

    heard: whether the words count in it.
    """

    guess: engine.Prediction
    review: str
    half_star: float
    heard: bool


def suggest(
    films: Catalogue, stars: UncertainRecommender, words: ReviewText, profile: Profile, reviews: Mapping[int, str]
) -> tuple[Suggestion, ...]:
    """For each reviewed film, in the order they come. reviews: film number to text.

    What the profile says of these very films does not count, so that accepting one moves no other.
    """
    items = np.fromiter(reviews, dtype=np.int64, count=len(reviews))
    alone = stars.predict(profile.history().without(items), items)
    said = words.predict(list(reviews.values()))
    nothing = words.predict([""])
    told = joined(alone, said, nothing)
    figures = engine.figures(stars, told)
    halves, heard = (
        predictive.median(stars.probabilities(told)).tolist(),
        [words.known(text) > 0 for text in reviews.values()],
    )
    return tuple(
        Suggestion(engine.Prediction(films.films[item], *of, because=()), text, half, knows)
        for item, text, of, half, knows in zip(reviews, reviews.values(), figures, halves, heard, strict=True)
    )


def joined(alone: base.Prediction, said: base.Prediction, nothing: base.Prediction) -> base.Prediction:
    """Both together, (n,). alone: without the words. said: by the words. nothing: by no words, for all the same."""
    weights = [sign / np.square(of.sd, dtype=np.float64) for of, sign in ((alone, 1), (said, 1), (nothing, -1))]
    precision = sum(weights)
    mean = sum(weight * of.mean for weight, of in zip(weights, (alone, said, nothing), strict=True)) / precision
    return alone._replace(mean=mean.astype(np.float32), sd=(precision**-0.5).astype(np.float32))
