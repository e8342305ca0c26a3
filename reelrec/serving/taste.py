"""What the app asks about a visitor's taste, over the catalogue and the models that this process has loaded."""

from __future__ import annotations

from reelrec.data.film import Film
from reelrec.serving import resources
from reelrec.serving.portrait import film_map as maps
from reelrec.visitor.profile import Profile


def film_map(profile: Profile) -> maps.View | None:
    """The map of films with the visitor's on it; None where there is no map here. Raises ArtifactError."""
    places = resources.film_map()
    return None if places is None else maps.view(resources.served(), places, profile)


def place_on_map(film: Film) -> maps.Place | None:
    """Where a film lies on the map; None for a film that no model knows, and where there is no map here."""
    places = resources.film_map()
    return None if places is None else maps.place_of(places, film)
