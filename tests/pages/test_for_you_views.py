"""The views of For you: the rows, each of them alone, and three films for this evening."""

from urllib.parse import parse_qs

import pytest

from reelrec import app
from reelrec.ui import text
from reelrec.ui.for_you import rows, tonight
from reelrec.visitor.profile import Profile

TITLES = ("safe", "stretch", "watchlist", "short")  # of Tonight


@pytest.fixture
def page(visit, horror_link):
    return visit("for_you", p=horror_link)


@pytest.fixture
def evening(visit, horror_link):
    return visit("for_you", p=horror_link, view="Tonight")


def loving(*slugs: str, **more: frozenset[int]) -> str:
    """The token of somebody who gave these films five stars."""
    return app.link_token(Profile(ratings={app.film(slug).number: 5.0 for slug in slugs}, **more))


def see_all(page) -> dict[str, str]:
    """The views that the rows' links lead to, by the row."""
    links = {key: data["links"][0]["href"] for key, data in page.components().items() if key.startswith("all-")}
    return {key.removeprefix("all-"): parse_qs(href.removeprefix("?"))["view"][0] for key, href in links.items()}


def chips(page) -> list[str]:
    return page.at.pills(key="view").options


def chosen(page) -> dict[str, int]:
    """The films of Tonight, by kind."""
    found = {kind: page.numbers(f"tonight-film-{kind}") for kind in TITLES}
    return {kind: numbers[0] for kind, numbers in found.items() if numbers}


@pytest.mark.parametrize("view", ["", "For+you", "none", "-"])
def test_a_view_that_there_is_not_is_the_first_one(visit, horror_link, view):
    page = visit("for_you", p=horror_link, view=view)
    assert not page.at.exception
    assert page.numbers("row-likely-0")
    page.open("for_you")
    assert page.numbers("row-likely-0")


def swap(page, kind: str) -> None:
    page.at.button(key=f"not-{kind}").click()
    page.run()


def test_the_rows_have_the_films_and_the_headings_of_their_wishes(page):
    made = app.rows(page.profile, rows.EACH)
    assert len(made) >= 4
    assert list(page.rows()) == [f"row-{row.kind}-{place}" for place, row in enumerate(made)]
    assert list(page.rows().values()) == [[pick.film.number for pick in row.picks] for row in made]
    assert page.headings()[: len(made)] == [rows.title(row.kind, row.loved) for row in made]
    assert {page.given(key)["layout"] for key in page.rows()} == {"strip"}


@pytest.mark.parametrize("more", [{}, {"genres": "Comedy"}, {"also": ["Series", "Short films"]}])
def test_no_film_stands_twice_on_the_page(visit, horror_link, more):
    page = visit("for_you", p=horror_link, **more)
    keys = [key for key, data in page.components().items() if key != "header" and "films" in data]
    assert {"surprise", "row-likely-0"} <= set(keys)
    shown = [number for key in keys for number in page.numbers(key)]
    assert len(set(shown)) == len(shown) > 40
    assert not set(shown) & page.profile.ratings.keys()


def test_a_film_that_is_answered_leaves_its_row_and_comes_back_by_undo(page):
    before, first = page.rows(), page.tiles("row-likely-0")[0]
    page.answer("row-likely-0", **{first["slug"].replace("-", "_"): "seen"})
    assert first["number"] in page.profile.seen
    assert not any(first["number"] in films for films in page.rows().values())
    page.undo()
    assert page.rows() == before


def test_every_row_but_the_first_can_be_seen_whole(visit, horror_link, page):
    made = {f"row-{row.kind}-{place}": row for place, row in enumerate(app.rows(page.profile, rows.EACH))}
    assert see_all(page).keys() == {key for key in made if "likely" not in key}
    for key, view in see_all(page).items():
        kind, loved = made[key].kind, made[key].loved
        alone = visit("for_you", p=horror_link, view=view)
        expected = app.row(page.profile, kind, 24, film=loved).picks
        assert alone.numbers(f"only-{kind}") == [pick.film.number for pick in expected]
        assert alone.headings() == [rows.title(kind, loved)]


@pytest.mark.parametrize("slug", ["heat-1995", "amelie", "spider-man-into-the-spider-verse", "mash"])
def test_what_goes_with_a_loved_film_can_be_seen_whole_whatever_its_title(visit, slug):
    page = visit("for_you", p=loving(slug))
    (view,) = (view for key, view in see_all(page).items() if key.startswith("row-loved-"))
    assert visit("for_you", p=loving(slug), view=view).tiles("only-loved")


def test_two_loved_films_of_one_title_have_chips_that_can_be_told_apart(visit):
    page = visit("for_you", p=loving("dune-2021", "dune"))
    assert len([key for key in page.rows() if "loved" in key]) == 2
    assert len(set(chips(page))) == len(chips(page))


def test_a_row_alone_has_more_films_when_asked_for_and_other_views_do_not(visit, horror_link):
    page = visit("for_you", p=horror_link, view="Short")
    assert len(page.numbers("only-short")) == 24
    page.press("More films")
    assert page.numbers("only-short") == [pick.film.number for pick in app.row(page.profile, "short", 48).picks]
    assert len(page.numbers("only-short")) == 48
    page.choose("view", "Gems")
    assert len(page.numbers("only-gems")) == 24
    page.choose("view", "For you")
    assert "More films" not in [button.label for button in page.at.button]


def test_the_watchlist_has_a_chip_for_who_has_one(visit, page):
    listed = frozenset(range(3, 30))
    wanting = visit("for_you", p=loving("heat-1995", watchlist=listed), view="Watchlist")
    assert "Watchlist" not in chips(page)
    assert "Watchlist" in chips(wanting)
    assert set(wanting.numbers("only-watchlist")) <= listed
    assert len(wanting.numbers("only-watchlist")) > 10


def test_a_view_that_is_no_longer_there_gives_way_to_the_rows(visit):
    page = visit("for_you", p=loving("heat-1995"), view="Because of Heat")
    assert page.tiles("only-loved")
    page.rate(heat_1995=2.0)
    assert "Because of Heat" not in chips(page)
    assert page.rows()
    page.become(Profile())
    assert len(page.tiles("picks-0")) == 24


def test_another_dial_or_model_shows_the_list_and_its_own_again_the_rows(page):
    page.choose("dial", "Specific")
    assert len(page.tiles("picks-0")) == 24
    assert not page.rows()
    page.choose("dial", "Balanced")
    assert page.rows()


def test_tonight_has_three_films_of_three_kinds_each_with_what_speaks_for_it(evening):
    made = app.tonight(evening.profile)
    assert len(made) == 3
    assert chosen(evening) == {choice.kind: choice.pick.film.number for choice in made}
    assert evening.headings() == [tonight.TITLES[choice.kind] for choice in made]
    for choice in made:
        (line,) = (part.value for part in evening.at.markdown if text.plain(choice.pick.film.title) in part.value)
        assert f"{choice.pick.film.runtime} minutes" in line
        assert text.percent(choice.pick.chance) in line


@pytest.mark.parametrize("kind", ["safe", "stretch", "short"])
def test_a_swap_brings_another_film_of_that_kind_and_keeps_the_others(evening, kind):
    before = chosen(evening)
    swap(evening, kind)
    after = chosen(evening)
    assert after.keys() == before.keys()
    assert after[kind] not in before.values()
    assert {**after, kind: None} == {**before, kind: None}


def test_what_was_swapped_away_stays_away_and_is_no_answer(evening):
    before, profile = chosen(evening), evening.profile
    swap(evening, "safe")
    swap(evening, "safe")
    assert evening.profile == profile
    after = chosen(evening)
    evening.open("about")
    evening.open("for_you", view="Tonight")
    assert chosen(evening) == after
    assert before["safe"] not in after.values()


def test_a_film_answered_tonight_gives_way(evening):
    before = chosen(evening)
    slug = app.catalogue().films[before["safe"]].slug.replace("-", "_")
    evening.answer("tonight-film-safe", **{slug: 4.0})
    assert evening.profile.ratings[before["safe"]] == 4.0
    assert before["safe"] not in chosen(evening).values()


def test_tonight_takes_one_from_the_watchlist_where_there_is_one(visit):
    listed = frozenset(range(3, 30))
    page = visit("for_you", p=loving("heat-1995", watchlist=listed), view="Tonight")
    assert chosen(page)["watchlist"] in listed
    assert "short" not in chosen(page)
    assert "You wanted to see it" in page.words()


def test_filters_hold_tonight(visit, horror_link):
    page = visit("for_you", p=horror_link, view="Tonight", genres="Western")
    assert chosen(page)
    assert all("Western" in app.catalogue().films[number].genres for number in chosen(page).values())
