import threading
import time

import pytest

from reelrec.serving import tmdb
from tests.fakes.tmdb import DOWN, FakeTmdb, slow, too_many

LONG = 10.0  # seconds, for answers that take milliseconds


@pytest.fixture
def fake(monkeypatch, tmp_path):
    with FakeTmdb() as running:
        for name, value in running.environment(tmp_path / "cache").items():
            monkeypatch.setenv(name, value)
        yield running
        tmdb.use(None)


@pytest.fixture
def some(films):
    """Three films with TMDB ids, one of which trouble can be made for."""
    return [films.films[number] for number in (0, 1, 5)]


def test_without_a_key_nothing_is_known_and_nobody_is_asked(fake, some):
    tmdb.use(None)
    assert not tmdb.active()
    assert tmdb.known(some) == {}
    assert tmdb.ask(some, LONG).details == {}
    assert fake.asked == []


def test_posters_come_by_film_number_and_are_known_afterwards(fake, some):
    tmdb.use(fake.token)
    look = tmdb.ask(some, LONG)
    assert look.details.keys() == {0, 1, 5}
    assert (look.pending, look.failed, look.fault) == (frozenset(), frozenset(), "")
    assert look.details[0].poster.startswith(fake.image_url)
    assert tmdb.known(some) == look.details


def test_without_waiting_the_films_are_pending_and_come_later(fake, some):
    tmdb.use(fake.token)
    look = tmdb.ask(some, 0.0)
    assert look.pending | look.details.keys() == {0, 1, 5}
    assert tmdb.ask(some, LONG).details.keys() == {0, 1, 5}


def test_one_film_s_fault_is_told_and_the_others_have_their_posters(fake, some):
    tmdb.use(fake.token)
    fake.trouble[f"/3/movie/{some[1].tmdb_id}"] = DOWN
    look = tmdb.ask(some, LONG)
    assert look.details.keys() == {0, 5}
    assert look.failed == {1}
    assert "TMDB" in look.fault


def test_a_fault_that_came_while_nobody_waited_is_told_to_whoever_asks_next_and_only_once(fake, some):
    tmdb.use(fake.token)
    fake.trouble[f"/3/movie/{some[1].tmdb_id}"] = DOWN
    tmdb.ask(some, 0.0)
    for _ in range(200):
        look = tmdb.ask(some, 0.05)
        if not look.pending:
            break
    assert look.failed == {1}
    asked = fake.paths.count(f"/3/movie/{some[1].tmdb_id}")
    assert asked <= 3  # the client's own tries, not one for every look


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "\x00"])
def test_what_can_be_no_key_is_told_to_the_visitor_and_stops_nothing(fake, some, key):
    tmdb.use(key)
    look = tmdb.ask(some, LONG)
    assert look.failed == {0, 1, 5}
    assert "TMDB" in look.fault
    assert key not in look.fault
    assert tmdb.known(some) == {}


def test_the_key_in_use_once_more_keeps_the_client_and_the_pause_that_was_asked_for(fake, some):
    """Any visitor can have Streamlit's caches cleared, after which the key is taken again."""
    tmdb.use(fake.token)
    fake.trouble[""] = too_many(3600)
    assert "asks this server to wait" in tmdb.ask(some, LONG).fault
    asked, client = len(fake.asked), tmdb._client()
    tmdb.use(fake.token)
    assert tmdb._client() is client
    assert tmdb.ask(some, LONG).failed == {0, 1, 5}
    assert len(fake.asked) == asked


def test_another_key_keeps_nobody_waiting_for_what_was_asked_with_the_old_one(fake, some):
    tmdb.use(fake.token)
    fake.trouble[""] = slow(1.5)
    tmdb.ask(some, 0.0)
    while not fake.asked:
        time.sleep(0.01)
    changing = threading.Thread(target=tmdb.use, args=("another",))
    changing.start()
    while tmdb._shared.token != "another":
        time.sleep(0.01)
    assert tmdb.known(some) == {}
    assert changing.is_alive()  # it still waits for the answer under way
    changing.join()


def test_visitors_who_ask_while_the_key_is_taken_away_have_what_is_known(fake, some):
    tmdb.use(fake.token)
    client = tmdb._client()
    known = tmdb.ask(some, LONG).details
    tmdb.use(None)
    assert client.known([tmdb._wanted(film) for film in some]) != {}
    assert client.fetch([tmdb._wanted(film) for film in some], LONG).fault is None
    assert len(known) == 3
    assert tmdb.ask(some, LONG).details == {}
