"""What the GPT-style rater looked at."""

import numpy as np
import pytest

from reelrec.serving.attention import looked_at
from reelrec.visitor.profile import Profile

RATED = Profile(ratings={0: 5.0, 2: 1.0, 3: 4.0, 5: 3.0, 8: 4.5, 12: 2.0})


def test_films_come_by_their_share_of_the_attention_on_all_films_of_the_visitor(tiny):
    model, film = tiny.model("gpt"), tiny.films.films[6]
    found = looked_at(tiny.films, model, RATED, film)
    (shares,) = model.looked_at(RATED.history(), np.array([6]))
    order = np.argsort(-shares)[:3]
    assert [other.number for other, _ in found] == [list(RATED.ratings)[i] for i in order]
    assert [share for _, share in found] == pytest.approx(list(shares[order] / shares.sum()))


def test_the_film_itself_and_its_twin_are_not_looked_at(tiny):
    twin = Profile(ratings=dict(RATED.ratings) | {9: 5.0})
    assert tiny.films.films[9].same_as == 0
    for film in (tiny.films.films[0], tiny.films.films[9]):
        numbers = {other.number for other, _ in looked_at(tiny.films, tiny.model("gpt"), twin, film, n=10)}
        assert numbers == {2, 3, 5, 8, 12}


def test_with_few_ratings_there_is_nothing_to_say(tiny):
    few = Profile(ratings=dict(list(RATED.ratings.items())[:4]), seen=frozenset({5, 8, 12}))
    assert looked_at(tiny.films, tiny.model("gpt"), few, tiny.films.films[6]) == ()
