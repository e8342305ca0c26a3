"""The Lists page, run from the entry point: watchlist, the visitor's own list, and a list that somebody shared."""

from dataclasses import replace

import pytest

from reelrec import app
from reelrec.ui.browser import answers
from reelrec.ui.lists import watchlist
from reelrec.visitor.profile import Profile

MINE = {"list": "My list"}
HEAT, ALIEN, AMELIE = (app.film(slug).number for slug in ("heat-1995", "alien", "amelie"))
UNRATED = app.catalogue().n_items + 5
ODD = (None, 5, "yes", [1], {"films": 1}, {"films": {"286": "yes", "x": True, "-1": True, "99999999": True, "²": True}},
       {"films": {"0": 7}}, {"films": {"0": "1 x -2 ² 99999999999999"}})  # fmt: skip


def wanting(n: int = 60, sample: str = "world-cinema") -> Profile:
    profile = app.sample_profile(sample)
    films = [film.number for film in app.catalogue().films[: 7 * n : 7] if film.same_as is None]
    return replace(profile, watchlist=frozenset(films) - profile.watched)


@pytest.fixture
def page(visit):
    """Open a tab with a profile."""

    def start(profile: Profile, **params):
        opened = visit("lists", **params)
        opened.become(profile)
        return opened

    return start


def test_without_a_watchlist_it_says_where_one_comes_from(page):
    opened = page(Profile())
    assert "Your watchlist comes with a Letterboxd export." in opened.words()
    assert [link["href"] for link in opened.given("watchlist-begin")["links"]] == ["letterboxd", "for_you"]


def test_the_watchlist_is_shown_best_first_by_pieces_with_stars_and_chances(page):
    profile = wanting()
    opened = page(profile)
    best = [pick.film.number for pick in app.lists.best_first(profile, profile.watchlist).shelf.picks]
    assert opened.numbers("watchlist-ranked") == best[:24]
    first = opened.tiles("watchlist-ranked")[0]
    assert first["stars"].startswith("★ ")
    assert "Most likely" in first["chance"]
    assert any(tile["why"].startswith("Because you liked") for tile in opened.tiles("watchlist-ranked"))
    opened.press("More films")
    assert opened.numbers("watchlist-ranked") == best[:48]
    opened.press("More films")
    assert opened.numbers("watchlist-ranked") == best
    assert "More films" not in [button.label for button in opened.at.button]


def test_it_counts_the_films_those_that_are_short_and_the_hours(page):
    profile = wanting()
    films = [app.catalogue().films[number] for number in profile.watchlist]
    short = sum(0 < (film.runtime or 0) < 100 for film in films)
    hours = round(sum(film.runtime or 0 for film in films) / 60)
    words = page(profile).words()
    assert f"**{len(films)} films** to see, {short} of them under 100 minutes." in words
    assert f"{hours} hours" in words
    assert "**1 film** to see." in page(replace(profile, watchlist=frozenset({HEAT}))).words()


def test_a_chip_leaves_only_the_films_of_its_kind(page):
    opened = page(wanting())
    opened.choose("watchlist-only", watchlist.SHORT)
    shown = opened.tiles("watchlist-ranked")
    assert shown
    assert all(app.catalogue().films[tile["number"]].runtime < 100 for tile in shown)
    assert opened.given("watchlist-tonight-film") is None


def test_films_that_no_model_knows_are_there_too_and_it_is_said(page):
    films = app.catalogue()
    unrated = [film.number for film in films.films[films.n_items : films.n_items + 4000 : 100] if film.same_as is None]
    profile = replace(app.sample_profile("horror"), watchlist=frozenset({HEAT, *unrated}))
    opened = page(profile)
    opened.press("More films")
    keys = ("watchlist-ranked", "watchlist-facts", "watchlist-unknown")
    assert sorted(number for key in keys for number in opened.numbers(key)) == sorted(profile.watchlist)
    assert watchlist.FROM_FACTS in opened.words()
    assert watchlist.UNKNOWN in opened.words()
    assert not any(tile["stars"] for tile in opened.tiles("watchlist-unknown"))


def test_one_for_tonight_gives_way_to_another(page):
    opened = page(wanting())
    (first,) = opened.numbers("watchlist-tonight-film")
    opened.press("Not this one")
    (second,) = opened.numbers("watchlist-tonight-film")
    assert first != second


def test_what_would_be_regretted_is_said_with_its_chance_and_can_be_taken_off_and_brought_back(page):
    thor = app.film("thor").number
    profile = replace(wanting(20), watchlist=wanting(20).watchlist | {thor})
    opened = page(profile)
    tile = next(tile for tile in opened.tiles("watchlist-regrets") if tile["number"] == thor)
    assert tile["word"].endswith(" % regret".replace(" %", "\u00a0%"))
    opened.put("watchlist-regrets", wanted={"films": {str(thor): False}})
    assert opened.profile == replace(profile, watchlist=profile.watchlist - {thor})
    assert opened.notice == "Off your watchlist: “Thor (2011)”"
    assert thor not in opened.numbers("watchlist-regrets")
    opened.undo()
    assert opened.profile == profile


def test_where_nothing_would_be_regretted_it_says_so_kindly(page):
    best = app.recommend(app.sample_profile("horror"), 6).picks
    profile = replace(app.sample_profile("horror"), watchlist=frozenset(pick.film.number for pick in best))
    opened = page(profile)
    assert "None of them. You chose well" in opened.words()
    assert opened.given("watchlist-regrets") is None


def test_somebody_without_stars_is_told_whose_they_are_and_of_no_regrets(page):
    opened = page(Profile(watchlist=frozenset({HEAT, ALIEN})))
    assert watchlist.NO_STARS_YET in opened.words()
    assert "regret" not in opened.words()
    assert len(opened.numbers("watchlist-ranked")) == 2


def test_films_that_were_seen_or_turned_down_since_are_taken_off_by_one_button(page):
    profile = Profile(ratings={HEAT: 4.0}, watchlist=frozenset({HEAT, ALIEN, AMELIE}), set_aside=frozenset({AMELIE}))
    opened = page(profile)
    assert "2 films of your watchlist are seen or turned down by now." in opened.words()
    assert opened.numbers("watchlist-ranked") == [ALIEN]
    opened.press("Take off what is done")
    assert opened.profile.watchlist == {ALIEN}
    nothing = page(replace(profile, watchlist=frozenset({HEAT})))
    assert "You have seen or turned down all that was on it." in nothing.words()


def test_without_a_list_it_says_how_to_begin_one(page):
    assert "Tap the + on any poster" in page(Profile(), **MINE).words()


def test_a_film_joins_the_list_from_a_shelf_and_its_answers_stay(page, visit):
    opened = visit("for_you", p=app.link_token(app.sample_profile("horror")), view="Full list")
    first, second = opened.numbers("picks-0")[:2]
    before = opened.profile
    opened.put("picks-0", listed={"films": {str(first): True, str(second): True}})
    assert opened.profile == replace(before, shortlist=(first, second))
    assert opened.notice == "2 films on your list now."
    assert [tile["listed"] for tile in opened.tiles("picks-0")[:3]] == [True, True, False]
    opened.put("picks-0", listed={"films": {str(first): False}})
    assert opened.profile == replace(before, shortlist=(second,))
    opened.undo()
    assert opened.profile.shortlist == (first, second)


def test_a_film_joins_from_its_page_from_similar_films_and_from_the_search(visit):
    opened = visit("film", id="heat-1995")
    opened.put(f"film-{HEAT}", listed={"films": {str(HEAT): True}})
    similar = opened.numbers(f"similar-{HEAT}")[0]
    opened.put(f"similar-{HEAT}", listed={"films": {str(similar): True}})
    opened.put("header", typed="alien 1979", listed={"films": {str(ALIEN): True}})
    assert opened.profile == Profile(shortlist=(HEAT, similar, ALIEN))


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_an_odd_message_changes_nothing(page, odd):
    profile = replace(wanting(20), shortlist=(HEAT, ALIEN))
    for key, params in (("watchlist-ranked", {}), ("my-list", MINE)):
        opened = page(profile, **params)
        opened.put(key, listed=odd, wanted=odd, order=odd)
        assert opened.profile == profile


def test_the_list_stands_in_its_order_with_films_seen_unseen_and_unknown(page):
    profile = app.sample_profile("horror").listed([UNRATED, HEAT, *list(app.sample_profile("horror").ratings)[:1]])
    opened = page(profile, **MINE)
    assert opened.numbers("my-list") == list(profile.shortlist)
    assert [tile["stars"] != "" for tile in opened.tiles("my-list")][1:] == [True, False]
    assert opened.tiles("my-list")[2]["answer"] == profile.ratings[profile.shortlist[2]]


def test_the_list_is_put_into_another_order_and_cleared_and_each_can_be_undone(page):
    opened = page(Profile(shortlist=(HEAT, ALIEN, AMELIE)), **MINE)
    opened.put("my-list", order={"films": {"0": f"{AMELIE} {HEAT} {ALIEN}"}})
    assert opened.profile.shortlist == (AMELIE, HEAT, ALIEN)
    assert opened.notice == "Now number 1 of your list: “Amélie (2001)”"
    opened.press("Best first")
    assert opened.profile.shortlist == app.lists.best_first(Profile(), (HEAT, ALIEN, AMELIE)).numbers
    opened.press("Clear the list")
    assert opened.profile == Profile()
    opened.undo()
    assert len(opened.profile.shortlist) == 3


def test_the_link_of_the_list_has_its_films_and_name_and_nothing_of_the_visitor(page):
    profile = app.sample_profile("horror").listed([HEAT, ALIEN])
    opened = page(profile, **MINE)
    opened.at.text_input(key="list-name").set_value("  *Two*\nnights ")
    opened.run()
    href = opened.given("my-list-link")["href"]
    path, _, carried = href.partition("#")
    assert path == "lists?list=My+list"
    assert carried.startswith("shared=")
    given = app.lists.from_link(carried.removeprefix("shared="))
    assert (given.films, given.name) == ((HEAT, ALIEN), "*Two* nights")
    assert "The link holds 2 films in this order and the name “\\*Two\\* nights”, and nothing else" in opened.words()
    assert opened.at.code[0].value == "*Two* nights\n\n1. Heat (1995)\n2. Alien (1979)"


def shared(token: str) -> dict:
    return {"p": "", "ratings": "", "services": "", "as": "", "tv": "", "shared": token, "ask": ""}


def test_a_shared_list_is_seen_with_ones_own_stars_taken_over_and_closed(visit):
    token = app.lists.link_token("<b>Rainy</b> *days*", (ALIEN, HEAT, UNRATED))
    own = app.sample_profile("horror")
    opened = visit("lists", told=shared(token) | {"p": app.link_token(own)}, **MINE)
    assert opened.numbers("shared") == [ALIEN, HEAT, UNRATED]
    assert "Shared with you: \\<b\\>Rainy\\</b\\> \\*days\\*" in opened.headings()
    assert opened.given("address")["carried"]["shared"] == token
    heat = app.predict(opened.profile, app.film("heat-1995")).stars
    assert opened.tiles("shared")[1]["stars"] == f"★ {heat:.1f}"
    opened.put("shared", listed={"films": {str(HEAT): True}})
    assert opened.profile.shortlist == (HEAT,)
    assert opened.profile.ratings == own.ratings
    opened.press("Add all to my list")
    assert opened.profile.shortlist == (HEAT, ALIEN, UNRATED)
    opened.press("Close this list")
    assert opened.given("shared") is None
    assert opened.given("address")["carried"]["shared"] == ""


@pytest.mark.parametrize("token", ["L", "Lxyz", "1abc", app.link_token(Profile(ratings={1: 4.0})), "L" * 30_000])
def test_a_shared_list_that_cannot_be_read_is_said_and_harms_nothing(visit, token):
    opened = visit("lists", told=shared(token), **MINE)
    assert "The list in this link" in opened.at.warning[0].value
    assert opened.profile == Profile()
    opened.open("about")
    opened.open("lists")
    assert not opened.at.warning


def test_five_hundred_films_are_worked_out_once_whatever_becomes_of_the_lists(page, monkeypatch):
    profile = wanting(500)
    opened = page(profile)
    monkeypatch.setattr("reelrec.app.lists.best_first", lambda *_: pytest.fail("worked out again"))
    opened.put("watchlist-ranked", listed={"films": {str(opened.numbers("watchlist-ranked")[0]): True}})
    opened.press("More films")
    assert len(opened.numbers("watchlist-ranked")) == 48


def test_a_list_longer_than_a_link_is_kept_and_said(page):
    profile = Profile(shortlist=tuple(range(app.lists.MAX_FILMS + 1)))
    assert "holds the first 1,000 films of your list" in page(profile, **MINE).words()


def test_a_message_about_more_films_than_a_page_can_show_is_no_message(page):
    opened = page(Profile())
    before = opened.profile
    for what, said in (("answers", 4.0), ("listed", True)):
        opened.put("header", **{what: {"films": {str(number): said for number in range(2_001)}, "at": 1}})
        assert opened.profile == before
    assert answers.told({"films": dict.fromkeys(map(str, range(2_000)), 4.0)})
    assert not answers.told({"films": dict.fromkeys(map(str, range(2_001)), 4.0)})


def test_whoever_has_a_list_and_no_watchlist_begins_with_the_list_and_goes_where_they_want(visit):
    numbers = tuple(film.number for film in app.catalogue().films[:3])
    page = visit("lists", p=app.link_token(Profile(shortlist=numbers)))
    assert page.numbers("my-list") == [*numbers]
    page.become(Profile())
    assert "Tap the + on any poster" in page.words()
    both = visit("lists", p=app.link_token(Profile(shortlist=numbers, watchlist=frozenset({7}))))
    assert "watchlist-ranked" in both.components()
