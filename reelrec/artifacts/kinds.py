"""The kinds of artifacts besides the catalogue: recommenders, texts, facts, interview, policies, the map."""

from __future__ import annotations

from collections.abc import Sequence

from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import Policies
from reelrec.models.base import Artifact
from reelrec.models.facts.model import Facts
from reelrec.models.film_map import FilmMap
from reelrec.models.registry import MODELS, model_class
from reelrec.models.review_text import ReviewText

CATALOGUE = "catalogue"

_OTHERS: tuple[type[Artifact], ...] = (ReviewText, Facts, Interviewer, Policies, FilmMap)
KINDS: dict[str, type[Artifact]] = {**MODELS, **{kind.name: kind for kind in _OTHERS}}


def kind_of(name: str) -> type[Artifact]:
    """The class of an artifact. Raises OptionError for an unknown name."""
    return KINDS[name] if name in KINDS else model_class(name)


def in_order(names: Sequence[str]) -> list[str]:
    """The same names, each once: the catalogue first, and each other after those of them that it builds on."""
    ordered: list[str] = []

    def add(name: str) -> None:
        if name in ordered or name not in names:
            return
        for part in KINDS[name].builds_on if name in KINDS else ():
            add(part)
        ordered.append(name)

    if CATALOGUE in names:
        ordered.append(CATALOGUE)
    for name in names:
        add(name)
    return ordered
