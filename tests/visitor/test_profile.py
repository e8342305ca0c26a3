import numpy as np

from reelrec.visitor.profile import Profile, merge


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
    history = profile.history()
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
    )
    assert merge(full, Profile()) == full
    assert merge(Profile(), full) == full


def test_a_film_that_the_new_profile_has_not_seen_loses_its_old_stars():
    merged = merge(Profile(ratings={1: 4.0}, liked=frozenset({2})), Profile(unseen=frozenset({1, 2})))
    assert merged == Profile(unseen=frozenset({1, 2}))


def test_a_film_that_the_new_profile_has_watched_leaves_the_watchlist():
    merged = merge(Profile(watchlist=frozenset({1, 2})), Profile(ratings={1: 4.0}))
    assert merged.watchlist == frozenset({2})
