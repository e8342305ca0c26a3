"""A predicted star and how sure it is: the figures of the small picture that range.js draws, and words for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reelrec.app import HALF_STARS
from reelrec.ui import text

if TYPE_CHECKING:
    from reelrec.serving.predictions import Prediction

FEW = 10  # with fewer ratings a page says that it knows little
WORDS = ((0.8, "very likely"), (0.55, "likely"), (0.0, "a gamble"))  # from this chance of liking on
LOWEST, HIGHEST = HALF_STARS[0], HALF_STARS[-1]


def picture(guess: Prediction, theirs: bool, given: float | None = None) -> dict[str, Any] | None:
    """Places on the scale in hundredths, and the same in words; None where neither a range nor given stars are known.

    theirs: whether the guess follows ratings of the visitor. given: the visitor's own stars, drawn beside it.
    """
    if guess.low is None and given is None:
        return None
    marks = {"mean": guess.stars, "low": guess.low, "high": guess.high, "given": given}
    own = f"; you gave {given:g}" if given else ""
    return {name: _place(stars) for name, stars in marks.items()} | {"says": f"{in_words(guess, theirs)}{own}"}


def in_words(guess: Prediction, theirs: bool) -> str:
    """ "4.1 stars, most likely between 3.0 and 4.9; 87 % you’ll like it"."""
    if guess.low is None:
        return f"{guess.stars:.1f} stars"
    around = f"most likely between {guess.low:.1f} and {guess.high:.1f}"
    return f"{guess.stars:.1f} stars, {around}; {liking(guess, theirs)}"


def liking(guess: Prediction, theirs: bool) -> str:
    """ "87 % you’ll like it", or how many newcomers like it; "" where no chance is known."""
    if guess.chance is None:
        return ""
    return f"{text.percent(guess.chance)} {'you’ll like it' if theirs else 'of newcomers like it'}"


def word(chance: float | None) -> str:
    """How likely the visitor is to like a film, in a word or two; "" where no chance is known."""
    if chance is None:
        return ""
    return next(word for least, word in WORDS if chance >= least)


def verdict(chance: float | None, theirs: bool) -> str:
    """The word in a sentence to the visitor; "" for a newcomer, whose taste nobody knows."""
    if not theirs or chance is None:
        return ""
    return {"a gamble": "a gamble for you"}.get(word(chance), f"{word(chance)} to please you")


def _place(stars: float | None) -> float | None:
    return None if stars is None else round(100 * (stars - LOWEST) / (HIGHEST - LOWEST), 1)


def sureness(n: int, where: str) -> str:
    """What a range means for somebody with n ratings. where: words for the range, such as "between 3.0 and 4.9"."""
    if n == 0:
        return f"Without your ratings we can only guess for anybody: 8 of 10 newcomers would give stars {where}."
    promise = f"8 of 10 times your stars would end up {where}."
    if n < FEW:
        return f"After {n} {'rating' if n == 1 else 'ratings'} we know you little, so our ranges are wide: {promise}"
    return promise
