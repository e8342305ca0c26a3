"""Ratings of any scale as half-stars: out of 5, 10 or 100, or letters from F to A+.

A scale is certain where a site's documents say it; else the values of a whole file are a guess, and the visitor is
asked.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reelrec.translation import N_, _

SCALES = (5, 10, 100)
LETTERS = 0  # in place of the number that ratings are out of
# In equal steps from F to A, to the nearest half-star.
GRADES = MappingProxyType(
    {
        "A+": 5.0, "A": 5.0, "A-": 4.5, "B+": 4.0, "B": 4.0, "B-": 3.5, "C+": 3.0, "C": 2.5, "C-": 2.0, "D+": 1.5,
        "D": 1.5, "D-": 1.0, "F": 0.5,
    }
)  # fmt: skip
NO_RATING = {"", "0", "0.0", "-", "--", "none", "null", "nan", "n/a", "not rated", "unrated"}
_NUMBER = re.compile(
    r"(\d{0,3}(?:[.,]\d{1,4})?)\s*(½)?\s*(?:(?:/|out of)\s*(5|10|100)|(%))?\s*(?:[★☆⭐]|stars?)?",
    re.ASCII | re.IGNORECASE,
)
_DRAWN = re.compile(r"([★⭐*]{0,10})(½?)☆*")
# What spreadsheets of some countries make of 4.5, taking it for a day: "04. Mai".
_IN_MAY = re.compile(r"0?([1-4])[. -]*(?:may|mai|maj|máj|mei|mag|kvě)[a-z]*\.?", re.IGNORECASE)
EXAMPLES = 6  # of ratings, in a question
FEW = 5  # one value of so many may be a slip, where half-stars say that the others are out of five


@dataclass(frozen=True, slots=True)
class Scale:
    """out_of: 5, 10, 100 or LETTERS. highest: the highest value of the file. certain: the site's documents say so.

    from_zero: a rating of 0 is the worst one, as it is out of a hundred at some sites; else it is none. nearest: out of
    five too, a rating between two half-stars is rounded; else it is none.
    """

    out_of: int
    highest: float = 5.0
    certain: bool = False
    from_zero: bool = False
    nearest: bool = False

    def stars(self, text: str) -> float | None:
        """The half-stars of a rating, to the nearest; None for what is no rating, such as 0 or 7 out of five."""
        if self.out_of == LETTERS:
            return GRADES.get(grade(text))
        if self.from_zero and text.strip() in ("0", "0.0"):
            return 0.5
        value, own = _value(text)
        out_of = own or self.out_of
        if value is None or not 0 < value <= out_of:
            return None
        steps = value / out_of * 10
        if out_of == 5 and steps % 1 and not self.nearest:
            return None
        return max(math.floor(steps + 0.5), 1) / 2

    @property
    def sentence(self) -> str:
        """What was done, for the person whose ratings they are."""
        if self.out_of == LETTERS:
            return _("These ratings are letters. They were read in equal steps: A is 5 stars, C is 2.5, F is 0.5.")
        example = self.out_of * 7 // 10
        return _(
            "These ratings go up to {highest:g}. They were read as out of {out_of}: {example} is 3.5 stars.",
            highest=self.highest,
            out_of=_(WORDS[self.out_of]),
            example=example,
        )

    @property
    def words(self) -> str:
        """ "out of ten", "as letters"."""
        return _("as letters") if self.out_of == LETTERS else _("out of {out_of}", out_of=_(WORDS[self.out_of]))

    def sentence_of(self, site: str) -> str:
        """What was done with the ratings of a site that says what they are out of."""
        if self.out_of == SCALES[0]:
            return _("{site}’s ratings are out of five, as they are here.", site=site)
        return _("{site}’s ratings are {out_of}: {example} is 3.5 stars here.",
                 site=site, out_of=self.words, example=self.out_of * 7 // 10)  # fmt: skip

    def is_over(self, text: str) -> bool:
        """Whether a rating is higher than any on this scale."""
        value, own = _value(text)
        return value is not None and own is None and value > self.out_of

    def is_empty(self, text: str) -> bool:
        """Whether a text says that the film was not rated."""
        plain = text.strip().lower()
        return plain in NO_RATING and not (self.from_zero and plain in ("0", "0.0"))


WORDS = {5: N_("five"), 10: N_("ten"), 100: N_("a hundred")}


def grade(text: str) -> str:
    """A letter as in GRADES, "" for no letter."""
    letter = text[:10].strip().upper().replace("−", "-").replace("–", "-")
    return letter if letter in GRADES else ""


@dataclass(frozen=True, slots=True)
class ScaleQuestion:
    """What the visitor is asked of ratings whose scale nothing says.

    guess: what the values look like; None for those of no scale known here. examples: some of them, from low to high.
    """

    guess: Scale | None
    examples: tuple[str, ...]
    from_zero: bool = False

    def scale(self, out_of: int) -> Scale:
        """The scale that the visitor chose."""
        return Scale(out_of, nearest=True, from_zero=self.from_zero)


def question(ratings: Iterable[str], from_zero: bool = False) -> ScaleQuestion:
    """What to ask of these ratings."""
    given = dict.fromkeys(text[:20] for text in ratings if text.strip().lower() not in NO_RATING)
    ordered = sorted(given, key=lambda text: (_value(text)[0] or 0.0, text))
    last = len(ordered) - 1
    examples = dict.fromkeys(ordered[place * last // (EXAMPLES - 1)] for place in range(EXAMPLES) if ordered)
    return ScaleQuestion(guessed(given), tuple(examples), from_zero)


def guessed(ratings: Iterable[str]) -> Scale | None:
    """The scale that the ratings of a file look like, never certain; None where most are on no scale known here.

    The highest value decides, so no scale is too short for its file. Where there are few ratings, or all are low, it
    may be too short for the site: whoever uses a guess asks.
    """
    given = [text for text in ratings if text.strip().lower() not in NO_RATING]
    if 2 * sum(bool(grade(text)) for text in given) > len(given):
        return Scale(LETTERS)
    values = [value for text in given if (value := _value(text)[0]) is not None and value <= SCALES[-1]]
    if 2 * len(values) <= len(given):
        return None
    highest = max(values)
    return Scale(next(out_of for out_of in SCALES if highest <= out_of), highest=highest)


def scale_of(ratings: Mapping[str, int], ten: bool = False) -> Scale:
    """The scale of a file's ratings. ratings: text to the number of rows. ten: the column's name says out of ten.

    A value over 5 means ten, most of them over 10 a hundred. Values that are rare beside half-stars are slips.
    """
    known: Counter[float] = Counter()
    for text, rows in ratings.items():
        value, own = _value(text)
        if value and own is None:
            known[value] += rows
    if ten:
        return Scale(10, max(known, default=10.0))
    over_ten = sum(rows for value, rows in known.items() if value > 10)
    if over_ten * 2 > known.total():
        return Scale(100, max(known))
    usual = Counter({value: rows for value, rows in known.items() if value <= 10})
    over_five = sum(rows for value, rows in usual.items() if value > 5)
    has_halves = any(value < 5 and value % 1 for value in usual)
    if not over_five or (has_halves and over_five * FEW < usual.total()):
        return Scale(5)
    return Scale(10, max(usual))


def _value(text: str) -> tuple[float | None, int | None]:
    """The number of a rating, None where there is none, and the scale that the text itself names, such as "7/10"."""
    text = "".join(c for c in text[:40] if c == " " or (c.isprintable() and c != "\ufe0f")).strip().removeprefix("'")
    if in_may := _IN_MAY.fullmatch(text):
        return int(in_may[1]) + 0.5, 5
    drawn = _DRAWN.fullmatch(text)
    if drawn and text:
        return len(drawn[1]) + (0.5 if drawn[2] else 0.0), 5
    match = _NUMBER.fullmatch(text)
    if not match or not (match[1] or match[2]):
        return None, None
    value = float(match[1].replace(",", ".") or 0) + (0.5 if match[2] else 0.0)
    return value, 100 if match[4] else int(match[3]) if match[3] else None
