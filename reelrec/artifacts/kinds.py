"""Which artifacts there are besides the catalogue: the recommenders, review texts, the interview and its policies."""

from __future__ import annotations

from reelrec.errors import OptionError
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import Policies
from reelrec.models.base import Artifact
from reelrec.models.registry import MODELS
from reelrec.models.review_text import ReviewText

CATALOGUE = "catalogue"


KINDS: dict[str, type[Artifact]] = {**MODELS, **{kind.name: kind for kind in (ReviewText, Interviewer, Policies)}}


def kind_of(name: str) -> type[Artifact]:
    """The class of an artifact. Raises OptionError for a name that there is not."""
    if name not in KINDS:
        raise OptionError(f"There is no model called {name!r}. Known: {', '.join(MODELS)}.")
    return KINDS[name]


def in_order(names: list[str]) -> list[str]:
    """The same names, each after those of them that it builds on."""
    ordered: list[str] = []

    def add(name: str) -> None:
        if name in ordered or name not in names:
            return
        for other in KINDS[name].builds_on if name in KINDS else ():
            add(other)
        ordered.append(name)

    if CATALOGUE in names:
        ordered.append(CATALOGUE)
    for name in names:
        add(name)
    return ordered
