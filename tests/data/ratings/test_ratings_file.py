import decimal
import time

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reelrec.data.ratings.ratings_file import read_ratings_file
from reelrec.errors import RatingsFileError


@pytest.fixture
def write(tmp_path):
    def csv(text: str, encoding: str = "utf-8"):
        path = tmp_path / "ratings.csv"
        path.write_text(text, encoding=encoding)
        return path

    return csv


def test_a_csv_and_a_parquet_file_of_the_same_rows_are_read_alike(tmp_path):
    frame = pd.DataFrame({"user_id": [2, 1], "film_id": ["a", "b"], "rating": [3.5, 5.0], "more": ["x", "y"]})
    frame.to_csv(tmp_path / "r.csv", index=False)
    frame.to_parquet(tmp_path / "r.parquet")
    for path in (tmp_path / "r.csv", tmp_path / "r.parquet"):
        found = read_ratings_file(path)
        assert list(found.columns) == ["user_id", "film_id", "rating"]
        assert found["rating"].dtype == np.float32
        assert found.to_numpy().tolist() == [[2, "a", 3.5], [1, "b", 5.0]]


def test_ids_may_be_text_and_film_ids_always_are(write):
    found = read_ratings_file(write("user_id,film_id,rating\nann,007,3\nbob,1917,4.5\n"))
    assert found["user_id"].tolist() == ["ann", "bob"]
    assert found["film_id"].tolist() == ["007", "1917"]


def test_the_mark_that_excel_puts_before_a_csv_is_no_part_of_a_name(write):
    assert len(read_ratings_file(write("user_id,film_id,rating\n1,a,3\n", encoding="utf-8-sig"))) == 1


def test_of_several_ratings_of_a_film_the_last_counts(write):
    found = read_ratings_file(write("user_id,film_id,rating\n1,a,3\n2,a,1\n1,b,2\n1,a,5\n"))
    assert {(row.user_id, row.film_id): row.rating for row in found.itertuples()} == {
        (2, "a"): 1.0,
        (1, "b"): 2.0,
        (1, "a"): 5.0,
    }


def test_rows_without_a_person_or_a_film_are_no_ratings(write):
    assert len(read_ratings_file(write("user_id,film_id,rating\n1,,3\nann,b,2\n"))) == 1


@pytest.mark.parametrize("text", ["user_id,film_id,rating\n", "user_id,film_id,rating\n,,\n"])
def test_a_file_without_ratings_says_so(write, text):
    with pytest.raises(RatingsFileError, match=r"ratings.csv holds no rating"):
        read_ratings_file(write(text))


@pytest.mark.parametrize("text", ["", '"never closed\n', "a,b\n1,2\n1,2,3\n"])
def test_what_is_no_csv_says_what_is_expected(write, text):
    with pytest.raises(RatingsFileError, match=r"cannot be read as CSV.*user_id, film_id, rating"):
        read_ratings_file(write(text))


def test_bytes_that_are_no_text_are_no_csv(tmp_path):
    (tmp_path / "r.csv").write_bytes(b"\xff\xfe\x00\x81" * 100)
    with pytest.raises(RatingsFileError, match="cannot be read as CSV"):
        read_ratings_file(tmp_path / "r.csv")


def test_other_columns_are_named_with_the_missing_ones(write):
    with pytest.raises(RatingsFileError, match="columns userId, film_id, stars; missing: user_id, rating"):
        read_ratings_file(write("userId,film_id,stars\n1,a,3\n"))


@pytest.mark.parametrize("stars", ["0", "5.5", "3.3", "-1", "four", "", "inf", "nan"])
def test_a_rating_that_is_no_half_star_is_named_with_its_row(write, stars):
    with pytest.raises(RatingsFileError, match=r"1 ratings that are not half-stars.*first in row 2"):
        read_ratings_file(write(f"user_id,film_id,rating\n1,a,3\n1,b,{stars}\n"))


@pytest.mark.parametrize("content", [b"", b"no parquet", b"PAR1 but no more PAR1"])
def test_an_unreadable_parquet_file_says_what_is_expected(tmp_path, content):
    (tmp_path / "r.parquet").write_bytes(content)
    with pytest.raises(RatingsFileError, match="cannot be read as parquet"):
        read_ratings_file(tmp_path / "r.parquet")


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(RatingsFileError, match="There is no file"):
            read_ratings_file(path)


def test_two_hundred_thousand_rows_are_read_in_seconds(tmp_path):
    rng = np.random.default_rng(0)
    n = 200_000
    frame = pd.DataFrame({"user_id": rng.integers(2000, size=n), "film_id": rng.integers(9000, size=n)})
    frame["rating"] = rng.integers(1, 11, n) / 2
    frame.assign(film_id="film-" + frame["film_id"].astype(str)).to_csv(tmp_path / "r.csv", index=False)
    began = time.process_time()
    found = read_ratings_file(tmp_path / "r.csv")
    assert time.process_time() - began < 5
    assert len(found) == len(frame.drop_duplicates(["user_id", "film_id"]))


def test_a_row_without_a_person_leaves_the_other_ids_as_they_stand(write):
    found = read_ratings_file(write("user_id,film_id,rating\n1,a,3\n,b,2\n"))
    assert [str(user) for user in found["user_id"]] == ["1"]


def test_a_column_of_lists_is_refused(tmp_path):
    frame = pd.DataFrame({"user_id": [1], "film_id": [["a"]], "rating": [3.0]})
    frame.to_parquet(tmp_path / "r.parquet")
    with pytest.raises(RatingsFileError):
        read_ratings_file(tmp_path / "r.parquet")


def test_the_row_of_a_wrong_rating_is_that_of_the_file(write):
    with pytest.raises(RatingsFileError, match="first in row 3"):
        read_ratings_file(write("user_id,film_id,rating\n1,,3\n1,b,2\n1,c,9\n"))


def test_ids_that_are_no_plain_numbers_stay_text(write):
    found = read_ratings_file(write("user_id,film_id,rating\n007,a,3\n7,a,4\n"))
    assert found["user_id"].tolist() == ["007", "7"]


def test_ids_that_are_plain_numbers_are_ranked_as_such(write):
    found = read_ratings_file(write("user_id,film_id,rating\n10,a,3\n9,a,4\n"))
    assert sorted(found["user_id"]) == [9, 10]


HUGE = "4" + "9" * 400


@pytest.mark.parametrize("stars", [HUGE, f"-{HUGE}", f"{HUGE}.5", "1e999", "9" * 25, "0x5", "４", "True"])
def test_a_rating_of_any_size_or_kind_is_a_ratings_file_error(write, stars):
    with pytest.raises(RatingsFileError, match="not half-stars"):
        read_ratings_file(write(f"user_id,film_id,rating\n1,a,{stars}\n2,a,3\n"))


@pytest.mark.parametrize(
    "column",
    [
        pa.array([2**62, -1]), pa.array([True, True]), pa.array([b"3", b"\xff"]), pa.array([["3"], None]),
        pa.array([{"a": 3}, None]), pa.array([3, 4], pa.timestamp("us")), pa.nulls(2), pa.array(["three", "é"]),
        pa.array([decimal.Decimal("1e30"), None], pa.decimal128(38, 2)), pa.array([float("inf"), float("nan")]),
    ],
    ids=lambda column: str(column.type),
)  # fmt: skip
def test_ratings_of_another_type_in_a_parquet_file_are_a_ratings_file_error(tmp_path, column):
    table = pa.table({"user_id": [1, 2], "film_id": ["a", "b"], "rating": column})
    pq.write_table(table, tmp_path / "r.parquet")
    with pytest.raises(RatingsFileError):
        read_ratings_file(tmp_path / "r.parquet")


@pytest.mark.parametrize("name", ["user_id", "film_id"])
def test_text_in_a_parquet_file_that_is_no_utf8_is_a_ratings_file_error(tmp_path, name):
    table = pa.table({"user_id": ["1"], "film_id": ["heat-1995"], "rating": [3.0]} | {name: ["heat-1995"]})
    plain = {"compression": "none", "use_dictionary": False, "write_statistics": False}
    pq.write_table(table, tmp_path / "r.parquet", **plain)
    data = (tmp_path / "r.parquet").read_bytes()
    (tmp_path / "r.parquet").write_bytes(data.replace(b"heat-1995", b"h\x7f\xff\xff\xff1995"))
    with pytest.raises(RatingsFileError, match="cannot be read as parquet"):
        read_ratings_file(tmp_path / "r.parquet")


def test_what_pandas_wrote_beside_a_table_is_not_believed(tmp_path):
    table = pa.table({"user_id": [1], "film_id": ["a"], "rating": [3.0]})
    pq.write_table(table.replace_schema_metadata({b"pandas": b"{not json"}), tmp_path / "r.parquet")
    assert len(read_ratings_file(tmp_path / "r.parquet")) == 1


def test_ratings_that_are_texts_in_a_parquet_file_are_read(tmp_path):
    pq.write_table(pa.table({"user_id": [1], "film_id": ["a"], "rating": ["3.5"]}), tmp_path / "r.parquet")
    assert read_ratings_file(tmp_path / "r.parquet")["rating"].tolist() == [3.5]
