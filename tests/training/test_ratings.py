"""Whose ratings an artifact learns from."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.data.ratings.roles import Role
from reelrec.errors import OptionError, PartsError
from reelrec.sources.movielens import dataset as movielens
from reelrec.training.ratings import Ratings
from tests.fakes.parts import write_parts
from tests.fakes.workers import together


def test_two_sources_of_ratings_are_refused():
    Ratings().check()
    with pytest.raises(OptionError, match="--ratings and --data name several sources of ratings"):
        Ratings(file=Path("a.csv"), data="ml-latest-small").check()
    with pytest.raises(OptionError, match="--data and --log name"):
        Ratings(data="ml-latest-small", log=Path("events.log")).check()


def test_what_is_no_data_set_and_no_whole_folder_is_refused(films, tmp_path):
    Ratings(data="ml-latest-small").check()
    folder = write_parts(tmp_path / "parts", films, people=20)
    Ratings(data=str(folder)).check()
    (folder / "train" / "00001.parquet").unlink()
    with pytest.raises(PartsError, match=r"00001\.parquet is missing"):
        Ratings(data=str(folder)).check()
    assert not Ratings(data="ml-32m").small
    with pytest.raises(OptionError, match="no data set or folder of parts called 'nothing'"):
        Ratings(data="nothing").check()


def test_movielens_ratings_are_of_the_catalogues_films_and_users_have_the_roles_of_their_ids(make_film, monkeypatch):
    films = Catalogue([make_film(0, movielens_id=11), make_film(1), make_film(2, movielens_id=33)])
    rows = [(1, 11, 4.0), (1, 33, 2.5), (1, 99, 5.0), (2, 33, 3.0), (8, 11, 1.0)]
    frame = pd.DataFrame(rows, columns=["user_id", "film_id", "rating"])
    monkeypatch.setattr(movielens, "read_ratings", lambda name: frame)
    dataset, described = Ratings(data="ml-latest-small").users(films, Role.TRAIN)
    assert dataset.user_ids.tolist() == [1, 2]
    assert dataset.items.tolist() == [0, 2, 2]
    assert described == dataset.describe()
    assert described["name"] == "ml-latest-small train users"
    assert Ratings(data="ml-latest-small").users(films, Role.TUNE)[0].user_ids.tolist() == [8]
    assert Ratings(data="ml-latest-small").small
    assert not Ratings().small


def test_workers_read_a_folder_of_parts_each_its_own(films, tmp_path):
    folder = write_parts(tmp_path / "parts", films, people=60, parts=5)
    ratings = Ratings(data=str(folder))
    whole, described = ratings.users(films, Role.TRAIN)
    assert not ratings.small
    assert (described["people"], described["ratings"]) == (whole.n_users, len(whole.items)) == (48, len(whole.items))

    def read(share):
        mine, told = ratings.users(films, Role.TRAIN, share.workers)
        assert told == described
        return mine.user_ids.tolist(), mine.counts().tolist()

    mine = together(2, whole, read)
    assert sorted(mine[0][0] + mine[1][0]) == whole.user_ids.tolist()
    assert [counts for _, counts in mine] == [np.bincount(whole.items, minlength=films.n_items).tolist()] * 2


def test_too_few_parts_another_catalogue_and_nobody_are_said_in_a_sentence(films, many_films, tmp_path):
    folder = write_parts(tmp_path / "parts", films, people=60, parts=1)
    whole = Ratings(data=str(folder)).users(films, Role.TRAIN)[0]
    with pytest.raises(PartsError, match="has 1 parts, too few for 2 workers"):
        together(2, whole, lambda share: Ratings(data=str(folder)).users(films, Role.TRAIN, share.workers))
    with pytest.raises(PartsError, match="was made for a catalogue of 14 items"):
        Ratings(data=str(folder)).users(many_films, Role.TRAIN)
    few = write_parts(tmp_path / "few", films, people=5, parts=1)  # ids 1 to 5 train
    with pytest.raises(PartsError, match="has nobody with the role tune"):
        Ratings(data=str(few)).users(films, Role.TUNE)


def test_paths_hold_in_any_folder(tmp_path, monkeypatch):
    (tmp_path / "parts").mkdir()
    monkeypatch.chdir(tmp_path)
    assert Ratings(data="parts").absolute() == Ratings(data=str(tmp_path / "parts"))
    assert Ratings(file=Path("a.csv"), log=Path("b.log")).absolute() == Ratings(
        file=tmp_path / "a.csv", log=tmp_path / "b.log"
    )
    assert Ratings(data="ml-latest-small").absolute() == Ratings(data="ml-latest-small")
