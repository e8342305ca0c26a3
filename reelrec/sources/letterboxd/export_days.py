"""The days of a file, however they are written: the whole file says whether 3/4/2025 is in March or in April."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reelrec.sources.budget import NO_LIMIT, Budget
from reelrec.translation import _

# Of texts in small letters.
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[t ].*)?", re.ASCII | re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_SERIAL = re.compile(r"([3-6]\d{4})(?:[.,]\d+)?", re.ASCII)  # a spreadsheet's number of a day, from 1982 to 2091
_NUMBERS = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d\d)(?:[,t ].*)?", re.ASCII | re.DOTALL)
_DAY_MONTH = re.compile(
    r"(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[- .]+([a-z]{3})[a-z]*\.?[- ,]+(\d{4}|\d\d)(?: .*)?"
)
_MONTH_DAY = re.compile(r"(?:[a-z]{3,9},? )?([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?: .*)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MAX_CHARS = 40
_SERIAL_ZERO = datetime.date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Day:
    """iso: the day, None where it is unknown. order: what days of one file are compared by; at least the year."""

    iso: str | None
    order: str


UNKNOWN = Day(None, "")


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a file by their texts. newest_first: the order of its rows. unclear, unread: examples, else ""."""

    by_text: Mapping[str, Day]
    newest_first: bool
    unclear: str
    unread: str

    @property
    def faults(self) -> list[str]:
        """Sentences about days that could not be read."""
        sentences = []
        if self.unclear:
            sentences.append(
                _("days such as “{unclear}” can be read in two ways, so only their years count.", unclear=self.unclear)
            )
        if self.unread:
            sentences.append(_("days such as “{unread}” could not be read, so they were left out.", unread=self.unread))
        return sentences

    def day(self, text: str) -> Day:
        """The day of a text of the file; UNKNOWN for what is no day."""
        return self.by_text.get(text, UNKNOWN)


def days_of(columns: Sequence[Sequence[str]], budget: Budget = NO_LIMIT) -> Days:
    """How the days of a file are written. columns: the texts of each column of days, in the order of the rows.

    Raises ExportError where the budget is used up.
    """
    texts = dict.fromkeys(text for column in columns for text in column if text.strip())
    pairs = [pair for text in budget.each(texts) if (pair := _pair(text))]
    day_first = _day_first(pairs, columns, budget) if pairs else None
    by_text = {text: _day(text, day_first) for text in budget.each(texts)}
    unclear = next((text for text, day in by_text.items() if day.order and not day.iso), "")
    unread = next((text for text, day in by_text.items() if not day.order), "")
    dated = next(filter(any, columns), ())  # the first column that has days
    orders = [order for text in dated if (order := by_text.get(text, UNKNOWN).order)]
    falls = sum((a > b) - (a < b) for a, b in itertools.pairwise(orders))
    return Days(by_text, falls > 0, _short(unclear), _short(unread))


def _day_first(pairs: Sequence[tuple[int, int, str]], columns: Sequence[Sequence[str]], budget: Budget) -> bool | None:
    """Whether the day comes before the month; None where nothing tells."""
    first, second = any(a > 12 for a, _, _ in pairs), any(b > 12 for _, b, _ in pairs)
    if first != second:
        return first
    if first:
        return None  # both ways are in one file
    if all(sign == "." for _, _, sign in pairs):
        return True
    orderly = [way for way in (True, False) if any(_is_orderly(budget.each(column), way) for column in columns)]
    return orderly[0] if len(orderly) == 1 else None


def _is_orderly(column: Iterable[str], day_first: bool) -> bool:
    """Whether the days of a column, read in this way, only rise or only fall."""
    orders = [day.order for text in column if (day := _day(text, day_first)).order]
    steps = [(a < b) - (a > b) for a, b in itertools.pairwise(orders)]
    return (1 in steps) != (-1 in steps)


def _pair(text: str) -> tuple[int, int, str] | None:
    """The first two numbers of a text such as 3/4/2025, and the sign between them."""
    match = _NUMBERS.fullmatch(text.strip()[:MAX_CHARS].lower())
    return (int(match[1]), int(match[3]), match[2]) if match else None


def _day(text: str, day_first: bool | None) -> Day:
    text = text.strip()[:MAX_CHARS].lower()
    if match := _ISO.fullmatch(text):
        return _made(match[1], match[3], match[4])
    if match := _COMPACT.fullmatch(text):
        return _made(match[1], match[2], match[3])
    if match := _SERIAL.fullmatch(text):
        iso = (_SERIAL_ZERO + datetime.timedelta(days=int(match[1]))).isoformat()
        return Day(iso, iso)
    if match := _NUMBERS.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), match[4]
        if first == second or first > 12 or (day_first and second <= 12):
            return _made(year, second, first)
        if second > 12 or day_first is False:
            return _made(year, first, second)
        return Day(None, _year(year)) if first and second else UNKNOWN
    if (match := _DAY_MONTH.fullmatch(text)) and match[2] in _MONTHS:
        return _made(match[3], _MONTHS.index(match[2]) + 1, match[1])
    if (match := _MONTH_DAY.fullmatch(text)) and match[1] in _MONTHS:
        return _made(match[3], _MONTHS.index(match[1]) + 1, match[2])
    return UNKNOWN


def _made(year: str, month: str | int, day: str | int) -> Day:
    try:
        iso = datetime.date(int(_year(year)), int(month), int(day)).isoformat()
    except ValueError:
        return UNKNOWN
    return Day(iso, iso)


def _year(digits: str) -> str:
    return digits if len(digits) == 4 else f"20{digits}"


def _short(text: str) -> str:
    """A cell for a sentence: printable, on one line, at most 20 characters."""
    return "".join(c for c in " ".join(text[:80].split()) if c.isprintable())[:20]
