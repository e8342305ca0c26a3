"""Which files of an upload are read, by their columns, their names and where they lie; and what is said of others."""

from __future__ import annotations

import pytest

from reelrec.errors import ExportError
from reelrec.sources.letterboxd.export import read_export
from reelrec.sources.letterboxd.export_files import parts_of
from reelrec.sources.letterboxd.export_kinds import FILES, chosen
from reelrec.sources.log import Log
from tests.fakes import bad_zips, exports
from tests.fakes.exports import RATED, film, packed, table


def read(*uploads: tuple[str, bytes]) -> dict[str, str]:
    """The files that are read, by what they are read as, to their names."""
    return {file.read_as: file.name for file in chosen(parts_of(uploads)).files if file.read_as}


def data_of(*uploads: tuple[str, bytes]) -> dict[str, bytes]:
    return {kind: part.data for kind, part in chosen(parts_of(uploads)).parts.items()}


def refusal(*uploads: tuple[str, bytes]) -> str:
    with pytest.raises(ExportError) as caught:
        read_export(uploads)
    return str(caught.value)


def titles(log: Log) -> set[str]:
    return {found.title for found in log.films}


def test_the_six_files_of_a_whole_export_are_read_and_no_other():
    assert read(("letterboxd-ada.zip", exports.full())).keys() == set(FILES)
    log = read_export([("letterboxd-ada.zip", exports.full())])
    assert not log.faults  # profile.csv and comments.csv belong to it


@pytest.mark.parametrize("folders", ["ada/", "Archive/letterboxd-ada-2026-05-01-12-00-utc/", "a/b/c/d/"])
def test_an_export_that_was_packed_again_in_folders_is_read(folders):
    deep = packed({f"{folders}{name}": data for name, data in exports.everything().items()})
    assert data_of(("Archive.ZIP", deep)) == data_of(("e.zip", exports.full()))
    assert data_of(("Archive.ZIP", exports.nested())) == data_of(("e.zip", exports.full()))


def test_a_zip_is_known_by_what_is_in_it_whatever_it_is_called():
    assert "ratings.csv" in read(("ratings.csv", exports.full()))


def test_the_export_nearest_the_top_is_read():
    other = table(RATED, [film("Deep", 2000, "dP1", "1")])
    log = read_export([("e.zip", packed({"a/b/ratings.csv": other, "ada/ratings.csv": exports.RATINGS}))])
    assert "Deep" not in titles(log)
    assert log.faults == ("a/b was not read: it is another export; the one in e.zip/ada was read.",)


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_exports_the_newer_one_is_read_and_the_other_named(turned):
    older = table(RATED, [film("Old", 2000, "oL1", "1")])
    files = {
        "letterboxd-ada-2026-05-01-12-00-utc/ratings.csv": exports.RATINGS,
        "letterboxd-ada-2025-05-01-12-00-utc/ratings.csv": older,
    }
    log = read_export([("e.zip", packed(dict(sorted(files.items(), reverse=turned))))])
    assert "Old" not in titles(log)
    (fault,) = log.faults
    assert "letterboxd-ada-2025-05-01-12-00-utc was not read" in fault


def test_of_two_exports_without_dates_one_is_read_and_said_to_be():
    log = read_export([("e.zip", bad_zips.two_exports())])
    assert len(log.films) == 3
    assert log.faults == ("e.zip/bob was not read: it is another export; the one in e.zip/ada was read.",)


def test_of_two_zips_the_newer_one_is_read():
    names = ("letterboxd-ada-2024-01-01-10-11-utc.zip", "letterboxd-ada-2024-06-30-10-11-utc.zip")
    log = read_export([(names[1], exports.full()), (names[0], exports.watched_only())])
    assert log == read_export([(names[0], exports.watched_only()), (names[1], exports.full())])
    assert log.faults[0].startswith(f"{names[0]} was not read: it is another export")


@pytest.mark.parametrize("turned", [False, True])
def test_a_loose_file_stands_in_for_what_the_zip_lacks_and_no_more(turned):
    other = table(RATED, [film("Other", 2000, "oT1", "1")])
    uploads = [("e.zip", exports.watched_only()), ("watchlist.csv", exports.WATCHLIST), ("watched.csv", other)]
    log = read_export(uploads[::-1] if turned else uploads)
    assert {"Paper Orchard", "Copper Tide", "Other"} <= titles(log)  # by its columns, watched.csv has ratings
    both = read_export([("e.zip", exports.full()), ("ratings.csv", other)])
    assert "Other" not in titles(both)
    assert "ratings.csv was not read: the one in e.zip was read as ratings.csv in its place." in both.faults


@pytest.mark.parametrize("name", ["watchlist.csv", "films.csv"])
def test_a_file_beside_the_folder_of_a_whole_export_does_not_stand_in_for_it(name):
    stray = {name: table(RATED, [film("Stray", 2000, "sT1", "1")])}
    whole = {f"letterboxd-ada/{path}": data for path, data in exports.everything().items()}
    log = read_export([("e.zip", packed(stray | whole))])
    assert titles(log) == titles(read_export([("e.zip", exports.full())]))
    assert log.faults == (
        f"e.zip/{name} was not read: it is another export; the one in e.zip/letterboxd-ada was read.",
    )


def test_folders_and_zips_of_other_files_each_are_one_export():
    files = {"a/ratings.csv": exports.RATINGS, "b/watched.csv": exports.WATCHED, "c/d/watchlist.csv": exports.WATCHLIST}
    kinds = {"ratings.csv", "watched.csv", "watchlist.csv"}
    assert read(("e.zip", packed(files))).keys() == kinds
    zips = [(f"{path[0]}.zip", packed({path.rpartition("/")[2]: data})) for path, data in files.items()]
    assert read(*zips).keys() == kinds
    assert not read_export(zips).faults


def test_of_two_files_of_one_name_the_sentence_says_which_was_read():
    newer = table(RATED, [film("Copper Tide", 1953, "cT01", "1", day="2025-01-10")])
    log = read_export([("ratings.csv", newer), ("ratings.csv", exports.RATINGS)])
    assert log.faults == ("ratings.csv was not read: another of that name was read as ratings.csv in its place.",)


def test_a_spreadsheet_in_a_zip_is_named():
    files = {"watched.csv": exports.WATCHED, "ratings.xlsx": b"x", "~$ratings.xlsx": b"x", "deleted/diary.ods": b"x"}
    log = read_export([("e.zip", packed(files))])
    assert log.faults == ("ratings.xlsx was not read: it is the file of a spreadsheet. Save it there as CSV.",)


def test_a_hostile_name_in_a_zip_is_shown_short_and_printable():
    files = {"ratings.csv": exports.RATINGS, "\u202e\x1b[31mdiary.csv": b"<html>", f"{'x' * 60_000}.csv": b"zzz"}
    faults = read_export([("e.zip", packed(files))]).faults
    assert len(faults) == 2
    assert all(fault.isprintable() and len(fault) < 150 for fault in faults)
    other = packed({"ratings.csv": exports.RATINGS, f"\x1b{'y' * 60_000}/ratings.csv": exports.RATINGS})
    (fault,) = read_export([("e.zip", other)]).faults
    assert fault.isprintable()
    assert len(fault) < 250


def test_a_zip_in_a_zip_is_read():
    assert data_of(("e.zip", bad_zips.zip_in_zip())) == data_of(("e.zip", exports.full()))
    deeper = packed({"folder/inner.zip": bad_zips.zip_in_zip(), "readme.txt": b"Hello"})
    assert data_of(("e.zip", deeper)) == data_of(("e.zip", exports.full()))


def test_too_many_zips_in_each_other_are_not_unpacked():
    data = exports.full()
    for _ in range(5):
        data = packed({"inner.zip": data})
    assert "it lies in too many ZIPs. Unpack them" in refusal(("e.zip", data))


@pytest.mark.parametrize(
    "folder", ["deleted", "orphaned", "__MACOSX", "lists", "Deleted", "ada/deleted", "", "..", ".x"]
)
def test_some_folders_never_hold_live_files(folder):
    other = table(RATED, [film("Elsewhere", 2000, "eL1", "1")])
    files = {f"{folder}/{name}": other for name in ("ratings.csv", "._ratings.csv", "likes/films.csv")}
    assert "holds no CSV, JSON or XML file" in refusal(("e.zip", packed(files)))
    assert titles(read_export([("e.zip", packed(files | {"ratings.csv": exports.RATINGS}))])) == {
        "Copper Tide", "The Glass Meridian", "Howler's Keep",
    }  # fmt: skip


def test_a_member_that_climbs_out_of_the_zip_is_ignored():
    assert "Climbed Out" not in titles(read_export([("e.zip", bad_zips.traversal())]))


def test_lists_and_likes_that_are_called_like_the_real_files_are_ignored():
    log = read_export([("e.zip", bad_zips.traps())])
    assert "Out of a List" not in {found.title for found in log.films if found.liked}


def test_a_zip_without_any_file_of_an_export_is_refused():
    said = refusal(("e.zip", bad_zips.no_csv()))
    assert "readme.txt was not read: its first line has Nothing here, not Name, Year." in said
    assert said.endswith("under Settings, Data, Export your data.")
    assert "holds no CSV, JSON or XML file, such as ratings.csv" in refusal(("e.zip", packed({})))


def test_a_locked_file_costs_the_others_nothing():
    assert "ratings.csv was not read: it is locked with a password." in refusal(("e.zip", bad_zips.encrypted()))
    log = read_export([("e.zip", bad_zips.encrypted()), ("watched.csv", exports.WATCHED)])
    assert len(log.films) == 4
    assert log.faults == ("ratings.csv was not read: it is locked with a password.",)


@pytest.mark.parametrize("data", [bad_zips.not_a_zip(), b"", exports.full()[:-30], exports.full()[:500], b"PK\x03\x04"])
def test_a_file_that_only_calls_itself_zip_is_named_and_costs_the_others_nothing(data):
    said = "e.zip was not read: it is damaged, or it is no ZIP. Download the export again."
    assert refusal(("e.zip", data)).startswith(said)
    log = read_export([("e.zip", data), ("ratings.csv", exports.RATINGS)])
    assert (len(log.films), log.faults) == (3, (said,))


def test_a_damaged_member_costs_the_others_nothing():
    data = bytearray(exports.full())
    start = data.find(b"ratings.csv") + len("ratings.csv")
    data[start : start + 40] = b"\xff" * 40
    log = read_export([("e.zip", bytes(data))])
    assert log.faults == ("ratings.csv was not read: it is damaged. Download the export again.",)
    stars = {found.title: found.stars for found in log.films if found.stars}
    assert stars == {"Copper Tide": 5.0, "The Glass Meridian": 3.0}  # of the diary and the reviews


def test_a_spreadsheets_own_file_is_told_what_to_do():
    said = " was not read: it is the file of a spreadsheet. Save it there as CSV."
    for member in ("[Content_Types].xml", "content.xml", "Index/Document.iwa"):
        assert f"ratings.ods{said}" in refusal(("ratings.ods", packed({member: b"<x/>", "a.xml": b"<x/>"})))
    assert f"ratings.xls{said}" in refusal(("ratings.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600))


@pytest.mark.parametrize("mark", [b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08"])
def test_another_packing_is_told_what_to_do(mark):
    assert "export.rar was not read: it is packed, and not as a ZIP. Unpack it first." in refusal(
        ("export.rar", mark + b"\0" * 50)
    )


def test_no_file_at_all_is_told():
    assert refusal().startswith("No file was given. Choose the ZIP of your export.")
