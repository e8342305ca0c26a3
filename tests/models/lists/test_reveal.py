"""What a training step shows, and what it asks for."""

from dataclasses import replace

import numpy as np
import pytest

from reelrec.models.lists.levels import LEVELS, LIKED, SEEN, SET_ASIDE, UNSEEN
from reelrec.models.lists.reveal import MOST_SHOWN, Reveal, collated, spread

KEYS = np.arange(500, dtype=np.uint64)


@pytest.fixture
def reveal(people):
    def make(seed: int = 0, **shares: float) -> Reveal:
        plain = {"popular_share": 0.5, "most_share": 0.3, "blurred_share": 0.15}
        counts = people.counts()
        return Reveal(
            dataset=people, keys=people.user_keys, log_counts=np.log1p(counts), fame=np.cumsum(counts.astype(float)),
            seed=seed, **plain | shares,
        )  # fmt: skip

    return make


def blurred(drawn: Reveal, levels: np.ndarray) -> np.ndarray:
    """The levels that 500 users with these levels have left."""
    rows, places = spread(np.full(len(KEYS), len(levels)))
    return drawn._blurred(levels[places], rows, places, KEYS, epoch=0)


def test_a_batch_is_ordered_by_user_and_level():
    rows, items, levels = np.array([0, 1, 0, 0]), np.array([7, 2, 3, 5]), np.array([9, UNSEEN, 0, 9])
    shown = collated(rows, items, levels, 2)
    assert shown.items.tolist() == [3, 7, 5, 2]
    assert (shown.n.tolist(), shown.m.tolist()) == ([3, 0], [3, 1])
    assert shown.users.tolist() == [0, 0, 0, 1]
    ends = np.append(shown.first, len(shown.items))
    sizes = np.diff(ends).reshape(2, LEVELS)
    assert sizes[0].tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0]
    assert sizes[1, UNSEEN] == 1


def test_what_is_asked_was_liked_and_not_shown_and_each_user_weighs_the_same(reveal, people):
    shown, asked, keys = reveal().batch(np.arange(people.n_users), 0)
    assert len(keys) == len(shown.n) > people.n_users / 2
    np.testing.assert_allclose(np.bincount(asked.users, weights=asked.weights), 1.0, rtol=1e-5)
    pairs = set(zip(shown.users.tolist(), shown.items.tolist(), strict=True))
    assert not pairs & set(zip(asked.users.tolist(), asked.items.tolist(), strict=True))
    ratings = {(key, item): stars for key, item, stars in zip(people.users, people.items, people.ratings, strict=True)}
    assert all(ratings[int(keys[user]), item] >= 4 for user, item in zip(asked.users, asked.items, strict=True))


def test_what_is_shown_of_a_user_does_not_depend_on_who_else_is_in_the_batch(reveal, people):
    drawn = reveal(4)
    together, alone = drawn.batch(np.arange(people.n_users), 3), drawn.batch(np.array([17]), 3)
    place = together.keys.tolist().index(17)
    of_user = together.shown.users == place
    assert together.shown.items[of_user].tolist() == alone.shown.items.tolist()
    assert together.asked.items[together.asked.users == place].tolist() == alone.asked.items.tolist()
    assert together.shown.m[place] == alone.shown.m[0]


def test_another_epoch_shows_others(reveal, people):
    drawn = reveal()
    first, second = (drawn.batch(np.arange(people.n_users), epoch).shown.items.tolist() for epoch in (0, 1))
    assert first != second


def test_nobody_in_a_batch_is_fine(reveal):
    told = reveal().batch(np.zeros(0, dtype=np.int64), 0)
    assert (len(told.keys), len(told.shown.items), len(told.asked.items)) == (0, 0, 0)


def test_at_most_four_in_five_items_are_shown_and_now_and_then_none(reveal, people):
    drawn = reveal(1)
    sizes = drawn._sizes(np.full(len(KEYS), 25), KEYS, 0)
    assert sizes.max() == int(MOST_SHOWN * 25)
    assert 0 < (sizes == 0).mean() < 0.06


def test_popular_items_are_told_first_by_some(reveal, people):
    rows, items = spread(np.full(len(KEYS), people.n_items))
    fame = np.log(2.0) * (np.arange(people.n_items) % 2)  # every second item has twice the ratings
    drawn = replace(reveal(popular_share=1.0), log_counts=fame)
    first = drawn._order(rows, items, KEYS, 0) == 0
    by_power = [(items[first] % 2)[: len(KEYS)].mean(), np.mean([2 / 3, 2**0.5 / (1 + 2**0.5)])]
    assert by_power[0] == pytest.approx(by_power[1], abs=0.06)
    places = drawn._order(rows, items, KEYS, 0)[: people.n_items]
    assert sorted(places.tolist()) == list(range(people.n_items))


def test_blurred_users_have_no_stars_or_fewer(reveal):
    levels = np.array([9, 9, 9, 9, 6, 6, 4, 4])
    seen = blurred(reveal(2, blurred_share=1.0), levels)
    assert {LIKED, SEEN} <= set(seen.tolist())
    assert 0.2 < (seen < 10).mean() < 0.5
    assert set(blurred(reveal(2, blurred_share=0.0), levels).tolist()) == {9, 6, 4}


def test_only_disliked_items_are_set_aside(reveal):
    drawn = reveal(3, blurred_share=0.0)
    bad, good = (blurred(drawn, np.full(20, level)) for level in (1, 7))
    assert 0.09 < (bad == SET_ASIDE).mean() < 0.11
    assert (good == 7).all()


def test_items_of_the_user_are_never_unseen(reveal, people):
    for seed in range(5):
        shown, _, _ = reveal(seed).batch(np.arange(people.n_users), 0)
        ends = np.append(shown.first, len(shown.items))
        for user in range(len(shown.n)):
            place = user * LEVELS + UNSEEN
            unseen = shown.items[ends[place] : ends[place + 1]]
            told = shown.items[shown.users == user]
            assert len(set(told.tolist())) == len(told)
            assert len(unseen) == shown.m[user] - (told.size - len(unseen))
