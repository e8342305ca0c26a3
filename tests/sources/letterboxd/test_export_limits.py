"""What is too much, and what is no file at all: always refused soon, in words, and in nothing but ExportError."""

from __future__ import annotations

import time
import zipfile
from contextlib import suppress
from random import Random

import pytest

from reelrec.errors import ExportError
from reelrec.sources.letterboxd import export_films
from reelrec.sources.letterboxd.export import read_export
from reelrec.sources.letterboxd.export_files import parts_of
from reelrec.sources.letterboxd.export_kinds import FILES
from reelrec.sources.letterboxd.export_tables import table_of
from reelrec.sources.log import clean_title
from tests.fakes import bad_zips, exports
from tests.fakes.exports import DIARY, NAMED, RATED, REVIEWS, film, packed, table


def refusal(*uploads: tuple[str, bytes]) -> str:
    with pytest.raises(ExportError) as caught:
        read_export(uploads)
    return str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        b"," * 9_000_000, b'"\n",' * 2_000_000, b"\n" * 9_000_000, (b"," * 19_000 + b"\n") * 400,
        exports.RATINGS + b",a" * 4_500_000, table(REVIEWS) + b'"\n",' * 2_000_000,
        table(REVIEWS) + b'"' + b"a\n" * 4_500_000, table(RATED) + b"\xe9\n" * 3_000_000,
        table(RATED) + (b"a," * 100_000 + b"\n") * 45,
    ],
    ids=["commas", "quotes", "lines", "wide lines", "a wide row", "open quotes", "one quote", "bad bytes", "wide rows"],
)  # fmt: skip
def test_a_cell_or_a_row_beyond_all_bounds_is_left_out_soon(data):
    start = time.process_time()
    with suppress(ExportError):
        log = read_export([("ratings.csv", data)])
        assert len(log.films) <= 4
        assert log.faults
    assert time.process_time() - start < 4


def test_a_huge_cell_is_cut():
    (found,) = read_export([("ratings.csv", exports.huge_cell())]).films
    assert (len(found.title), found.stars) == (300, 3.0)


def test_empty_lines_count_as_rows():
    start = time.process_time()
    log = read_export([("ratings.csv", exports.RATINGS.ljust(100_000, b"\n") + exports.RATINGS)])
    assert (len(log.films), log.faults) == (
        3,
        ("ratings.csv: it has more than 50,000 rows; those after it were left out.",),
    )
    assert time.process_time() - start < 3
    assert not read_export([("ratings.csv", exports.RATINGS.ljust(40_000, b"\n"))]).faults


def test_empty_rows_at_the_end_are_not_told_of():
    for empty in (b"\r\n", b",,,,\r\n", b" , , , , \n"):
        log = read_export([("ratings.csv", exports.RATINGS + empty * 300_000)])
        assert (len(log.films), log.faults) == (3, ())


def test_one_title_in_very_many_links_takes_no_longer_than_as_many_titles():
    links = table(RATED, [film("One Title", 2000, f"a{n}", "3") for n in range(24_000)])
    entries = table(DIARY, [film("One Title", 2000, f"d{n}", "3", "", "", "2024-01-01") for n in range(25_000)])
    start = time.process_time()
    assert len(read_export([("ratings.csv", links), ("diary.csv", entries)]).films) == 24_000
    assert time.process_time() - start < 3


def test_films_past_the_number_that_all_files_together_may_name_are_left_out(monkeypatch):
    monkeypatch.setattr(export_films, "MAX_FILMS", 30)
    rows = [film(f"Film {n}", 2000, f"f{n}", "3") for n in range(40)]
    ratings, again = table(RATED, rows[:20]), table(NAMED, [row[:4] for row in rows[:20]])
    more = table(NAMED, [row[:4] for row in rows[20:30]])
    whole = read_export([("ratings.csv", ratings), ("watched.csv", again), ("watchlist.csv", more)])
    assert (len(whole.films), whole.faults) == (30, ())
    log = read_export([("ratings.csv", ratings), ("watchlist.csv", table(NAMED, [row[:4] for row in rows[20:]]))])
    assert len(log.films) == 30
    assert log.faults == ("watchlist.csv: the files name more than 30 films; those after them were left out.",)


def test_columns_that_are_not_needed_are_not_kept():
    header = (*NAMED, *(f"Column {n}" for n in range(1_000)))
    data = table(header, [film("A", 2000, "a", *["x"] * 1_000)])
    assert rows_of(data) == [dict(zip(("date", "name", "year", "uri"), film("A", "2000", "a"), strict=True))]
    review = table(REVIEWS, [film("A", 2000, "r", "3", "", "My secret.", "private", "2024-01-01")])
    assert not [row for row in rows_of(review) if {"My secret.", "private"} & set(row.values())]


def rows_of(data: bytes) -> list:
    found = table_of(data)
    assert found
    return [row for _, row in found.rows(lambda sentence: None)]


@pytest.mark.parametrize("more", [0, 1])
def test_fifty_thousand_rows_are_read_and_not_one_more(more):
    log = read_export([("diary.csv", exports.diary_rows(50_000 + more))])
    assert len(log.films) > 16_000
    says = ("diary.csv: it has more than 50,000 rows; those after it were left out.",)
    assert log.faults == (says if more else ())


def test_thirty_thousand_diary_rows_are_read_in_seconds():
    data = exports.diary_rows(30_000)
    start = time.process_time()
    log = read_export([("diary.csv", data)])
    assert time.process_time() - start < 5
    assert all(found.stars for found in log.films)


def test_an_export_of_1700_ratings_is_read_in_a_second():
    invented = [(f"Film {n}", 1930 + n % 95, None) for n in range(2_400)]
    data = exports.real_format(invented, 1_700)
    start = time.process_time()
    log = read_export([("e.zip", data)])
    assert time.process_time() - start < 1
    assert sum(found.stars is not None for found in log.films) == 1_700
    assert sum(found.watchlist for found in log.films) == 340
    assert sum(found.seen for found in log.films) == 2_040
    assert not log.faults
    assert exports.real_format(invented, 1_700) == data


def test_an_upload_of_more_than_ten_megabytes_is_read_up_to_there():
    most = 10_000_000 - len(exports.RATINGS)
    log = read_export([("ratings.csv", exports.RATINGS), ("comments.csv", b"x" * (most + 1))])
    assert log.faults == ("comments.csv was not read: with it the upload is more than 10 MB, which no export is.",)
    assert len(log.films) == 3
    assert "more than 10 MB" in refusal(("ratings.csv", exports.RATINGS.ljust(10_000_001)))


def test_a_member_that_declares_too_much_is_never_opened(monkeypatch):
    data, opened = bad_zips.bomb(), []
    real = zipfile.ZipFile.open
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda self, member: opened.append(member) or real(self, member))
    log = read_export([("e.zip", data)])
    assert [member.filename for member in opened] == ["ratings.csv"]
    assert log.faults == ("watched.csv was not read: unpacked, it is larger than an export is.",)


def test_bytes_that_are_really_there_are_counted_whatever_was_declared(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(zipfile.ZipExtFile, "read", lambda _, n: b"\n" * min(n, 30_000_000))  # as if it had lied
        said = refusal(("e.zip", exports.full()))
    assert "unpacked, it is larger than an export is" in said


def test_zips_in_zips_share_their_limits():
    inner = packed({"ratings.csv": b"\n" * 9_000_000})
    start = time.process_time()
    said = refusal(("e.zip", packed({f"{n}.zip": inner for n in range(100)})))
    assert "unpacked, it is larger than an export is" in said
    crowd = packed({f"{n}.csv": b"" for n in range(150)})
    crowds = packed({f"{n}.zip": crowd for n in range(20)})
    assert [part for part in parts_of([("e.zip", crowds)]) if "files, which no export does" in part.why]
    assert time.process_time() - start < 2


@pytest.mark.parametrize("declared", [0, 100, len(exports.RATINGS)])
def test_a_member_that_holds_more_than_it_declares_is_refused(declared):
    start = time.process_time()
    said = refusal(("e.zip", bad_zips.liar(declared)))
    assert said.startswith("ratings.csv was not read: it is damaged. Download the export again.")
    assert time.process_time() - start < 2


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_that_zipfile_unpacks_without_limit_is_refused_unread(how, monkeypatch):
    data = bad_zips.other_packing(how)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *words: pytest.fail("it was opened"))
    assert refusal(("e.zip", data)).startswith("ratings.csv was not read: it is packed in an unusual way.")


def test_a_zip_of_too_many_files_is_refused():
    said = refusal(("e.zip", bad_zips.many()))
    assert said.startswith("e.zip was not read: it holds 2,001 files, which no export does.")


def test_a_file_name_of_any_length_is_looked_at_quickly():
    start = time.process_time()
    for name in ("x" + " " * 300_000 + ".csv", "(1" * 200_000, "(1).a" * 100_000, "x" * 300_000, "/" * 300_000):
        assert len(refusal((name, b"Date"))) < 400
    assert time.process_time() - start < 2


def test_a_title_of_any_length_is_cut_quickly():
    long = "\u200b" * 10_000_000
    start = time.process_time()
    assert clean_title(long) == ""
    assert time.process_time() - start < 0.2


@pytest.mark.parametrize(
    ("place", "value"),
    [(6, 99), (8, 0x20), (8, 0x40), (10, 99), (20, 0xFFFFFF), (42, 0xFFFFFF)],
    ids=["a later version", "patched", "strongly locked", "unknown packing", "longer than the file", "beyond the file"],
)
def test_a_zip_whose_table_is_wrong_is_refused_in_words(place, value):
    data = bytearray(packed({"ratings.csv": exports.RATINGS}, zipfile.ZIP_STORED))
    start = data.find(b"PK\x01\x02")
    data[start + place : start + place + 2] = value.to_bytes(4, "little")[:2]
    if place == 20:  # both lengths, packed and unpacked
        data[start + 20 : start + 28] = value.to_bytes(4, "little") * 2
    assert " was not read: " in refusal(("e.zip", bytes(data)))


def test_random_bytes_are_refused_in_words():
    random = Random(11)
    for n in range(400):
        data = random.randbytes(random.randint(0, 2_000))
        name = random.choice(["e.zip", "ratings.csv", "diary.csv", "films.csv", "watchlist (2).csv", "", "\x00.csv"])
        start = b"PK\x03\x04" if n % 3 == 0 else exports.RATINGS[: random.randint(0, 60)] if n % 3 == 1 else b""
        with suppress(ExportError):  # a few are tables
            read_export([(name, start + data)])


def test_damaged_zips_are_refused_in_words_and_soon():
    random = Random(12)
    whole = [exports.full(), exports.nested(), exports.typography(), bad_zips.encrypted(), bad_zips.zip_in_zip()]
    packings = [packed(exports.everything(), how) for how in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)]
    refused = 0
    for _ in range(600):
        data = bytearray(random.choice(whole + packings))
        for _ in range(random.randint(1, 12)):
            place = random.randrange(len(data))
            if random.random() < 0.6:  # the tables at the end
                place = len(data) - 1 - random.randrange(min(len(data), 900))
            data[place : place + random.choice([0, 1, 1, 1, 4])] = random.randbytes(random.choice([0, 1, 1, 1, 4]))
        start = time.process_time()
        try:
            read_export([("e.zip", bytes(data))])
        except ExportError:
            refused += 1
        assert time.process_time() - start < 2
    assert refused > 200


def test_damaged_tables_are_read_or_refused_in_words_and_soon():
    random = Random(13)
    files = exports.everything()
    for _ in range(400):
        name = random.choice(FILES)
        data = bytearray(files[name])
        for _ in range(random.randint(1, 10)):
            place = random.randrange(len(data))
            data[place : place + random.randint(0, 3)] = random.choice(
                [b"\x00", b'"', b",", b"\r", b"\n", b";", b"\xff", "\u202e".encode(), random.randbytes(3)]
            )
        with suppress(ExportError):
            log = read_export([(name.rpartition("/")[2], bytes(data))])
            assert all(one.title.isprintable() for one in log.films)
            assert all(fault.isprintable() for fault in log.faults)


def test_of_very_many_bad_rows_a_thousand_are_told_of():
    rows = [film(f"Film {place}", 2000, f"c{place}", "many") for place in range(1_200)]
    log = read_export([("ratings.csv", table(RATED, rows))])
    assert (len(log.films), len(log.faults)) == (1_200, 1_000)
