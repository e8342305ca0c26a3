import pytest

from reelrec import translation
from reelrec.serving.portrait.card import words
from reelrec.serving.portrait.card.contents import Standout
from tests.serving.portrait.card.cards import full_card


@pytest.mark.parametrize(
    ("apart", "said"),
    [
        (None, ""),
        (0.0, "as generous as most"),
        (-0.09, "as generous as most"),
        (0.15, "a bit kinder than most"),
        (-0.25, "a quarter of a star harsher than most"),
        (-0.5, "half a star harsher than most"),
        (0.75, "three quarters of a star kinder than most"),
        (-1.0, "a star harsher than most"),
        (2.0, "more than a star kinder than most"),
    ],
)
def test_the_manner_is_said_in_words(apart, said):
    assert words.manner(full_card(apart=apart)) == said


def test_the_text_for_people_who_cannot_see_it_names_all_that_stands_on_the_card():
    alt = words.alt(full_card())
    for part in (
        "Ann’s taste in films", "412 films", "half a star harsher than most", "Barbie (2023)", "Alien (1979)",
        "most often 3 stars, 20 %", "everybody’s most often are 4 stars", "Horror +0.4", "1970s +0.3", "in French −0.4",
        "Loves Speed Racer: 5 stars, others 2.9", "Cool on Amélie: ½ star, others 4.1", "ReelRec",
    ):  # fmt: skip
        assert part in alt


def test_what_is_not_known_is_not_spoken_of():
    alt = words.alt(full_card(name="", n=1, apart=None, groups=(), loves=None, dislikes=None, favourites=()))
    assert alt.startswith("My taste in films: 1 film rated. A chart")
    for word in ("than most", "Loves", "Cool", "favourite", "suggest"):
        assert word not in alt


def test_a_lift_has_its_sign():
    assert [words.lift(Standout("genre", "", lift)) for lift in (0.44, -0.36)] == ["+0.4", "−0.4"]


@pytest.mark.parametrize(("name", "said"), [("", "Mine"), ("Ann", "Ann’s"), ("A name with no end", "Own")])
def test_the_chart_says_whose_stars_they_are(name, said):
    assert words.whose(full_card(name=name)) == said


@pytest.mark.parametrize(("language", "said"), [("en", "in French"), ("es", "en francés"), ("fr", "en français")])
def test_the_name_of_a_language_is_written_as_within_a_sentence(monkeypatch, language, said):
    monkeypatch.setattr(translation, "_asked", lambda: language)
    assert words.group(Standout("language", "French", 0.4)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["half a star", "1 star", "1.5 stars", "2 stars"]),
        ("de", ["ein halber Stern", "1 Stern", "1,5 Sterne", "2 Sterne"]),
        ("fr", ["une demi-étoile", "1 étoile", "1,5 étoile", "2 étoiles"]),
    ],
)
def test_stars_are_counted_as_the_language_counts(monkeypatch, language, said):
    monkeypatch.setattr(translation, "_asked", lambda: language)
    alts = [words.alt(full_card(own=tuple(float(half == place) for place in range(10)))) for half in range(4)]
    assert all(f" {stars}, " in alt for stars, alt in zip(said, alts, strict=True))
