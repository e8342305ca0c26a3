"""Where an interview stands, as the address of Rate carries it: a-optimal.2.17.403.8

who asks, the slider's position of 0 to STEPS, and the numbers of the films on the screen.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from reelrec.interview.screens import FILMS

STEPS = 4  # from learning to enjoying
_FORM = re.compile(rf"([a-z-]{{1,40}})\.([0-{STEPS}])((?:\.[0-9]{{1,7}}){{1,{FILMS}}})")


@dataclass(frozen=True, slots=True)
class Questions:
    """policy: who asks. enjoyment: 0 to learn most, 1 to show what they will love. films: asked about; none as yet."""

    policy: str
    enjoyment: float = 0.0
    films: tuple[int, ...] = ()


def encode(questions: Questions) -> str:
    """The text, "" where no film is asked about."""
    if not questions.films:
        return ""
    return ".".join([questions.policy, *map(str, (round(questions.enjoyment * STEPS), *questions.films))])


def decode(text: str, policies: Collection[str], n_films: int) -> Questions | None:
    """What the text says; None for anything but what `encode` wrote, of these policies and so many films."""
    found = _FORM.fullmatch(text)
    if found is None or found[1] not in policies:
        return None
    films = tuple(map(int, found[3][1:].split(".")))
    if max(films) >= n_films or len(set(films)) < len(films):
        return None
    return Questions(found[1], int(found[2]) / STEPS, films)
