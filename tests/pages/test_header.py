"""The header of every page: where it leads, the search that opens any film, what was just done and the way back."""

import pytest

from reelrec import app
from reelrec.ui.frame import header
from reelrec.visitor.profile import Profile

PAGES = ("rate", "for_you", "lists", "together", "taste", "letterboxd", "models", "about")
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "**bold** :smile: $x$ [a](javascript:alert(1))",
    "' OR 1=1 --",
    "\u202egpj\u202c\x00\x07",
    "\ud800",
    "(((((((((((((((((((",
    "\\",
    "🔥" * 200,
    "a " * 5000,
)


def as_written(slug: str) -> str:
    return slug.replace("-", "_")


@pytest.mark.parametrize("name", PAGES)
def test_it_stands_on_every_page_and_says_which_one_that_is(visit, name):
    page = visit(name) if name != "rate" else visit()
    shown = page.given("header")["pages"]
    assert [part["label"] for part in shown] == ["For you", "Rate", "Lists", "Together", "Taste", "Letterboxd"]
    assert [part["label"] for part in shown if part["current"]] == [page.state.page] * (name in PAGES[:6])
    assert page.given("page-foot")["links"][0]["href"] == "models"


def test_its_links_lead_to_the_pages_that_they_name(visit):
    page = visit("about")
    for part in page.given("header")["pages"]:
        page.follow(part["href"])
        assert page.state.page == part["label"]


def test_the_search_finds_a_title_without_its_accents(visit):
    page = visit()
    assert page.search("AMELIE")[0] == "Amélie (2001)"
    first = page.tiles("header")[0]
    assert (first["title"], first["href"]) == ("Amélie", "film?id=amelie")
    assert "2001 · Jean-Pierre Jeunet" in first["about"]


def test_a_film_that_was_found_can_be_opened(visit):
    page = visit()
    page.search("7 samurai")
    page.follow(page.tiles("header")[0]["href"])
    assert page.state.page == "Film"
    assert page.at.title[0].value.replace("\\", "") == "Seven Samurai (1954)"


def test_a_search_for_nothing_known_finds_nothing_and_is_kept(visit):
    page = visit()
    assert page.search("qqqqzzzz") == []
    assert page.given("header")["typed"] == "qqqqzzzz"
    assert page.search("  ") == []
    assert page.given("header")["typed"] == ""


def test_a_search_shows_a_few_films(visit):
    assert len(visit().search("the")) == header.FOUND


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_finds_films_or_nothing_and_changes_nothing(visit, horror_link, text):
    page = visit(p=horror_link)
    before = page.given("interview"), page.profile
    page.search(text)
    assert page.given("header")["typed"] == text[: header.TYPED].strip()
    assert len(page.given("header")["films"]) <= header.FOUND
    assert (page.given("interview"), page.profile) == before
    assert page.search("alien")[0] == "Alien (1979)"


@pytest.mark.parametrize("text", [None, 5, True, ["alien"], {"typed": "alien"}])
def test_what_is_no_text_is_no_search(visit, text):
    page = visit()
    assert page.search(text) == []
    assert page.given("header")["typed"] == ""


def test_stars_can_be_given_in_the_search_and_taken_back(visit):
    page = visit()
    assert page.given("header")["rated"] == ""
    page.search("heat 1995")
    assert page.tiles("header")[0]["answer"] is None
    page.answer("header", heat_1995=4.5)
    heat = app.film("heat-1995").number
    assert page.profile.ratings == {heat: 4.5}
    assert page.given("header")["rated"] == "1"
    assert page.guesses()  # the page was drawn again
    assert page.search("heat 1995")[0] == "Heat (1995)"
    assert page.tiles("header")[0]["answer"] == 4.5
    page.undo()
    assert page.profile == Profile()


@pytest.mark.parametrize(
    "films",
    [
        {"99999999": 4.0, "-1": 4.0, "1.5": 4.0, "abc": 4.0, "": 4.0, "²": 4.0},
        {"53000": 9.0, "53001": "<script>", "53002": [4.0], "53003": {"stars": 4}, "53004": -1, "53005": None},
        {},
    ],
)
def test_answers_that_cannot_be_change_nothing(visit, horror_link, films):
    page = visit(p=horror_link)
    before = page.profile
    page.put("header", answers={"films": films, "at": 1})
    assert page.profile == before
    assert page.can_undo is None


def test_what_was_done_is_said_once_and_can_be_undone_from_any_page(visit, horror_link):
    page = visit("for_you", p=horror_link, view="Full list")
    before, first = page.profile, page.tiles("picks-0")[0]
    page.answer("picks-0", **{as_written(first["slug"]): "set_aside"})
    assert page.notice == page.can_undo == f"“{first['name']}”: not for you."
    assert not page.given("header")["notice"]["lasting"]
    page.open("about")
    assert page.notice == ""
    assert page.can_undo == f"“{first['name']}”: not for you."
    page.undo()
    assert page.profile == before
    assert page.can_undo is None


def test_two_equal_notices_are_told_apart(visit, horror_link):
    page = visit("for_you", p=horror_link, view="Full list")
    slug = as_written(page.tiles("picks-0")[0]["slug"])
    page.answer("picks-0", **{slug: "seen"})
    first = page.given("header")["notice"]
    page.undo()
    page.answer("picks-0", **{slug: "seen"})
    second = page.given("header")["notice"]
    assert first["text"] == second["text"]
    assert first["number"] != second["number"]


def test_the_way_back_from_stars_says_nothing_and_is_there(visit):
    page = visit()
    page.answer("interview", heat_1995=4.0)
    assert page.notice == ""
    assert page.can_undo == ""
    page.undo()
    assert page.profile == Profile()
    assert page.can_undo is None


def test_a_way_back_that_is_used_twice_goes_back_once(visit):
    page = visit()
    page.answer("interview", heat_1995=4.0)
    page.answer("interview", alien=3.0)
    page.undo()
    page.undo()
    assert page.profile.ratings == {app.film("heat-1995").number: 4.0}


def test_it_reminds_who_has_ratings_that_nothing_but_the_address_keeps(visit, horror_link):
    assert not visit().given("header")["reminds"]
    page = visit("about", p=horror_link)
    assert page.given("header")["reminds"]
    page.fire("header", "keep")
    assert not page.given("header")["reminds"]
    assert page.given("address")["stored"]["ratings"] == horror_link
