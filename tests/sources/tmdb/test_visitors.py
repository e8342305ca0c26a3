"""Many films, many visitors, little time."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from reelrec.errors import UnreachableError
from reelrec.sources.tmdb import api as tmdb_api
from reelrec.sources.tmdb.client import Tmdb
from reelrec.sources.tmdb.films import Wanted
from reelrec.sources.tmdb.jobs import Once
from tests.fakes.tmdb import DOWN, slow
from tests.fakes.tmdb_films import GONE

LONG = 10.0  # seconds, for answers that take milliseconds
DAY = 86_400


@pytest.fixture
def later(monkeypatch):
    """Move the time of day by so many seconds."""
    now = time.time

    def run(seconds: float) -> None:
        monkeypatch.setattr(time, "time", lambda: now() + seconds)

    return run


def films(*numbers: int) -> list[Wanted]:
    return [Wanted(f"Film {number}", 2000, tmdb_id=number) for number in numbers]


def test_thirty_visitors_ask_once_and_four_at_a_time(fake, client):
    other = Tmdb(fake.token, cache=client._cache)  # two clients are still one process
    fake.trouble[""] = slow(0.05)
    wanted = films(*range(1, 13))
    with ThreadPoolExecutor(30) as visitors:
        first = list(visitors.map(lambda _: client.fetch(wanted, LONG), range(30)))
    assert all(found.fault is None and len(found.answers) == 12 for found in first)
    assert sorted(fake.paths) == sorted(["/3/configuration", *(f"/3/movie/{number}" for number in range(1, 13))])
    with ThreadPoolExecutor(2) as visitors:
        mine = visitors.submit(client.fetch, films(*range(20, 32)), LONG)
        theirs = visitors.submit(other.fetch, films(*range(40, 52)), LONG)
        assert len(mine.result().answers) == len(theirs.result().answers) == 12
    assert fake.most_at_once == 4
    other.close()


def test_two_films_that_tmdb_takes_for_one_are_one_request(fake, client):
    fake.trouble[""] = slow(0.05)
    twins = [Wanted("Twin", 1990, tmdb_id=9), Wanted("Zwilling", 1991, tmdb_id=9)]
    assert [details.tmdb_id for details in client.fetch(twins, LONG).answers.values()] == [9, 9]
    assert fake.paths == ["/3/configuration", "/3/movie/9"]


def test_a_visitor_waits_no_longer_than_agreed_and_the_rest_is_known_later(fake, client):
    client.fetch(films(1), LONG)
    fake.trouble["/3/movie/2"] = slow(1.5)
    start = time.monotonic()
    found = client.fetch(films(1, 2, 3), 0.5)
    assert 0.4 < time.monotonic() - start < 1.4
    assert [film.tmdb_id for film in found.answers] == [1, 3]
    assert found.fault is None
    deadline = time.monotonic() + LONG
    while not client.known(films(2)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert client.known(films(2))
    assert fake.paths.count("/3/movie/2") == 1


@pytest.mark.parametrize(
    ("film", "days"),
    [
        (Wanted("", tmdb_id=603), 30),
        (Wanted("", imdb_id=133093), 30),
        (Wanted("The Glass Meridian", 1999), 7),
        (Wanted("", tmdb_id=GONE), 1),
        (Wanted("", imdb_id=12345678), 1),
        (Wanted("Nobody Made This", 1999), 1),
    ],
)
def test_nothing_is_asked_twice_within_its_time(fake, client, later, film, days):
    first = client.fetch([film], LONG).answers
    asked = [path for path in fake.paths if path != "/3/configuration"]
    later(days * DAY - 60)
    again = Tmdb(fake.token)
    assert client.fetch([film], LONG).answers == again.fetch([film], LONG).answers == first
    assert [path for path in fake.paths if path != "/3/configuration"] == asked
    later(days * DAY + 60)
    for someone in (client, again):
        assert someone.known([film]) == {}
    assert client.fetch([film], LONG).answers == first
    assert [path for path in fake.paths if path != "/3/configuration"] == asked * 2
    again.close()


def test_an_answer_that_is_kept_is_not_asked_for_on_the_way_to_the_next(fake, client):
    assert client.fetch([Wanted("", tmdb_id=GONE)], LONG).fault is None
    merged = Wanted("", tmdb_id=GONE, imdb_id=404404)
    assert client.fetch([merged], LONG).answers[merged].tmdb_id == 405
    assert fake.paths == ["/3/configuration", f"/3/movie/{GONE}", "/3/find/tt0404404"]


def test_the_configuration_is_asked_again_after_three_days(fake, client, later):
    client.fetch(films(1), LONG)
    later(3 * DAY - 60)
    client.fetch(films(2), LONG)
    assert fake.paths.count("/3/configuration") == 1
    later(3 * DAY + 60)
    client.fetch(films(3), LONG)
    assert fake.paths.count("/3/configuration") == 2


def test_what_was_fetched_is_known_to_the_next_client(fake, client, tmp_path):
    wanted = films(1, 2, GONE)
    found = client.fetch(wanted, LONG).answers
    client.close()
    fake.asked.clear()
    again = Tmdb(fake.token)
    assert again.known(wanted) == found
    assert fake.asked == []
    again.close()
    assert (tmp_path / "cache" / "tmdb").stat().st_mode & 0o777 == 0o700


def test_without_a_place_on_disk_everything_works_from_memory(fake, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("REELREC_CACHE", str(tmp_path / "file"))
    client = Tmdb(fake.token)
    found = client.fetch(films(1), LONG).answers
    assert client.fetch(films(1), LONG).answers == found
    assert fake.paths == ["/3/configuration", "/3/movie/1"]
    client.close()


def test_everybody_who_waits_is_told_of_the_one_fault(fake, client):
    fake.trouble["/3/configuration"] = [replace(DOWN, seconds=0.2)] * 3
    with ThreadPoolExecutor(4) as visitors:
        found = list(visitors.map(lambda number: client.fetch(films(number), LONG), range(1, 5)))
    assert [type(one.fault) for one in found] == [UnreachableError] * 4
    assert fake.paths == ["/3/configuration"] * 3


def test_work_that_many_ask_for_is_done_once_and_a_fault_is_shared():
    once, begun, go = Once(), [], threading.Event()

    def work():
        begun.append(1)
        go.wait(LONG)
        raise UnreachableError("down")

    with ThreadPoolExecutor(8) as people:
        waiting = [people.submit(once, "key", work) for _ in range(8)]
        time.sleep(0.1)
        go.set()
        assert {str(one.exception()) for one in waiting} == {"down"}
    assert len(begun) == 1
    assert once("key", lambda: 7) == 7


def test_closing_ends_the_threads_and_asks_nothing_more(fake, client):
    fake.trouble[""] = slow(0.1)
    assert client.fetch(films(*range(1, 60)), 0.25).fault is None
    client.close()
    n_asked = len(fake.asked)
    assert n_asked < 20
    assert not [
        thread.name for thread in threading.enumerate() if thread.name.startswith(("reelrec-tmdb", "reelrec-cache"))
    ]
    known = client.known(films(*range(1, 60)))
    assert 0 < len(known) < 20
    start = time.monotonic()
    assert client.fetch(films(*range(1, 60), 70), LONG).answers == known
    assert time.monotonic() - start < 2
    assert len(fake.asked) == n_asked


def test_closing_does_not_wait_out_a_retry(fake, monkeypatch):
    monkeypatch.setattr(tmdb_api, "BACKOFF_SECONDS", (4.0, 4.0))
    fake.trouble[""] = DOWN
    client = Tmdb(fake.token)
    client.fetch(films(1), 0.2)
    start = time.monotonic()
    client.close()
    assert time.monotonic() - start < 2
