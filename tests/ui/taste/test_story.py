"""What the first tab begins with: series, people and films, by their numbers."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from reelrec import app
from reelrec.ui import state
from reelrec.ui.taste.pictures import story
from reelrec.visitor.portrait import Group, portrait
from reelrec.visitor.profile import Profile
from reelrec.visitor.taste.unusual import Unusual

PROFILE = Profile(ratings={0: 4.0})


@pytest.fixture(autouse=True)
def seen(monkeypatch):
    """The visit: nothing is worked out yet."""
    visit = SimpleNamespace(made_backtest=None, asked_again=SimpleNamespace(open=()), looking=None)
    monkeypatch.setattr(state, "visit", lambda: visit)
    return visit


def told(**facts) -> list[str]:
    return story.story(PROFILE, replace(portrait(PROFILE, app.catalogue()), loves=(), dislikes=(), **facts))


def group(kind: str, name: str, mean: float, lift: float) -> Group:
    return Group(kind=kind, name=name, n=5, mean=mean, expected=3.0, lift=lift, stands_out=True)


@pytest.mark.parametrize(
    ("of", "says"),
    [
        (("series", "The Twilight Saga", 1.9, -0.7), "You do not care for **The Twilight Saga**: "),
        (("series", "Marvel", 4.3, 0.6), "You have a soft spot for **the Marvel films**: "),
        (("actor", "Ada *Moss*", 3.6, 0.3), "You are kind to films with **Ada \\*Moss\\***: "),
        (("director", "Ben", 3.1, -0.3), "You are hard on films by **Ben**: "),
    ],
)
def test_a_series_or_a_person_is_told_with_both_numbers(of, says):
    (sentence,) = told(telling=(group(*of),))
    assert sentence == f"{says}**{of[2]:.1f}** over 5 films, where we would expect 3.0."


def test_unusual_films_are_told_with_both_numbers(make_film):
    love = Unusual(make_film(1, title="Night_Ferry", year=2011), 5.0, 2.6, 0.004)
    cold = Unusual(make_film(2, title="Heat", year=1995), 1.5, 4.2, 0.05)
    named = "**Night\\_Ferry \\(2011\\)** (5 from you, 2.6 from others)"
    whole = replace(portrait(PROFILE, app.catalogue()), telling=())
    said = "**Heat \\(1995\\)** (1.5 from you, 4.2 from others) leaves you cold."
    assert story.story(PROFILE, replace(whole, loves=(love,), dislikes=(cold,))) == [f"You love {named}, and {said}"]
    assert story.story(PROFILE, replace(whole, loves=(love,), dislikes=())) == [f"Few love {named} as you do."]
    assert story.story(PROFILE, replace(whole, loves=(), dislikes=(cold,))) == [said]
    mild = replace(cold, stars=3.0)
    assert story.story(PROFILE, replace(whole, loves=(), dislikes=(mild,)))[0].endswith(
        "means less to you than to others."
    )


def test_there_are_at_most_three_and_the_films_are_among_them(make_film, seen, monkeypatch):
    groups = tuple(group("series", name, 4.5, 0.5) for name in ("Alien", "Rocky", "Saw"))
    love = Unusual(make_film(1, title="Night Ferry"), 5.0, 2.6, 0.004)
    whole = replace(portrait(PROFILE, app.catalogue()), telling=groups, loves=(love,), dislikes=())
    said = story.story(PROFILE, whole)
    assert ["Alien" in said[0], "Rocky" in said[1], "Night Ferry" in said[2]] == [True] * 3
    heat = app.film("heat-1995")
    seen.made_backtest = SimpleNamespace(profile=PROFILE, result=SimpleNamespace(shown=SimpleNamespace(said=())))
    monkeypatch.setattr(app.taste, "misses", lambda *_: [SimpleNamespace(film=heat.number, given=1.0, said=4.2)])
    said = story.story(PROFILE, whole)
    assert said[1] == "We would never have guessed **Heat \\(1995\\)**: you gave it 1, we said 4.2."
    assert (len(said), "Night Ferry" in said[2]) == (3, True)
    seen.asked_again.open = (heat.number,)  # whose first stars are not to be seen
    assert not any("guessed" in sentence for sentence in story.story(PROFILE, whole))
    seen.asked_again.open = ()
    assert not any("guessed" in sentence for sentence in story.story(Profile(ratings={1: 2.0}), whole))


def test_a_small_miss_is_not_worth_a_sentence(seen, monkeypatch):
    seen.made_backtest = SimpleNamespace(profile=PROFILE, result=SimpleNamespace(shown=SimpleNamespace(said=())))
    monkeypatch.setattr(app.taste, "misses", lambda *_: [SimpleNamespace(film=0, given=3.0, said=4.2)])
    assert told(telling=()) == []
