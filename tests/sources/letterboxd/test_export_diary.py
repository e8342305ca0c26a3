"""The diary and the reviews of an export, which name films by title and year alone."""

from __future__ import annotations

from collections.abc import Sequence

from reelrec.sources.letterboxd import export as letterboxd_export
from reelrec.sources.letterboxd.export import read_export
from reelrec.sources.log import Log, LoggedFilm
from tests.fakes.exports import DIARY, NAMED, RATED, REVIEWS, film, table

RATING = table(RATED, [film("Copper Tide", 1953, "cT01", "4.5", day="2024-01-10")])


def log_of(diary: Sequence[Sequence] = (), **tables: bytes) -> Log:
    uploads = [(f"{name}.csv", data) for name, data in tables.items()]
    return read_export([*uploads, ("diary.csv", table(DIARY, diary))])


def only(log: Log) -> LoggedFilm:
    (found,) = log.films
    return found


def entry(day: str, stars: str = "", again: str = "", title: str = "Copper Tide", year: object = 1953) -> Sequence:
    return film(title, year, f"d{day[-2:]}", stars, again, "", day, day="2025-01-01")


def test_the_diarys_rating_does_not_count_beside_ratings_csv():
    found = only(log_of([entry("2024-03-03", "1")], ratings=RATING))
    assert (found.stars, found.code) == (4.5, "cT01")
    empty = table(RATED, [film("Copper Tide", 1953, "cT01", "")])
    assert only(log_of([entry("2024-03-03", "1")], ratings=empty)).stars is None


def test_the_diarys_rating_counts_where_there_is_no_ratings_csv():
    watched = table(NAMED, [film("Copper Tide", 1953, "cT01")])
    assert only(log_of([entry("2024-03-03", "1")])).stars == 1.0
    found = only(log_of([entry("2024-03-03", "1")], watched=watched))
    assert (found.stars, found.code) == (1.0, "cT01")


def test_the_newest_entry_counts_in_whatever_order_they_come():
    entries = [entry("2024-01-01", "1"), entry("2024-03-03", "3"), entry("2024-02-02", "2")]
    for order in (entries, entries[::-1], [entries[1], entries[0], entries[2]]):
        found = only(log_of(order))
        assert (found.stars, found.date) == (3.0, "2024-03-03")


def test_a_newer_entry_without_stars_leaves_the_older_ones_in_whatever_order_they_come():
    entries = [entry("2024-01-01", "4"), entry("2024-03-03", "")]
    for order in (entries, entries[::-1]):
        found = only(log_of(order))
        assert (found.stars, found.date) == (4.0, "2024-03-03")


def test_a_rating_in_the_diary_that_is_none_leaves_a_sentence():
    log = log_of([entry("2024-01-01", "good")])
    assert only(log).stars is None
    assert log.faults == ("diary.csv, row 2: “good” is no rating, so the film counts as seen without stars.",)


def test_the_day_watched_counts_before_the_day_it_was_written_down():
    assert only(log_of([entry("2024-03-03")], ratings=RATING)).date == "2024-03-03"
    assert only(log_of([film("Copper Tide", 1953, "d1", "", "", "", "", day="2024-05-05")])).date == "2024-05-05"
    assert only(log_of([film("Copper Tide", 1953, "d1", "", "", "", "soon", day="then")])).date is None


def test_an_entry_without_a_day_changes_no_day():
    assert only(log_of([film("Copper Tide", 1953, "d1", "", "", "", "", day="")], ratings=RATING)).date == "2024-01-10"


def test_a_film_was_watched_again_where_the_diary_says_so_or_has_it_twice():
    assert not only(log_of([entry("2024-01-01")])).rewatched
    assert only(log_of([entry("2024-01-01", again="Yes")])).rewatched
    assert only(log_of([entry("2024-01-01"), entry("2024-02-02")])).rewatched


def test_a_review_is_no_second_time():
    reviews = table(REVIEWS, [film("Copper Tide", 1953, "r1", "4", "", "Fine.", "", "2024-01-01")])
    found = only(log_of([entry("2024-01-01", "4")], reviews=reviews))
    assert (found.reviewed, found.rewatched) == (True, False)


def test_a_review_alone_is_a_seen_film_with_its_stars():
    reviews = table(REVIEWS, [film("Copper Tide", 1953, "r1", "4", "Yes", "Fine.", "", "2024-01-01")])
    found = only(read_export([("reviews.csv", reviews)]))
    assert found == LoggedFilm(
        "Copper Tide", 1953, stars=4.0, seen=True, date="2024-01-01", rewatched=True, reviewed=True
    )


def test_a_film_in_the_diary_alone_is_seen_without_a_code():
    log = log_of([entry("2024-02-02", title="Slow Signal", year=1999)], ratings=RATING)
    found = {one.title: one for one in log.films}["Slow Signal"]
    assert (found.seen, found.stars, found.code) == (True, None, None)


def test_title_and_year_together_are_the_film():
    diary = [entry("2024-02-02", year=1954), entry("2024-02-03", year="")]
    log = log_of(diary, ratings=RATING)
    assert {(one.year, one.stars, one.date) for one in log.films} == {
        (1953, 4.5, "2024-01-10"),
        (1954, None, "2024-02-02"),
        (None, None, "2024-02-03"),
    }


def test_a_logged_film_is_no_longer_only_wanted():
    wanted = table(NAMED, [film("Copper Tide", 1953, "cT01")])
    found = only(log_of([entry("2024-02-02")], watchlist=wanted))
    assert (found.seen, found.watchlist, found.date) == (True, True, "2024-02-02")


def review(text: str, stars: str = "", day: str = "2024-05-05", title: str = "Salt & Ember") -> Sequence:
    return film(title, 1959, f"r{day[-2:]}", stars, "", text, "", day, day="2025-01-01")


def reviewed(*rows: Sequence, **tables: bytes) -> list[LoggedFilm]:
    uploads = [(f"{name}.csv", data) for name, data in tables.items()]
    return list(read_export([*uploads, ("reviews.csv", table(REVIEWS, rows))]).films)


def test_the_words_of_a_review_without_stars_are_kept_on_one_line():
    (found,) = reviewed(review("A slow,\r\nwarm\x00 \u202efilm. 🔥"))
    assert (found.review, found.stars, found.reviewed) == ("A slow, warm film. 🔥", None, True)


def test_of_words_with_stars_nothing_is_kept():
    (found,) = reviewed(review("A slow film.", "3.5"))
    assert (found.review, found.stars) == ("", 3.5)
    (rated,) = reviewed(review("Slow."), ratings=table(RATED, [film("Salt & Ember", 1959, "sE03", "4")]))
    assert (rated.review, rated.stars) == ("", 4.0)


def test_words_of_a_rating_that_was_taken_back_are_not_kept():
    other = table(RATED, [film("Copper Tide", 1953, "cT01", "4")])
    assert [found.review for found in reviewed(review("Slow.", "2"), ratings=other)] == ["", ""]


def test_of_several_reviews_the_newest_without_stars_counts_in_whatever_order_they_come():
    rows = [review("Old.", day="2023-01-01"), review("New.", day="2024-02-02"), review("Middle.", day="2023-06-06")]
    for order in (rows, rows[::-1]):
        assert [found.review for found in reviewed(*order)] == ["New."]


def test_a_long_review_is_cut_and_of_very_many_the_newest_are_kept(monkeypatch):
    (found,) = reviewed(review("word " * 20_000))
    assert len(found.review) <= 4_000
    monkeypatch.setattr(letterboxd_export, "MAX_REVIEWS", 2)
    rows = [review("Words.", day=f"2024-01-0{n}", title=f"Film {n}") for n in range(1, 6)]
    assert [found.title for found in reviewed(*rows) if found.review] == ["Film 4", "Film 5"]
