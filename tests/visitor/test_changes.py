"""What a profile gained."""

from __future__ import annotations

from reelrec.visitor.changes import Changes, changes
from reelrec.visitor.profile import Profile


def test_each_film_is_counted_once_by_what_is_new_about_it():
    before = Profile(ratings={1: 4.0, 2: 3.0}, seen=frozenset({3}), watchlist=frozenset({5}))
    after = Profile(ratings={1: 4.0, 2: 5.0, 3: 1.0, 4: 2.0}, seen=frozenset({6}), watchlist=frozenset({5, 7}))
    assert changes(before, after) == Changes(seen=2, starred=1, restarred=1, wanted=1)


def test_nothing_new_is_nothing():
    profile = Profile(ratings={1: 4.0}, seen=frozenset({3}), watchlist=frozenset({5}))
    assert changes(profile, profile) == Changes(0, 0, 0, 0)
