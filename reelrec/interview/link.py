"""The state of an interview as the address of Rate carries it: a-optimal.2.17.403.8

The parts are the policy, the slider's position from 0 to STEPS, and the numbers of the films on the screen.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from reelrec.interview.replay import FILMS

STEPS = 4  # from learning to enjoying
_FORM = re.compile(rf"([a-z-]{{1,40}})\.([0-{STEPS}])((?:\.[0-9]{{1,7}}){{1,{FILMS}}})")


@dataclass(frozen=True, slots=True)
class Questions:
    """An interview's policy, its enjoyment from 0 (learn most) to 1 (show films they will love), and its screen."""

    policy: str
    enjoyment: float = 0.0
    films: tuple[int, ...] = ()


def encode(questions: Questions) -> str:
    """The text of an interview, "" where no film is asked about."""
    if not questions.films:
        return ""
    position = round(questions.enjoyment * STEPS)
    return ".".join([questions.policy, *map(str, (position, *questions.films))])


def decode(text: str, policies: Collection[str], canonical: np.ndarray) -> Questions | None:
    """The interview of a text; None for a text that `encode` did not write, or with an unknown policy or film.

    canonical: (n_films,) of the catalogue.
    """
    match = _FORM.fullmatch(text)
    if match is None or match[1] not in policies:
        return None
    films = tuple(map(int, match[3][1:].split(".")))
    if max(films) >= len(canonical) or len(set(films)) < len(films):
        return None
    films = tuple(dict.fromkeys(canonical[list(films)].tolist()))
    return Questions(policy=match[1], enjoyment=int(match[2]) / STEPS, films=films)
