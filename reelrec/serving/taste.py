"""What the app asks about a visitor's taste, over the catalogue and the models that this process has loaded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reelrec.artifacts.store import shipped_store
from reelrec.data.film import Film
from reelrec.data.languages import in_sentence as in_sentence
from reelrec.data.languages import language as language
from reelrec.serving import choices, figures, resources
from reelrec.serving.portrait import backtest as hiding
from reelrec.serving.portrait import film_map as maps
from reelrec.serving.portrait import peers, rerating
from reelrec.serving.portrait.backtest import LEAST_RATINGS as LEAST_RATINGS
from reelrec.serving.portrait.misses import by_stars as by_stars
from reelrec.serving.portrait.misses import misses as misses
from reelrec.serving.portrait.rerating import noise as noise
from reelrec.serving.portrait.rerating import share_of_error as share_of_error
from reelrec.serving.portrait.rerating import studied as studied
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


def backtest(profile: Profile) -> hiding.Backtest | None:
    """What every shipped model would have said of the visitor's own ratings, each of them hidden once.

    None with fewer than LEAST_RATINGS ratings that models read. Raises ArtifactError where there is no catalogue.
    """
    n_items = resources.catalogue().n_items
    if len(profile.known(n_items).ratings) < LEAST_RATINGS:
        return None
    names = [option.name for option in choices.models(shipped_store().models())]
    return hiding.backtest(resources.model, n_items, profile, names)


def peers_of(n: int, mae: float) -> peers.Peers | None:
    """People with about n ratings, as they were measured; None where nobody with so few was."""
    return peers.peers(resources.metrics("backtest"), n, mae)


def usual_error(n: int) -> float | None:
    """The mean error for new users, in stars, who have shown as many ratings as a backtest of n shows at a time."""
    return figures.typical_error(n - -(-n // hiding.FOLDS))


def films_to_rate_again(profile: Profile, visit: str, asked: Collection[int] = ()) -> tuple[int, ...]:
    """Some of the visitor's rated films, but for those asked about. visit: its number, which seeds the draw."""
    left = {film: stars for film, stars in profile.counted.items() if film not in asked}
    return rerating.films_to_rate_again(left, int(visit, 16) + len(asked))


def film_map(profile: Profile) -> maps.View | None:
    """The map of films with the visitor's on it; None where there is no map here. Raises ArtifactError."""
    places = resources.film_map()
    return None if places is None else maps.view(resources.served(), places, profile)


def place_on_map(film: Film) -> maps.Place | None:
    """Where a film lies on the map; None for a film that no model knows, and where there is no map here."""
    places = resources.film_map()
    return None if places is None else maps.place_of(places, film)
