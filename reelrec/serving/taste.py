"""What the app asks about a visitor's taste, over the catalogue and the models that this process has loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reelrec.data.languages import LANGUAGES as LANGUAGES
from reelrec.serving import figures, resources
from reelrec.serving.posters.drawing import MOTIF_SHARE as MOTIF_SHARE
from reelrec.serving.posters.drawing import drawing as drawing  # of a poster, on shelves and on the card
from reelrec.visitor import own_picks
from reelrec.visitor import portrait as portraits
from reelrec.visitor.profile import Profile

if TYPE_CHECKING:
    from reelrec.serving.portrait.card.picture import Picture

KINDS, LENGTHS = portraits.KINDS, (*portraits.LENGTHS.values(), portraits.LONGEST)  # of groups; from short to long
HABITS = "habits"  # the measurement of other people's


def portrait(profile: Profile) -> portraits.Portrait:
    """What the ratings that count say of the visitor. Raises ArtifactError."""
    return portraits.portrait(profile, resources.catalogue(), _people())


def _people() -> Mapping[str, Any]:
    """The quantiles of other people's habits; {} where nobody measured them."""
    measured = (resources.metrics(HABITS) or {}).get("quantiles")
    return measured if isinstance(measured, dict) else {}


def card(profile: Profile, name: str = "", tall: bool = False) -> Picture:
    """The visitor's taste as a picture to share. name: as they typed it. tall: for stories, else wide, for links.

    Raises NothingRatedError where no rating counts, and ArtifactError.
    """
    from reelrec.serving.portrait.card import contents, picture, words  # brings Pillow, which no other page needs

    counted = replace(profile, ratings=profile.counted)
    best = own_picks.own_picks(counted, resources.catalogue(), contents.LOOKED_AT).best_rated
    favourites = [(film, counted.ratings[film.number]) for film in best]
    shown, notes = contents.contents(portrait(profile), favourites, figures.everyones_histogram(), name)
    alt = words.alt(shown)
    return picture.Picture(picture.png(shown, alt, tall), alt, notes)
