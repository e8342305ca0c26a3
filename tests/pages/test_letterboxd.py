"""The Letterboxd page, run from the entry point. What a browser does with it is in tests/e2e."""

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from reelrec import app
from reelrec.errors import BlockedError, NothingLoggedError, TooSlowError, UsernameError
from reelrec.sources.log import Log, LoggedFilm
from reelrec.ui import state
from tests.fakes.bad_zips import not_a_zip
from tests.fakes.exports import NAMED, RATED, film, packed, semicolons, table

EXPORT = packed({
    "ratings.csv": table(RATED, [
        film("Heat", 1995, "1", "5"), film("Alien", 1979, "2", "4.5"), film("Cats", 2019, "3", "0.5"),
        film("Nothing Anybody Knows", 2011, "4", "3"), film("Paris, Texas", 1984, "5", "many"),
    ]),
    "watchlist.csv": table(NAMED, [film("Possession", 1981, "6")]),
    "likes/films.csv": table(NAMED, [film("Heat", 1995, "1")]),
})  # fmt: skip


def upload(page, *files: tuple[str, bytes]) -> None:
    uploader = page.at.file_uploader[0]
    for name, content in files:
        uploader.upload(name, content)
    page.run()


def press(page, label: str) -> None:
    next(button for button in page.at.button if button.label == label).click()
    page.run()


@pytest.fixture
def page(visit):
    return visit("letterboxd")


def shelf(page, key: str) -> list[str]:
    return [tile["name"] for tile in page.tiles(f"own-{key}")]


def metrics(page) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.at.metric}


def test_an_empty_visit_offers_both_ways_and_no_picks(page):
    assert "Your export: everything" in page.words()
    assert "Or a username: the newest fifty" in page.words()
    assert "picks" not in page.words()


def test_an_export_becomes_the_ratings_of_somebody_who_has_none(page):
    upload(page, ("letterboxd.zip", EXPORT))
    assert metrics(page) | {"Seen": "4", "With stars": "3", "On the watchlist": "1"} == metrics(page)
    assert "5 of 6 films read were found." in page.words()
    assert sorted(page.profile.ratings.values()) == [0.5, 4.5, 5.0]
    assert len(page.profile.watchlist) == 1
    assert page.profile.seen == {app.film("paris-texas").number}
    assert "Your own picks" in [header.value for header in page.at.header]
    assert shelf(page, "best-rated") == ["Heat (1995)", "Alien (1979)", "Cats (2019)"]
    assert shelf(page, "liked") == ["Heat (1995)"]
    assert shelf(page, "above")[:1] == ["Heat (1995)"]
    assert "Cats (2019)" in shelf(page, "below")


def test_an_import_undone_can_be_taken_again(page):
    upload(page, ("letterboxd.zip", EXPORT))
    press(page, "Undo")
    assert page.profile == app.Profile()
    assert "These films are not yours yet." in page.words()
    press(page, "Use these films")
    assert len(page.profile.ratings) == 3


def test_the_way_back_from_an_import_stays_on_other_pages_until_it_is_dismissed(page):
    page.rate(jaws=4.0)
    upload(page, ("letterboxd.zip", EXPORT))
    press(page, "Use them instead of mine")
    page.open("for_you")
    page.run()
    assert "from Letterboxd are yours now." in page.words()
    press(page, "Undo")
    assert page.profile.ratings == {app.film("jaws").number: 4.0}
    assert "Undo" not in [button.label for button in page.at.button]


def test_a_fix_undone_can_be_made_again(page):
    upload(page, ("letterboxd.zip", EXPORT))
    place = page.at.session_state[state.INTAKE].unmatched[0].place
    page.at.text_input(key=f"lost-search-{place}").set_value("jaws")
    page.run()
    press(page, "This is the one")
    press(page, "Undo")
    assert app.film("jaws").number not in page.profile.ratings
    assert page.at.selectbox(key="lost").options == ["Nothing Anybody Knows (2011)"]


def test_somebody_who_only_looks_may_still_take_the_films(page):
    page.rate(jaws=4.0)
    upload(page, ("letterboxd.zip", EXPORT))
    press(page, "Only look")
    assert [header.value for header in page.at.header] == ["this export’s own picks"]
    assert "You are only looking: these films are not yours." in page.words()
    press(page, "Mine too: add them")
    assert len(page.profile.ratings) == 4


def test_an_old_mistake_is_not_told_when_the_page_is_opened_again(page):
    upload(page, ("a.zip", not_a_zip()))
    assert page.at.error
    page.open("about")
    page.open("letterboxd")
    assert not page.at.error


def test_an_export_of_which_nothing_is_here_says_so(page):
    upload(page, ("ratings.csv", table(RATED, [film("Nothing Anybody Knows", 2011, "4", "3")])))
    assert "None of the films read is in our catalogue" in page.words()


def test_each_pick_opens_its_page(page):
    upload(page, ("letterboxd.zip", EXPORT))
    hrefs = [tile["href"] for tile in page.tiles("own-best-rated")]
    assert hrefs[0].startswith("film?id=heat-1995&p=")


@pytest.mark.parametrize("content", [EXPORT, not_a_zip()], ids=["read", "refused"])
def test_the_uploaded_bytes_are_let_go(page, monkeypatch, content):
    kept = {}
    monkeypatch.setattr(MemoryUploadedFileManager, "add_file", _noting(kept, MemoryUploadedFileManager.add_file))
    upload(page, ("letterboxd.zip", content))
    assert page.at.file_uploader[0].value in (None, [])
    (held,) = kept
    assert [file.data for files in held.file_storage.values() for file in files.values()] == []


def _noting(kept: dict, add):
    """`add_file`, and beside it who was handed a file."""

    def add_file(manager, session_id, file) -> None:
        kept[manager] = file
        add(manager, session_id, file)

    return add_file


def test_rows_that_could_not_be_read_whole_are_told(page):
    upload(page, ("letterboxd.zip", EXPORT))
    assert "ratings.csv, row 6: “many” is no rating, so the film counts as seen without stars." in page.words()


def test_somebody_with_ratings_is_asked_and_may_add(page):
    page.rate(alien=2.0, jaws=4.0)
    upload(page, ("letterboxd.zip", EXPORT))
    assert "You already have 2 films here" in page.words()
    assert len(page.profile.ratings) == 2  # nothing happens unasked
    press(page, "Mine too: add them")
    assert page.profile.ratings[app.film("jaws").number] == 4.0
    assert page.profile.ratings[app.film("alien").number] == 4.5  # the export's, which came later
    assert "You already have" not in page.words()


@pytest.mark.parametrize(
    ("button", "left"), [("Use them instead of mine", {"heat-1995", "alien", "cats-2019"}), ("Only look", {"jaws"})]
)
def test_or_use_the_export_instead_or_only_look(page, button, left):
    page.rate(jaws=4.0)
    upload(page, ("letterboxd.zip", EXPORT))
    press(page, button)
    assert {app.catalogue().films[number].slug for number in page.profile.ratings} == left
    assert shelf(page, "best-rated")[0] == "Heat (1995)"  # their picks are shown all the same


def test_what_was_done_can_be_undone(page):
    page.rate(jaws=4.0)
    upload(page, ("letterboxd.zip", EXPORT))
    press(page, "Use them instead of mine")
    press(page, "Undo")
    assert page.profile.ratings == {app.film("jaws").number: 4.0}


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([("a.zip", not_a_zip())], "Download the export again"),
        ([("ratings.csv", semicolons())], "semicolons"),
        ([("a.zip", EXPORT), ("b.zip", EXPORT)], "two exports at once"),
        ([("ratings.csv", b"<!DOCTYPE html><html></html>")], "not from a Letterboxd export"),
        ([("letters.csv", b"a,b\n1,2\n")], "letters.csv"),
    ],
)
def test_a_wrong_upload_is_told_and_nothing_is_lost(page, files, says):
    page.rate(jaws=4.0)
    upload(page, *files)
    (error,) = page.at.error
    assert says in error.value.replace("\\", "")
    assert "Your ratings here are unchanged" in error.value.replace("\\", "")
    assert page.profile.ratings == {app.film("jaws").number: 4.0}
    upload(page, ("letterboxd.zip", EXPORT))
    assert not page.at.error


def log(*films: LoggedFilm) -> Log:
    return Log("rss", "alice", films)


@pytest.fixture
def feed(monkeypatch):
    """Let a username be answered with a log or an error."""

    def answer(with_what: Log | Exception) -> None:
        def read(name: str) -> Log:
            if isinstance(with_what, Exception):
                raise with_what
            return with_what

        monkeypatch.setattr("reelrec.sources.letterboxd_feed.read_feed", read)

    return answer


def ask(page, name: str) -> None:
    page.at.text_input[0].set_value(name)
    press(page, "Read the feed")


def test_a_username_shows_that_member_s_picks_and_says_how_much_it_rests_on(page, feed):
    feed(log(LoggedFilm("Heat", 1995, tmdb_id=949, stars=4.5, seen=True, rewatched=True, date="2026-01-02")))
    ask(page, "@alice")
    assert "Based on the last 1 film that alice logged" in page.words()
    assert [header.value for header in page.at.header] == ["alice’s own picks"]
    assert shelf(page, "rewatched") == ["Heat (1995)"]
    assert page.profile.ratings == {app.film("heat-1995").number: 4.5}


@pytest.mark.parametrize(
    "error", [UsernameError("Nobody."), NothingLoggedError("Nothing."), BlockedError("No."), TooSlowError("Slow.")]
)
def test_a_feed_that_cannot_be_had_is_told_and_the_page_stays(page, feed, error):
    page.rate(jaws=4.0)
    feed(error)
    ask(page, "alice")
    assert str(error).strip(".") in page.at.error[0].value
    assert page.profile.ratings == {app.film("jaws").number: 4.0}
    assert "Your own picks" in [header.value for header in page.at.header]


def test_a_film_that_was_not_found_can_be_named(page):
    upload(page, ("letterboxd.zip", EXPORT))
    assert page.at.selectbox(key="lost").options == ["Nothing Anybody Knows (2011)"]
    place = page.at.session_state[state.INTAKE].unmatched[0].place
    page.at.text_input(key=f"lost-search-{place}").set_value("jaws")
    page.run()
    assert page.at.selectbox(key=f"lost-film-{place}").options[0] == "Jaws (1975) · Steven Spielberg"
    press(page, "This is the one")
    assert page.profile.ratings[app.film("jaws").number] == 3.0
    assert "6 of 6 films read were found." in page.words()


def test_naming_a_film_keeps_what_was_rated_since(page):
    upload(page, ("letterboxd.zip", EXPORT))
    page.rate(heat_1995=1.0)
    place = page.at.session_state[state.INTAKE].unmatched[0].place
    page.at.text_input(key=f"lost-search-{place}").set_value("jaws")
    page.run()
    press(page, "This is the one")
    assert page.profile.ratings[app.film("heat-1995").number] == 1.0


def test_the_search_for_it_begins_with_what_is_near(page):
    upload(page, ("ratings.csv", table(RATED, [film("The Big Fish", 1961, "2", "3.5")])))
    assert page.at.selectbox(key="lost-film-0").options[0] == "Big Fish (2003) · Tim Burton"


def test_a_film_that_is_searched_for_in_vain_is_told(page):
    upload(page, ("letterboxd.zip", EXPORT))
    place = page.at.session_state[state.INTAKE].unmatched[0].place
    page.at.text_input(key=f"lost-search-{place}").set_value("qqqq")
    page.run()
    assert "No film has that in its title" in page.words()
    assert "This is the one" not in [button.label for button in page.at.button]


def test_hostile_names_are_shown_as_text(page, feed):
    feed(log(LoggedFilm("<img src=x onerror=alert(1)> **bold** :smile:", 2001, seen=True, stars=4.0)))
    ask(page, "alice")
    assert page.at.selectbox(key="lost").options == ["<img src=x onerror=alert(1)> **bold** :smile: (2001)"]
    assert not any("<img" in markdown.value for markdown in page.at.markdown)


@pytest.mark.parametrize("title", ["=1+1", "+1", "-30-", "@home", "＝1"])
def test_no_title_is_a_formula_in_the_table_which_can_be_saved_as_csv(page, feed, title):
    feed(log(LoggedFilm(title, 1890, seen=True, stars=4.0), LoggedFilm("Plain = plain", 1890, seen=True, stars=4.0)))
    ask(page, "alice")
    assert sorted(page.at.dataframe[0].value["Film"]) == ["Plain = plain", f"“{title}”"]
    assert f"{title} (1890)" in page.at.selectbox(key="lost").options


def test_a_title_longer_than_a_search_keeps_its_candidates(page, feed, monkeypatch):
    long = LoggedFilm("Heat " * 60, None, seen=True)
    monkeypatch.setattr("reelrec.intake._look_up", lambda logged, films: ("ambiguous", (app.film("heat-1995"),)))
    feed(log(long))
    ask(page, "alice")
    assert page.at.selectbox(key="lost-film-0").options == ["Heat (1995) · Michael Mann"]


def test_ratings_from_a_link_have_their_picks_too(visit, horror_link):
    page = visit("letterboxd", p=horror_link)
    assert [header.value for header in page.at.header] == ["Your own picks"]
    assert page.tiles("own-best-rated")


def test_a_visit_s_history_is_its_own(visit):
    mine, other = visit("letterboxd"), visit("letterboxd")
    upload(mine, ("letterboxd.zip", EXPORT))
    other.run()
    assert other.profile == app.Profile()
    assert other.at.session_state[state.INTAKE] is None
