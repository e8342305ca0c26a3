"""A folder of parts: what is written is read again, and whatever is wrong with it is one clear sentence."""

import json
import shutil
import tracemalloc
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reelrec.data.ratings import parts as parts_module
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.part_files import file as part_file
from reelrec.data.ratings.part_files.file import SCHEMA, file_name, marks, part_of
from reelrec.data.ratings.part_files.writer import PartsWriter
from reelrec.data.ratings.parts import Parts
from reelrec.data.ratings.roles import Role, has_role
from reelrec.errors import OptionError, PartsError
from reelrec.paths import sha256

N_PARTS = 3


def batch_of(frame: pd.DataFrame) -> pa.RecordBatch:
    return pa.RecordBatch.from_pandas(frame[["user_id", "item", "rating"]], SCHEMA, preserve_index=False)


@pytest.fixture(scope="module")
def frame(films, make_people):
    """Ratings of 40 people with ids that are no row of numbers, by user."""
    slugs = films.slugs[: films.n_items]
    rows = make_people(40, slugs, 6)
    ids = np.sort(np.random.default_rng(3).choice(2**62, 40, replace=False))
    return rows.assign(user_id=ids[rows["user_id"]], item=rows["film_id"].map(slugs.index))


def written(folder, frame, films, *, name="invented", data="abc", at_once=5):
    """The folder of parts of these ratings, written in batches that cut users in two."""
    ids = frame["user_id"].to_numpy()
    with PartsWriter(folder, name=name, data=data, n_parts=N_PARTS, films=films) as writer:
        for role in Role:
            for part in range(N_PARTS):
                own = frame[has_role(ids, role) & (part_of(ids, N_PARTS) == part)]
                batches = [batch_of(own[first : first + at_once]) for first in range(0, len(own), at_once)]
                writer.write(role, part, batches)
    return folder


@pytest.fixture
def folder(tmp_path, frame, films):
    return written(tmp_path / "parts", frame, films)


def test_what_is_written_is_read_again_as_the_data_set_of_the_same_users(folder, frame, films, monkeypatch):
    monkeypatch.setattr(part_file, "ROWS_AT_ONCE", 7)
    parts = Parts.open(folder)
    ids = frame["user_id"].to_numpy()
    for role in Role:
        own = frame[has_role(ids, role)]
        expected = Dataset.from_frame(f"invented {role} users", own, films.slugs[: films.n_items])
        found = parts.read(role, range(N_PARTS), films)
        assert found.describe() == expected.describe()
        assert found.item_ids.tolist() == expected.item_ids.tolist()
        assert [found.start.dtype, found.items.dtype, found.ratings.dtype] == [np.int64, np.int32, np.float32]
        assert (parts.people(role), parts.ratings(role)) == (own["user_id"].nunique(), len(own))
        assert "genre" in found.features
    assert (parts.name, parts.n_parts, parts.n_items) == ("invented", N_PARTS, films.n_items)


def test_some_parts_hold_their_users_alone_and_all_of_them_hold_each_user_once(folder, frame):
    parts = Parts.open(folder)
    each = [parts.read(Role.TRAIN, [part]) for part in range(N_PARTS)]
    for part, dataset in enumerate(each):
        assert dataset.n_users
        assert (part_of(dataset.user_ids, N_PARTS) == part).all()
        assert dataset.item_ids.tolist() == list(range(parts.n_items))
    both = parts.read(Role.TRAIN, [2, 0])
    assert both.user_ids.tolist() == sorted([*each[0].user_ids, *each[2].user_ids])
    history = both.history(both.user_ids.tolist().index(each[2].user_ids[0]))
    np.testing.assert_array_equal(history.items, each[2].history(0).items)
    none = parts.read(Role.TRAIN, [])
    assert (none.n_users, len(none.items), none.start.tolist()) == (0, 0, [0])


def test_the_part_of_a_user_is_the_same_everywhere_and_parts_are_even():
    assert part_of(np.array([0, 1, 2, 12345678901, -5]), 4).tolist() == [0, 1, 2, 2, 0]
    for ids in (
        np.arange(100_000),
        np.arange(100_000) * 10 + 8,
        np.random.default_rng(1).integers(2**63, size=100_000),
    ):
        counts = np.bincount(part_of(ids, 16), minlength=16)
        assert counts.min() > 0.95 * counts.mean()


def test_the_checksum_is_of_the_ratings_and_of_nothing_else(tmp_path, folder, frame, films):
    again = Parts.open(written(tmp_path / "again", frame, films))
    assert again.sha256 == Parts.open(folder).sha256
    other = frame.assign(rating=np.where(frame.index == 0, 0.5, frame["rating"]))
    assert Parts.open(written(tmp_path / "other", other, films)).sha256 != again.sha256


def test_a_part_without_users_is_a_file_without_rows(tmp_path, frame, films):
    one = frame[frame["user_id"] == frame["user_id"].iloc[0]]
    parts = Parts.open(written(tmp_path / "one", one, films))
    assert sum(parts.people(role) for role in Role) == 1
    assert len([*parts.folder.glob("*/*.parquet")]) == 3 * N_PARTS
    assert sum(parts.read(role, range(N_PARTS)).n_users for role in Role) == 1


def test_reading_takes_little_more_memory_than_the_arrays(tmp_path, films):
    """2 million ratings are 16 MB; users of all parts lie between each other."""
    ids = np.repeat(np.arange(0, 10_000 * 10, 10, dtype=np.int64), 200)
    rng = np.random.default_rng(1)
    with PartsWriter(tmp_path / "many", name="many", data="m", n_parts=8, films=films) as writer:
        for role in Role:
            for part in range(8):
                own = ids[(part_of(ids, 8) == part) & has_role(ids, role)]
                columns = [own, rng.integers(films.n_items, size=len(own)), rng.integers(1, 11, size=len(own)) / 2]
                arrays = [pa.array(column).cast(field.type) for column, field in zip(columns, SCHEMA, strict=True)]
                writer.write(role, part, [pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)])
    parts = Parts.open(tmp_path / "many")
    tracemalloc.start()
    dataset = parts.read(Role.TRAIN, range(8))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(dataset.items) == 2_000_000
    assert peak < 2 * (dataset.items.nbytes + dataset.ratings.nbytes)


def test_parts_made_for_other_films_are_refused_where_the_catalogue_is_given(folder, many_films):
    with pytest.raises(PartsError, match=r"was made for a catalogue of 14 items .* has 240"):
        Parts.open(folder).read(Role.TRAIN, [0], many_films)


def test_a_part_that_is_none_of_the_folder_is_refused(folder):
    with pytest.raises(PartsError, match=r"has the parts 0 to 2, not all of \[1, 3\]"):
        Parts.open(folder).read(Role.TRAIN, [1, 3])


def set_index(folder, **changes):
    path = folder / "parts.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def remove_file(folder):
    (folder / "tune/00001.parquet").unlink()


def empty_file(folder):
    (folder / "tune/00001.parquet").write_bytes(b"")


def cut_file(folder):
    path = folder / "train/00001.parquet"
    path.write_bytes(path.read_bytes()[:-40])


def swap_parts(folder):
    shutil.copy(folder / "train/00000.parquet", folder / "train/00001.parquet")


def swap_roles(folder):
    shutil.copy(folder / "train/00000.parquet", folder / "test/00000.parquet")


def no_index(folder):
    (folder / "parts.json").unlink()


def no_files(folder):
    shutil.rmtree(folder)
    folder.mkdir()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (shutil.rmtree, r"There is no folder .*parts\. .*data shard"),
        (no_files, r"parts is empty"),
        (no_index, r"has no parts.json: it was not finished"),
        (remove_file, r"tune/00001.parquet is missing"),
        (empty_file, r"tune/00001.parquet is empty"),
        (cut_file, r"train/00001.parquet is damaged"),
        (swap_parts, r"train/00001.parquet is of another part \(0 of 3\) than its folder \(1 of 3\)"),
        (swap_roles, r"test/00000.parquet is of another role"),
        (lambda folder: set_index(folder, version=2), r"is of version 2, and this reads 1"),
        (lambda folder: set_index(folder, parts=4), r"parts.json is damaged .*each part of each role"),
        (lambda folder: set_index(folder, sha256="00"), r"parts.json is damaged .*sha256"),
        (lambda folder: set_index(folder, items=[]), r"parts.json is damaged"),
        (lambda folder: (folder / "parts.json").write_text("[" * 100_000), r"parts.json is damaged"),
        (lambda folder: (folder / "parts.json").write_bytes(b"\xff"), r"parts.json is damaged"),
    ],
)
def test_a_folder_that_is_none_is_refused_with_a_sentence(folder, spoil, says):
    spoil(folder)
    with pytest.raises(PartsError, match=says):
        Parts.open(folder)


def test_parts_of_two_data_sets_are_not_mixed(tmp_path, folder, frame, films):
    other = written(tmp_path / "other", frame, films, data="another")
    shutil.copy(other / "train/00001.parquet", folder / "train/00001.parquet")
    with pytest.raises(PartsError, match=r"is of another data \(another\) than its folder \(abc\).*mixed"):
        Parts.open(folder)


def test_a_folder_without_a_rating_is_refused(tmp_path, frame, films):
    with pytest.raises(PartsError, match=r"parts without a rating"):
        Parts.open(written(tmp_path / "none", frame[:0], films))


def with_file(folder, table, known_hash=True):
    """Put a table in the place of the first part of the train users, as if it had been written so."""
    name = file_name(Role.TRAIN, 0)
    pq.write_table(table.replace_schema_metadata(marks("abc", Role.TRAIN, 0, N_PARTS)), folder / name)
    parts = Parts.open(folder)
    if known_hash:
        file = parts.index.files[name]._replace(sha256=sha256(folder / name))
        parts = replace(parts, index=parts.index._replace(files={**parts.index.files, name: file}))
    return parts


def table_of(folder):
    return pq.read_table(folder / file_name(Role.TRAIN, 0), partitioning=None)


def changed(table, name, values):
    place = table.schema.get_field_index(name)
    return table.set_column(place, SCHEMA.field(name), pa.array(values, type=SCHEMA.field(name).type))


def test_a_file_with_other_bytes_is_refused_when_it_is_read(folder):
    table = table_of(folder)
    parts = with_file(folder, changed(table, "rating", [1.0] * len(table)), known_hash=False)
    with pytest.raises(PartsError, match=r"00000.parquet is damaged \(its SHA-256"):
        parts.read(Role.TRAIN, [0])


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("item", 14, "items that the catalogue has not"),
        ("item", -1, "items that the catalogue has not"),
        ("rating", 3.3, "no half-stars"),
        ("user_id", 1, "not in the order of their ids"),
    ],
)
def test_values_that_no_rating_has_are_refused_when_a_file_is_read(folder, name, value, says):
    table = table_of(folder)
    parts = with_file(folder, changed(table, name, [*table[name].to_pylist()[:-1], value]))
    with pytest.raises(PartsError, match=says):
        parts.read(Role.TRAIN, [0])


def test_a_file_with_other_columns_is_refused(folder):
    with pytest.raises(PartsError, match=r"damaged \(it has not the columns and rows"):
        with_file(folder, table_of(folder).drop_columns(["rating"]))
    with pytest.raises(PartsError, match=r"damaged \(it has not the columns and rows"):
        with_file(folder, table_of(folder).replace_schema_metadata(None).slice(1))


def fill_the_disk(target, frame, films):
    with PartsWriter(target, name="x", data="x", n_parts=2, films=films) as writer:
        writer.write(Role.TRAIN, 0, [batch_of(frame)])
        assert not (target / "parts.json").exists()
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("existing", [False, True])
def test_an_error_while_writing_leaves_nothing(tmp_path, frame, films, existing):
    target = tmp_path / "target"
    if existing:
        target.mkdir()
    with pytest.raises(OSError, match="No space"):
        fill_the_disk(target, frame, films)
    assert target.exists() == existing
    assert not existing or not [*target.iterdir()]


def test_nothing_is_written_over_what_a_folder_holds(tmp_path, folder, films):
    options = {"name": "x", "data": "x", "films": films}
    with pytest.raises(OptionError, match=r"holds parts already"):
        PartsWriter(folder, n_parts=2, **options)
    no_index(folder)
    with pytest.raises(OptionError, match=r"holds something else, or parts that were never finished"):
        PartsWriter(folder, n_parts=2, **options)
    (tmp_path / "file").write_text("x")
    with pytest.raises(OptionError, match=r"file is a file"):
        PartsWriter(tmp_path / "file", n_parts=2, **options)
    for wrong in (0, -1, 10_000):
        with pytest.raises(OptionError, match=rf"cannot be written in {wrong:,} parts. Ask for 1 to 9,999"):
            PartsWriter(tmp_path / "new", n_parts=wrong, **options)


def test_the_folder_is_described_where_its_reader_is():
    for word in ("parts.json", "user_id int64", "item int32", "rating float32"):
        assert word in parts_module.__doc__
