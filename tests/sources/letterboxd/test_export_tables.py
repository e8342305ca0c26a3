"""Tables as spreadsheets and converters save them again: encodings, line ends, delimiters, headers, and odd rows."""

from __future__ import annotations

import pytest

from reelrec.sources.letterboxd.export import read_export
from reelrec.sources.log import Log
from tests.fakes import exports
from tests.fakes.exports import DIARY, NAMED, RATED, REVIEWS, film, table

TEXT = "Date,Name,Year,Letterboxd URI,Rating\r\n2024-01-10,Amélie’s Tide,1953,https://boxd.it/cT01,4.5\r\n"


def read(data: bytes | str, name: str = "ratings.csv") -> Log:
    return read_export([(name, data.encode() if isinstance(data, str) else data)])


def facts(log: Log) -> list[tuple]:
    return [(found.title, found.year, found.code, found.stars) for found in log.films]


@pytest.mark.parametrize(
    "data",
    [TEXT.encode("utf-8"), TEXT.encode("utf-8-sig"), TEXT.encode("utf-16"), b"\xfe\xff" + TEXT.encode("utf-16-be"),
     TEXT.encode("utf-16-le"), TEXT.encode("utf-16-be"), TEXT.encode("utf-32"), TEXT.encode("cp1252"),
     TEXT.replace("\r\n", "\r").encode(), TEXT.replace("\r\n", "\n").encode(), TEXT.replace("\r\n", "\r\r\n").encode(),
     TEXT.strip().encode(), TEXT.replace("T", "T\0").replace("Da", "D\0a").encode()],
    ids=["utf-8", "utf-8 with a mark", "utf-16", "utf-16-be", "utf-16-le without a mark", "utf-16-be without a mark",
         "utf-32", "cp1252", "cr", "lf", "cr cr lf", "no last line end", "zeros"],
)  # fmt: skip
def test_a_file_is_read_in_any_encoding_and_with_any_line_ends(data):
    assert facts(read(data)) == [("Amélie’s Tide", 1953, "cT01", 4.5)]


def test_one_line_in_other_letters_costs_the_others_nothing():
    data = TEXT.encode() + "2024-01-11,Café,1990,https://boxd.it/c1,3\r\n".encode("cp1252")
    assert [title for title, *_ in facts(read(data))] == ["Amélie’s Tide", "Café"]
    assert [title for title, *_ in facts(read(data[: data.find("é".encode()) + 1] + b"\r\n"))] == ["AmÃ"]  # cut off


@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
@pytest.mark.parametrize("first", ["", "\r\n", "sep=;\r\n", "Table 1\r\n", "My films, 2024\r\n\r\n"])
def test_the_header_tells_the_delimiter_wherever_it_stands(delimiter, first):
    rows = [film("Paris, Texas", 1984, "pT1", "4,5"), film("A; B | C\tD", 1990, "aB1", "3")]
    log = read(first.encode() + table(RATED, rows, comma=delimiter))
    assert facts(log) == [("Paris, Texas", 1984, "pT1", 4.5), ("A; B | C D", 1990, "aB1", 3.0)]
    assert log.faults == ()


@pytest.mark.parametrize(
    "header",
    ["date,name,year,letterboxd uri,rating", "DATE,NAME,YEAR,LETTERBOXD URI,RATING",
     '"Date","Name","Year","Letterboxd URI","Rating"',
     " Date , Name , Year , Letterboxd_URI , Rating "],
)  # fmt: skip
def test_columns_are_known_in_any_case(header):
    assert facts(read(TEXT.replace(TEXT.split("\r\n")[0], header))) == [("Amélie’s Tide", 1953, "cT01", 4.5)]


def test_row_numbers_other_columns_and_another_order_do_no_harm():
    data = "Unnamed: 0,,Rating,Mood,Year,Name,Letterboxd URI\n0,0,4.0,sad,1995.0,Heat,\n1,1,3.5,,(2009),Up,\n"
    assert facts(read(data)) == [("Heat", 1995, None, 4.0), ("Up", 2009, None, 3.5)]


@pytest.mark.parametrize("year", ["1995", "1995.0", "1995 ", " 1995", "(1995)", "1995,0", "[1995]"])
def test_a_year_may_be_written_in_many_ways(year):
    ((_, found, *_),) = facts(read(table(RATED, [("2024-01-01", "Heat", year, "", "4")])))
    assert found == 1995


def test_a_year_behind_the_title_counts_where_its_own_column_is_empty():
    assert facts(read(table(RATED, [film("Heat (1995)", "", "h1", "4"), film("Up (2009)", 2010, "u1", "4")]))) == [
        ("Heat", 1995, "h1", 4.0),
        ("Up (2009)", 2010, "u1", 4.0),
    ]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("2024-01-10,Heat,1995,https://boxd.it/h1,4,5", ("Heat", 1995, "h1", 4.5)),
        ("2024-01-10,Paris, Texas,1984,https://boxd.it/p1,4", ("Paris, Texas", 1984, "p1", 4.0)),
        ("2024-01-10,Paris, Texas,1984,https://boxd.it/p1,3,5", ("Paris, Texas", 1984, "p1", 3.5)),
        ("2024-01-10,Him, Her, Them,1984,,4", ("Him, Her, Them", 1984, None, 4.0)),
        ("2024-01-10,Heat,1995,https://boxd.it/h1,4,", ("Heat", 1995, "h1", 4.0)),
    ],
)
def test_a_comma_without_quotes_is_put_back_where_one_way_alone_makes_sense(row, found):
    log = read(f"{','.join(RATED)}\n{row}\n")
    assert facts(log) == [found]
    assert log.faults == ()


def test_a_decimal_comma_in_the_middle_of_a_diary_is_put_back():
    (found,) = read(
        f"{','.join(DIARY)}\n2024-01-10,Heat,1995,https://boxd.it/d1,4,5,Yes,,2024-01-09\n", "diary.csv"
    ).films
    assert (found.stars, found.rewatched, found.date) == (4.5, True, "2024-01-09")


def test_a_row_with_a_cell_too_many_that_makes_no_sense_is_left_out_with_a_sentence():
    log = read(f"{','.join(RATED)}\n2024-01-10,Heat,1995,https://boxd.it/h1,4\nx,y,z,z,z,z\n")
    assert len(log.films) == 1
    assert log.faults == ("ratings.csv, row 3: it has more cells than columns, so it was left out.",)


@pytest.mark.parametrize("kind", ["ratings", "reviews"])
def test_a_missing_quotation_mark_costs_no_other_row(kind):
    rows = '2024-01-10,Heat,1995,https://boxd.it/h1,4\n2024-01-10,"Up,2009,https://boxd.it/u1,3\n' + "".join(
        f"2024-01-1{n},Film {n},1990,https://boxd.it/f{n},3\n" for n in range(5)
    )
    header = RATED if kind == "ratings" else REVIEWS
    if kind == "reviews":
        rows = rows.replace("\n", ",,Fine,,\n")
    log = read(f"{','.join(header)}\n{rows}", f"{kind}.csv")
    assert {found.title for found in log.films} >= {"Heat", "Up", *(f"Film {n}" for n in range(5))}
    assert "a quotation mark is missing" in log.faults[0]


def test_a_quotation_mark_within_a_title_and_a_line_end_within_one_are_read():
    data = f'{",".join(RATED)}\n2024-01-10,The 12" Disco,1995,https://boxd.it/h1,4\n2024-01-11,"He\nat",1995,https://boxd.it/h2,3\n'
    assert [title for title, *_ in facts(read(data))] == ['The 12" Disco', "He at"]


def test_lines_that_are_wholly_in_quotes_are_unpacked():
    plain = table(RATED, [film("Paris, Texas", 1984, "p1", "4")]).decode()
    quoted = "".join('"' + line.replace('"', '""') + '"\n' for line in plain.splitlines())
    assert facts(read(quoted)) == [("Paris, Texas", 1984, "p1", 4.0)]


@pytest.mark.parametrize("length", [131_073, 900_000, 5_000_000])
def test_a_very_long_review_costs_no_other_row(length):
    text = ('He said "so", and then,\r\nso on. ' * (length // 30))[:length]
    rows = [film("Heat", 1995, "r1", "", "", text, "", "2024-01-01"), film("Up", 2009, "r2", "4", "", "Fine.", "", "")]
    log = read(table(REVIEWS, rows), "reviews.csv")
    assert {found.title for found in log.films} == {"Heat", "Up"}
    assert log.faults == ()
    assert all(len(found.review) <= 4_000 for found in log.films)


@pytest.mark.parametrize(
    ("written", "title"),
    [("Howl&#039;s Moving Castle", "Howl's Moving Castle"), ("Minnie &amp; Moskowitz", "Minnie & Moskowitz"),
     ("The &quot;Quiet&quot; Hour", 'The "Quiet" Hour'), ("Am&eacute;lie", "Amélie"),
     ("&#x27;Round Midnight", "'Round Midnight"),
     ("A &amp;amp; B", "A & B"), ("Howl&amp;#039;s", "Howl's"), ("AT&T", "AT&T"), ("Me &copy You", "Me &copy You"),
     ("&unknown; x", "&unknown; x")],
)  # fmt: skip
def test_html_in_a_title_is_decoded(written, title):
    assert [found.title for found in read(table(NAMED, [film(written, 2004, "")]), "watched.csv").films] == [title]


def test_a_truncated_file_is_read_up_to_where_it_ends():
    log = read(exports.RATINGS[:-30])
    assert [found.title for found in log.films][:2] == ["Copper Tide", "The Glass Meridian"]
