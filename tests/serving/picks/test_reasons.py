import numpy as np
import pytest

from reelrec.artifacts.store import shipped_store
from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.models.base import ExplainingRecommender
from reelrec.models.lists.popularity import Popularity
from reelrec.serving import engine
from reelrec.serving.engine import Engine
from reelrec.serving.picks.reasons import LEAST_CLOSENESS, LEAST_STRENGTH, closeness, reasons, related, strengths
from reelrec.visitor.profile import Profile

DOCUMENTARIES = {
    "The Act of Killing (2012)": 5.0, "Shoah (1985)": 4.5, "Hoop Dreams (1994)": 5.0,
    "Man with a Movie Camera (1929)": 4.5, "Grizzly Man (2005)": 4.5,
}  # fmt: skip


class ByHand(Popularity):
    """Explains its scores by a table: what a film of the history adds to another."""

    def __init__(self, parts: dict[tuple[int, int], float]) -> None:
        self.parts = np.zeros((14, 14), dtype=np.float32)
        for pair, part in parts.items():
            self.parts[pair] = part

    def contributions(self, history: History, items: np.ndarray, places: np.ndarray) -> np.ndarray:
        return self.parts[history.items[places]][:, items]


LIKED = History.of([1, 3, 6, 7, 12], [5.0, 4.0, 3.5, 5.0, 3.0])  # the last is not liked


def by_hand(films, parts, items, history=LIKED, alike=None) -> list[list[int]]:
    """The numbers of the films that are reasons for each item."""
    found = reasons(ByHand(parts).contributions, films, history, np.array(items), alike)
    return [[reason.film.number for reason in row] for row in found]


def test_the_liked_films_that_add_most_are_the_reasons_the_strongest_first(films):
    parts = {(1, 0): -1.0, (3, 0): 0.4, (6, 0): 0.5, (7, 0): 0.05, (12, 0): 9.0}
    assert by_hand(films, parts, [0, 8]) == [[6, 3], []]  # nothing is known of the other item
    (because,) = reasons(ByHand(parts).contributions, films, LIKED, np.array([0]))
    assert [reason.strength for reason in because] == pytest.approx([2 * 0.5 / 0.95, 2 * 0.4 / 0.95])


def test_a_film_that_adds_no_more_than_others_is_no_reason(films):
    parts = {(3, 0): 1.2, (6, 0): 1.0, (7, 0): 1.0, (3, 9): 1.0, (6, 9): 1.0, (7, 9): 1.0}
    assert by_hand(films, parts, [0, 9]) == [[3], []]


def test_there_are_at_most_two_reasons_and_a_stronger_film_that_is_none_takes_no_place(films):
    history = History.of([3, 6, 7, 9, *range(20, 40)], [4.0] * 24)
    many = ByHand({(3, 0): 2.0, (6, 0): 3.0, (7, 0): 4.0, (9, 0): 2.5})
    many.parts = np.pad(many.parts, (0, 40))
    strength = strengths(many.contributions(history, np.array([0]), np.arange(24)))
    assert np.count_nonzero(strength >= LEAST_STRENGTH) == 4
    found = reasons(many.contributions, films, history, np.array([0]))
    assert [reason.film.number for reason in found[0]] == [6, 9]


def test_a_film_without_genre_or_director_in_common_is_no_reason(films):
    assert by_hand(films, {(1, 2): 1.0, (1, 5): 1.0, (7, 11): 1.0}, [2, 5, 11]) == [[1], [], []]
    shared = related(films, np.array([0, 5]), np.array([6, 9, 11, 13]))
    assert shared.tolist() == [[True, True, False, False], [False, False, False, False]]


def test_films_of_one_director_are_related_without_a_genre_in_common(make_film):
    facts = (
        (("Documentary",), "Ada Moss"),
        (("Drama",), "Ada Moss"),
        (("Drama",), "Documentary"),
        ((), None),
        ((), None),
    )
    films = Catalogue(make_film(i, genres=genres, director=name) for i, (genres, name) in enumerate(facts))
    assert related(films, np.array([0]), np.arange(1, 4)).tolist() == [[True, False, False]]
    assert not related(films, np.array([3]), np.array([4])).any()  # nothing is known of either


def test_only_films_that_are_close_for_the_ranker_are_reasons(films):
    parts = {(3, 0): 1.0, (6, 0): 1.0, (3, 9): 1.0}
    enough = {(3, 0): 0.04, (0, 3): 0.005, (6, 0): 0.5, (9, 3): 0.5}  # of 6 and 9 one way only
    assert by_hand(films, parts, [0, 9], alike=ByHand(enough).contributions) == [[3], []]
    assert by_hand(films, parts, [0], alike=ByHand(enough | {(0, 3): 0.001}).contributions) == [[]]


def test_one_liked_film_is_the_reason_only_for_what_is_close_to_it(films):
    one = History.of([3], [5.0])
    close = ByHand({(3, 0): 0.02, (0, 3): 0.02, (3, 9): 0.02, (9, 3): 0.001})
    assert by_hand(films, {(3, 0): 0.1, (3, 9): 0.1}, [0, 9], one, close.contributions) == [[3], []]


def test_closeness_is_the_same_both_ways_and_zero_where_one_film_speaks_against_the_other():
    parts = {(3, 0): 0.04, (0, 3): 0.01, (3, 9): 0.5, (9, 3): -0.1, (6, 9): -0.2, (9, 6): -0.2}
    alike, ours, theirs = ByHand(parts).contributions, np.array([3, 6]), np.array([0, 9])
    assert closeness(alike, ours, theirs) == pytest.approx(np.array([[0.02, 0.0], [0.0, 0.0]]))
    assert closeness(alike, theirs, ours) == pytest.approx(closeness(alike, ours, theirs).T)


def test_a_film_of_many_that_add_alike_is_as_strong_as_one_in_the_root_of_their_number():
    assert strengths(np.ones((1, 2))).tolist() == [[1.0, 1.0]]
    assert strengths(np.ones((4, 1))) == pytest.approx(0.5)
    assert strengths(np.ones((100, 1))) == pytest.approx(0.1)
    assert strengths(np.array([[2.0], [-5.0], [0.0], [2.0]])) == pytest.approx(np.array([[1.0], [0.0], [0.0], [1.0]]))
    assert strengths(10 * np.ones((4, 1))) == pytest.approx(strengths(np.ones((4, 1))))  # without a unit
    assert not strengths(-np.ones((3, 2))).any()


def test_nobody_who_likes_nothing_gets_a_reason(films):
    everything = {(i, j): 1.0 for i in range(14) for j in range(14)}
    assert by_hand(films, everything, [0, 2], History.of([1, 3], [3.0, np.nan])) == [[], []]
    assert by_hand(films, everything, [0, 2], History.empty()) == [[], []]
    assert by_hand(films, {}, [0], alike=ByHand({}).contributions) == [[]]


def test_the_reasons_of_a_list_are_liked_films_with_their_strength_in_its_model(tiny):
    profile = Profile(ratings={2: 5.0, 3: 4.5, 5: 2.0, 12: 4.0}, liked=frozenset({6}), seen=frozenset({13}))
    history = profile.history(14)
    liked = np.flatnonzero(np.isin(history.items, [2, 3, 6, 12]))
    given = {}
    for pick in engine.recommend(tiny, profile, 99)[1]:
        parts = strengths(tiny.model("blend").contributions(history, np.array([pick.film.number]), liked))[:, 0]
        known = dict(zip(history.items[liked].tolist(), parts.tolist(), strict=True))
        found = {reason.film.number: reason.strength for reason in pick.because}
        assert found == pytest.approx({film: known[film] for film in found})
        assert list(found.values()) == sorted(found.values(), reverse=True)
        assert min(found.values(), default=1.0) >= LEAST_STRENGTH
        given |= {pick.film.number: list(found)} if found else {}
    assert given == {0: [6, 3]}  # dramas for a drama


def test_models_that_explain_their_scores_are_known_by_their_method(tiny):
    explaining = {
        name
        for name in ("blend", "dae", "ranker", "ease", "svd", "knn")
        if isinstance(tiny.model(name), ExplainingRecommender)
    }
    assert explaining == {"blend", "dae", "ranker", "ease"}


def test_a_list_model_that_explains_nothing_gives_no_reasons_and_no_similar_films(tiny, films):
    lists = (engine.LIST_MODEL, engine.SIMILAR_MODEL)
    silent = Engine(films, lambda name: tiny.model("popularity" if name in lists else name))
    profile = Profile(ratings={1: 5.0, 3: 4.0})
    assert {pick.because for pick in engine.recommend(silent, profile, 5)[1]} == {()}
    assert engine.similar(silent, films.films[2], 5) is None


def test_no_documentary_is_the_reason_for_an_animated_family_film():
    """With the models that ship. Most of these films would fall far without one of the documentaries."""
    films, blend = shipped_store().load_catalogue(), shipped_store().load("blend")
    loved = {films.named(name).number: stars for name, stars in DOCUMENTARIES.items()}
    history = History.of(list(loved), list(loved.values()))
    for_families = films.listed & films.genres["Animation"] & films.genres["Family"]
    items, alike = np.flatnonzero(for_families), blend.ranker.contributions
    strong = strengths(blend.contributions(history, items, np.arange(5))) >= LEAST_STRENGTH
    assert len(items) > 500
    assert strong.any(axis=0).mean() > 0.5
    assert not related(films, history.items, items).any()
    assert (closeness(alike, history.items, items) < LEAST_CLOSENESS).all()
    assert set(reasons(blend.contributions, films, history, items, alike)) == {()}
    own_kind = np.array([films.named("The Look of Silence (2014)").number])
    ((because,),) = reasons(blend.contributions, films, history, own_kind, alike)
    assert because.film.title == "The Act of Killing"
