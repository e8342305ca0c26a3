"""The filters of For you: that they hold in every view, what they leave out, and that the address has them."""

import pytest

from reelrec import app
from reelrec.ui.for_you import rows
from reelrec.visitor.profile import Profile

LIST = {"view": "Full list"}
WRONG = (
    {"genres": "Nonsense"},
    {"without": "<script>"},
    {"years": "1999-1900"},
    {"years": ["x", "y"]},
    {"years": ["1", "1990"]},
    {"years": ["2000", "1990"]},
    {"runtime": ["-5", "9999"]},
    {"runtime": ["200", "100"]},
    {"languages": "xx1"},
    {"countries": "A" * 5000},
    {"least-ratings": "-1"},
    {"also": "films"},
    {"watchlist": "Only these"},  # which a visitor without a watchlist cannot choose
    {"series-in-order": "perhaps"},
    {"view": "Watchlist"},
    {"view": "Because of Heat"},
    {"view": "<script>alert(1)</script>"},
    {"dial": "11"},
    {"ranked-by": "nobody"},
    {"beside": "ReelRec’s picks"},
    {"unknown": "maybe"},
)


def films(page, key: str = "picks-0") -> list:
    return [app.catalogue().films[number] for number in page.numbers(key)]


def first_lists(profile: Profile) -> list[list[int]]:
    """The rows of somebody who chose nothing."""
    return [[pick.film.number for pick in row.picks] for row in app.rows(profile, rows.EACH)]


def ids(value: dict) -> str:
    return str(value)[:40]


@pytest.mark.parametrize("view", ["For you", "Full list", "Short"])
def test_filters_hold(visit, horror_link, view):
    page = visit("for_you", p=horror_link, view=view)
    page.at.multiselect(key="genres").set_value(["Comedy"])
    page.at.multiselect(key="without").set_value(["Horror"])
    page.at.slider(key="years").set_range(1970, 1999)
    page.run()
    keys = {"For you": list(page.rows()), "Full list": ["picks-0"], "Short": ["only-short"]}[view]
    shown = [film for key in keys for film in films(page, key)]
    assert shown
    assert all("Comedy" in film.genres and "Horror" not in film.genres and 1970 <= film.year <= 1999 for film in shown)
    assert page.popover("filters") == "Filters (3)"


def test_filters_in_the_address_narrow_the_rows_and_the_label_counts_them(visit, horror_link):
    page = visit("for_you", p=horror_link, genres=["Western", "Comedy"], years=["1950", "1999"])
    shown = [film for key in page.rows() for film in films(page, key)]
    assert len(shown) > 20
    assert all({"Western", "Comedy"} & set(film.genres) and 1950 <= film.year <= 1999 for film in shown)
    assert page.at.multiselect(key="genres").value == ["Western", "Comedy"]
    assert page.popover("filters") == "Filters (2)"
    page.at.button(key="clear-filters").click()
    page.run()
    assert list(page.rows().values()) == first_lists(page.profile)
    assert page.popover("filters") == "Filters"


@pytest.mark.parametrize("wrong", WRONG, ids=ids)
def test_a_wrong_value_in_the_address_falls_back(visit, horror_link, wrong):
    page = visit("for_you", p=horror_link, **wrong)
    assert list(page.rows().values()) == first_lists(page.profile)
    assert not page.at.error


@pytest.mark.parametrize(
    "wrong", [{"genres": "Nonsense"}, {"years": ["1", "1990"]}, {"watchlist": "Only these"}], ids=ids
)
def test_the_label_counts_no_filter_that_does_not_hold(visit, horror_link, wrong):
    assert visit("for_you", p=horror_link, **wrong).popover("filters") == "Filters"


@pytest.mark.parametrize("view", ["For you", "Full list", "Gems", "Tonight"])
def test_filters_that_leave_nothing_say_so(visit, horror_link, view):
    page = visit("for_you", p=horror_link, view=view)
    page.at.multiselect(key="genres").set_value(["Western"])
    page.at.multiselect(key="languages").set_value(["ko"])
    page.at.slider(key="years").set_range(1900, 1905)
    page.run()
    assert "No film passes these filters" in page.words()
    loosen = [button for button in page.at.button if (button.key or "").startswith("loosen-")]
    assert loosen
    assert all(": " in button.label and button.label.endswith(" more") for button in loosen)


def test_a_filter_is_loosened_with_a_click(visit, horror_link):
    page = visit("for_you", p=horror_link, **LIST)
    page.at.multiselect(key="genres").set_value(["Western"])
    page.at.slider(key="years").set_range(1900, 1901)
    page.run()
    (years,) = [button for button in page.at.button if button.key == "loosen-years"]
    more = int(years.label.split(": ")[1].split()[0].replace(",", ""))
    years.click()
    page.run()
    assert len(films(page)) == min(more, 24)
    assert all("Western" in film.genres for film in films(page))
    page.at.button(key="clear-filters").click()
    page.run()
    assert page.at.multiselect(key="genres").value == []


def test_films_of_unknown_length_are_told_and_can_be_shown(visit, horror_link):
    page = visit("for_you", p=horror_link, **LIST)
    assert "unknown" not in {toggle.key for toggle in page.at.toggle}
    page.at.slider(key="runtime").set_range(20, 30)
    page.run()
    toggle = page.at.toggle(key="unknown")
    left_out = app.narrowed(page.profile, app.filters(runtime=(20, 30))).unknown
    assert toggle.label == f"Also {left_out:,} films of unknown year or length"
    assert not any(film.runtime is None for film in films(page))
    toggle.set_value(True)
    page.run()
    assert any(film.runtime is None for film in films(page))


@pytest.mark.parametrize("view", ["For you", "Full list", "Tonight"])
def test_a_contradiction_is_told(visit, horror_link, view):
    page = visit("for_you", p=horror_link, view=view)
    page.at.multiselect(key="genres").set_value(["Comedy"])
    page.at.multiselect(key="without").set_value(["Comedy"])
    page.run()
    assert "Comedy is asked for and left out." in [warning.value for warning in page.at.warning]


def test_a_sequel_may_come_first_for_who_wants_it_so(visit):
    loves = {"iron-man-2008": 5.0, "the-avengers-2012": 5.0, "the-dark-knight": 5.0}
    token = app.link_token(Profile(ratings={app.film(slug).number: given for slug, given in loves.items()}))
    page = visit("for_you", p=token, **LIST)
    before = page.numbers("picks-0")
    page.choose("series-in-order", False)
    assert page.numbers("picks-0") == [
        pick.film.number for pick in app.recommend(page.profile, 24, filters=app.filters(in_order=False)).picks
    ]
    assert page.numbers("picks-0") != before
    assert page.popover("filters") == "Filters (1)"


@pytest.mark.parametrize(("wanted", "holds"), [("Only these", True), ("Left out", False)])
def test_the_watchlist_can_be_asked_for_or_left_out(visit, wanted, holds):
    listed = frozenset(range(3, 40))
    token = app.link_token(Profile(ratings={app.film("heat-1995").number: 5.0}, watchlist=listed))
    page = visit("for_you", p=token, watchlist=wanted, **LIST)
    assert page.numbers("picks-0")
    assert all((number in listed) is holds for number in page.numbers("picks-0"))
