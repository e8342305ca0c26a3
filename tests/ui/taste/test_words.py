"""The sentences about a visitor: only what stands out, in plain words."""

import pytest

from reelrec import translation
from reelrec.data.catalogue import Catalogue
from reelrec.ui.taste.pictures import words
from reelrec.visitor.portrait import Change, Group, Portrait
from reelrec.visitor.taste.beside import beside
from reelrec.visitor.taste.groups import groups
from reelrec.visitor.taste.unusual import Unusual

PLAIN = {
    "n": 200, "compared": 200, "mean": 3.2, "crowd": 3.6, "generosity": -0.39, "spread": 1.0, "agreement": 0.6,
    "more_generous_than": 0.5, "more_spread_than": 0.5, "more_agreeing_than": 0.5, "groups": {}, "loves": (),
    "dislikes": (), "by_year": (), "change": None, "histogram": (0.1,) * 10, "crowd_histogram": (0.1,) * 10,
    "against": (), "telling": (),
}  # fmt: skip


def said(**facts) -> list[str]:
    return words.sentences(Portrait(**PLAIN | facts))


def group(kind: str, name: str, lift: float, out: bool = True) -> Group:
    return Group(kind=kind, name=name, n=20, mean=3.5, expected=3.4, lift=lift, stands_out=out)


@pytest.mark.parametrize(
    ("share", "says"),
    [
        (0.16, "That is harsher than 84 of 100 people."),
        (0.93, "That is more generous than 93 of 100 people."),
        (0.5, "That is as generous as most people are."),
        (0.0, "That is harsher than 99 of 100 people."),
        (1.0, "That is more generous than 99 of 100 people."),
    ],
)
def test_generosity_is_set_beside_other_people(share, says):
    first = said(more_generous_than=share)[0]
    assert first == f"You give **3.2 stars** on average; others give the same films **3.6**. {says}"


def test_without_other_people_the_means_stand_alone():
    assert said(more_generous_than=None, more_spread_than=None, more_agreeing_than=None) == [
        "You give **3.2 stars** on average; others give the same films **3.6**."
    ]


def test_a_habit_is_told_only_where_it_is_far_from_usual():
    assert len(said()) == 1
    assert "further apart than those of 90 of 100 people" in said(more_spread_than=0.9)[1]
    assert "closer together than those of 90 of 100 people" in said(more_spread_than=0.1)[1]
    assert "You agree with everybody more than 80 of 100 people do." in said(more_agreeing_than=0.8)[1]
    assert "80 of 100 people agree with everybody more than you do." in said(more_agreeing_than=0.2)[1]
    assert "whole stars only" in said(histogram=(0, 0.2) * 5)[1]


def test_what_stands_out_is_named_with_its_lift_one_of_each_kind_first():
    groups = {
        "genre": (group("genre", "Horror", 0.2), group("genre", "War", 0.3), group("genre", "Music", 0.9, out=False)),
        "director": (group("director", "Ada *Moss*", 0.6), group("director", "Ben Hale", -0.5)),
        "country": (group("country", "United Kingdom", -0.2), group("country", "France", 0.0, out=False)),
    }
    shown = said(groups=groups)
    assert shown[1] == (
        "More stars from you than we would expect: **Ada \\*Moss\\*** (+0.6), **war films** (+0.3) and "
        "**horror films** (+0.2)."
    )
    assert shown[2] == (
        "Fewer stars from you than we would expect: **Ben Hale** (−0.5) and **films from the United Kingdom** (−0.2)."
    )
    assert len(shown) == 3


def test_where_nothing_stands_out_the_nearest_is_a_hint_and_is_called_that():
    groups = {
        "genre": (group("genre", "Horror", 0.2, out=False), group("genre", "War", 0.3, out=False)),
        "decade": (group("decade", "1970s", 0.02, out=False), group("decade", "1980s", 0.01, out=False)),
    }
    assert said(groups=groups)[-1] == "A first hint: **horror films** (+0.2)."
    groups["actor"] = (group("actor", "Ada", 0.4), group("actor", "Ben", 0.1, out=False))
    assert not any("hint" in sentence for sentence in said(groups=groups))


def test_what_is_told_before_is_not_told_again():
    series = group("series", "The Hangover", -0.5)
    assert len(said(groups={"series": (series,)})) == 2
    assert len(said(groups={"series": (series,)}, telling=(series,))) == 1


@pytest.mark.parametrize(
    ("kind", "name", "says"),
    [
        ("series", "The Hangover", "**the Hangover films**"),
        ("series", "The Twilight Saga", "**The Twilight Saga**"),
        ("genre", "Animation", "**animated films**"),
    ],
)
def test_films_of_a_group_are_called_as_people_say(kind, name, says):
    assert words.phrase(group(kind, name, 0.5)) == says


def test_how_many_went_as_far_is_said(make_film):
    love = Unusual(make_film(1, title="Night_Ferry", year=2011), 5.0, 2.6, 0.004)
    dislike = Unusual(make_film(2, title="Heat", year=1995), 1.5, 4.2, 0.05)
    assert words.alike(love, loved=True) == "Fewer than 1 of 100 people gave it as much."
    assert words.alike(dislike, loved=False) == "5 of 100 people gave it as little."


def test_a_change_is_told_where_it_is_more_than_chance():
    told = said(change=Change(since="2021-03-05", stars=-0.3, others=0.0, stands_out=True))
    assert "Since March 2021 you give films **0.3 stars fewer** than before" in told[1]
    assert len(said(change=Change(since="2021-03-05", stars=-0.3, others=0.0, stands_out=False))) == 1


def test_equal_stars_are_called_that_in_place_of_all_else():
    alike = (0,) * 7 + (1.0, 0, 0)
    groups = {"genre": (group("genre", "Horror", 0.0, out=False), group("genre", "War", 0.0, out=False))}
    assert said(histogram=alike, spread=0.0, more_spread_than=0.01, groups=groups)[1:] == [words.ALIKE]


def test_one_film_is_told_as_one():
    one = said(n=1, compared=1, mean=5.0, crowd=4.2, more_generous_than=None, histogram=(0,) * 9 + (1.0,))
    assert one == ["You gave **5.0 stars** to the one film here; others give it **4.2**."]


def test_films_that_nobody_else_rated_are_called_that():
    assert said(compared=0, crowd=None, more_generous_than=None)[0].endswith("Nobody else here has rated these films.")


def test_films_without_words_are_no_films_in_a_language_in_any_language(monkeypatch, make_film):
    """A group keeps the English name of its language, whoever asks, and is shown in the visitor's."""
    monkeypatch.setattr(translation, "_asked", lambda: "de")
    films = Catalogue([make_film(number, mean=3.0, language="xx") for number in range(5)])
    (found,) = groups(beside(dict.fromkeys(range(5), 4.0), films), films)["language"]
    assert found.name == "No language"
    assert found.label != found.name
    assert words.phrase(found) == f"**{translation._('films without words')}**"
