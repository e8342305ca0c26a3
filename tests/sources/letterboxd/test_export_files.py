"""Which files of an upload are taken, by where they lie and what they are called; and what is said of all others."""

from __future__ import annotations

import pytest

from reelrec.errors import ExportError
from reelrec.sources.letterboxd.export import read_export
from reelrec.sources.letterboxd.export_files import FILES, export_name, files_of
from tests.fakes import bad_zips, exports
from tests.fakes.exports import NAMED, RATED, film, packed, table


def refusal(*uploads: tuple[str, bytes]) -> str:
    with pytest.raises(ExportError) as caught:
        files_of(uploads)
    return str(caught.value)


def test_the_six_files_of_a_whole_export_are_taken_and_no_other():
    assert files_of([("letterboxd-ada.zip", exports.full())]).keys() == set(FILES)


def test_an_export_that_was_packed_again_in_a_folder_is_read():
    assert files_of([("Archive.ZIP", exports.nested())]) == files_of([("e.zip", exports.full())])


def test_a_zip_is_known_by_what_is_in_it_whatever_it_is_called():
    assert "ratings.csv" in files_of([("ratings.csv", exports.full())])


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("ratings.csv", "ratings.csv"), ("RATINGS.CSV", "ratings.csv"), ("likes/films.csv", "likes/films.csv"),
        ("ada/likes/films.csv", "likes/films.csv"), ("ada\\likes\\films.csv", "likes/films.csv"),
        ("./diary.csv", "diary.csv"), ("films.csv", None), ("ada/films.csv", None), ("likes/reviews.csv", None),
        ("ada/likes/reviews.csv", None), ("lists/ratings.csv", None), ("ada/lists/ratings.csv", None),
        ("deleted/diary.csv", None), ("ada/orphaned/diary.csv", None), ("deleted/likes/films.csv", None),
        ("../ratings.csv", None), ("/ratings.csv", None), ("a/../ratings.csv", None), ("__MACOSX/ratings.csv", None),
        ("__MACOSX/ada/._ratings.csv", None), ("._ratings.csv", None), ("ratings.csv/", None), ("", None),
        ("ratings.csv.bak", None), ("my-ratings.csv", None), ("profile.csv", None),
    ],
)  # fmt: skip
def test_a_members_path_says_which_file_it_is(path, name):
    assert export_name(path) == name


def test_a_member_that_climbs_out_of_the_zip_is_ignored():
    assert "Climbed Out" not in {found.title for found in read_export([("e.zip", bad_zips.traversal())]).films}


def test_lists_and_likes_that_are_called_like_the_real_files_are_ignored():
    assert files_of([("e.zip", bad_zips.traps())]).keys() == {"watched.csv"}


def test_a_zip_without_any_file_of_an_export_is_refused():
    said = refusal(("e.zip", bad_zips.no_csv()))
    assert said.startswith("This ZIP holds no file of a Letterboxd export, such as ratings.csv.")
    assert said.endswith("under Settings, Data, Export your data.")
    assert refusal(("e.zip", packed({}))) == said


def test_a_locked_zip_is_refused():
    said = refusal(("e.zip", bad_zips.encrypted()))
    assert said == "This ZIP is locked with a password. Choose the export as Letterboxd gave it."


@pytest.mark.parametrize("data", [bad_zips.not_a_zip(), b"", exports.full()[:-30], exports.full()[:500], b"PK\x03\x04"])
def test_a_file_that_only_calls_itself_zip_is_refused(data):
    said = refusal(("e.zip", data))
    assert said == "This ZIP is damaged, or it is not a ZIP. Download the export again."


def test_a_zip_in_a_zip_is_refused_with_what_to_do():
    assert refusal(("e.zip", bad_zips.zip_in_zip())).endswith("Unpack it, and choose the one inside.")


def test_two_exports_in_one_zip_are_refused():
    said = refusal(("e.zip", bad_zips.two_exports()))
    assert said == "This ZIP holds ratings.csv twice: two exports at once. Choose one of them."


def test_two_zips_are_refused():
    said = refusal(("a.zip", exports.full()), ("b.zip", exports.watched_only()))
    assert said.startswith("These are two exports at once. Choose one;")


@pytest.mark.parametrize("first", [True, False])
def test_a_zip_beside_a_loose_file_is_refused(first):
    uploads = [("e.zip", exports.full()), ("ratings.csv", exports.RATINGS)]
    assert refusal(*(uploads if first else uploads[::-1])).endswith("Choose either the ZIP or the loose CSV files.")


def test_no_file_at_all_is_told():
    assert refusal().startswith("No file was given. Choose the ZIP of your export;")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("ratings.csv", "ratings.csv"), ("Ratings.CSV", "ratings.csv"), ("ratings (1).csv", "ratings.csv"),
        ("ratings(12).csv", "ratings.csv"), ("watchlist (2).csv", "watchlist.csv"), ("films.csv", "likes/films.csv"),
        ("films (1).csv", "likes/films.csv"), ("ada/likes/films.csv", "likes/films.csv"),
        ("C:\\Downloads\\diary.csv", "diary.csv"), ("my own name.csv", "ratings.csv"), ("", "ratings.csv"),
    ],
)  # fmt: skip
def test_a_loose_file_is_known_by_its_name_and_ratings_by_their_columns_too(given, name):
    assert files_of([(given, exports.RATINGS)]).keys() == {name}


def test_a_second_download_keeps_its_meaning():
    files = [("ratings (1).csv", exports.RATINGS), ("watchlist (1).csv", exports.WATCHLIST)]
    log = read_export(files)
    assert sum(found.seen for found in log.films) == 3
    assert sum(found.watchlist for found in log.films) == 2


def test_a_loose_file_of_an_unknown_name_is_refused_where_its_columns_do_not_tell():
    said = refusal(("ratings.csv", exports.RATINGS), ("my films.csv", exports.WATCHED))
    assert "“my films.csv” is none of an export's. Choose the ZIP, or of its files ratings.csv, watched.csv" in said


def test_a_hostile_name_is_shown_short_and_without_signs_that_turn_the_text():
    said = refusal(("\u202e\x1b[31m" + "x" * 5_000, b"Date"))
    assert said.isprintable()
    assert len(said) < 350


def test_an_unpacked_export_may_be_handed_in_with_its_files_without_films():
    files = exports.everything()
    uploads = [(name, files[name]) for name in ("profile.csv", "comments.csv", "ratings.csv", "diary.csv")]
    assert files_of(uploads).keys() == {"ratings.csv", "diary.csv"}


def test_files_without_films_alone_are_refused():
    said = refusal(("profile.csv", exports.everything()["profile.csv"]))
    assert said == "There are no films in these files. Choose ratings.csv or watched.csv, or the whole ZIP."


def test_one_loose_file_twice_is_two_exports():
    said = refusal(("ratings.csv", exports.RATINGS), ("ratings (1).csv", exports.RATINGS))
    assert said == "These are two exports at once: ratings.csv came twice. Choose one of them."


def test_watched_and_watchlist_look_alike_and_the_name_decides():
    data = table(NAMED, [film("Paper Orchard", 2025, "pO04")])
    watched, wanted = (read_export([(name, data)]).films[0] for name in ("watched.csv", "watchlist.csv"))
    assert (watched.seen, watched.watchlist) == (True, False)
    assert (wanted.seen, wanted.watchlist) == (False, True)


def test_a_byte_order_mark_does_not_hide_whose_columns_they_are():
    assert files_of([("mine.csv", b"\xef\xbb\xbf" + table(RATED))]).keys() == {"ratings.csv"}
