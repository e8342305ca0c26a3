"""ZIPs that are no export, or try something: bytes.

| case | tests in tests/sources/letterboxd: test_export_files.py and test_export_limits.py (l) |
|---|---|
| no_csv | test_a_zip_without_any_file_of_an_export_is_refused |
| traversal | test_a_member_that_climbs_out_of_the_zip_is_ignored |
| bomb | test_a_member_that_declares_too_much_is_never_opened (l) |
| liar | test_a_member_that_holds_more_than_it_declares_is_refused (l) |
| other_packing | test_a_packing_that_zipfile_unpacks_without_limit_is_refused_unread (l) |
| many | test_a_zip_of_too_many_files_is_refused (l) |
| encrypted | test_a_locked_file_costs_the_others_nothing |
| not_a_zip | test_a_file_that_only_calls_itself_zip_is_named_and_costs_the_others_nothing |
| zip_in_zip | test_a_zip_in_a_zip_is_read |
| two_exports | test_of_two_exports_without_dates_one_is_read_and_said_to_be |
| traps | test_lists_and_likes_that_are_called_like_the_real_files_are_ignored |
"""

from __future__ import annotations

import zipfile

from tests.fakes.exports import RATED, RATINGS, WATCHED, film, full, packed, table


def no_csv() -> bytes:
    return packed({"readme.txt": b"Nothing here", "pictures/tide.jpg": b"\xff\xd8\xff"})


def traversal() -> bytes:
    evil = table(RATED, [film("Climbed Out", 2000, "e1", "5")])
    names = ("../ratings.csv", "/ratings.csv", "..\\watched.csv", "a/../../ratings.csv", "/etc/watched.csv")
    return packed({"watched.csv": WATCHED} | dict.fromkeys(names, evil))


def bomb() -> bytes:
    """60 MB of nothing in 60 KB."""
    return packed({"ratings.csv": RATINGS, "watched.csv": b"," * 60_000_000})


def liar(declared: int = 100) -> bytes:
    """51 MB that say in both of the ZIP's tables that they are a hundred bytes."""
    data = bytearray(packed({"ratings.csv": RATINGS.ljust(51_000_000, b"\n")}))
    for start, place in ((data.find(b"PK\x03\x04"), 22), (data.find(b"PK\x01\x02"), 24)):
        data[start + place : start + place + 4] = declared.to_bytes(4, "little")
    return bytes(data)


def other_packing(how: int = zipfile.ZIP_BZIP2) -> bytes:
    return packed({"ratings.csv": RATINGS}, how)


def many() -> bytes:
    return packed({"ratings.csv": RATINGS} | {f"lists/{n}.csv": b"" for n in range(2_000)})


def encrypted() -> bytes:
    """The flag that says so, in both tables; zipfile cannot write one."""
    data = bytearray(packed({"ratings.csv": RATINGS}))
    for start, place in ((data.find(b"PK\x03\x04"), 6), (data.find(b"PK\x01\x02"), 8)):
        data[start + place] |= 1
    return bytes(data)


def not_a_zip() -> bytes:
    return b"This is no archive, whatever its name says.\n" * 20


def zip_in_zip() -> bytes:
    return packed({"letterboxd-ada.zip": full()})


def two_exports() -> bytes:
    return packed({"ada/ratings.csv": RATINGS, "bob/ratings.csv": RATINGS})


def traps() -> bytes:
    """Files of an export's names in places where they mean something else."""
    other = table(RATED, [film("Out of a List", 2000, "tR1", "5")])
    names = ("lists/ratings.csv", "likes/reviews.csv", "a/b/ratings.csv", "deleted/ratings.csv", "orphaned/watched.csv")
    return packed({"watched.csv": WATCHED} | dict.fromkeys((*names, "x/lists/diary.csv", "my ratings.csv"), other))
