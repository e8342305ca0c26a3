"""The token of a link: round trips, limits, and everything that can be wrong with one."""

import base64
import string
import tracemalloc
import zlib
from dataclasses import replace

import numpy as np
import pytest

from reelrec.errors import TokenError
from reelrec.visitor import link
from reelrec.visitor.profile import Profile

N_FILMS = 13_000
ALPHABET = string.ascii_letters + string.digits + "-_"


def random_profile(seed: int, n_rated: int = 40) -> Profile:
    rng = np.random.default_rng(seed)
    numbers = [int(i) for i in rng.choice(N_FILMS, n_rated + 60, replace=False)]
    rated, others = numbers[:n_rated], numbers[n_rated:]
    return Profile(
        ratings={i: float(rng.integers(1, 11)) / 2 for i in rated},
        seen=frozenset(others[:10] + rated[:2]),
        liked=frozenset(others[10:20] + rated[2:5]),
        watchlist=frozenset(others[20:40] + rated[:1]),
        set_aside=frozenset(others[40:50]),
        unseen=frozenset(others[50:]),
    )


def signed(body: bytes, version: str = link.VERSION) -> str:
    """A token with a right checksum around any body."""
    packed = zlib.compress(body, 9)
    check = zlib.crc32(version.encode() + packed).to_bytes(4, "big")
    return version + base64.urlsafe_b64encode(check + packed).decode().rstrip("=")


@pytest.mark.parametrize("seed", range(20))
def test_a_profile_comes_back_from_its_token(seed):
    profile = random_profile(seed, n_rated=seed * 7)
    assert link.decode(link.encode(profile), N_FILMS) == profile


def test_an_empty_profile_has_an_empty_token():
    assert link.encode(Profile()) == ""
    assert link.decode("", N_FILMS) == Profile()


def test_two_thousand_ratings_come_back_from_a_link_of_less_than_6000_characters():
    rng = np.random.default_rng(5)
    numbers = rng.choice(N_FILMS, 2000, replace=False)
    profile = Profile(ratings={int(i): float(rng.integers(1, 11)) / 2 for i in numbers})
    token = link.encode(profile)
    assert len(token) < 6000
    assert set(token) <= set(ALPHABET)  # nothing that an address would escape
    assert link.fits(profile)
    assert link.decode(token, N_FILMS) == profile


def test_of_2500_ratings_the_latest_2000_stay_with_the_films_that_have_no_stars():
    numbers = [int(i) for i in np.random.default_rng(6).permutation(N_FILMS)]
    profile = Profile(ratings=dict.fromkeys(numbers[:2500], 3.5), unseen=frozenset(numbers[2500:2600]))
    assert not link.fits(profile)
    found = link.decode(link.encode(profile), N_FILMS)
    assert found == replace(profile, ratings=dict.fromkeys(numbers[500:2500], 3.5))


def test_the_longest_token_is_read():
    rng = np.random.default_rng(8)
    numbers = [int(i) for i in rng.permutation(N_FILMS)]
    ratings = {i: float(rng.integers(1, 11)) / 2 for i in numbers[:2000]}
    profile = Profile(ratings=ratings, watchlist=frozenset(numbers[2000:4000]), liked=frozenset(numbers[1000:3000]))
    assert link.fits(profile)
    assert link.decode(link.encode(profile), N_FILMS) == profile


def test_a_token_cut_anywhere_is_refused():
    token = link.encode(random_profile(1))
    for length in range(1, len(token)):
        with pytest.raises(TokenError, match="incomplete or changed"):
            link.decode(token[:length], N_FILMS)


def test_one_changed_character_never_gives_another_profile():
    profile = random_profile(2)
    token = link.encode(profile)
    rng = np.random.default_rng(2)
    refused = 0
    for place in range(1, len(token)):
        other = rng.choice([c for c in ALPHABET if c != token[place]])
        try:  # the last character has bits that carry nothing, so there a change may leave the profile as it is
            assert link.decode(token[:place] + other + token[place + 1 :], N_FILMS) == profile
        except TokenError:
            refused += 1
    assert refused >= len(token) - 2


def test_a_token_of_another_version_says_so():
    with pytest.raises(TokenError, match="another version"):
        link.decode(signed(b"\0\1\1\7", version="3"), N_FILMS)


@pytest.mark.parametrize("token", ["1", "1!", "1é", "1 ", "1====", "1" + "A" * 40, "1" + "A" * 30_000, "1\n"])
def test_garbage_is_refused(token):
    with pytest.raises(TokenError, match="incomplete or changed"):
        link.decode(token, N_FILMS)


def test_a_bomb_is_refused_without_being_unpacked():
    token = signed(b"\0" * 10_000_000)
    assert len(token) < link.MAX_TOKEN_CHARS
    tracemalloc.start()
    try:
        with pytest.raises(TokenError):
            link.decode(token, N_FILMS)
        assert tracemalloc.get_traced_memory()[1] < 500_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\0",  # no film
        b"\0\1\1",  # a film without its byte
        b"\0\1\1\7\7",  # a byte too many
        b"\0\2\1\0\7\7",  # the same film twice: a gap of zero
        b"\0\1\1\x0b",  # 5.5 stars
        b"\0\1\x80",  # a number that never ends
        b"\xff\xff\1\7",  # a count that does not fit
    ],
)
def test_a_body_that_encode_never_writes_is_refused_even_with_a_right_checksum(body):
    with pytest.raises(TokenError, match="incomplete or changed"):
        link.decode(signed(body), N_FILMS)


def test_films_beyond_the_catalogue_are_refused():
    token = link.encode(Profile(ratings={99: 4.0}))
    assert link.decode(token, 100).ratings == {99: 4.0}
    with pytest.raises(TokenError, match="does not know yet"):
        link.decode(token, 99)
    with pytest.raises(TokenError, match="does not know yet"):
        link.decode(signed(b"\0\1" + b"\xff" * 2000 + b"\1\7"), N_FILMS)  # a number of 4,214 digits


def test_dates_and_other_marks_of_an_export_do_not_travel_in_a_link():
    profile = Profile(ratings={3: 4.0}, dates={3: "2024-01-01"}, reviewed=frozenset({3}), origin={3: "export"})
    assert link.decode(link.encode(profile), N_FILMS) == Profile(ratings={3: 4.0})


def test_a_film_that_does_not_count_comes_back_so():
    profile = Profile(ratings={1: 4.0, 2: 3.0}).not_counted(1)
    assert link.decode(link.encode(profile), N_FILMS) == replace(profile, ratings={2: 3.0, 1: 4.0})


def test_the_visitors_own_list_comes_back_in_its_order_with_films_that_are_rated_and_films_that_are_not():
    profile = replace(random_profile(3), shortlist=(12_999, 5, 400, 6))
    assert link.decode(link.encode(profile), N_FILMS) == profile
    alone = Profile(shortlist=(7, 3))
    assert link.decode(link.encode(alone), N_FILMS) == alone


def test_without_a_list_the_token_is_that_of_version_1_byte_for_byte():
    profile = Profile(ratings={3: 4.0, 8: 0.5}, seen=frozenset({1}), unseen=frozenset({40}))
    assert link.encode(profile) == "1abgwnHjaY2BhYmJVEOBgZAAAAWQARw"
    assert link.encode(replace(profile, shortlist=(8,)))[0] == link.WITH_LIST


@pytest.mark.parametrize(
    "body",
    [
        b"\0\0\0\0",  # neither films nor a list
        b"\0\1\1\7",  # films, and nothing behind them
        b"\0\1\1\7\0\0",  # an empty list
        b"\0\1\1\7\0\2\5",  # a list that is cut
        b"\0\1\1\7\0\2\5\5",  # a film twice
        b"\0\1\1\7\0\1\5\5",  # a film too many
        b"\0\1\1\7\0\1\x85",  # a number that never ends
        b"\0\0\xff\xff" + b"\1" * 70_000,  # a list that is too long
    ],
)
def test_a_list_that_encode_never_writes_is_refused_even_with_a_right_checksum(body):
    with pytest.raises(TokenError, match="incomplete or changed"):
        link.decode(signed(body, link.WITH_LIST), N_FILMS)


def test_a_list_does_not_pass_for_films_under_the_other_version():
    token = link.encode(Profile(ratings={3: 4.0}, shortlist=(5,)))
    with pytest.raises(TokenError, match="incomplete or changed"):
        link.decode("1" + token[1:], N_FILMS)


def test_listed_films_beyond_the_catalogue_are_refused():
    token = link.encode(Profile(ratings={3: 4.0}, shortlist=(5, 99)))
    assert link.decode(token, 100).shortlist == (5, 99)
    with pytest.raises(TokenError, match="does not know yet"):
        link.decode(token, 99)


def test_of_a_list_that_is_too_long_the_first_films_stay():
    profile = Profile(shortlist=tuple(range(3000, 0, -1)))
    assert not link.fits(profile)
    assert link.decode(link.encode(profile), N_FILMS).shortlist == profile.shortlist[: link.MAX_LISTED]


def test_the_longest_token_with_a_list_is_read():
    rng = np.random.default_rng(9)
    numbers = [int(i) for i in rng.permutation(53_000)]
    profile = Profile(
        ratings={i: float(rng.integers(1, 11)) / 2 for i in numbers[:2000]},
        watchlist=frozenset(numbers[2000:4000]),
        shortlist=tuple(numbers[5000:6000]),
    )
    assert link.fits(profile)
    assert link.decode(link.encode(profile), 53_000) == profile
