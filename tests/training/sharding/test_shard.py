"""Ratings files become parts: the same ratings that training reads without parts, and one clear sentence otherwise."""

import hashlib
import sys

import numpy as np
import pandas as pd
import pytest

from reelrec.data.ratings.parts import Parts
from reelrec.data.ratings.roles import Role, has_role
from reelrec.errors import OptionError, RatingsFileError
from reelrec.training.sharding import shard as module
from reelrec.training.sharding.data_sets import data_of_files
from reelrec.training.sharding.shard import shard
from reelrec.training.users import catalogue_dataset

INSTALL = "Run: pip install -r requirements-cluster.txt"
pytest.importorskip("duckdb", reason=f"DuckDB is not installed. {INSTALL}")


@pytest.fixture(scope="module")
def frame(films, make_people):
    """Ratings of 60 people in any order: of twins, of films that nobody knows, and of films rated twice."""
    rows = make_people(60, [*films.slugs, "lost-film"], 11)
    again = rows.sample(80, random_state=1).assign(rating=0.5)
    return pd.concat([rows, again]).sample(frac=1.0, random_state=2).reset_index(drop=True)


@pytest.fixture
def sharded(tmp_path, films):
    """Write a frame or a text as a file, and then as parts."""

    def run(rows, name="ratings.csv", n_parts=3, out="parts"):
        path = tmp_path / name
        if isinstance(rows, str):
            path.write_text(rows, encoding="utf-8")
        elif isinstance(rows, bytes):
            path.write_bytes(rows)
        else:
            rows.to_parquet(path) if path.suffix == ".parquet" else rows.to_csv(path, index=False)
        return shard(data_of_files([str(path)], films), tmp_path / out, n_parts, films)

    return run


def everything(parts: Parts, films) -> dict[tuple[int, str], float]:
    """The stars by user and slug."""
    found = {}
    for role in Role:
        dataset = parts.read(role, range(parts.n_parts), films)
        for user, item, stars in zip(dataset.users, dataset.items, dataset.ratings, strict=True):
            found[int(dataset.user_ids[user]), films.slugs[item]] = float(stars)
    return found


@pytest.mark.parametrize("name", ["ratings.csv", "ratings.parquet"])
@pytest.mark.parametrize("n_parts", [1, 7])
def test_the_parts_hold_bit_for_bit_what_training_reads_without_them(sharded, frame, films, name, n_parts):
    found = sharded(frame, name, n_parts)
    single = frame.drop_duplicates(["user_id", "film_id"], keep="last")
    for role in Role:
        own = single[has_role(single["user_id"].to_numpy(), role)]
        expected = catalogue_dataset(f"ratings {role} users", own, films)
        read = found.parts.read(role, range(n_parts), films)
        assert read.describe() == expected.describe()
        assert read.features.keys() == expected.features.keys()
    assert found.unknown == (frame["film_id"] == "lost-film").sum()
    kept = sum(found.parts.ratings(role) for role in Role)
    assert kept + found.unknown + found.repeated == len(frame)
    assert found.repeated > 60


def test_where_times_are_known_the_latest_counts_and_the_oldest_comes_first(sharded, films):
    text = (
        "user_id,film_id,rating,timestamp\n"
        "1,the-lantern,5,300\n1,night-ferry,1,200\n1,the-lantern,2,100\n1,twin-rivers,3,\n1,grey-dawn,4,250\n"
    )
    dataset = sharded(text).parts.read(Role.TRAIN, range(3), films)
    slugs = [films.slugs[item] for item in dataset.items]
    assert slugs == ["twin-rivers", "night-ferry", "grey-dawn", "the-lantern"]
    assert dataset.ratings.tolist() == [3.0, 1.0, 4.0, 5.0]


@pytest.mark.parametrize("unit", ["s", "ns"])
def test_times_of_parquet_may_be_dates(sharded, films, unit):
    times = pd.to_datetime(["2021-05-01", "2020-05-01"]).astype(f"datetime64[{unit}]")
    rows = pd.DataFrame({"user_id": 1, "film_id": "the-lantern", "rating": [4.0, 1.0], "timestamp": times})
    assert everything(sharded(rows, "ratings.parquet").parts, films) == {(1, "the-lantern"): 4.0}


def number_of(text: str) -> int:
    """The number of a user by the text of their id, as the documents say it."""
    return int.from_bytes(hashlib.md5(text.encode(), usedforsecurity=False).digest()[8:], "little") >> 1


def test_text_ids_become_numbers_that_depend_on_the_text_alone_and_numbers_stay(sharded, films):
    rows = ("ann,night-ferry,5", "12,night-ferry,4", "012,night-ferry,3", "-7,night-ferry,2", "ann,grey-dawn,1")
    text = "\n".join(("user_id,film_id,rating", *rows))
    found = everything(sharded(text).parts, films)
    ann, zero = number_of("ann"), number_of("012")
    assert 0 <= min(ann, zero) <= max(ann, zero) < 2**63
    assert found == {
        (ann, "night-ferry"): 5.0,
        (ann, "grey-dawn"): 1.0,
        (12, "night-ferry"): 4.0,
        (zero, "night-ferry"): 3.0,
        (-7, "night-ferry"): 2.0,
    }
    alone = everything(sharded("user_id,film_id,rating\nann,grey-dawn,1\n", out="alone").parts, films)
    assert alone == {(ann, "grey-dawn"): 1.0}


def test_a_folder_and_a_pattern_are_read_in_the_order_of_their_names_and_a_later_file_counts(tmp_path, films):
    folder = tmp_path / "in [it]'s"
    folder.mkdir()
    pd.DataFrame({"user_id": [1, 2], "film_id": "grey-dawn", "rating": 1.0}).to_parquet(folder / "a.parquet")
    (folder / "b.csv").write_text("rating,user_id,film_id,more\n4.5,2,grey-dawn,x\n")
    (folder / "notes.txt").write_text("no ratings")
    for place, text in enumerate((str(folder), f"{tmp_path}/in*/[ab].*")):
        parts = shard(data_of_files([text], films), tmp_path / f"o'ut {place}", 2, films).parts
        assert everything(parts, films) == {(1, "grey-dawn"): 1.0, (2, "grey-dawn"): 4.5}


def test_rows_without_a_person_or_a_film_are_no_ratings_and_excels_mark_is_no_part_of_a_name(sharded, films):
    text = b"\xef\xbb\xbfuser_id,film_id,rating\n1,,3\n,grey-dawn,3\n1,grey-dawn,3\n"
    assert everything(sharded(text).parts, films) == {(1, "grey-dawn"): 3.0}


def test_equal_files_make_parts_of_one_checksum(sharded, frame):
    first, second = (sharded(frame, out=out).parts for out in ("one", "two"))
    assert first.sha256 == second.sha256
    other = sharded(frame[1:], out="three").parts
    assert other.index.data != first.index.data


def test_what_memory_does_not_hold_is_kept_in_the_folder_of_work_and_removed(sharded, tmp_path, films, monkeypatch):
    monkeypatch.setattr(module, "MEMORY", "90MB")
    rng = np.random.default_rng(1)
    rows = pd.DataFrame({
        "user_id": rng.integers(2**40, size=1_000_000), "film_id": "grey-dawn", "rating": 3.0,
    })  # fmt: skip
    parts = sharded(rows, "ratings.parquet", n_parts=1).parts
    assert sum(parts.people(role) for role in Role) == rows["user_id"].nunique()
    assert sorted(path.name for path in parts.folder.iterdir()) == ["parts.json", "test", "train", "tune"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            "user_id,film_id,rating\n1,no-such-film,3\n2,nor-this,4\n",
            r"None of the 2 ratings of ratings.csv is of a film",
        ),
        (
            "user_id,film_id,rating\n1,grey-dawn,3\n2,grey-dawn,3.3\n3,grey-dawn,good\n",
            r"ratings.csv has 2 ratings that are not half-stars .* first in row 2: 3.3\. Mend",
        ),
        ("user_id,film_id,rating\n1,grey-dawn,\n", r"has 1 ratings that are not half-stars .* row 1: nothing"),
        ("user_id,film_id,rating\n1,grey-dawn,nan\n", r"has 1 ratings that are not half-stars"),
        (pd.DataFrame({"user_id": [1], "film_id": "grey-dawn", "rating": True}), r"has 1 ratings that are not half"),
        (pd.DataFrame({"user_id": [[1]], "film_id": "grey-dawn", "rating": 1.0}), r"has lists in user_id"),
        ("user_id,film_id,rating\n", r"ratings.(csv|parquet) holds no rating"),
        ("user_id,film_id,rating\n,,\n", r"holds no rating"),
        ("user_id,film,rating\n1,a,3\n", r"has the columns user_id, film, rating; missing: film_id"),
        ("", r"has the columns ; missing: user_id, film_id, rating"),
        (b"user_id,film_id,rating\n1,\xff\xfe,3\n", r"cannot be read as CSV"),
        (b"\x00\xff\x00", r"cannot be read as CSV"),
        ("user_id,film_id,rating\n1,grey-dawn,3,4,5\n", r"cannot be read as CSV"),
    ],
    ids=range(13),
)
def test_a_file_that_is_none_is_refused_and_nothing_is_left(sharded, tmp_path, rows, says):
    with pytest.raises(RatingsFileError, match=says):
        sharded(rows, "ratings.parquet" if isinstance(rows, pd.DataFrame) else "ratings.csv")
    assert [path.stem for path in tmp_path.iterdir()] == ["ratings"]


def test_damaged_parquet_is_refused(sharded):
    with pytest.raises(RatingsFileError, match="cannot be read as parquet"):
        sharded(b"PAR1 no more PAR1", "ratings.parquet")


def test_a_file_that_is_not_there_is_said(tmp_path, films):
    for text, says in (("gone.csv", r"There is no file gone.csv"), (f"{tmp_path}/*.csv", r"names no CSV or parquet")):
        with pytest.raises(RatingsFileError, match=says):
            data_of_files([text], films)


def test_parts_are_at_least_one_and_no_folder_is_written_over(sharded, tmp_path, frame):
    with pytest.raises(OptionError, match="cannot be written in 0 parts"):
        sharded(frame, n_parts=0)
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "mine.txt").write_text("mine")
    with pytest.raises(OptionError, match="holds something else"):
        sharded(frame)
    assert (tmp_path / "parts" / "mine.txt").read_text() == "mine"


def test_a_full_disk_is_said_and_leaves_nothing(sharded, tmp_path, frame, monkeypatch):
    monkeypatch.setattr(
        module, "_staged", lambda database, *_: database.execute("COPY (SELECT 1) TO '/dev/full' (FORMAT csv)")
    )
    with pytest.raises(OSError, match="No space left") as raised:
        sharded(frame)
    assert raised.value.filename == str(tmp_path / "parts")
    assert not (tmp_path / "parts").exists()


def test_a_machine_without_duckdb_says_what_to_install(sharded, frame, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(OptionError, match=f"needs duckdb. {INSTALL}"):
        sharded(frame)
