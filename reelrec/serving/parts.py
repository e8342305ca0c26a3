"""Which parts of ReelRec can be used here, and what a visitor reads about those that are missing.

What the host is to run stands in the log.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from reelrec.errors import ArtifactError
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import Policies
from reelrec.models.base import ListMaker
from reelrec.models.facts.model import Facts
from reelrec.models.film_map import FilmMap
from reelrec.models.review_text import ReviewText
from reelrec.serving import engine, recorder, resources, review_stars
from reelrec.serving.picks.fallbacks import ALIKE, LISTS, STARS, first_usable
from reelrec.translation import N_, _

# By the model that does the job instead of the first of its list; None: by none.
Words = Mapping[str | None, str]
LIST_WORDS: Words = {
    "ranker": N_("Lists are made in a simpler way than usual today."),
    "ease": N_("Lists are made in a simpler way than usual today."),
    "popularity": N_("Lists are the same for everybody today."),
}
STARS_WORDS: Words = {
    "bmf": N_("Predicted stars are simpler than usual today."),
    None: N_("There are no predicted stars today."),
}
ALIKE_WORDS: Words = {None: N_("Which films go together is not known today.")}
# By an artifact that nothing replaces.
WORDS = {
    Interviewer.name: N_("Rate asks everybody about the same films today."),
    Policies.name: N_("Rate chooses its films in a simpler way than usual today."),
    Facts.name: N_("Films that nobody has rated yet are left out today."),
    FilmMap.name: N_("There is no map of films today."),
    ReviewText.name: N_("No stars are suggested for reviews today."),
}
ALWAYS_SHIPS = frozenset({Interviewer.name})


def warm_up() -> None:
    """Load what the first page needs, and begin to load what lists need.

    Raises ArtifactError where there is no catalogue, OptionError for a wrong $REELREC_VARIANTS.
    """
    try:
        resources.catalogue()
    except ArtifactError as error:
        resources.tell_host(str(error), "Without it there is no ReelRec.")
        raise
    recorder.experiment()
    with contextlib.suppress(ArtifactError):  # Rate does without
        resources.interviewer()
    resources.load_ahead(*engine.LOADED_AHEAD)


def is_whole(model: str) -> bool:
    """Whether this model can be used, as far as its file and those of its parts tell."""
    return resources.fault(model) is None


def can_make_lists(model: str) -> bool:
    """Whether this model can make a list here; it is loaded to find out. Raises OptionError."""
    return first_usable(resources.model, [model]) is not None


def makes_rows() -> bool:
    """Whether rows and the films for tonight can be made here, which needs predicted stars."""
    return isinstance(resources.served().lister, ListMaker)


def can_suggest() -> bool:
    """Whether stars can be suggested for reviews here."""
    return not (resources.fault(review_stars.STARS_MODEL) or resources.fault(ReviewText.name))


def missing() -> tuple[str, ...]:
    """What a visitor is to know about parts that are missing, in sentences, the weightiest first; () where none is."""
    jobs = ((LISTS, LIST_WORDS), (STARS, STARS_WORDS), (ALIKE, ALIKE_WORDS))
    said = [words.get(_in_place(names)) for names, words in jobs]
    said += [words for name, words in WORDS.items() if resources.fault(name) and _should_be_here(name)]
    if resources.fault(Interviewer.name) and WORDS[Policies.name] in said:
        said.remove(WORDS[Policies.name])  # nobody is asked by it anyway
    return tuple(_(sentence) for sentence in said if sentence)


def _in_place(names: tuple[str, ...]) -> str | None:
    """The model that does the job of these."""
    return next((name for name in names if resources.fault(name) is None), None)


def _should_be_here(name: str) -> bool:
    return name in ALWAYS_SHIPS or resources.ships(name)
