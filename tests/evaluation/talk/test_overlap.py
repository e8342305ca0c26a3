"""Windows shared and apart: what is learned, and what is asked."""

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.evaluation.talk import overlap, windows


def person(first: int, n: int, stars: float = 4.0) -> History:
    return History.of(np.arange(first, first + n), np.full(n, stars))


def samples(of: windows.Windows) -> set[tuple[int, int, int]]:
    """What is asked: person, film, and after how many films."""
    rows, k = np.nonzero(of.asked)
    return set(zip(of.user[rows].tolist(), of.items[rows, k].tolist(), k.tolist(), strict=True))


def pairs(of: windows.Windows) -> set[tuple[int, int]]:
    """Person and film of the ratings that are learned or asked for."""
    return {(who, film) for who, film, _ in samples(of)}


@pytest.fixture
def lessons(monkeypatch) -> dict[str, tuple]:
    """By ending what is learned and what is asked; newcomers have the films from 1,000 on, so pairs tell them apart."""
    monkeypatch.setattr(overlap, "PEOPLE", 8)
    monkeypatch.setattr(overlap, "RATINGS", 30)
    newcomers = [person(1000 + 50 * i, 40) for i in range(9)]
    knowers = [person(100, 20), *(person(2 * i, 40) for i in range(12))]
    return {ending: (learn, asked) for ending, learn, asked in overlap.lessons(newcomers, knowers)}


def test_shared_windows_learn_nearly_every_rating_that_they_are_asked_for(lessons):
    learn, asked = lessons[overlap.SHARED]
    assert not samples(learn) & samples(asked)  # never the very same question
    assert len(pairs(asked) & pairs(learn)) > 0.95 * len(pairs(asked))
    assert len(samples(asked)) == pytest.approx(0.2 * len(samples(learn) | samples(asked)), rel=0.1)


def test_windows_apart_learn_none_of_them_and_are_asked_the_same(lessons):
    learn, asked = lessons[overlap.APART]
    shared, same = lessons[overlap.SHARED]
    assert not set(learn.items.ravel()) & set(asked.items.ravel())  # films stand for people here
    assert len(learn) == len(shared) == 8 * 21
    assert samples(asked) == samples(same)


def test_the_accuracy_of_windows_counts_what_they_ask_by_the_films_before():
    asked = windows.side_by_side([person(0, 10, 4.0), person(20, 10, 4.0)])
    asked.places[1, :3] = 3
    asked.asked[1, 3:] = False  # where it would be right too

    def all_liked(of: windows.Windows) -> np.ndarray:
        chances = np.zeros((*of.items.shape, 10))
        chances[..., 8] = 1.0
        return chances

    measured = overlap.sums("x", asked, all_liked)
    assert [(entry.k, entry.value, int(entry.counts.sum())) for entry in measured[2:4]] == [(2, 0.5, 2), (3, 1.0, 1)]
    assert {entry.metric for entry in measured} == {"window_like_accuracy"}
