"""Which films are of one series, told from their titles: no source of the catalogue names series.

A title has stems: itself, itself without a number at its end ("Toy Story 2", "The Godfather Part II"), and what stands
before a colon, a dash or "and the" ("Star Wars: …", "Harry Potter and the …"). Films are of one series where they share
a stem. A series whose titles share nothing ("Before Sunrise") is not found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reelrec.data.titles.title_rules import words

NUMBER = r"(?:\d{1,2}|[ivx]{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen)"
_NUMBERED = re.compile(
    rf"^(.*?\S)\s+(?:(?:part|chapter|vol|volume|episode|no)\s+)?{NUMBER}(?:\s+(?:part|chapter|vol|volume)\s+{NUMBER})?$"
)
_YEAR = re.compile(r"^(.*\S)\s+(?:19|20)\d\d$")
CUT = re.compile(r":\s|\s[-–—]\s")
_AND_THE = re.compile(r"(?<=\w)\s(?:and|&) the\s", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|an?)\s+")
_FRAME = re.compile(r"\s+(?:saga|series|trilogy|chronicles|movie)$")
LEAST_LETTERS = 3  # of a stem


def series(titles: Sequence[str]) -> list[str]:
    """For each title the stem that it shares with most others of these titles; "" where it stands alone."""
    stems = [_stems(title) for title in titles]
    shared = Counter(stem for of_title in stems for stem in set(of_title))
    parts = Counter(stem for of_title in stems for stem in set(of_title[1:]))  # a title that only equals others is none
    return [
        max(
            (stem for stem in of_title if shared[stem] > 1 and parts[stem]),
            key=lambda stem: (shared[stem], len(stem)),
            default="",
        )
        for of_title in stems
    ]


@lru_cache(maxsize=20_000)
def _stems(title: str) -> tuple[str, ...]:
    """The whole title first."""
    whole = plain(title)
    stems = dict.fromkeys((whole, *(stem for stem in _parts(title) if len(stem) >= LEAST_LETTERS)))
    return tuple(stems)


def _parts(title: str) -> Iterator[str]:
    heads = [title[: cut.start()] for cut in CUT.finditer(title)]
    heads += [head for cut in _AND_THE.finditer(title) if " " in plain(head := title[: cut.start()])]
    for text in (title, *heads):
        folded = plain(text)
        if text is not title:
            yield folded
        for pattern in (_NUMBERED, _YEAR):
            if numbered := pattern.match(folded):
                yield numbered[1]


def plain(text: str) -> str:
    """A title folded, without article and frame: "The Twilight Saga" is "twilight"."""
    return _FRAME.sub("", _ARTICLE.sub("", words(text)))
