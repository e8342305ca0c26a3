import numpy as np
import pandas as pd
import pytest

from reelrec.data.ratings.dataset import Dataset
from reelrec.errors import EventLogError
from reelrec.telemetry.events import RATED, SEEN, SET_ASIDE, Event
from reelrec.training.visits import read_visits, with_visits
from tests.fakes import event_logs

SLUGS = ("a", "b", "c", "d", "e", "f")


def answer(number: int, slug: str, stars: float | None = None, kind: str = RATED) -> Event:
    return Event(event_logs.visit(number), kind, film=slug, stars=stars)


def ratings_of(number: int, *stars: float) -> list[Event]:
    """A visit that gives these stars to the first films."""
    return [answer(number, slug, value) for slug, value in zip(SLUGS, stars, strict=False)]


@pytest.fixture
def log(tmp_path):
    """Write a log and return its path."""
    return lambda *events: event_logs.write(tmp_path / "events.log", list(events))


def test_a_visit_counts_from_five_rated_films_on(log):
    frame = read_visits(log(*ratings_of(1, 5, 4, 3, 2, 1), *ratings_of(2, 5, 4, 3, 2)), SLUGS)
    assert frame["user_id"].unique().tolist() == [event_logs.visit(1)]
    assert frame["film_id"].tolist() == list("abcde")
    assert frame["rating"].tolist() == [5, 4, 3, 2, 1]


def test_films_of_another_catalogue_count_for_nothing(log):
    with pytest.raises(EventLogError, match=r"No visit in events.log rated 5 films of the catalogue"):
        read_visits(log(*ratings_of(1, 5, 4, 3, 2, 1)), SLUGS[:4])


def test_the_last_answer_about_a_film_counts(log):
    events = [*ratings_of(1, 5, 4, 3, 2, 1, 3), answer(1, "a", 0.5), answer(1, "b", kind=SEEN), answer(1, "b", 2.5)]
    frame = read_visits(log(*events, answer(1, "c", kind=SET_ASIDE)), SLUGS)
    assert dict(zip(frame["film_id"], frame["rating"], strict=True)) == {"a": 0.5, "b": 2.5, "d": 2, "e": 1, "f": 3}


def test_visits_follow_the_users_of_the_data_set_who_stay_as_they_were(log):
    rows = [(3, "a", 4.0), (3, "f", 1.0), (8, "b", 2.0)]
    users = Dataset.from_frame("users", pd.DataFrame(rows, columns=["user_id", "film_id", "rating"]), SLUGS)
    both = with_visits(users, log(*ratings_of(7, 5, 4, 3, 2, 1), *ratings_of(2, 1, 1, 1, 1, 2)))
    assert both.name == "users and 2 visits"
    assert both.user_ids.tolist() == [3, 8, 9, 10]
    assert both.start.tolist() == [0, 2, 3, 8, 13]
    np.testing.assert_array_equal(both.history(0).ratings, users.history(0).ratings)
    np.testing.assert_array_equal(both.history(1).items, users.history(1).items)
