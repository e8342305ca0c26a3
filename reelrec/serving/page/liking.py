"""The predicted stars under which a film is not offered: what does not round to a liked film, or the visitor's mean.

Somebody who gives most films two stars would be offered nothing under a bar of 3.25; for them their own mean counts.
"""

from __future__ import annotations

from reelrec.data.half_stars import LIKED_STARS
from reelrec.visitor.profile import Profile

ROUNDS_TO_LIKED = LIKED_STARS - 0.25  # as like accuracy counts predictions without a distribution
USUAL_STARS = 3.5  # the mean of a visitor who rated nothing
USUAL_RATINGS = 5  # ratings of USUAL_STARS that are added to the visitor's own


def liking_cut(profile: Profile, n_items: int) -> float:
    """Stars: ROUNDS_TO_LIKED, or the visitor's mean where that is lower, drawn towards USUAL_STARS.

    (sum of the ratings + 5 * 3.5) / (number of ratings + 5). n_items: of the catalogue; models know no other films.
    """
    stars = [rating for film, rating in profile.counted.items() if film < n_items]
    mean = (sum(stars) + USUAL_RATINGS * USUAL_STARS) / (len(stars) + USUAL_RATINGS)
    return min(ROUNDS_TO_LIKED, mean)
