"""Nothing of the answers reaches a model: not through what it learns from, what it is shown, or what is known of films.

Every test here fails when the leak it is named after is made on purpose.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from reelrec.data.film_features import film_features
from reelrec.data.ratings.dataset import Dataset
from reelrec.evaluation import held_out, users
from reelrec.evaluation.held_out import HeldOut, Split
from reelrec.evaluation.notebook import recipe, seed_svd
from reelrec.evaluation.protocols import ml_100k, new_films, splits
from reelrec.evaluation.users import evaluation_data, movielens_dataset
from reelrec.models.registry import MODELS
from reelrec.sources.letterboxd import dataset as letterboxd
from reelrec.sources.movielens import ml_100k as movielens_100k
from reelrec.sources.registry import source
from reelrec.training import catalogue

ML = "ml-latest-small"
LIGHT = {"film-mean", "baseline"}  # the others need packages that only training needs
STARS = [
    name if name in LIGHT else pytest.param(name, marks=pytest.mark.train)
    for name, model in MODELS.items()
    if model.unit == "stars"
]
WAYS = ["seed", *(f"random-{number}" for number in range(1, 6)), "last-20", "new-people", "new-films"]


@pytest.fixture
def ratings(invented_movielens, monkeypatch) -> pd.DataFrame:
    """20 ratings each of 30 people, who are enough here."""
    pytest.importorskip("sklearn")
    monkeypatch.setattr(users, "MIN_RATINGS", 20)
    monkeypatch.setattr(new_films, "TAKEN_SHARE", 0.3)
    return invented_movielens


def way(name: str) -> Split:
    """The split of that name, made from the files anew."""
    everybody = movielens_dataset(ML)
    if name == "new-films":
        training, testing = new_films.train_and_test(ML, None)
        return new_films.of_films(training, testing, new_films.taken_out(everybody.n_items))
    return next(split for split in splits.splits(everybody) if split.name == name)


def asked_of(split: Split) -> set[tuple[int, int]]:
    """Person and film, by their ids, of all that is asked."""
    films = split.training.item_ids
    return {
        (int(user), int(films[item]))
        for user, (_, items, _) in zip(split.user_ids, split.held_out, strict=True)
        for item in items
    }


def turn_round(name: str, ratings: pd.DataFrame) -> Split:
    """The split after every star of its test pairs was turned round in the file, 5 to 0.5 and so on."""
    asked = asked_of(way(name))
    is_asked = np.array([pair in asked for pair in zip(ratings["user_id"], ratings["film_id"], strict=True)])
    turned = ratings.assign(rating=np.where(is_asked, 5.5 - ratings["rating"], ratings["rating"]))
    path = source(ML).path("ratings.csv")
    turned.rename(columns={"user_id": "userId", "film_id": "movieId"}).to_csv(path, index=False)
    return way(name)


def learned(model: object) -> dict[str, np.ndarray]:
    """What fit left in the model, by name."""
    left = {name: value for name, value in vars(model).items() if name.endswith("_")}
    inner = left.pop("weights_") if isinstance(left.get("weights_"), dict) else {}
    return {name: np.asarray(value) for name, value in (left | inner).items()}


def predicted(model, split: Split) -> np.ndarray:
    """All predictions for what is asked, one after another."""
    return np.concatenate([model.score(known)[items] for known, items, _ in split.held_out])


@pytest.mark.parametrize("name", WAYS)
def test_the_stars_of_test_pairs_change_nothing_that_a_model_is_given(ratings, name):
    before, after = way(name), turn_round(name, ratings)
    assert [stars.tolist() for *_, stars in before.held_out] != [stars.tolist() for *_, stars in after.held_out]
    assert before.training.sha256 == after.training.sha256
    for (known, items, _), (again, same, _) in zip(before.held_out, after.held_out, strict=True):
        for one, other in ((known.items, again.items), (known.ratings, again.ratings), (items, same)):
            np.testing.assert_array_equal(one, other)
    assert before.training.features.keys() == after.training.features.keys() > {"genre"}
    for block, features in before.training.features.items():
        np.testing.assert_array_equal(features.toarray(), after.training.features[block].toarray())


@pytest.mark.parametrize("way_name", ["seed", "new-people", "new-films"])
@pytest.mark.parametrize("name", STARS)
def test_the_stars_of_test_pairs_change_no_weight_and_no_prediction(ratings, name, way_name):
    one, other = way(way_name), turn_round(way_name, ratings)
    model, again = (held_out.fitted(name, split.training) for split in (one, other))
    for key, array in learned(model).items():
        np.testing.assert_array_equal(array, learned(again)[key], err_msg=key)
    np.testing.assert_array_equal(predicted(model, one), predicted(again, other))


@pytest.mark.usefixtures("ratings")
@pytest.mark.parametrize("name", WAYS)
def test_a_film_that_is_asked_for_is_in_nobodys_own_history_and_not_in_their_training(name):
    split = way(name)
    learned_from = set(zip(split.training.user_ids[split.training.users], split.training.items, strict=True))
    assert sum(len(items) for _, items, _ in split.held_out) > 20
    for user, (known, items, _) in zip(split.user_ids, split.held_out, strict=True):
        assert not set(known.items) & set(items)
        assert not {(user, item) for item in items} & learned_from
    if name == "new-films":
        asked = {item for _, items, _ in split.held_out for item in items}
        assert not asked & set(split.training.items)
        assert not asked & {item for known, *_ in split.held_out for item in known.items}


def test_the_official_folds_share_no_pair():
    if source(movielens_100k.NAME).folder is None:
        pytest.skip("MovieLens 100K is not on this machine. Run: python -m reelrec data get ml-100k")
    tests = []
    for fold in movielens_100k.FOLDS:
        known, test = (
            set(zip(part["user_id"], part["film_id"], strict=True)) for part in movielens_100k.read_fold(fold)
        )
        assert not known & test
        tests.append(test)
    assert len(set.union(*tests)) == sum(map(len, tests)) == 100_000
    assert ml_100k.LOWEST == 1.0


def test_a_tag_of_a_test_pair_is_no_feature(ratings):
    """A person who tags a film "boring" has told how they rate it."""
    known, test = recipe.frames()
    films = movielens_dataset(ML).item_ids
    tags = known.head(40).assign(tag="kept")
    told = test.head(40).assign(tag="told")
    path = source(ML).path("tags.csv")
    for words in (tags, pd.concat([tags, told])):
        words.rename(columns={"user_id": "userId", "film_id": "movieId"}).to_csv(path, index=False)
        block = seed_svd.tags_of(known, films)
        assert block.shape == (41, 1)  # told would be a second column
        assert set(films[block.sum(axis=1) > 0]) == set(tags["film_id"])


@pytest.fixture
def letterboxds(monkeypatch):
    """Put ratings of 40 people in the place of Letterboxd's; the stars of tune and test users may be turned round."""

    def put(ratings: pd.DataFrame, turned: bool) -> None:
        is_test = ratings["user_id"] % 10 >= 8
        stars = np.where(is_test & turned, 5.5 - ratings["rating"], ratings["rating"])
        rated = ratings.assign(rating=stars.astype(np.float32)).astype({"film_id": "category", "user_id": "int32"})
        monkeypatch.setattr(letterboxd, "read_ratings", lambda: rated)

    return put


def test_counts_and_means_of_the_catalogue_come_from_people_who_train(letterboxds, make_people, monkeypatch):
    slugs = [f"film-{i}" for i in range(20)]
    ratings = make_people(40, slugs, 12)
    columns = {"title": "A Film", "year": 2000, "runtime": 90, "kind": "film"}
    facts = pd.DataFrame({"slug": slugs, **columns}).astype({"year": "Int64", "runtime": "Int64"})
    for name in ("genres", "countries", "cast", "other_titles", "other_years"):
        facts[name] = [[] for _ in slugs]
    for name in ("language", "director", "same_as", "letterboxd_id", "tmdb_id", "imdb_id", "movielens_id"):
        facts[name] = None
    monkeypatch.setattr(letterboxd, "read_films", lambda path=None: facts.assign(from_page=True, n_members=0))
    letterboxds(ratings, turned=False)
    before = catalogue.build_catalogue(None)
    assert before.n_ratings.sum() == (ratings["user_id"] % 10 < 8).sum()
    letterboxds(ratings, turned=True)
    after = catalogue.build_catalogue(None)
    assert [film.slug for film in before.films] == [film.slug for film in after.films]
    for one, other in ((before.n_ratings, after.n_ratings), (before.mean, after.mean)):
        np.testing.assert_array_equal(one, other)
    assert [film.histogram for film in before.films] == [film.histogram for film in after.films]


@pytest.mark.parametrize("name", ["popularity", *STARS])
def test_models_for_new_people_learn_from_people_0_to_7_alone(ratings, name, monkeypatch):
    """Fame too, which lists are measured by."""
    both = [evaluation_data(ML)]
    newcomers = ratings["user_id"] % 10 >= 8
    turned = ratings.assign(rating=np.where(newcomers, 5.5 - ratings["rating"], ratings["rating"]))
    turned = turned[~(newcomers & (turned["film_id"] == 3))]
    path = source(ML).path("ratings.csv")
    turned.rename(columns={"user_id": "userId", "film_id": "movieId"}).to_csv(path, index=False)
    monkeypatch.setattr(users, "MIN_RATINGS", 15)
    both.append(evaluation_data(ML))
    assert both[0].users.sha256 != both[1].users.sha256
    np.testing.assert_array_equal(both[0].n_ratings, both[1].n_ratings)
    before, after = (learned(one.model(name)) for one in both)
    for key, array in before.items():
        np.testing.assert_array_equal(array, after[key], err_msg=key)


@pytest.mark.parametrize("name", STARS)
def test_with_the_training_stars_shuffled_a_model_is_no_better_than_the_mean_of_all(make_people, name):
    """What is left then could only come from the answers."""
    films = [*range(40)]
    ratings = make_people(150, films, 30)
    rng = np.random.default_rng(3)
    is_test = rng.random(len(ratings)) < 0.2
    known, test = ratings[~is_test], ratings[is_test]
    features = film_features(genres=[[f"genre {film % 4}"] for film in films])
    learning = Split.of_frames("learning", known, test, item_ids=films, features=features)
    mixed = shuffled(learning, rng)
    error = {
        split.name: held_out.rmse(name, None, held_out.predictions(held_out.fitted(name, split.training), split)).value
        for split in (learning, mixed)
    }
    nothing = float(np.std(test["rating"]))  # of the mean of all, known to the last digit
    assert error["learning"] < 0.93 * nothing
    assert error["mixed"] > 0.99 * nothing


def shuffled(split: Split, rng: np.random.Generator) -> Split:
    """The training stars shuffled among all training pairs, and so in what people show."""
    stars = rng.permutation(split.training.ratings)
    mixed: Dataset = replace(split.training, ratings=stars)
    place = {user_id: user for user, user_id in enumerate(mixed.user_ids)}
    users = tuple(
        HeldOut(mixed.history(place[user_id]), items, ratings)
        for user_id, (_, items, ratings) in zip(split.user_ids, split.held_out, strict=True)
    )
    return replace(split, name="mixed", training=mixed, held_out=users)
