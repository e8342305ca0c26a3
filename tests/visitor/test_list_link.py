"""The link of a list that is given away."""

import numpy as np
import pytest

from reelrec.errors import TokenError
from reelrec.visitor import link, list_link, sealed
from reelrec.visitor.list_link import SharedList
from reelrec.visitor.profile import Profile

N_FILMS = 53_000


def test_a_list_comes_back_with_its_order_and_its_name():
    for name in ("", "Rainy days", "Дождь ☂ & <b>"):
        assert list_link.decode(list_link.encode(name, (52_999, 3, 700)), N_FILMS) == SharedList((52_999, 3, 700), name)
    assert list_link.encode("nothing on it", ()) == ""


def test_a_name_is_one_short_line_of_signs_that_can_be_seen():
    name = "a\nb\u202ec\0" + "x" * 300
    found = list_link.decode(list_link.encode(name, (3,)), N_FILMS).name
    assert found == ("a b c " + "x" * 300)[:60]
    body = sealed.listed((3,)) + "a\u202eb".encode()
    assert (
        list_link.decode(sealed.sealed(list_link.VERSION, body), N_FILMS).name == "a b"
    )  # also where another program wrote it
    assert list_link.encode("\ud800", (3,))


def test_of_a_list_that_is_too_long_the_first_films_are_given_away():
    films = tuple(range(5000, 0, -1))
    assert list_link.decode(list_link.encode("long", films), N_FILMS).films == films[: list_link.MAX_FILMS]


def test_the_longest_list_is_read():
    films = tuple(int(i) for i in np.random.default_rng(4).permutation(N_FILMS)[: list_link.MAX_FILMS])
    name = "\U0001f3ac" * list_link.MAX_NAME_CHARS
    assert list_link.decode(list_link.encode(name, films), N_FILMS) == SharedList(films, name)


def test_two_rows_of_one_film_are_one():
    assert SharedList((3, 2, 0, 1), "x").joined(np.array([0, 0, 2, 2])) == SharedList((2, 0), "x")


@pytest.mark.parametrize("token", ["", "2abc", "x", link.encode(Profile(ratings={3: 4.0}))])
def test_a_token_of_another_version_says_so(token):
    with pytest.raises(TokenError, match="another version"):
        list_link.decode(token, N_FILMS)


def test_a_token_cut_anywhere_is_refused():
    token = list_link.encode("Rainy days", (52_999, 3, 700))
    for cut in (*(token[:length] for length in range(1, len(token))), "L" * 30_000):
        with pytest.raises(TokenError, match="incomplete or changed"):
            list_link.decode(cut, N_FILMS)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\0",  # no film
        b"\0\2\5\5",  # a film twice
        b"\0\2\5",  # cut
        b"\0\1\5\xff",  # no UTF-8
        b"\xff\xff" + b"\1" * 5000,
        b"\0\1\5" + b"x" * 1_000_000,
    ],
)
def test_a_body_that_encode_never_writes_is_refused_even_with_a_right_checksum(body):
    with pytest.raises(TokenError, match="incomplete or changed"):
        list_link.decode(sealed.sealed(list_link.VERSION, body), N_FILMS)


def test_films_beyond_the_catalogue_are_refused():
    token = list_link.encode("", (99,))
    assert list_link.decode(token, 100).films == (99,)
    with pytest.raises(TokenError, match="does not know yet"):
        list_link.decode(token, 99)
