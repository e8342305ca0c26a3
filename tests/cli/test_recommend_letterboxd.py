"""`recommend --export` and `--username`: a Letterboxd history in the terminal."""

import json

import pytest

from reelrec.sources.letterboxd import feed as letterboxd_feed
from tests.fakes.bad_zips import not_a_zip
from tests.fakes.exports import NAMED, RATED, film, html, packed, table
from tests.fakes.letterboxd import FakeLetterboxd

HEAT = film("Heat", 1995, "1", "5")
EXPORT = packed({
    "ratings.csv": table(RATED, [HEAT, film("Alien", 1979, "2", "4.5"), film("Nothing Anybody Knows", 2011, "3", "4")]),
    "watchlist.csv": table(NAMED, [film("Possession", 1981, "4"), film("Paris, Texas", 1984, "5")]),
})  # fmt: skip


@pytest.fixture
def file(tmp_path):
    """Write bytes under a name; the path."""

    def write(name: str, data: bytes):
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return write


@pytest.fixture
def letterboxd(monkeypatch):
    with FakeLetterboxd() as fake:
        feeds = letterboxd_feed.Feeds(fake.url, sleep=lambda seconds: None)
        monkeypatch.setattr(letterboxd_feed, "_feeds", lambda: feeds)
        yield fake


def titles(printed: str) -> list[str]:
    return [film["title"] for film in json.loads(printed)["films"]]


def test_an_export_gives_a_list_without_what_was_seen_and_says_what_was_not_found(command, file):
    code, out, err = command("recommend", "--export", file("letterboxd.zip", EXPORT), "-n", 20, "--json")
    assert code == 0
    assert len(titles(out)) == 20
    assert not {"Heat", "Alien"} & set(titles(out))
    assert "4 of 5 films found." in err
    assert "Not found: Nothing Anybody Knows (2011)." in err


def test_one_csv_file_of_an_export_is_enough(command, file):
    code, out, _ = command("recommend", "--export", file("ratings.csv", table(RATED, [HEAT])), "-n", 3, "--json")
    assert (code, len(titles(out))) == (0, 3)


def test_the_watchlist_of_an_export_can_be_ranked_or_left_out(command, file):
    path = file("letterboxd.zip", EXPORT)
    _, ranked, _ = command("recommend", "--export", path, "--watchlist", "only", "--json")
    assert set(titles(ranked)) == {"Possession", "Paris, Texas"}
    _, rest, _ = command("recommend", "--export", path, "--watchlist", "hidden", "-n", 500, "--json")
    assert not {"Possession", "Paris, Texas"} & set(titles(rest))


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("letterboxd.zip", not_a_zip(), "is no ZIP"),
        ("ratings.csv", html(), "its first line has <!DOCTYPE html>"),
        ("notes.txt", b"films", "its first line has films, not Name, Year"),
        ("large.zip", b"PK\3\4" + b"0" * 10_000_001, "more than 10 MB"),
    ],
)
def test_a_wrong_file_is_one_line_and_exit_code_2(command, file, name, data, says):
    code, out, err = command("recommend", "--export", file(name, data))
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


def test_a_file_that_is_not_there_is_one_line_and_exit_code_2(command, tmp_path):
    code, _, err = command("recommend", "--export", tmp_path / "gone.zip")
    assert code == 2
    assert "gone.zip cannot be read" in err.replace("\n", " ")


def test_a_username_gives_a_list(command, letterboxd):
    code, out, err = command("recommend", "--username", "@alice", "-n", 3, "--json")
    assert (code, len(titles(out))) == (0, 3)
    assert "films found." in err
    assert letterboxd.paths == ["/alice/rss/"]


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [("ghost", 2, "no Letterboxd member"), ("empty", 2, "logged no film"), ("a b", 2, "not a Letterboxd username"),
     ("blocked", 1, "turns programs away"), ("broken", 1, "incomplete")],
)  # fmt: skip
def test_a_feed_that_cannot_be_had_is_one_line_with_its_exit_code(command, letterboxd, name, code, says):
    exit_code, out, err = command("recommend", "--username", name)
    assert (exit_code, out) == (code, "")
    assert says in err


@pytest.mark.parametrize("other", [("--rate", "Heat (1995)=5"), ("--username", "alice"), ("--ratings", "some.csv")])
def test_two_histories_at_once_are_refused(command, file, other):
    code, _, err = command("recommend", "--export", file("letterboxd.zip", EXPORT), *other)
    assert code == 2
    assert "give one of them" in err
