"""A feed's XML as films: what each element says, what happens where it is missing, and what is no feed."""

from __future__ import annotations

import time
from contextlib import suppress
from random import Random

import pytest

from reelrec.errors import UnexpectedAnswerError
from reelrec.sources.letterboxd.feed_items import logged_films
from reelrec.sources.log import LoggedFilm
from tests.fakes.feeds import FILMS, SERIES, FeedFilm, bomb, entry, everything, feed, list_entry

FILM = FILMS[1]


@pytest.fixture(scope="module")
def alice() -> dict[str, LoggedFilm]:
    """The films of the whole feed by title."""
    return {film.title: film for film in logged_films(everything(FILMS))}


def one(xml_of_an_item: str) -> LoggedFilm:
    (film,) = logged_films(feed([xml_of_an_item]))
    return film


def test_a_feed_with_everything_in_it_is_read_whole(alice):
    assert everything(FILMS).count(b"<item>") == 50
    assert list(alice) == sorted(alice, key=lambda title: alice[title].date)  # oldest first
    assert len(alice) == 46  # less three lists, and two logs of one film
    assert all(film.seen and film.date for film in alice.values())
    assert sum(film.stars is None for film in alice.values()) == 1


def test_a_rated_watch_has_all_its_facts(alice):
    assert alice["Copper Tide"] == LoggedFilm(
        "Copper Tide", 1953, slug="film-number-1", tmdb_id=7001, stars=4.5, seen=True, liked=True, date="2026-06-29"
    )


def test_a_watch_without_stars_is_seen(alice):
    assert alice["Howler's Keep"].stars is None
    assert alice["Howler's Keep"].seen


def test_a_review_is_marked(alice):
    assert [film.title for film in alice.values() if film.reviewed] == ["Salt & Ember"]


def test_of_two_logs_the_newer_rating_counts(alice):
    film = alice["The Glass Meridian"]
    assert (film.stars, film.rewatched, film.date) == (2.5, True, "2026-06-30")


def test_two_logs_are_one_film_even_where_neither_says_rewatch():
    films = logged_films(feed([entry(FILM, 0, stars=3.0), entry(FILM, 5, stars=5.0, kind="review")]))
    assert [(film.stars, film.rewatched, film.reviewed) for film in films] == [(3.0, True, True)]


def test_a_newer_log_without_stars_leaves_the_older_stars():
    films = logged_films(feed([entry(FILM, 0, again=True), entry(FILM, 5, stars=5.0)]))
    assert [(film.stars, film.date) for film in films] == [(5.0, "2026-06-30")]


def test_a_heart_that_was_taken_back_is_no_heart():
    (film,) = logged_films(feed([entry(FILM, 0, stars=3.0), entry(FILM, 5, stars=3.0, liked=True)]))
    assert not film.liked


def test_a_heart_that_is_not_mentioned_is_none(alice):
    assert not alice["El Niño del Faro"].liked


def test_a_year_that_has_no_element_is_read_from_the_heading(alice):
    assert alice["The Ferryman’s Wife"].year == 1965


def test_stars_that_have_no_element_are_read_from_the_heading(alice):
    assert alice["Star Quay: Episode IV – The Reach"].stars == 3.0
    assert one(entry(FILM, 0, stars=0.5, without=["memberRating"])).stars == 0.5
    assert one(entry(FILM, 0, stars=4.5, without=["memberRating"])).stars == 4.5


def test_a_series_is_television_and_has_no_film_id(alice):
    series = alice[SERIES.title]
    assert series.television
    assert series.tmdb_id is None


def test_a_film_without_ids_has_its_title_and_year(alice):
    film = alice["Northern Ballast"]
    assert (film.tmdb_id, film.year, film.television) == (None, 1971, False)


def test_films_of_one_title_are_told_apart_by_their_years():
    remake = FILM._replace(year=2003)
    both = [entry(film, n, stars=3.0, without=["tmdb"]) for n, film in enumerate((remake, FILM))]
    assert [film.year for film in logged_films(feed(both))] == [1953, 2003]


def test_films_of_one_day_come_in_the_order_they_were_logged():
    films = logged_films(feed(entry(film, 0) for film in (FILMS[3], FILMS[1], FILMS[2])))  # newest first
    assert [film.tmdb_id for film in films] == [7002, 7001, 7003]


def test_lists_are_left_out():
    assert logged_films(feed([list_entry(0), entry(FILM, 1), list_entry(2)])) == [one(entry(FILM, 1))]
    assert logged_films(feed(map(list_entry, range(3)))) == []


def test_a_feed_without_items_is_no_films():
    assert logged_films(feed([])) == []


def test_entities_accents_and_typography_arrive_as_written(alice):
    assert {"Howler's Keep", "Salt & Ember", "El Niño del Faro", "The Ferryman’s Wife"} <= alice.keys()
    assert "Star Quay: Episode IV – The Reach" in alice  # its no-break space is a space


def test_a_feed_of_2020_has_titles_and_years_alone():
    films = logged_films(
        feed(entry(film, n, stars=3.5, without=["tmdb", "memberLike"]) for n, film in enumerate(FILMS))
    )
    assert len(films) == 45
    assert {film.tmdb_id for film in films} == {None}


def test_a_film_without_its_own_elements_is_read_from_the_heading():
    bare = entry(
        FILM, 0, stars=3.5, without=["filmTitle", "filmYear", "memberRating", "watchedDate", "tmdb", "rewatch"]
    )
    assert one(bare) == LoggedFilm("Copper Tide", 1953, slug="film-number-1", stars=3.5, seen=True, date="2026-07-01")


@pytest.mark.parametrize(
    ("heading", "title", "year", "stars"),
    [
        ("Copper Tide, 1953 - ★★★★½", "Copper Tide", 1953, 4.5),
        ("Copper Tide, 1953", "Copper Tide", 1953, None),
        ("Copper Tide - ½", "Copper Tide", None, 0.5),
        ("Copper Tide", "Copper Tide", None, None),
        ("Winter, 1984, 1985 - ★", "Winter, 1984", 1985, 1.0),
        ("Winter - The Return, 1985", "Winter - The Return", 1985, None),
        ("Winter, 1985 - ★★★★★★", "Winter", 1985, None),
        ("1984", "1984", None, None),
        ("Heat, 1995 - ★★★★½ (contains spoilers)", "Heat", 1995, 4.5),
        ("Heat, 1995 (contains spoilers)", "Heat", 1995, None),
        ("Heat (contains spoilers)", "Heat", None, None),
    ],
)
def test_a_heading_is_title_year_and_stars(heading, title, year, stars):
    film = one(f"<item><title>{heading}</title></item>")
    assert (film.title, film.year, film.stars) == (title, year, stars)


@pytest.mark.parametrize("rating", ["0", "0.0", "5.5", "4,5", "-1", "nan", "inf", "1e0", "0_5", "four", "٣", "3.25"])
def test_what_is_no_rating_is_no_stars(rating):
    item = entry(FILM, 0, stars=3.0).replace(" - ★★★", "").replace(">3.0<", f">{rating}<")
    assert one(item).stars is None


@pytest.mark.parametrize("number", ["-1", "1.5", "abc", "", "٣", "9" * 30, "0x1f"])
def test_what_is_no_film_id_is_none(number):
    item = entry(FILM, 0).replace(">7001<", f">{number}<")
    assert one(item).tmdb_id is None


@pytest.mark.parametrize("day", ["", "yesterday", "2026-13-01", "99999-01-01", "2026-06-30T10:00"])
def test_a_day_that_is_none_is_replaced_by_the_day_of_publishing(day):
    assert one(entry(FILM, 0).replace(">2026-06-30<", f">{day}<")).date == "2026-07-01"


@pytest.mark.parametrize(
    "published", ["", "soon", "Mon, 99 Foo 2026", "Mon, 12 Jan 2026 09:03:05 +9999", "(", "0 0 0 0 0"]
)
def test_a_film_without_any_day_has_none(published):
    item = entry(FILM, 0, without=["watchedDate"]).replace("Wed, 01 Jul 2026 09:03:05 +1200", published)
    assert one(item).date is None


def test_an_item_without_a_title_is_left_out():
    assert logged_films(feed(["<item/>", "<item><title> </title></item>", "<item><guid>x</guid></item>"])) == []


def test_a_document_type_is_refused_before_any_entity_is_made():
    late = bomb().replace(b"<!DOCTYPE", b"<!--" + b" " * 5_000 + b"--><!DOCTYPE")
    wide = bomb().replace(b' version="1.0"', b' version="1.0" encoding="utf-16"').decode().encode("utf-16")
    for xml in (bomb(), late, wide, b"<!DOCTYPE rss><rss><channel/></rss>"):
        start = time.process_time()  # what others do on the machine does not count
        with pytest.raises(UnexpectedAnswerError, match=r"something else than a feed\. Try again later"):
            logged_films(xml)
        assert time.process_time() - start < 0.5


def test_words_about_document_types_in_a_review_are_words():
    item = entry(FILM, 0, kind="review").replace("Worth it", "<!DOCTYPE html> <!ENTITY x> Worth it")
    assert one(item).reviewed


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.99])
def test_a_cut_feed_is_refused_and_not_read_in_part(cut):
    whole = everything(FILMS)
    with pytest.raises(UnexpectedAnswerError, match=r"incomplete\. Try again in a moment"):
        logged_films(whole[: int(len(whole) * cut)])


@pytest.mark.parametrize("xml", [b"<feed xmlns='http://www.w3.org/2005/Atom'/>", b"<html><body>Hi</body></html>"])
def test_xml_that_is_no_rss_is_refused(xml):
    with pytest.raises(UnexpectedAnswerError, match="something else than a feed"):
        logged_films(xml)


def test_hostile_feeds_end_soon_and_in_nothing_but_the_named_error():
    random = Random(3)
    whole = everything(FILMS)
    hostile = [
        b"",
        b"\x00" * 1000,
        b"\xff\xfe<",
        b"<a>" * 600_000,
        b"<rss>" + b"<a>" * 250_000 + b"</a>" * 250_000 + b"</rss>",
        b"<rss><channel>" + b"<item/>" * 250_000 + b"</channel></rss>",
        feed([f"<item><title>{', 1984 - ★' * 100_000}</title></item>"]),
        feed([f"<item><title>a</title><link>{'/film/' * 300_000}</link></item>"]),
        feed([f"<item><title>a</title><pubDate>{'(' * 1_000_000}</pubDate></item>"]),
    ]
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(random.randint(1, 8)):
            place = random.randrange(len(damaged))
            damaged[place : place + random.randint(0, 9)] = random.randbytes(random.randint(0, 9))
        hostile.append(bytes(damaged))
    for xml in hostile:
        start = time.process_time()  # what others do on the machine does not count
        with suppress(UnexpectedAnswerError):
            logged_films(xml)
        assert time.process_time() - start < 4


def test_of_a_feed_without_end_five_hundred_items_are_read():
    films = [FeedFilm(f"Film {place}", 2000, place + 1, f"film-{place}") for place in range(600)]
    assert len(logged_films(feed(entry(film, place, stars=4.0) for place, film in enumerate(films)))) == 500


@pytest.mark.parametrize("encoding", ["nonsense", "utf-7", "base64", "idna", "cp037", "utf-16", "mbcs"])
def test_a_feed_in_an_encoding_that_is_none_is_told(encoding):
    xml = feed([entry(FILM, 0)]).replace(b"utf-8", encoding.encode(), 1)
    with suppress(UnexpectedAnswerError):
        assert logged_films(xml)


@pytest.mark.parametrize(
    "page",
    [b"", b"<!DOCTYPE html>\n<html><p>Back soon.</p></html>", b"<!doctype html><p>Back", b"<html><br></html>",
     b"<!-- x --><html>&nbsp;</html>", b"\xef\xbb\xbf<HTML>", b"Service unavailable", b'{"error": 1}', b"<html/>"],
)  # fmt: skip
def test_a_page_instead_of_a_feed_is_told_with_the_way_to_the_export(page):
    with pytest.raises(UnexpectedAnswerError, match=r"something else than a feed\..*Your export has all your films"):
        logged_films(page)


def item(heading: str, link: str = "https://letterboxd.com/alice/film/heat-1995/") -> str:
    """An old item: a heading and a link, and no elements of Letterboxd's own."""
    return f"<item><title>{heading}</title><link>{link}</link></item>"


@pytest.mark.parametrize(
    "heading",
    ["Heat, 1995 – ★★★★½", "Heat, 1995 — ★★★★½ ♥", "Heat, 1995 - ★★★★½ (contains spoilers) ", "Heat, 1995 - ★★★★½♥"],
)
def test_an_odd_heading_is_read(heading):
    film = one(item(heading))
    assert (film.title, film.year, film.stars) == ("Heat", 1995, 4.5)


def test_a_heading_that_was_encoded_twice_is_read():
    assert one(item("Howl&amp;#039;s Moving Castle, 2004 - ★")).title == "Howl's Moving Castle"


@pytest.mark.parametrize("link", ["https://letterboxd.com/alice/list/rain/", "https://letterboxd.com/alice/story/x/"])
def test_a_list_or_a_story_without_an_id_is_no_film(link):
    assert one(item("Heat, 1995") + item("Films of rain", link)).title == "Heat"


@pytest.mark.parametrize("before", [b"\n\n ", b"\xef\xbb\xbf\n", b"\x0b"])
def test_what_stands_before_a_feed_does_no_harm(before):
    assert len(logged_films(before + feed([item("He\x0bat, 1995")]))) == 1
