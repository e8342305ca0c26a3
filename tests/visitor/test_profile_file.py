"""The profile as a file, and two profiles made into one."""

import contextlib
import json

import pytest

from reelrec.errors import ProfileFileError
from reelrec.visitor import profile_file
from reelrec.visitor.profile import Profile

FULL = Profile(
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
    shortlist=(8, 7, 10),
)


def file_of(*entries, **changes) -> bytes:
    return json.dumps({"format": "reelrec-profile", "version": 1, "films": list(entries)} | changes).encode()


def test_a_profile_comes_back_from_its_file(films):
    text = profile_file.to_file(FULL, films)
    assert profile_file.from_file(text.encode(), films) == (FULL, [])


def test_a_file_can_be_read_by_a_person(films):
    text = profile_file.to_file(Profile(ratings={5: 4.5}), films)
    assert "Élodie à Paris (2001)" in text
    assert '"stars": 4.5' in text


def test_films_that_the_catalogue_lacks_are_named_and_the_others_kept(films):
    data = file_of(
        {"film": "lost-film", "title": "Lost Film (1920)", "stars": 4.0},
        {"film": "night-ferry", "stars": 3.0},
        {"film": "also-lost"},
    )
    assert profile_file.from_file(data, films) == (Profile(ratings={1: 3.0}), ["Lost Film (1920)", "also-lost"])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no json",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b"3",
        b'"reelrec-profile"',
        b"[" * 200_000,
        file_of(format="other"),
        file_of(version=2),
        file_of(films=None),
        file_of(films=5),
        file_of("night-ferry"),
        file_of({"title": "no film"}),
        file_of({"film": "night-ferry", "stars": 6}),
        file_of({"film": "night-ferry", "stars": 3.3}),
        file_of({"film": "night-ferry", "stars": float("nan")}),
        file_of({"film": "night-ferry", "stars": None}),
        file_of({"film": "night-ferry", "stars": [4]}),
        file_of(list=5),
        file_of(list=["night-ferry"]),
        file_of(list={"film": "night-ferry"}),
        file_of(list=[{"title": "no film"}]),
        b'{"format": "reelrec-profile"}',
    ],
)
def test_what_is_not_a_profile_file_is_refused(films, data):
    with pytest.raises(ProfileFileError, match="not a ReelRec profile"):
        profile_file.from_file(data, films)


def test_a_rating_with_four_hundred_digits_is_refused(films):
    with pytest.raises(ProfileFileError):
        profile_file.from_file(file_of({"film": "night-ferry", "stars": 10**400}), films)


def test_text_that_no_file_can_hold_does_not_get_in(films):
    with contextlib.suppress(ProfileFileError):
        profile, _ = profile_file.from_file(file_of({"film": "night-ferry", "stars": 4, "origin": "\ud800"}), films)
        profile_file.to_file(profile, films).encode()


def test_a_file_of_more_than_ten_megabytes_is_refused(films):
    with pytest.raises(ProfileFileError, match="10 MB"):
        profile_file.from_file(file_of() + b" " * profile_file.MAX_FILE_BYTES, films)


def test_long_texts_in_a_file_are_cut(films):
    data = file_of({"film": "x" * 5000}, {"film": "night-ferry", "seen": True, "dates": "2" * 5000})
    profile, unknown = profile_file.from_file(data, films)
    assert len(unknown[0]) == 100
    assert len(profile.dates[1]) == 20


def test_only_true_is_a_mark(films):
    data = file_of({"film": "night-ferry", "liked": "yes", "seen": 1, "watchlist": True})
    assert profile_file.from_file(data, films)[0] == Profile(watchlist=frozenset({1}))


def test_true_is_no_number_of_stars(films):
    with pytest.raises(ProfileFileError):
        profile_file.from_file(file_of({"film": "night-ferry", "stars": True}), films)


def test_a_file_of_more_films_than_there_are_is_refused_before_they_are_looked_up(films, monkeypatch):
    monkeypatch.setattr(profile_file, "MAX_FILMS", 2)
    entries = [{"film": "x"}] * 3
    data = json.dumps({"format": "reelrec-profile", "version": 1, "films": entries}).encode()
    with pytest.raises(ProfileFileError, match="names more than 2 films"):
        profile_file.from_file(data, films)


def test_a_film_that_does_not_count_comes_back_so(films):
    profile = Profile(ratings={1: 4.0, 2: 3.0}).not_counted(1)
    assert profile_file.from_file(profile_file.to_file(profile, films).encode(), films)[0].uncounted == {1}


def test_the_list_of_a_file_keeps_its_order_has_no_film_twice_and_names_what_is_unknown(films):
    rows = [
        {"film": "the-harbour"},
        {"film": "lost", "title": "Lost"},
        {"film": "night-ferry"},
        {"film": "the-harbour"},
    ]
    profile, unknown = profile_file.from_file(file_of({"film": "lost", "title": "Lost"}, list=rows), films)
    assert profile == Profile(shortlist=(6, 1))
    assert unknown == ["Lost"]


def test_a_file_without_a_list_has_no_word_of_one(films):
    assert '"list"' not in profile_file.to_file(Profile(ratings={1: 4.0}), films)
