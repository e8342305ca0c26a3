"""What the GPT-style rater looked at."""

import numpy as np
import pytest

from reelrec.serving.why.attention import looked_at
from reelrec.visitor.profile import Profile

RATED = Profile(ratings={0: 5.0, 2: 1.0, 3: 4.0, 5: 3.0, 8: 4.5, 12: 2.0})


def test_films_come_by_their_share_of_the_attention_on_all_films_of_the_visitor(tiny):
    model, film = tiny.model("gpt"), tiny.films.films[6]
    found = looked_at(tiny.films, model, RATED, film)
    (shares,) = model.looked_at(RATED.history(14), np.array([6]))
    order = np.argsort(-shares)[:3]
    assert [other.number for other, _ in found] == [list(RATED.ratings)[i] for i in order]
    assert [share for _, share in found] == pytest.approx(list(shares[order] / shares.sum()))


def test_the_film_itself_is_not_looked_at(tiny):
    numbers = {other.number for other, _ in looked_at(tiny.films, tiny.model("gpt"), RATED, tiny.films.films[0], n=10)}
    assert numbers == RATED.ratings.keys() - {0}


def test_with_few_ratings_there_is_nothing_to_say(tiny):
    few = Profile(ratings=dict(list(RATED.ratings.items())[:4]), seen=frozenset({5, 8, 12}))
    assert looked_at(tiny.films, tiny.model("gpt"), few, tiny.films.films[6]) == ()
