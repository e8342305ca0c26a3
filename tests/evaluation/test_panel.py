"""Test people being asked, on films in the order of their fame: who is asked what, and what the answers are worth."""

from __future__ import annotations

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.evaluation import panel as panels
from reelrec.evaluation.panel import ANSWERS, LIST_METRICS, Answers, Panel
from reelrec.interview.belief import NOBODY
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.policies import POLICIES
from reelrec.interview.replay import FILMS, SCREENS, halves
from reelrec.models.lists.dae import DAE
from tests.fakes import corrections, list_models

ITEMS = 240
SOME = ["popularity", "a-optimal", "random", "linucb"]


@pytest.fixture(scope="module")
def people(make_people, many_films) -> Dataset:
    slugs = [film.slug for film in many_films.films]
    return Dataset.from_frame("people", make_people(9, slugs, 62), slugs)


@pytest.fixture(scope="module")
def interviewer(people, many_films) -> Interviewer:
    return Interviewer.fit(people, corrections.random_bmf(ITEMS), list_models.random_dae(ITEMS), many_films)


@pytest.fixture
def by_number() -> DAE:
    """Film 0 first, film 239 last, whatever was answered."""
    return list_models.cold_dae(ITEMS)


@pytest.fixture
def panel(people, interviewer) -> Panel:
    return Panel.of(list(people.histories()), interviewer.model, interviewer.lister)


@pytest.fixture
def other_panel(people, interviewer) -> Panel:
    """The same people, who hide other films with other stars."""
    rng, histories = np.random.default_rng(4), []
    for history in people.histories():
        shown, hidden = halves(history)
        others = rng.permutation(np.setdiff1d(np.arange(ITEMS), shown.items))[: len(hidden)]
        stars = np.r_[shown.ratings, 5.5 - hidden.ratings]
        histories.append(History.of(np.r_[shown.items, others], stars))
    return Panel.of(histories, interviewer.model, interviewer.lister)


def answers(*people: dict[int, float]) -> Answers:
    """Of these people, film to stars each."""
    width = max(map(len, people))
    items = np.array([[*given, *[NOBODY] * (width - len(given))] for given in people], dtype=np.int64)
    ratings = np.array([[*given.values(), *[0.0] * (width - len(given))] for given in people])
    return Answers.about(items.reshape(len(people), width), ratings.reshape(len(people), width))


def given(answered: Answers, person: int) -> dict[int, float]:
    history = answered.history(person)
    return dict(zip(history.items.tolist(), history.ratings.tolist(), strict=True))


def test_recall_by_hand(interviewer, by_number):
    """Of the twenty most rated films that were not answered about, against the hidden ones with four stars or more."""
    ann = History.of([100, 101, 5, 30], [1.0, 1.0, 4.0, 4.0])  # 5 is among the first twenty, 30 is not
    ben = History.of([3, 101, 20, 7], [1.0, 1.0, 4.5, 3.5])  # 7 is not liked; 20 comes in for an answer
    cy = History.of([3, 101, 1, 2], [5.0, 5.0, 3.5, 3.5])  # likes nothing that is hidden
    panel = Panel.of([ann, ben, cy], interviewer.model, by_number)
    for answered, recalls in (
        (answers({}, {}, {}), [0.5, 0, 0]),
        (answers({100: 1.0}, {3: 1.0}, {3: 5.0}), [0.5, 1, 0]),
    ):
        *_, recall, _, _ = panel.measured("someone", "screens_", 2, answered, panel.forecast(answered))
        assert (recall.model, recall.metric, recall.k) == ("someone", "screens_recall20", 2)
        assert (recall.sums.tolist(), recall.counts.tolist()) == (recalls, [1, 1, 0])


def test_without_the_seen_films_what_comes_after_them_counts_by_hand(interviewer, by_number):
    """Dora has seen films 0-3, the first of the list, and is asked about none: 22 is the 23rd, or else the 19th."""
    half = History.of([0, 1, 2, 3, 22, 50, 51, 52], [3.0, 3.0, 3.0, 3.0, 5.0, 1.0, 1.0, 1.0])
    dora = Panel.of([half], interviewer.model, by_number)
    none = answers({})
    *_, as_shown, new, ndcg = dora.measured("someone", "", 1, none, dora.forecast(none))
    assert [entry.metric for entry in (as_shown, new, ndcg)] == list(LIST_METRICS)
    assert (as_shown.value, new.value) == (0.0, 1.0)
    assert ndcg.value == pytest.approx(1 / np.log2(20))


def test_what_is_measured_is_off_the_hidden_ratings(panel, people):
    answered = answers(*[{}] * 9)
    forecast = panel.forecast(answered)
    sums = {entry.metric: entry for entry in panel.measured("someone", "", 3, answered, forecast)}
    assert sums.keys() == {"rmse", "mae", "nll", *LIST_METRICS}
    stars = np.concatenate([halves(history)[1].ratings for history in people.histories()])
    assert sums["rmse"].value == pytest.approx(np.sqrt(np.mean((forecast.stars - stars) ** 2)))
    assert sums["mae"].value == pytest.approx(np.abs(forecast.stars - stars).mean())
    chances = forecast.chances[np.arange(len(stars)), (2 * stars - 1).astype(int)]
    assert sums["nll"].value == pytest.approx(-np.log(chances).mean())
    assert sums["mae"].counts.tolist() == [31] * 9


@pytest.mark.parametrize("batch", [4, 256])
def test_lists_are_those_of_the_network_after_stars_and_unseen_films(panel, monkeypatch, batch):
    monkeypatch.setattr(panels, "BATCH", batch)
    rng, told = np.random.default_rng(2), answers(*({7 * n: 4.5} if n % 2 else {} for n in range(9)))
    told = told._replace(unseen=np.where(rng.random((9, 5)) < 0.3, NOBODY, rng.permutation(45).reshape(9, 5) + 100))
    *_, as_shown, new, ndcg = panel.measured("someone", "", 1, told, panel.forecast(told))
    for user, (seen, hidden) in enumerate(zip(panel.shown, panel.hidden, strict=True)):
        history, unseen = told.history(user), told.unseen[user][told.unseen[user] != NOBODY]
        score = panel.lister.score(history.with_marks((), unseen))
        relevant = {*hidden.items[hidden.ratings >= 4].tolist()}
        for sums, left_out in ((as_shown, history), (new, seen)):
            first = [item for item in np.argsort(-score, kind="stable").tolist() if item not in left_out.items][:20]
            expected = len({*first} & relevant) / min(len(relevant), 20) if relevant else 0.0
            assert sums.sums[user] == pytest.approx(expected)
            assert sums.counts[user] == bool(relevant)
    assert ndcg.counts.sum() > 4
    assert (ndcg.sums > 0).sum() > 2


@pytest.mark.parametrize("batch", [4, 256])
def test_a_forecast_is_what_the_model_says_of_each_history(panel, monkeypatch, batch):
    monkeypatch.setattr(panels, "BATCH", batch)
    rng = np.random.default_rng(2)
    answered = answers(
        *({int(i): rng.integers(1, 11) / 2 for i in rng.permutation(ITEMS)[:n]} for n in (0, 1, 12, 5, 3, 0, 8, 2, 30))
    )
    forecast, start = panel.forecast(answered), 0
    for person, hidden in enumerate(panel.hidden):
        films = given(answered, person)
        one = panel.model.predict(History.of([*films], [*films.values()]), hidden.items)
        part = slice(start, start + len(hidden))
        np.testing.assert_allclose(forecast.stars[part], np.clip(one.mean, 0.5, 5.0), rtol=1e-6, atol=1e-6)
        np.testing.assert_allclose(forecast.chances[part], panel.model.probabilities(one), rtol=1e-4, atol=1e-6)
        start += len(hidden)
    assert start == len(forecast.stars)


@pytest.mark.parametrize("name", SOME)
def test_one_at_a_time_people_are_asked_about_films_of_their_shown_half_each_once(panel, interviewer, many_films, name):
    by_answers = panel.by_answers(interviewer, POLICIES[name], many_films)
    assert len(by_answers) == ANSWERS
    for person, shown in enumerate(panel.shown):
        stars = dict(zip(shown.items.tolist(), shown.ratings.tolist(), strict=True))
        for k, answered in enumerate(by_answers, start=1):
            films = given(answered, person)
            assert len(films) == answered.items.shape[1] == k
            assert films.items() <= stars.items()
        assert [*films][: ANSWERS - 1] == [*given(by_answers[-2], person)]


def test_by_popularity_people_are_asked_about_the_most_rated_film_they_have_seen_first(panel, interviewer, many_films):
    last = panel.by_answers(interviewer, POLICIES["popularity"], many_films)[-1]
    for person, shown in enumerate(panel.shown):
        assert [*given(last, person)] == sorted(shown.items.tolist())[:ANSWERS]  # film 0 is the most rated


def test_whoever_chooses_next_knows_the_answers_so_far(panel, interviewer, many_films):
    states = []

    def choose(state, n, rng):
        states.append(state)
        return POLICIES["a-optimal"](state, n, rng)

    last = panel.by_answers(interviewer, choose, many_films)[-1]
    assert len(states) == 9 * ANSWERS
    for place, state in enumerate(states):
        k, person = divmod(place, 9)
        films = [*given(last, person)][:k]
        assert (state.items.tolist(), state.screens) == ([films], 0)
        assert state.pool.items[state.asked[0]].tolist() == films
        assert set(state.pool.items[~state.free[0]].tolist()) == set(films)
        assert (state.chances == 1).all()
        vectors = interviewer.model.fold_in(History.of(films, [given(last, person)[film] for film in films])).vectors
        np.testing.assert_allclose(state.belief.vectors[0], vectors, rtol=1e-3, atol=1e-5)
        history = History.of(films, [given(last, person)[film] for film in films])
        np.testing.assert_allclose(state.list_belief.hidden, interviewer.lister.hidden_of(history), atol=1e-5)


@pytest.mark.parametrize("name", SOME)
def test_the_hidden_half_is_never_used(panel, other_panel, interviewer, many_films, name):
    one, other = (each.by_answers(interviewer, POLICIES[name], many_films) for each in (panel, other_panel))
    for answered, same in zip(one, other, strict=True):
        np.testing.assert_array_equal(answered.items, same.items)
        np.testing.assert_array_equal(answered.ratings, same.ratings)
    one, other = (each.by_screens(interviewer, POLICIES[name], 0.5) for each in (panel, other_panel))
    for part in ("ratings", "shown", "errors", "promised"):
        np.testing.assert_array_equal(getattr(one, part), getattr(other, part))
    losses = [each.forecast(one.answers[-1]).stars for each in (panel, other_panel)]
    assert (losses[0] != losses[1]).any()  # it is what is measured


@pytest.mark.parametrize("name", SOME)
def test_by_screens_people_answer_about_what_was_shown_and_they_have_seen(panel, interviewer, name):
    screens = panel.by_screens(interviewer, POLICIES[name])
    assert len(screens.answers) == SCREENS
    assert screens.ratings.shape == screens.shown.shape == (9, SCREENS, FILMS)
    for person, shown in enumerate(panel.shown):
        stars = dict(zip(shown.items.tolist(), shown.ratings.tolist(), strict=True))
        assert len(set(screens.shown[person].ravel().tolist())) == SCREENS * FILMS
        films = interviewer.pool.items[screens.shown[person]]
        expected = [[stars.get(film, np.nan) for film in screen] for screen in films.tolist()]
        np.testing.assert_array_equal(screens.ratings[person], expected)
        for k in range(1, SCREENS + 1):
            so_far = {film for film in films[:k].ravel().tolist() if film in stars}
            assert given(screens.answers[k - 1], person) == {film: stars[film] for film in so_far}
    counts = [(answered.items != NOBODY).sum() for answered in screens.answers]
    assert counts == sorted(counts)
    assert 0 < counts[0] < counts[-1]


def test_the_meter_says_what_who_asks_says_before_a_screen_and_after_it(panel, interviewer):
    screens = panel.by_screens(interviewer, POLICIES["popularity"])
    assert screens.errors.shape == screens.promised.shape == (9, SCREENS)
    state = interviewer.begin(9)
    for k in range(SCREENS):
        np.testing.assert_allclose(screens.promised[:, k], interviewer.errors(state, screens.shown[:, k]))
        state = interviewer.after_screen(state, screens.shown[:, k], screens.ratings[:, k])
        np.testing.assert_allclose(screens.errors[:, k], interviewer.errors(state))


@pytest.mark.parametrize("name", ["popularity", "a-optimal"])
def test_it_makes_no_difference_how_many_are_asked_at_once(panel, interviewer, many_films, monkeypatch, name):
    runs = []
    for batch in (256, 4):
        monkeypatch.setattr(panels, "BATCH", batch)
        by_answers = panel.by_answers(interviewer, POLICIES[name], many_films)
        runs.append((by_answers[-1], panel.by_screens(interviewer, POLICIES[name])))
    (one, screens), (other, same) = runs
    np.testing.assert_array_equal(one.items, other.items)
    np.testing.assert_array_equal(screens.shown, same.shown)
    np.testing.assert_allclose(screens.errors, same.errors, rtol=1e-5)
    for answered, again in zip(screens.answers, same.answers, strict=True):
        assert [given(answered, person) for person in range(9)] == [given(again, person) for person in range(9)]


def test_lots_go_by_the_seed(panel, interviewer, many_films):
    for ask in (
        lambda seed: panel.by_answers(interviewer, POLICIES["random"], many_films, seed)[-1].items,
        lambda seed: panel.by_screens(interviewer, POLICIES["random"], 0.0, seed).shown,
    ):
        assert ask(1).tolist() == ask(1).tolist() != ask(2).tolist()
