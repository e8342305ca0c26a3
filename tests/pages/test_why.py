"""Why a film gets its stars, on its page and over For you; and films that are told not to count."""

import pytest

from reelrec import app

LIST = {"view": "Full list"}


def sums(page) -> dict:
    """What the page hands to the sum of stars."""
    return next(data for key, data in page.components().items() if key.startswith("sum"))


def total(lines) -> float:
    """The figures of all lines but the last, added up."""
    return sum(float(line["figure"].replace("−", "-")) for line in lines[:-1])


@pytest.mark.parametrize("slug", ["heat-1995", "alien", "barbie", "film:1057461"])
def test_the_lines_on_a_films_page_add_up_to_the_number_in_its_heading(visit, horror_link, slug):
    page = visit("film", id=slug, p=horror_link)
    guess = app.predict(page.profile, app.film(slug))
    lines = sums(page)["lines"]
    said = "we said " if app.film(slug).number in page.profile.ratings else ""
    assert f"Why {said}{guess.stars:.2f} stars" in page.headings()
    assert total(lines) == pytest.approx(guess.stars, abs=0.01)
    assert float(lines[-1]["figure"]) == pytest.approx(guess.stars, abs=0.0051)
    assert [line["total"] for line in lines] == [False] * (len(lines) - 1) + [True]


def test_a_film_on_its_page_can_be_told_not_to_count_and_all_follows_until_undo(visit, horror_link):
    page = visit("film", id="heat-1995", p=horror_link)
    before = sums(page)["lines"]
    film = next(line for line in before if line["film"] is not None)
    page.fire(f"sum-{app.film('heat-1995').number}", "aside", film["film"])
    assert page.notice == f"Does not count: “{film['name']}”"
    assert page.profile.uncounted == {film["film"]}
    assert film["film"] in page.profile.ratings
    after = sums(page)["lines"]
    assert film["film"] not in [line["film"] for line in after]
    gone = float(before[-1]["figure"]) - float(after[-1]["figure"])
    assert gone == pytest.approx(float(film["figure"].replace("−", "-")), abs=0.021)
    page.undo()
    assert sums(page)["lines"] == before


def test_the_place_in_the_list_says_what_holds_it_there(visit, horror_link):
    profile = app.sample_profile("horror")
    picks = (pick.film for pick in app.recommend(profile, 24).picks)
    film = next(film for film in picks if app.place(profile, film).without)
    page = visit("film", id=film.slug, p=horror_link)
    shown = next(data for key, data in page.components().items() if key.startswith("place"))
    assert [line["name"].removeprefix("Without ") for line in shown["lines"]] == [
        other.name for other, _ in app.place(profile, film).without
    ]
    assert "Its place in your whole list: " in "\n".join(part.value for part in page.at.subheader)


def test_a_film_without_a_guess_has_no_sum(visit, horror_link):
    films = app.catalogue()
    unknown = next(
        film for film in films.films[films.n_items :] if app.predict(app.sample_profile("horror"), film) is None
    )
    page = visit("film", id=unknown.slug, p=horror_link)
    assert not any(key.startswith("sum") for key in page.components())


def test_a_newcomer_sees_that_the_guess_is_anybodys(visit):
    page = visit("film", id="heat-1995")
    assert [line["name"] for line in sums(page)["lines"]] == [
        "What a newcomer would give it",
        "Together: what anybody would give it",
    ]


def test_a_film_that_does_not_count_says_so_on_its_page_and_can_be_taken_back(visit, horror_link):
    page = visit("film", id="alien", p=horror_link)
    number = app.film("alien").number
    page.become(page.profile.not_counted(number))
    assert "You told us not to count this film." in page.words()
    page.press("Count it again")
    assert page.profile.uncounted == frozenset()
    assert page.notice == "Counts again: “Alien (1979)”"


def test_rate_names_the_films_that_do_not_count(visit, horror_link):
    page = visit(p=horror_link)
    page.become(page.profile.not_counted(app.film("alien").number))
    assert "told not to count" in page.words()
    page.press("Count Alien \\(1979\\)")
    assert page.profile.uncounted == frozenset()


def test_on_for_you_a_tile_opens_the_answer_and_a_film_that_is_told_not_to_count_reranks(visit, horror_link):
    page = visit("for_you", p=horror_link, **LIST)
    shelf = page.tiles("picks-0")
    page.fire("picks-0", "why", shelf[3]["number"])
    lines = sums(page)["lines"]
    assert lines[-1]["figure"][:3] == pytest.approx(shelf[3]["stars"].removeprefix("★ "))
    film = next(line for line in lines if line["film"] is not None)
    page.fire(f"sum-asked-{shelf[3]['number']}", "aside", film["film"])
    assert page.profile.uncounted == {film["film"]}
    assert [tile["stars"] for tile in page.tiles("picks-0")] != [tile["stars"] for tile in shelf]
    assert sums(page)["lines"][-1]["about"] == f"before: {lines[-1]['figure']}"  # the answer stays open
    assert [gone["film"] for gone in sums(page)["uncounted"]] == [film["film"]]
    page.fire(f"sum-asked-{shelf[3]['number']}", "again", film["film"])
    assert page.profile.uncounted == frozenset()
    assert page.numbers("picks-0") == [tile["number"] for tile in shelf]


def test_after_a_question_the_list_can_be_had_as_it_was(visit, horror_link):
    page = visit("for_you", p=horror_link, **LIST)
    shelf = page.numbers("picks-0")
    page.fire("picks-0", "why", shelf[3])
    film = next(line for line in sums(page)["lines"] if line["film"] is not None)
    page.fire(f"sum-asked-{shelf[3]}", "aside", film["film"])
    page.undo()
    assert page.numbers("picks-0") == shelf


def test_the_answer_is_given_once(visit, horror_link):
    page = visit("for_you", p=horror_link, **LIST)
    page.fire("picks-0", "why", page.numbers("picks-0")[0])
    assert any(key.startswith("sum") for key in page.components())
    page.run()
    assert not any(key.startswith("sum") for key in page.components())


@pytest.mark.parametrize("value", [None, "1", -1, 10**9, {"a": 1}, 1.5, True])
def test_a_tampered_question_or_film_changes_nothing(visit, horror_link, value):
    page = visit("for_you", p=horror_link, **LIST)
    before = page.profile
    page.fire("picks-0", "why", value)
    assert not any(key.startswith("sum") for key in page.components())
    page.open("film", id="heat-1995")
    page.fire(f"sum-{app.film('heat-1995').number}", "aside", value)
    assert page.profile == before


def test_a_second_click_on_the_same_film_keeps_the_way_back(visit, horror_link):
    page = visit("film", id="heat-1995", p=horror_link)
    key = f"sum-{app.film('heat-1995').number}"
    film = next(line for line in sums(page)["lines"] if line["film"] is not None)["film"]
    page.fire(key, "aside", film)
    page.fire(key, "aside", film)
    page.undo()
    assert page.profile.uncounted == frozenset()


def test_a_list_by_another_model_tells_no_place_in_the_usual_one(visit, horror_link):
    page = visit("for_you", p=horror_link, **LIST)
    page.choose("ranked-by", "ease")
    page.fire("picks-0", "why", page.numbers("picks-0")[4])
    assert sums(page)["lines"]
    assert not any(key.startswith("place") for key in page.components())
