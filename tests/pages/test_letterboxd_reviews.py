"""Reviews without stars on the Letterboxd page: suggested, changed, accepted; and words that mean harm.

All sentences are invented.
"""

import json
import re

import numpy as np
import pytest

from reelrec import app
from reelrec.artifacts.store import shipped_store
from reelrec.errors import ArtifactError
from reelrec.models import predictive
from reelrec.serving.picks import predictions
from reelrec.ui import text
from reelrec.ui.letterboxd.suggested import FOLD, KEY
from reelrec.visitor.profile import Profile
from tests.fakes.exports import RATED, REVIEWS, film, packed, table
from tests.fakes.measurements import put

WARM = "An absolute masterpiece, I loved every minute of it and it is one of my favorite films of all time."
COLD = "Boring, terrible and far too long. The worst film I have seen this year, what a waste of time."
HOSTILE = '<img src=x onerror="alert(1)"> **M*A*S*H** :smile: $x$ [a](http://evil.example) =cmd|x'


def review(name: str, year: int, words: str, stars: str = "", day: str = "2024-03-04") -> tuple:
    return film(name, year, f"r{year}", stars, "", words, "", day)


def export(*reviews: tuple) -> bytes:
    rated = [film("Heat", 1995, "1", "4"), film("Alien", 1979, "2", "4.5"), film("Cats", 2019, "3", "1")]
    return packed({"ratings.csv": table(RATED, rated), "reviews.csv": table(REVIEWS, reviews)})


def number(slug: str) -> int:
    return app.film(slug).number


def select(page, slug: str):
    return page.at.selectbox(key=f"meant-stars-{number(slug)}")


def suggested(page) -> list[str]:
    """What the boxes of the reviewed films are called, in their order."""
    return [box.key for box in page.at.selectbox if box.key and box.key.startswith("meant-stars-")]


def accept(page, slug: str) -> None:
    page.at.button(key=f"accept-{number(slug)}").click()
    page.run()


@pytest.fixture
def page(visit):
    """The page with the fold of the reviews open."""
    page = visit("letterboxd")
    page.at.session_state[KEY] = True
    return page


def folds(page) -> str:
    return " ".join(fold.label for fold in page.at.expander)


@pytest.fixture
def two(page):
    """Jaws in warm words, Possession in cold ones, the later of the two."""
    page.upload(
        ("e.zip", export(review("Jaws", 1975, WARM), review("Possession", 1981, COLD, day="2024-04-05"),
                         review("Heat", 1995, "Rated already.", "4")))
    )  # fmt: skip
    return page


def test_an_export_whose_reviews_have_stars_suggests_nothing(page):
    page.upload(("e.zip", export(review("Heat", 1995, WARM, "4"))))
    assert FOLD not in folds(page)


def test_until_the_fold_is_opened_no_stars_are_worked_out(page, monkeypatch):
    page.at.session_state[KEY] = False
    monkeypatch.setattr(app, "suggest", None)  # whoever calls it fails
    page.upload(("e.zip", export(review("Jaws", 1975, WARM))))
    assert FOLD in folds(page)
    assert suggested(page) == []


def test_a_review_of_a_film_that_no_model_knows_costs_no_other_its_suggestion(page):
    assert number("carefree") >= app.catalogue().n_items
    page.upload(("e.zip", export(review("Carefree", 1938, WARM), review("Jaws", 1975, WARM))))
    assert suggested(page) == [f"meant-stars-{number('jaws')}"]


def test_where_only_such_films_are_reviewed_nothing_is_asked(page):
    page.upload(("e.zip", export(review("Carefree", 1938, WARM))))
    assert FOLD not in folds(page)


def test_reviews_without_stars_have_a_suggestion_each_the_newest_first(two):
    assert FOLD in folds(two)
    assert "2 films in all." in two.words()
    assert suggested(two) == [f"meant-stars-{number(slug)}" for slug in ("possession", "jaws")]
    assert select(two, "jaws").value > select(two, "possession").value
    assert text.plain(WARM) in two.words()
    assert "Rated already" not in two.words()
    assert two.words().count("most likely between") == 2


def test_nothing_counts_until_it_is_accepted(two):
    assert number("jaws") not in two.profile.ratings
    assert number("jaws") in two.profile.seen


def test_a_suggestion_is_accepted_as_it_stands(two):
    meant = select(two, "jaws").value
    accept(two, "jaws")
    assert two.profile.ratings[number("jaws")] == meant
    assert number("jaws") not in two.profile.seen
    assert suggested(two) == [f"meant-stars-{number('possession')}"]


def test_a_suggestion_is_changed_before_it_is_accepted_and_undone(two):
    select(two, "jaws").set_value(1.5)
    two.run()
    assert number("jaws") not in two.profile.ratings
    accept(two, "jaws")
    assert two.profile.ratings[number("jaws")] == 1.5
    two.undo()
    assert number("jaws") not in two.profile.ratings
    assert len(suggested(two)) == 2


def test_accepting_one_moves_no_other(two):
    before = two.state.made_suggestions.suggestions
    accept(two, "jaws")
    assert two.state.made_suggestions.suggestions is before


def test_all_are_accepted_at_once_with_what_was_changed(two):
    select(two, "possession").set_value(5.0)
    two.press("Accept all 2")
    assert two.profile.ratings[number("possession")] == 5.0
    assert number("jaws") in two.profile.ratings
    assert FOLD not in folds(two)


def test_only_what_was_accepted_travels_in_the_address(two):
    accept(two, "jaws")
    back = app.from_link(app.link_token(two.profile))
    assert number("jaws") in back.ratings
    assert number("possession") not in back.ratings
    assert "masterpiece" not in app.profile_file(two.profile)


def test_of_many_reviews_a_few_are_shown_and_more_when_asked_for(page):
    films = [one for one in app.catalogue().films[:400:40] if one.same_as is None and one.year][:7]
    page.upload(("e.zip", export(*(review(one.title, one.year, WARM) for one in films))))
    assert len(suggested(page)) == 5
    page.press(f"Show more ({len(films) - 5})")
    assert len(suggested(page)) == len(films)


def test_who_only_looks_at_an_export_is_suggested_nothing(page):
    page.rate(alien=2.0)
    page.upload(("e.zip", export(review("Jaws", 1975, WARM))))
    assert not suggested(page)
    page.press("Only look")
    assert not suggested(page)
    page.press("Mine too: add them")
    assert len(suggested(page)) == 1


@pytest.mark.parametrize(
    "words", ["映画、最高でした。", "🔥🔥🔥", "una película preciosa con una banda sonora de ensueño"]
)
def test_words_that_tell_nothing_are_said_to_do_so(page, words):
    page.upload(("e.zip", export(review("Jaws", 1975, words))))
    assert "Your words tell us nothing here" in page.words()
    bmf, jaws = shipped_store().load("bmf"), np.array([app.film("jaws").number])
    told = bmf.predict(Profile(ratings=page.profile.ratings).history(app.catalogue().n_items), jaws)
    (low,), (high,) = predictive.interval(told, predictions.RANGE)
    assert f"{told.mean[0]:.1f} stars, most likely between {low:.1f} and {high:.1f}" in page.words()


@pytest.mark.parametrize("words", [HOSTILE, HOSTILE * 300, "x" * 100_000, "\u202e\x00\x07 low", "<" * 50_000])
def test_words_that_mean_harm_are_text_and_short(page, words):
    page.upload(("e.zip", export(review("Jaws", 1975, words))))
    (shown,) = (part.value for part in page.at.markdown if part.value.startswith("“"))
    assert not set("<[*:$=") & set(re.sub(r"\\.", "", shown))  # all that Markdown reads is escaped
    assert not set(shown) & set("\u202e\x00\x07")
    assert len(shown.replace("\\", "")) <= 140
    accept(page, "jaws")
    assert number("jaws") in page.profile.ratings


def test_how_good_the_suggestions_are_is_said_from_what_was_measured(metrics, visit):
    from reelrec.ui.letterboxd.suggested import how_good

    rows = [
        {"model": model, "metric": "mae_median", "k": "all", "value": value, "low": None, "high": None, "n": 900}
        for model, value in (("bmf", 0.61), ("ratings-and-words", 0.58))
    ]
    put(metrics, "reviews", json.dumps({"rows": rows, "accounts": [{}, {}]}))
    assert "for 900 reviews by 2 people who wrote many" in how_good()
    assert "off by 0.58 stars on average, the other ratings alone by 0.61" in how_good()
    put(metrics, "reviews", None)
    assert how_good() == ""


def test_without_the_model_the_page_says_what_to_run(page, monkeypatch):
    def missing(*_):
        raise ArtifactError("reviews.npz is missing. Run: python -m reelrec train reviews")

    monkeypatch.setattr(app, "suggest", missing)
    page.upload(("e.zip", export(review("Jaws", 1975, WARM))))
    assert "No stars can be suggested" in page.words()
    assert "Your own picks" in page.headings()
