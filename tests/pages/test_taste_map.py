"""The map on the Taste page, run from the entry point. What a browser does with it is in tests/e2e."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from reelrec import app
from reelrec.artifacts.store import ArtifactStore
from reelrec.data.catalogue import Catalogue
from reelrec.visitor.profile import Profile
from tests.fakes.film_maps import by_decade
from tests.pages.visits import Visit

HOSTILE = "<b>[*a*](https://evil.example)</b> $x$ `:red[`"


@pytest.fixture(scope="module")
def _folder(artifact_folder, make_film) -> Path:
    """240 films of seven decades on a map. Film 3 has a hostile title."""
    films = Catalogue(
        make_film(i, title=HOSTILE if i == 3 else f"Film {i:03d}", year=1950 + i % 70, n_ratings=1000 - i)
        for i in range(240)
    )
    folder = artifact_folder(films)
    ArtifactStore(folder).save(by_decade(films), {"name": "catalogue"}, 1.0)
    return folder


@pytest.fixture
def mapped(use_artifacts, _folder) -> Path:
    return use_artifacts(_folder)


@pytest.fixture
def of(visit, mapped):
    """The map of somebody with this profile."""

    def open_map(profile: Profile) -> Visit:
        return visit("taste", taste="Map", p=app.link_token(profile))

    return open_map


def drawn(page: Visit) -> dict:
    return page.given("film-map")


LIKES = Profile(ratings={1: 5.0, 3: 4.5, 8: 2.0, 71: 4.0, 72: 4.0})


def test_the_map_has_the_visitors_stars_and_all_regions(of):
    data = drawn(of(LIKES))
    stars = {n: s for n, s in zip(data["films"]["n"], data["films"]["s"], strict=True) if s}
    assert stars == {1: 10, 3: 9, 8: 4, 71: 8, 72: 8}
    assert len(data["films"]["n"]) == len(set(data["films"]["n"])) == 240
    assert {len(column) for column in data["films"].values()} == {240}
    assert {name for name, *_ in data["regions"]} == {f"The {decade}s" for decade in range(1950, 2020, 10)}
    assert data["mark"] is None


def test_it_is_said_in_words_where_the_visitor_is_at_home_and_where_they_have_hardly_been(of):
    page = of(LIKES)
    assert "The 1950s" in drawn(page)["alt"]
    assert "Where you are at home" in page.headings()
    assert "You love 4 of the 5 films that you have seen here." in page.words()
    home = page.given("map-home-0")["links"]
    assert [link["label"] for link in home] == ["Film 001 (1951)", f"{HOSTILE} (1953)", "Film 071 (1951)"]
    assert home[0]["href"] == "film?id=film-1"


def test_a_click_on_a_dot_shows_the_film_with_the_stars_that_were_given(of):
    page = of(LIKES)
    assert "Choose a dot" in page.words()
    page.fire("film-map", "picked", 1)
    (tile,) = page.tiles("film-map-film")
    assert (tile["number"], tile["label"], tile["stars"]) == (1, "You gave it", "★ 5.0")
    assert "The 1950s" in tile["why"]
    page.fire("film-map", "picked", 100)
    (tile,) = page.tiles("film-map-film")
    assert (tile["number"], tile["label"]) == (100, "You would give it")
    assert tile["picture"]
    assert "Choose a dot" not in page.words()


@pytest.mark.parametrize("sent", [None, "1", -1, 240, 10**30, 1.5, [1], True, {"n": 1}], ids=str)
def test_what_a_browser_should_not_send_shows_nothing(of, sent):
    page = of(LIKES)
    page.fire("film-map", "picked", sent)
    assert page.tiles("film-map-film") == []
    assert not page.at.error


def test_a_click_sends_the_same_map_so_that_it_need_not_be_sent_again(of):
    page = of(LIKES)
    before = json.dumps(drawn(page))
    page.fire("film-map", "picked", 100)
    assert json.dumps(drawn(page)) == before
    page.rate(film_100=1.0)
    assert drawn(page)["key"] != json.loads(before)["key"]


def find(page: Visit, words: str) -> None:
    page.at.text_input(key="film-map-find").set_value(words)
    page.run()


def test_a_film_that_is_searched_is_marked_and_shown(of):
    page = of(LIKES)
    find(page, "Film 100")
    mark = drawn(page)["mark"]
    assert (mark["n"], mark["t"]) == (100, "Film 100 (1980)")
    place = app.taste.place_on_map(app.catalogue().films[100])
    assert (mark["x"], mark["y"]) == (place.x, place.y)
    assert page.numbers("film-map-film") == [100]
    assert "is marked, in “The 1980s”" in page.words()
    find(page, "")
    assert drawn(page)["mark"] is None


def test_of_several_that_were_found_another_can_be_chosen(of):
    page = of(LIKES)
    find(page, "Film 1980")
    (which,) = page.at.selectbox
    assert len(which.options) > 1
    which.select_index(1)
    page.run()
    assert drawn(page)["mark"]["t"] == which.options[1]
    assert page.numbers("film-map-film") == [drawn(page)["mark"]["n"]]


def test_a_hostile_title_stays_text(of):
    page = of(LIKES)
    assert f"{HOSTILE} (1953)" in drawn(page)["films"]["t"]
    find(page, HOSTILE)
    assert drawn(page)["mark"]["n"] == 3
    assert "](https" not in page.words()
    assert "<b>" not in page.words()
    page.fire("film-map", "picked", 3)
    assert page.tiles("film-map-film")[0]["title"] == HOSTILE


def test_nothing_found_is_said(of):
    page = of(LIKES)
    find(page, "qqqq zzzz xxxx")
    assert "No film is like that" in page.words()
    assert drawn(page)["mark"] is None


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (Profile(ratings={1: 5.0}), ""),
        (Profile(ratings=dict.fromkeys(range(20), 3.0)), "None of your films on this map has four stars or a heart"),
        (Profile(ratings={1: 0.5}, liked=frozenset(range(2, 30))), "You love"),
        (Profile(ratings={i: 0.5 + i % 10 / 2 for i in range(240)}), "You love"),
    ],
    ids=["one film", "all alike", "hearts", "every film"],
)
def test_odd_profiles_have_their_map(of, profile, said):
    page = of(profile)
    assert drawn(page)["alt"]
    assert said in page.words()
    assert not page.at.error


def test_without_the_map_the_tab_says_so_in_a_sentence(of, mapped, use_artifacts, tmp_path):
    folder = shutil.copytree(mapped, tmp_path / "artifacts")
    (folder / "map.npz").write_bytes(b"broken")
    use_artifacts(folder)
    page = Visit("taste", taste="Map", p=app.link_token(LIKES))
    assert drawn(page) is None
    (told,) = [info for info in page.at.info if "map" in info.value]
    assert told.value == "There is no map of films today."
    assert not page.at.error


def test_a_film_that_no_model_knows_is_not_on_the_map_and_the_page_says_so(visit):
    """On the shipped catalogue, which has such films."""
    films = app.catalogue()
    number = next(n for n in range(films.n_items, len(films)) if films.shown[n] and len(films.films[n].title) > 12)
    page = visit("taste", taste="Map", p=app.link_token(Profile(ratings={1: 5.0, number: 4.0})))
    assert "1 film of yours is not on it" in page.words()
    find(page, films.films[number].name)
    assert "is not on the map" in page.words()
    assert drawn(page)["mark"] is None
