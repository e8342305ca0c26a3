"""The card that the app gives for odd visitors and odd names."""

import io
import subprocess
import sys
import time

import numpy as np
import pytest
from PIL import Image

from reelrec import app
from reelrec.errors import NothingRatedError
from reelrec.paths import ROOT
from reelrec.visitor.profile import Profile

FILMS = app.catalogue().films


@pytest.mark.parametrize("profile", [Profile(), Profile(liked=frozenset({1, 2})), Profile(seen=frozenset({3}))])
def test_nobodys_card_is_one_clear_sentence(profile):
    with pytest.raises(NothingRatedError, match="Rate a few films, and there is one"):
        app.taste.card(profile)


def test_a_rating_that_is_set_aside_is_not_on_the_card():
    heat, alien = app.film("heat-1995").number, app.film("alien").number
    profile = Profile(ratings={heat: 5.0, alien: 5.0})
    assert "Heat" in app.taste.card(profile).alt
    without = app.taste.card(profile.not_counted(heat)).alt
    assert "Heat" not in without
    assert "1 film rated" in without
    with pytest.raises(NothingRatedError):
        app.taste.card(profile.not_counted(heat).not_counted(alien))


def many(n: int) -> Profile:
    chance = np.random.default_rng(7)
    numbers = chance.choice(app.catalogue().n_items, n, replace=False)
    return Profile(ratings=dict(zip(numbers.tolist(), (chance.integers(1, 11, n) / 2).tolist(), strict=True)))


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (Profile(ratings={app.film("heat-1995").number: 0.5}), "1 film rated"),
        (Profile(ratings={film.number: 3.0 for film in FILMS[:20]}), "3 stars, 100 % of the films"),
        (Profile(ratings={film.number: 5.0 for film in FILMS[40_000:40_004]}), "4 films rated."),
        (many(2_000), "2,000 films rated"),
    ],
    ids=["one film", "all alike", "films that nobody rated", "2,000 ratings"],
)
@pytest.mark.parametrize("tall", [False, True])
def test_odd_visitors_have_a_card(profile, said, tall):
    app.taste.portrait(profile)  # loads what all tabs share
    began = time.process_time()
    card = app.taste.card(profile, "Ann", tall)
    assert time.process_time() - began < 1
    assert said in card.alt
    assert card.notes == ()
    with Image.open(io.BytesIO(card.png)) as image:
        assert image.size == ((1080, 1920) if tall else (1200, 630))
        assert image.info == {"Description": card.alt}


@pytest.mark.parametrize(
    ("typed", "notes"),
    [("", 0), ("x" * 60, 0), ("x" * 61, 1), ("🎬", 1), ("عمر", 1), ("日本", 1), ("\u202eevil\nname", 0), ("\ud800", 0)],
)
def test_an_odd_name_gives_a_card_and_a_note_where_something_is_left_out(typed, notes):
    card = app.taste.card(app.sample_profile("horror"), typed)
    assert len(card.notes) == notes
    assert "\u202e" not in card.alt
    assert card.alt.isprintable()


def test_pages_without_a_card_load_no_pillow():
    code = "import sys; from reelrec import app; assert app.taste.card; sys.exit('PIL' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
