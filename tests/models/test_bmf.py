import numpy as np
import pytest

from reelrec.data.dataset import Dataset
from reelrec.data.history import History
from reelrec.models import predictive
from reelrec.models.bmf import BMF, solved
from reelrec.models.posterior import Draw, aligned, newcomers_priors, principal, selection, shown, thresholds, unit_rows

STEADY = 1e9  # degrees of freedom with which nobody is unlike another
DIM = 2


@pytest.fixture
def three_films() -> BMF:
    """One factor, two draws that agree, unit noise, a prior of unit variance that seeing a film moves by .5."""
    model = BMF()
    d = 2
    moved = np.zeros((1 + d, d))
    moved[1] = [1.0, 0.0]
    model.keep(
        mean=3.0,
        item_biases=np.float16([[0.0, 0.5, -1.0]] * 2),
        item_factors=np.float16([[[1.0], [2.0], [-1.0]]] * 2),
        precisions=np.ones(3, dtype=np.float32),
        selection=np.float32([0.2, 0.0, 0.0]),
        seen=np.float16([[0.0, 0.0], [0.5, 0.0], [0.0, 0.0]]),
        prior_sizes=np.array([0, 1]),
        prior_weights=np.float32([np.zeros((1 + d, d)), moved]),
        prior_covariances=np.float32([np.eye(d), np.eye(d)]),
        freedom=STEADY,
        thresholds=predictive.MIDPOINTS,
    )
    return model


def test_the_mean_and_the_sd_by_hand(three_films):
    # film 0 gets 4 stars: C = inv([1 1; 1 1] + I) = [2/3 -1/3; -1/3 2/3], x = C [1 1] = [1/3 1/3]
    found = three_films.predict(History.of([0], [4.0]))
    # unknown for z = [1 q]: z C z = 2/3, 2/3 - 4/3 + 8/3 = 2, 2/3 + 2/3 + 2/3 = 2; before anything 2, 5, 2
    mean = [3 + 2 / 3 + 0.2 * (2 / 3) / 2, 3.5 + 1 / 3 + 2 / 3, 2 + 1 / 3 - 1 / 3]
    np.testing.assert_allclose(found.mean, mean, rtol=1e-5)
    np.testing.assert_allclose(found.sd, np.sqrt([2 / 3 + 1, 2 + 1, 2 + 1]), rtol=1e-5)


def test_nothing_known_gives_what_a_films_own_public_gives(three_films):
    found = three_films.predict(History.empty())
    np.testing.assert_allclose(found.mean, [3.2, 3.5, 2.0], rtol=1e-3)
    np.testing.assert_allclose(found.sd, np.sqrt([3, 6, 3]), rtol=1e-5)


def test_a_film_seen_without_stars_moves_the_prior_alone(three_films):
    found = three_films.predict(History.of([1], [np.nan]))
    np.testing.assert_allclose(found.mean - three_films.predict(History.empty()).mean, 0.5, rtol=1e-3)
    np.testing.assert_allclose(found.sd, np.sqrt([3, 6, 3]), rtol=1e-5)


def test_between_two_sizes_the_prior_goes_with_the_logarithm_of_the_number(three_films):
    three_films.prior_sizes_ = np.array([0, 3])
    centre, _ = three_films.prior(np.array([1]))
    np.testing.assert_allclose(centre, [0.5 * np.log(2) / np.log(4), 0.0], rtol=1e-3)


def test_the_draws_disagreement_is_part_of_the_sd(three_films):
    before = three_films.predict(History.empty()).sd
    three_films._biases = three_films._biases + np.float32([[1.0], [-1.0]])
    np.testing.assert_allclose(three_films.predict(History.empty()).sd ** 2, before**2 + 1.0, rtol=1e-5)


def test_an_erratic_person_gets_wider_ranges_and_moves_the_mean_less():
    design, weights = np.ones((1, 6, 1)), np.ones(6)
    arguments = (weights, np.eye(1), np.zeros(1), 5.0)
    calm = solved(design, np.full((1, 6), 1.0), *arguments)
    wild = solved(design, np.float64([[4, -2, 4, -2, 4, -2]]), *arguments)
    assert calm.steadiness[0] > 1 > wild.steadiness[0]
    assert calm.vectors[0, 0] > wild.vectors[0, 0] > 0
    assert calm.covariances[0, 0, 0] < wild.covariances[0, 0, 0]


@pytest.mark.train
def test_the_order_of_a_history_says_nothing(fitted_small):
    items, ratings = [3, 9, 1, 20], [4.0, 1.5, np.nan, 5.0]
    one = fitted_small.predict(History.of(items, ratings))
    other = fitted_small.predict(History.of(items[::-1], ratings[::-1]))
    np.testing.assert_allclose(one.mean, other.mean, atol=1e-5)
    np.testing.assert_allclose(one.sd, other.sd, atol=1e-5)


@pytest.fixture(scope="module")
def truth() -> tuple[Dataset, np.ndarray]:
    """300 people and 60 films whose ratings come from a model of two factors; and what each would give each film."""
    rng = np.random.default_rng(5)
    films = np.column_stack([rng.normal(0, 0.5, 60), rng.normal(0, 0.6, (60, DIM))])
    people = np.column_stack([rng.normal(0, 0.4, 300), rng.normal(0, 0.8, (300, DIM))])
    stars = 3.2 + people[:, :1] + films[:, 0] + people[:, 1:] @ films[:, 1:].T
    rated = rng.random((300, 60)) < 0.5
    noisy = np.clip(np.round((stars + rng.normal(0, 0.5, stars.shape)) * 2) / 2, 0.5, 5.0)
    users, items = np.nonzero(rated)
    start = np.r_[0, np.cumsum(rated.sum(axis=1))]
    ratings = noisy[users, items].astype(np.float32)
    return Dataset("truth", np.arange(300), np.arange(60), start, items.astype(np.int32), ratings), stars


@pytest.fixture(scope="module")
def fitted_small(truth) -> BMF:
    pytest.importorskip("torch")
    return BMF(embedding_dim=DIM, components=4, samples=6, burn_in=40, thin=3).fit(truth[0])


@pytest.mark.train
def test_what_people_would_give_is_found_again_in_films_they_have_not_rated(truth, fitted_small):
    dataset, stars = truth
    off, beyond, n = [], 0, 0
    for user in range(dataset.n_users):
        history = dataset.history(user)
        found = fitted_small.predict(history)
        others = np.setdiff1d(np.arange(60), history.items)
        away = np.clip(found.mean[others], 0.5, 5) - np.clip(stars[user, others], 0.5, 5)
        off.append(away)
        noisy = stars[user, others] + np.random.default_rng(user).normal(0, 0.5, len(others))
        low, high = predictive.interval(found.at(others), 0.9)
        beyond += ((np.clip(noisy, 0.5, 5) < low) | (np.clip(noisy, 0.5, 5) > high)).sum()
        n += len(others)
    off = np.concatenate(off)
    assert np.sqrt((off**2).mean()) < 0.3  # the bias alone leaves .7
    assert 0.05 < beyond / n < 0.14


@pytest.mark.train
def test_ranges_narrow_as_ratings_come_in(truth, fitted_small):
    history = truth[0].history(0)
    means = [fitted_small.predict(history.head(k)).sd.mean() for k in (0, 3, 10, 30)]
    assert means == sorted(means, reverse=True)
    assert means[0] > 1.2 * means[-1]


@pytest.mark.train
def test_a_training_persons_vector_is_what_the_sampler_draws_around(truth, monkeypatch):
    """The sampler's conditional and `solved` are one formula: without noise they give the same vectors."""
    torch = pytest.importorskip("torch")
    from reelrec.models import bmf, gibbs

    dataset, _ = truth
    chain = gibbs.Chain(dataset, DIM, [], [], seed=0)
    for _ in range(5):
        chain.sweep()
    monkeypatch.setattr(gibbs, "_normal", lambda shape, noise, device: torch.zeros(shape))
    monkeypatch.setattr(bmf, "ROUNDS", 1)  # a steadiness of 1
    scale = torch.full((dataset.n_users,), chain.precision)
    drawn, squares = chain.by_person.draw(chain.films, chain.film_weights, scale, chain.person_prior, chain.noise)
    precision = chain.person_prior.precision.double().numpy()
    films = chain.films.double().numpy()
    design = np.hstack([np.ones((dataset.n_items, 1)), films[:, 1:]])
    weights = chain.precision * chain.film_weights.double().numpy()
    for user in (0, 17, 299):
        items, ratings = dataset.history(user).stars()
        target = ratings - chain.global_mean - films[items, 0]
        pull = precision @ chain.person_prior.mean[user].double().numpy()
        person = solved(design[None, items], target[None], weights[items], precision, pull, STEADY)
        np.testing.assert_allclose(drawn[user].numpy(), person.vectors[0], atol=1e-4)
        errors = target - design[items] @ person.vectors[0]
        assert float(squares[user]) == pytest.approx((weights[items] / chain.precision * errors**2).sum(), rel=1e-3)


def test_a_moved_draw_predicts_the_same_stars():
    rng = np.random.default_rng(1)
    people, films = rng.normal(size=(30, 4)).astype(np.float32), rng.normal(size=(20, 4)).astype(np.float32)
    draw = Draw(people, films, np.ones(30), np.ones(20), 1.0, 5.0)
    moved = aligned(draw, rng.normal(size=(20, 4)), rng.uniform(1, 9, 20))
    stars = [one.films[:, 0] + one.people @ one.design().T for one in (draw, moved)]
    np.testing.assert_allclose(*stars, atol=2e-4)
    np.testing.assert_allclose(moved.people.mean(axis=0), 0, atol=1e-4)


def test_two_draws_that_differ_by_a_turn_are_one_after_it():
    rng = np.random.default_rng(2)
    people, films = rng.normal(size=(50, 3)), rng.normal(size=(20, 3))
    turn = np.array([[0.0, 2.0], [-0.5, 1.0]])
    turned = np.column_stack([films[:, 0], films[:, 1:] @ turn])
    back = np.column_stack([people[:, 0], people[:, 1:] @ np.linalg.inv(turn).T])
    one, other = (
        aligned(Draw(*sides, np.ones(50), np.ones(20), 1.0, 5.0), np.c_[np.ones(20), films[:, 1:]], np.full(20, 1e6))
        for sides in ((people, films), (back, turned))
    )
    np.testing.assert_allclose(one.films, other.films, atol=1e-4)
    np.testing.assert_allclose(one.people, other.people, atol=1e-4)


def test_thresholds_give_back_how_often_each_half_star_is_given():
    rng = np.random.default_rng(3)
    means, sds = rng.normal(3.4, 0.5, 20_000), np.full(20_000, 0.7)
    ratings = np.clip(np.round(rng.normal(means, sds)), 1, 5)  # somebody who never gives a half
    cuts = thresholds(means, sds, ratings)
    chances = predictive.half_star_probabilities(predictive.Prediction(means, sds), cuts).mean(axis=0)
    shares = np.array([(ratings == half / 2).mean() for half in range(1, 11)])
    np.testing.assert_allclose(chances, shares, atol=1e-3)


def test_selection_is_the_raters_mean_above_the_mean_persons_and_less_where_few_rate():
    n = 40
    items = np.repeat([0, 1], [n, 2]).astype(np.int32)
    ratings = np.r_[np.tile([3.5, 4.5], n // 2), 4.5, 3.5].astype(np.float32)
    dataset = Dataset("two films", np.arange(1), np.arange(3), np.array([0, n + 2]), items, ratings)
    found = selection(dataset, np.float32([3.0, 3.0, 3.0]))
    assert 0.8 < found[0] < 1.0
    assert 0.2 < found[1] < found[0]
    assert found[2] == 0.0


def test_principal_components_tell_two_kinds_of_people_apart():
    rows, columns = np.divmod(np.arange(40 * 10), 10)
    matrix = unit_rows(rows, columns + 10 * (rows % 2), (40, 20))
    np.testing.assert_allclose(matrix.power(2).sum(axis=1), 1.0, rtol=1e-6)
    told = matrix @ principal(matrix, 2, seed=0)  # the two kinds see different films
    np.testing.assert_allclose(told[::2], np.broadcast_to(told[0], (20, 2)), atol=1e-4)
    assert np.abs(told[0] - told[1]).max() > 1
    assert principal(matrix, 0, seed=0).shape == (20, 0)


def test_a_newcomers_prior_knows_more_the_more_films_they_have_seen():
    """Two kinds of people who see different films and whose vectors are 1 and -1."""
    rng = np.random.default_rng(4)
    kind = np.arange(200) % 2
    items = np.concatenate([rng.permutation(np.arange(30) + 30 * k * (rng.random(30) < 0.6)) for k in kind])
    dataset = Dataset("kinds", np.arange(200), np.arange(60), np.arange(201) * 30, items, np.ones(6000, np.float32))
    vectors = np.where(kind, 1.0, -1.0)[:, None]
    seen = np.where(np.arange(60) >= 30, 1.0, -1.0)[:, None]
    sizes, weights, covariances = newcomers_priors(dataset, [vectors, vectors], seen, shown(dataset, 0))
    assert sizes.tolist() == [0, 1, 2, 3, 5, 10, 20]
    assert weights.shape == (7, 2, 1)
    left = covariances[:, 0, 0].tolist()
    assert left[0] == pytest.approx(1.0)
    assert left == sorted(left, reverse=True)
    assert left[-1] < 0.5


def test_somebody_who_never_gives_halves_is_not_promised_any():
    expected = np.tile(np.full(10, 0.1), (40, 1))
    whole = np.tile(np.float32([2, 3, 4, 5]), 10)
    found = predictive.habit(expected, whole, 20.0)
    np.testing.assert_allclose(found[[0, 2, 4, 6, 8]], 20 / 60)  # halves: 20 expected ratings stand against 60
    np.testing.assert_allclose(found[[3, 5, 7, 9]], (10 + 2) / 6)
    np.testing.assert_array_equal(predictive.habit(expected[:0], whole[:0], 20.0), 1.0)
    prediction = predictive.Prediction(np.full(1, 3.3), np.full(1, 0.6))
    plain = predictive.half_star_probabilities(prediction)
    moved = predictive.half_star_probabilities(prediction._replace(habit=found))
    np.testing.assert_allclose(moved.sum(), 1.0, rtol=1e-6)
    assert moved[0, 6] < plain[0, 6]
    assert moved[0, 7] > plain[0, 7]


@pytest.mark.train
def test_the_habit_of_a_history_reaches_the_chances(fitted_small):
    items = np.arange(30)
    halves, wholes = (History.of(items, np.resize(stars, 30)) for stars in ([2.5, 3.5, 4.5], [2.0, 3.0, 4.0, 5.0]))
    of_halves, of_wholes = (fitted_small.probabilities(fitted_small.predict(h))[:, ::2].sum() for h in (halves, wholes))
    assert of_halves > 1.2 * of_wholes
