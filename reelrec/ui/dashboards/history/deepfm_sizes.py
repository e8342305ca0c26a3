"""The sizes of the talk's experiment with DeepFM, and the numbers that were measured at each."""

from __future__ import annotations

from reelrec.translation import _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.parts.reading import Report, rows

PUBLISHED, MENDED, HONEST = "talk-deepfm", "talk-deepfm-mended", "film-likes"
TEST = "like_accuracy"
LARGEST = "9000+1000"  # films learned from, and films held out


def measured(report: Report, metric: str, model: str, size: str) -> float:
    """The number of a model at a size. Raises LookupError."""
    return rows(report, metric)[model][size].value


def at(report: Report, metric: str, model: str, size: str) -> float | None:
    """The same; None where it was not measured."""
    row = rows(report, metric).get(model, {}).get(size)
    return row.value if row else None


def films(size: str) -> str:
    """ "9,000 + 1,000 films"."""
    return _("{size} films", size=size_in_words(size))


def size_in_words(size: str) -> str:
    """ "9,000 + 1,000"."""
    return " + ".join(digits(int(n), ",") for n in size.split("+"))
