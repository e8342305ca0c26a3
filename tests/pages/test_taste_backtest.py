"""The second tab of Taste, run from the entry point. What a browser does with it is in tests/e2e."""

import pytest

from reelrec import app
from reelrec.serving import taste
from reelrec.ui.taste import asked_again
from reelrec.visitor.profile import Profile

TAB = "Did we know you?"
KEY = asked_again.KEY


@pytest.fixture
def known(visit):
    """The tab, opened by somebody with this profile."""

    def opened(profile: Profile):
        page = visit("taste", taste=TAB)
        page.become(profile)
        return page

    return opened


@pytest.fixture
def twelve(tiny_artifacts) -> Profile:
    """Twelve of the fourteen films, with stars of all kinds."""
    films = [film.number for film in app.catalogue().films if film.same_as is None][:12]
    return Profile(ratings={film: (place % 10 + 1) / 2 for place, film in enumerate(films)})


def headings(page) -> list[str]:
    return [part.value for part in page.at.subheader]


def tables(page) -> list[dict]:
    return page.at.table[0].value.to_dict("records")


def test_a_real_profile_is_told_how_far_off_we_were_and_by_whom(known):
    page = known(app.sample_profile("world-cinema"))
    n = len(page.profile.ratings)
    (first,) = page.headings()
    _, verdict, floor, worst = headings(page)
    assert first.startswith("We usually miss you by ")
    assert f"We hid your {n} ratings, a fifth at a time" in page.words()
    assert worst == "Where we were most wrong"
    assert floor == "How much of it is you?"
    assert verdict == "No method knows you clearly better" or verdict.endswith(" knows you best")
    assert [fold.label for fold in page.at.expander] == ["All the ways we guess, side by side"]
    rows = tables(page)
    assert len(rows) == len(app.models())
    errors = [row["Stars off"] for row in rows if row["Stars off"] != "–"]
    assert errors == sorted(errors)
    assert len(errors) == 8
    assert len(page.tiles("backtest-misses")) == 8
    away = [
        abs(float(tile["stars"].split()[-1]) - float(tile["word"].split()[-1]))
        for tile in page.tiles("backtest-misses")
    ]
    assert away == sorted(away, reverse=True)


def test_it_is_worked_out_once_for_a_profile(known, twelve, monkeypatch):
    asked = []
    backtest = taste.backtest
    monkeypatch.setattr(taste, "backtest", lambda profile: asked.append(profile) or backtest(profile))
    page = known(twelve)
    page.run()
    page.choose("backtest-model", "svd")
    assert asked == [twelve]
    page.become(twelve.rated(next(iter(twelve.ratings)), 5.0))
    assert len(asked) == 2


def test_another_model_has_another_picture_and_other_misses(known, twelve):
    page = known(twelve)
    before = page.figure("backtest-picture"), page.tiles("backtest-misses")
    page.choose("backtest-model", "film-mean")
    assert page.figure("backtest-picture") != before[0]
    assert page.tiles("backtest-misses") != before[1]


@pytest.mark.parametrize("n", [1, 9])
def test_too_few_ratings_is_one_sentence(known, twelve, n):
    page = known(Profile(ratings=dict(list(twelve.ratings.items())[:n])))
    (message,) = page.at.info
    assert f"Rate {10 - n} more" in message.value
    assert page.headings() == []
    assert page.given("backtest-begin")["links"][0]["href"] == "./"


def test_films_that_no_model_knows_and_those_that_do_not_count_are_not_counted(known, twelve):
    aside = frozenset(list(twelve.ratings)[:4])
    page = known(Profile(ratings=twelve.ratings, set_aside=aside))
    said = page.at.info[0].value
    assert "8 films that our models know. 4 more films are set aside or too new for our models." in said


def test_stars_all_alike_say_what_cannot_be_told(known, twelve):
    page = known(Profile(ratings=dict.fromkeys(twelve.ratings, 4.0)))
    assert "You gave every film the same stars" in headings(page)
    assert {row["Order right"] for row in tables(page)} == {"–"}


def test_without_models_of_stars_there_is_the_order_alone(known, twelve, monkeypatch):
    monkeypatch.setattr(
        taste, "backtest",
        lambda profile: taste.hiding.backtest(taste.resources.model, 14, profile, ["ease", "popularity"]),
    )  # fmt: skip
    page = known(twelve)
    assert "There are no predicted stars today" in page.at.info[0].value
    assert [row["Method"].rpartition(" · ")[2] for row in tables(page)] == ["What goes together", "Popularity"]


def test_what_is_left_out_is_said(known, twelve, monkeypatch):
    backtest = taste.hiding.backtest

    def without_gpt(profile):
        def model(name):
            if name == "gpt":
                raise taste.hiding.ArtifactError("gpt.npz is damaged.")
            return taste.resources.model(name)

        return backtest(model, 14, profile, ["stack", "bmf", "gpt"])

    monkeypatch.setattr(taste, "backtest", without_gpt)
    assert "Cannot be used today: GPT rater." in known(twelve).words()


def ask(page) -> list[int]:
    """Have films asked about again; their numbers."""
    next(button for button in page.at.button if button.key == "ask-again").click()
    page.run()
    return page.numbers(KEY)


def rate_again(page, stars: dict[int, object]) -> None:
    page.put(KEY, answers={"films": {str(film): given for film, given in stars.items()}, "at": 1})


def test_films_are_asked_again_without_their_stars_and_the_profile_stays(known, twelve):
    page = known(twelve)
    films = ask(page)
    assert len(films) == 10
    assert all(tile["answer"] is None for tile in page.tiles(KEY))
    assert not page.tiles("backtest-misses")  # they show the stars that were given
    rate_again(page, {films[0]: 4.5})
    assert [tile["answer"] for tile in page.tiles(KEY)][:2] == [4.5, None]
    assert page.profile == twelve
    assert "**1 of 10.**" in page.words()


def test_leaving_the_page_loses_nothing(known, twelve):
    page = known(twelve)
    films = ask(page)
    rate_again(page, {films[0]: 4.5, films[1]: 2.0})
    page.open("rate")
    page.open("taste", taste=TAB)
    assert page.numbers(KEY) == films
    assert "**2 of 10.**" in page.words()


def test_the_noise_is_said_when_all_are_rated(known, twelve):
    page = known(twelve)
    films = ask(page)
    rate_again(page, {film: twelve.ratings[film] - 0.5 if twelve.ratings[film] > 0.5 else 1.0 for film in films})
    page.press("See what it says")
    assert "Of 10 films, 10 got half a star more or less." in page.words()
    assert "about 0.35 stars off" in page.words()
    assert "10 films are few" in page.words()
    assert not page.tiles(KEY)
    assert page.tiles("backtest-misses")
    assert any("Yours, from 10 films" in group["label"] for group in page.given("backtest-floor")["groups"])


def test_a_round_may_end_early_and_what_was_not_rated_is_dropped(known, twelve):
    page = known(twelve)
    films = ask(page)
    rate_again(page, {film: twelve.ratings[film] for film in films[:4]})
    assert not any(button.key == "asked-enough" for button in page.at.button)
    rate_again(page, {film: twelve.ratings[film] for film in films[:5]})
    page.press("See what it says")
    assert "Of 5 films, 5 got the same stars as before." in page.words()
    assert set(page.state.asked_again.first) == set(films[:5])


@pytest.mark.parametrize("hostile", ["<b>", 7, -1, None, [4.0], float("nan"), True])
def test_what_is_no_stars_takes_them_back(known, twelve, hostile):
    page = known(twelve)
    films = ask(page)
    rate_again(page, {films[0]: 4.5})
    rate_again(page, {films[0]: hostile, 99_999: 4.0, -3: 4.0})
    assert page.state.asked_again.second == ({films[0]: 1.0} if hostile is True else {})


def test_nobody_is_asked_again_with_somebody_elses_eyes(known, twelve):
    page = known(twelve)
    films = ask(page)
    rate_again(page, {film: 4.0 for film in films[:5]})
    page.press("See what it says")
    assert "Of 5 films" in page.words()
    from reelrec.ui.visit import Looking

    page.state.looking = Looking(sample="horror", own=twelve, questions=None)
    page.run()
    assert "Of 5 films" not in page.words()
    assert not any(button.key == "ask-again" for button in page.at.button)
    page.state.looking = None
    page.run()
    assert "Of 5 films" in page.words()


def test_who_is_forgotten_has_no_second_look_left(known, twelve, inside):
    from reelrec.ui import state

    page = known(twelve)
    ask(page)
    with inside(page):
        state.forget()
    assert page.state.asked_again.open == ()
    made = ("token", "screen", "guesses", "suggestions", "card", "backtest", "map")
    assert [getattr(page.state, f"made_{name}") for name in made] == [None] * 7
    assert (page.state.on_map, page.state.asked) == (None, None)


def test_a_second_look_ends_when_the_ratings_become_somebody_elses(known, twelve, inside):
    from reelrec.ui import state

    page = known(twelve)
    ask(page)
    with inside(page):
        state.change(twelve, "The file’s ratings are yours now.", lasting=True)
    assert page.state.asked_again.open == ()
