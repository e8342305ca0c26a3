"""What a training step shows, and what it asks for."""

import numpy as np
import pytest

from reelrec.models.lists.levels import LEVELS, LIKED, SEEN, SET_ASIDE, UNSEEN
from reelrec.models.lists.reveal import MOST_SHOWN, Reveal, collated


@pytest.fixture
def reveal(people):
    def make(seed: int = 0, **shares: float) -> Reveal:
        plain = {"popular_share": 0.5, "most_share": 0.3, "blurred_share": 0.15}
        counts = people.counts()
        return Reveal(
            dataset=people, log_counts=np.log1p(counts), fame=np.cumsum(counts.astype(float)),
            rng=np.random.default_rng(seed), **plain | shares,
        )  # fmt: skip

    return make


def test_a_batch_is_ordered_by_user_and_level():
    shown = collated([(np.array([7, 3, 5]), np.array([9, 0, 9])), (np.array([2]), np.array([UNSEEN]))])
    assert shown.items.tolist() == [3, 7, 5, 2]
    assert (shown.n.tolist(), shown.m.tolist()) == ([3, 0], [3, 1])
    assert shown.users.tolist() == [0, 0, 0, 1]
    ends = np.append(shown.first, len(shown.items))
    sizes = np.diff(ends).reshape(2, LEVELS)
    assert sizes[0].tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0]
    assert sizes[1, UNSEEN] == 1


def test_what_is_asked_was_liked_and_not_shown_and_each_user_weighs_the_same(reveal, people):
    users = np.arange(people.n_users)
    shown, asked = reveal().batch(users)
    assert len(asked.items)
    np.testing.assert_allclose(np.bincount(asked.users, weights=asked.weights), 1.0, rtol=1e-5)
    pairs = set(zip(shown.users.tolist(), shown.items.tolist(), strict=True))
    assert not pairs & set(zip(asked.users.tolist(), asked.items.tolist(), strict=True))


def test_at_most_four_in_five_items_are_shown_and_now_and_then_none(reveal, people):
    drawn = reveal(1)
    history = people.history(0)
    sizes = {drawn._order(history.items)[1] for _ in range(2000)}
    assert max(sizes) == int(MOST_SHOWN * len(history))
    assert min(sizes) == 0


def test_blurred_users_have_no_stars_or_fewer(reveal):
    drawn = reveal(2, blurred_share=1.0)
    levels = np.array([9, 9, 9, 9, 6, 6, 4, 4])
    seen = np.concatenate([drawn._blurred(levels, 0) for _ in range(500)])
    assert {LIKED, SEEN} <= set(seen.tolist())
    assert (seen < 10).any()
    clear = np.concatenate([reveal(2, blurred_share=0.0)._blurred(levels, 2) for _ in range(50)])
    assert set(clear.tolist()) == {9, 6, 4, UNSEEN}


def test_only_disliked_items_are_set_aside(reveal):
    drawn = reveal(3, blurred_share=0.0)
    bad, good = (np.concatenate([drawn._blurred(np.full(20, level), 0) for _ in range(100)]) for level in (1, 7))
    assert 0.05 < (bad == SET_ASIDE).mean() < 0.15
    assert (good == 7).all()


def test_items_of_the_user_are_never_unseen(reveal, people):
    for seed in range(5):
        shown, _ = reveal(seed).batch(np.arange(people.n_users))
        ends = np.append(shown.first, len(shown.items))
        for user in range(len(shown.n)):
            place = user * LEVELS + UNSEEN
            unseen = shown.items[ends[place] : ends[place + 1]]
            told = shown.items[shown.users == user]
            assert len(set(told.tolist())) == len(told)
            assert len(unseen) == shown.m[user] - (told.size - len(unseen))
