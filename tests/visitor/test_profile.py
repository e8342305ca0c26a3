"""Answers about films, as a profile takes them."""

import numpy as np
import pytest

from reelrec.errors import RatingError
from reelrec.visitor.profile import MARKS, Profile, merge

SOME = Profile(ratings={1: 4.0, 2: 3.0}, seen=frozenset({3}), set_aside=frozenset({4}), unseen=frozenset({5}))


def test_a_film_rated_anew_keeps_its_place_and_a_new_one_comes_last():
    assert list(SOME.rated(1, 0.5).ratings.items()) == [(1, 0.5), (2, 3.0)]
    assert list(SOME.rated(9, 5.0).ratings) == [1, 2, 9]


@pytest.mark.parametrize("film", [3, 4, 5])
def test_stars_take_the_place_of_a_mark(film):
    rated = SOME.rated(film, 2.5)
    assert rated.answer(film) == 2.5
    assert not [mark for mark in MARKS if film in getattr(rated, mark)]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("film", [1, 3, 4, 5, 9])
def test_a_mark_takes_the_place_of_stars_and_of_other_marks(film, mark):
    marked = SOME.marked(film, mark)
    assert marked.answer(film) == mark
    assert film not in marked.ratings
    assert [other for other in MARKS if film in getattr(marked, other)] == [mark]


@pytest.mark.parametrize("film", [1, 3, 4, 5])
def test_an_answer_can_be_taken_back(film):
    assert SOME.answer(film) is not None
    assert SOME.unanswered(film).answer(film) is None
    assert SOME.unanswered(9) == SOME


def test_a_rating_that_is_no_half_star_is_refused():
    with pytest.raises(RatingError):
        SOME.rated(1, 3.3)


def test_films_without_an_answer_become_unseen_and_the_others_stay():
    left = SOME.not_seen([8, 9])
    assert left.unseen == {5, 8, 9}
    assert (left.ratings, left.seen, left.set_aside) == (SOME.ratings, SOME.seen, SOME.set_aside)


def test_a_profile_is_empty_until_something_is_known():
    assert Profile().is_empty
    assert not Profile(unseen=frozenset({1})).is_empty


def test_a_profiles_history_goes_by_date_and_undated_films_come_first():
    profile = Profile(
        ratings={7: 4.0, 2: 3.0, 5: 1.0},
        seen=frozenset({9}),
        liked=frozenset({2, 8}),
        watchlist=frozenset({1}),
        set_aside=frozenset({3}),
        unseen=frozenset({4}),
        dates={7: "2024-05-01", 9: "2023-01-31"},
    )
    history = profile.history(100)
    assert history.items.tolist() == [2, 5, 8, 9, 7]
    np.testing.assert_array_equal(history.ratings, np.float32([3.0, 1.0, np.nan, np.nan, 4.0]))
    assert history.liked.tolist() == [True, False, True, False, False]
    assert profile.watched == {2, 5, 7, 8, 9}


def test_of_two_profiles_the_new_one_counts_where_they_differ():
    old = Profile(ratings={1: 2.0, 2: 3.0}, seen=frozenset({3}), set_aside=frozenset({4, 5}), unseen=frozenset({6, 7}))
    new = Profile(ratings={2: 5.0, 6: 4.0}, watchlist=frozenset({4}), liked=frozenset({3}))
    assert merge(old, new) == Profile(
        ratings={1: 2.0, 2: 5.0, 6: 4.0},
        seen=frozenset(),  # 3 is now hearted, which says more
        liked=frozenset({3}),
        watchlist=frozenset({4}),
        set_aside=frozenset({5}),
        unseen=frozenset({7}),
    )


def test_new_ratings_come_last_in_a_merged_profile():
    merged = merge(Profile(ratings={1: 2.0, 2: 3.0, 3: 4.0}), Profile(ratings={1: 5.0, 9: 1.0}))
    assert list(merged.ratings) == [2, 3, 1, 9]


def test_merging_with_nothing_changes_nothing():
    full = Profile(
        ratings={7: 4.0, 0: 0.5, 3: 5.0},
        seen=frozenset({1}),
        liked=frozenset({2, 3}),
        watchlist=frozenset({4, 0}),
        set_aside=frozenset({5}),
        unseen=frozenset({6}),
        dates={7: "2024-02-29", 1: "2020-01-01"},
        rewatched=frozenset({7}),
        reviewed=frozenset({0}),
        origin={7: "export", 2: "rss"},
        shortlist=(4, 0),
    )
    assert merge(full, Profile()) == full
    assert merge(Profile(), full) == full


def test_a_film_that_the_new_profile_has_not_seen_loses_its_old_stars():
    merged = merge(Profile(ratings={1: 4.0}, liked=frozenset({2})), Profile(unseen=frozenset({1, 2})))
    assert merged == Profile(unseen=frozenset({1, 2}))


def test_a_film_that_the_new_profile_has_watched_leaves_the_watchlist():
    merged = merge(Profile(watchlist=frozenset({1, 2})), Profile(ratings={1: 4.0}))
    assert merged.watchlist == frozenset({2})


def test_a_film_that_was_rated_and_is_only_seen_in_the_new_profile_keeps_its_stars():
    merged = merge(Profile(ratings={1: 4.0}), Profile(seen=frozenset({1, 2})))
    assert merged == Profile(ratings={1: 4.0}, seen=frozenset({2}))


def test_a_film_that_was_watched_is_not_wanted_by_a_later_watchlist():
    assert merge(Profile(ratings={1: 4.0}), Profile(watchlist=frozenset({1, 2}))).watchlist == frozenset({2})


def test_of_two_days_of_a_film_the_later_counts():
    old, new = Profile(dates={1: "2024-05-01", 2: "2020-01-01"}), Profile(dates={1: "2023-01-01", 2: "2021-01-01"})
    assert merge(old, new).dates == {1: "2024-05-01", 2: "2021-01-01"}


def test_films_without_their_stars_are_seen():
    profile = Profile(ratings={1: 4.0, 2: 3.0, 3: 2.0}, liked=frozenset({3})).without_stars({1, 3, 9})
    assert profile == Profile(ratings={2: 3.0}, seen=frozenset({1}), liked=frozenset({3}))


def test_what_models_know_of_a_profile_leaves_out_films_beyond_theirs():
    rated = {1: 4.0, 9: 1.0}
    profile = Profile(ratings=rated, seen=frozenset({2, 8}), liked=frozenset({1, 9}), watchlist=frozenset({3}))
    assert profile.known(8) == Profile(ratings={1: 4.0}, seen=frozenset({2}), liked=frozenset({1}))


def test_the_history_says_what_was_set_aside_and_what_was_not_seen():
    history = SOME.history(n_items=5)
    assert (history.set_aside.tolist(), history.unseen.tolist()) == ([4], [])  # film 5 is beyond the models' items
    assert SOME.history(n_items=9).unseen.tolist() == [5]
    assert history.without([4]).set_aside.tolist() == []
    assert len(history) == 3


def test_a_film_that_does_not_count_keeps_its_stars_and_no_model_reads_them():
    before = Profile(ratings={1: 4.0, 2: 3.0}, liked=frozenset({1}))
    profile = before.not_counted(1)
    assert profile.answer(1) == 4.0
    assert profile.watched == frozenset({1, 2})
    assert profile.counted == {2: 3.0}
    assert profile.known(9) == Profile(ratings={2: 3.0})
    history = profile.history(9)
    assert (history.items.tolist(), history.set_aside.tolist()) == ([2], [])
    assert profile.counted_again(1) == before


def test_only_a_watched_film_can_be_told_not_to_count():
    profile = Profile(ratings={1: 4.0}, set_aside=frozenset({7}))
    assert profile.not_counted(5) == profile
    assert profile.counted_again(7) == profile
    assert profile.uncounted == frozenset()


def test_a_film_that_does_not_count_goes_on_so_after_another_import():
    old = Profile(ratings={1: 4.0, 2: 3.0}).not_counted(1)
    assert merge(old, Profile(ratings={1: 4.5, 3: 2.0})).uncounted == frozenset({1})


def test_another_answer_does_not_make_a_film_count():
    profile = Profile(ratings={1: 4.0}, liked=frozenset({1})).not_counted(1)
    for changed in (profile.rated(1, 3.0), profile.unanswered(1), profile.marked(1, "seen")):
        assert changed.uncounted == {1}
        assert changed.known(9).is_empty
    alone = Profile(ratings={1: 4.0}).not_counted(1)
    assert alone.unanswered(1) == Profile()
    assert alone.marked(1, "unseen") == Profile(unseen=frozenset({1}))
    assert alone.marked(1, "set_aside") == Profile(set_aside=frozenset({1}))


def test_a_wish_changes_nothing_of_a_film_that_was_watched():
    wish = Profile(watchlist=frozenset({1, 7}))
    old = Profile(ratings={1: 4.0}, seen=frozenset({7})).not_counted(1)
    assert merge(old, wish) == old


def test_the_visitors_own_list_keeps_its_order_and_has_no_film_twice():
    mine = Profile(shortlist=(4, 1))
    assert mine.listed([9, 1, 9, 2]).shortlist == (4, 1, 9, 2)
    assert mine.listed([9]).unlisted({4}).shortlist == (1, 9)
    assert mine.unlisted({7}) == mine
    assert Profile(shortlist=(4, 1, 9, 2)).arranged([9, 50, 4, 9]).shortlist == (9, 4, 1, 2)
    assert not mine.is_empty


def test_a_film_on_the_list_is_no_answer_and_an_answer_leaves_the_list():
    listed = SOME.listed([1, 3, 4, 5, 9])
    for film in (1, 3, 4, 5, 9):
        assert listed.answer(film) == SOME.answer(film)
        for answer in (2.5, None, *MARKS):
            assert listed.answered(film, answer).shortlist == listed.shortlist
    assert listed.watched == SOME.watched
    assert listed.known(100) == SOME.known(100)


def test_in_a_merged_profile_new_films_of_the_list_stand_behind_those_there():
    merged = merge(Profile(shortlist=(4, 1)), Profile(ratings={4: 3.0}, shortlist=(2, 1, 8)))
    assert merged.shortlist == (4, 1, 2, 8)


def test_two_rows_of_one_film_are_one_film_of_the_list():
    assert Profile(shortlist=(3, 2, 0, 1)).joined(np.array([0, 0, 2, 2])).shortlist == (2, 0)


def test_films_are_taken_off_the_watchlist():
    assert Profile(watchlist=frozenset({1, 2})).not_wanted([2, 3]).watchlist == frozenset({1})
