import numpy as np
import pandas as pd
import pytest

from reelrec.data.history import History
from reelrec.data.ratings.roles import Role
from reelrec.errors import OptionError, RatingsFileError
from reelrec.evaluation import users
from reelrec.evaluation.comparators import registry as comparators
from reelrec.evaluation.users import MIN_RATINGS, evaluation_data
from reelrec.sources import registry
from reelrec.sources.letterboxd import dataset as letterboxd
from reelrec.sources.movielens import dataset as movielens


@pytest.fixture(scope="module")
def _folder(artifact_folder, many_films):
    return artifact_folder(many_films)


@pytest.fixture(autouse=True)
def _many(use_artifacts, _folder):
    """
    from reelrec.data.ratings.roles import RoleEvery test here runs on the 240 films and small models of them."""
    use_artifacts(_folder)


@pytest.fixture
def ratings_file(tmp_path, make_people, many_films):
    """Twelve people with 70 ratings each, and two with 59 and 60."""

    def write(more: list[tuple] = ()):
        slugs = [film.slug for film in many_films.films]
        frame = make_people(12, slugs, 70).assign(user_id=lambda rows: "person-" + rows["user_id"].astype(str))
        short = [("short", slug, 4.0) for slug in slugs[: MIN_RATINGS - 1]]
        enough = [("enough", slug, 4.0) for slug in slugs[:MIN_RATINGS]]
        extra = pd.DataFrame([*short, *enough, *more], columns=list(frame.columns))
        pd.concat([frame, extra]).to_csv(tmp_path / "people.csv", index=False)
        return tmp_path / "people.csv"

    return write


def test_everybody_with_enough_ratings_in_a_file_is_a_test_person(ratings_file):
    data = evaluation_data(ratings=ratings_file())
    assert data.users.user_ids.tolist() == sorted(["enough", *(f"person-{i}" for i in range(12))])
    assert len(data.histories) == 13
    assert data.notes == ()


def test_ratings_of_unknown_films_are_dropped_counted_and_do_not_help_to_sixty(ratings_file):
    more = [("short", "some-series", 5.0), ("person-1", "some-series", 1.0), ("short", "other", 2.0)]
    data = evaluation_data(ratings=ratings_file(more))
    assert "3 ratings of 2 films that are not in the catalogue" in data.notes[0]
    assert "short" not in data.users.user_ids
    assert len(data.users.items) == 12 * 70 + 60


def test_a_file_in_which_nobody_has_enough_ratings_says_so(tmp_path):
    path = tmp_path / "few.csv"
    path.write_text("user_id,film_id,rating\n1,film-1,3\n")
    with pytest.raises(RatingsFileError, match=r"Nobody in few has 60 ratings"):
        evaluation_data(ratings=path)


def test_a_persons_order_is_seeded_by_their_rank_by_id_alone(ratings_file):
    found = evaluation_data(ratings=ratings_file())
    for rank, history in enumerate(found.histories):
        order = np.random.default_rng([42, rank]).permutation(len(history))
        own = found.users.history(rank)
        np.testing.assert_array_equal(history.items, own.items[order])
        np.testing.assert_array_equal(history.ratings, own.ratings[order])


def test_a_sample_keeps_each_persons_order_and_is_always_the_same(ratings_file):
    path = ratings_file()
    everybody = evaluation_data(ratings=path)
    orders = dict(zip(everybody.users.user_ids, everybody.histories, strict=True))
    sample = evaluation_data(ratings=path, people=5)
    assert len(sample.histories) == sample.users.n_users == 5
    for who, history in zip(sample.users.user_ids, sample.histories, strict=True):
        np.testing.assert_array_equal(history.items, orders[who].items)
    assert evaluation_data(ratings=path, people=5).users.user_ids.tolist() == sample.users.user_ids.tolist()
    assert evaluation_data(ratings=path, people=99).users.n_users == 13
    with pytest.raises(OptionError, match="0 people cannot be sampled"):
        evaluation_data(ratings=path, people=0)


def test_shuffling_keeps_stars_and_hearts_with_their_films():
    history = History.of([5, 6, 7, 8], [1.0, 2.0, np.nan, 4.0], [False, False, True, False])
    shuffled = users.shuffled(history, 3)
    assert sorted(shuffled.items) == [5, 6, 7, 8]
    for place, item in enumerate(shuffled.items):
        np.testing.assert_equal(shuffled.ratings[place], history.ratings[item - 5])
        assert shuffled.liked[place] == history.liked[item - 5]


def test_letterboxd_people_are_those_whose_id_ends_in_nine_or_in_eight_for_tuning(make_people, many_films, monkeypatch):
    slugs = [film.slug for film in many_films.films]
    ratings = make_people(30, slugs, 65).astype({"film_id": "category"})
    monkeypatch.setattr(letterboxd, "read_ratings", lambda: ratings)
    assert evaluation_data().users.user_ids.tolist() == [9, 19, 29]
    assert evaluation_data(role=Role.TUNE).users.user_ids.tolist() == [8, 18, 28]


def test_the_models_are_the_shipped_ones_and_fame_is_the_catalogues(ratings_file, many_films):
    data = evaluation_data(ratings=ratings_file())
    assert data.model("ease").score(data.histories[0]).shape == (240,)
    np.testing.assert_array_equal(data.n_ratings, many_films.n_ratings)
    with pytest.raises(OptionError, match="no model called 'nope'"):
        data.model("nope")


def test_comparators_are_fitted_on_the_training_people_and_a_sample_does_not_wait_for_them(
    make_people, many_films, monkeypatch
):
    ratings = make_people(30, [film.slug for film in many_films.films], 65).astype({"film_id": "category"})
    monkeypatch.setattr(letterboxd, "read_ratings", lambda: ratings)
    usual = ("popularity", "ranker-of-tomorrow", "ease-whole")
    sampled, (first, second) = evaluation_data(people=2).choose(None, usual)
    assert sampled == ["popularity"]
    assert first == "Left out: ranker-of-tomorrow is not among the shipped models."
    assert "ease-whole is fitted on the spot" in second
    model = evaluation_data(people=2).model("ease-whole")  # asked for by name
    assert model.matrix_.shape == (240, 240)
    assert evaluation_data().choose(["whatever"], usual) == (["whatever"], ())


@pytest.mark.parametrize("there", [True, False])
def test_without_the_letterboxd_ratings_a_whole_run_leaves_comparators_out(ratings_file, monkeypatch, tmp_path, there):
    place = registry.source("letterboxd")
    for file in place.files:
        (tmp_path / "copies" / "letterboxd" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "copies" / "letterboxd" / file).touch()
    monkeypatch.setattr(registry, "DATA", _without_letterboxd(tmp_path))
    monkeypatch.setenv("REELREC_DATA", str(tmp_path / ("copies" if there else "nothing")))
    names, notes = evaluation_data(ratings=ratings_file()).choose(None, ("ease", "ease-whole"))
    assert names == (["ease", "ease-whole"] if there else ["ease"])
    assert all("Letterboxd ratings, which are not on this machine" in note for note in notes)
    assert len(notes) == (not there)


def _without_letterboxd(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sources.json").write_bytes((registry.DATA / "sources.json").read_bytes())
    return tmp_path / "data"


def test_a_comparator_whose_package_is_missing_says_so(monkeypatch):
    monkeypatch.setattr(comparators.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(OptionError, match=r"leader needs scikit-surprise. Run: pip install"):
        comparators.fitted("leader", None)


def test_other_data_is_unknown():
    with pytest.raises(OptionError, match=r"'nope'. Known: letterboxd, ml-latest-small"):
        evaluation_data("nope")


def test_movielens_people_8_and_9_are_new_to_models_fitted_on_the_others():
    if registry.source("ml-latest-small").folder is None:
        pytest.skip("MovieLens latest-small is not on this machine. Run: python -m reelrec data get ml-latest-small")
    data = evaluation_data("ml-latest-small", people=20)
    assert set(data.users.user_ids % 10) == {8, 9}
    ratings = movielens.read_ratings()
    others = ratings[ratings["user_id"] % 10 < 8]
    assert data.n_ratings.sum() == len(others)
    assert data.model("popularity").counts_.sum() == len(others)
