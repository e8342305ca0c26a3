"""A predicted star and how sure it is: the figures of the small picture that range.js draws, and words for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reelrec.app import HALF_STARS
from reelrec.translation import N_, _, ngettext
from reelrec.ui import text

if TYPE_CHECKING:
    from reelrec.serving.picks.predictions import Prediction

FEW = 10  # with fewer ratings a page says that it knows little
# From this chance of liking on: a word, and the same to the visitor.
WORDS = (
    (0.8, N_("very likely"), N_("very likely to please you")),
    (0.55, N_("likely"), N_("likely to please you")),
    (0.0, N_("a gamble"), N_("a gamble for you")),
)
LOWEST, HIGHEST = HALF_STARS[0], HALF_STARS[-1]


def picture(guess: Prediction, theirs: bool, given: float | None = None) -> dict[str, Any] | None:
    """Places on the scale in hundredths, and the same in words; None where neither a range nor given stars are known.

    theirs: whether the guess follows ratings of the visitor. given: the visitor's own stars, drawn beside it.
    """
    if guess.low is None and given is None:
        return None
    marks = {"mean": guess.stars, "low": guess.low, "high": guess.high, "given": given}
    says = [in_words(guess, theirs)] + ([_("you gave {given:g}", given=given)] if given else [])
    return {name: _place(stars) for name, stars in marks.items()} | {"says": "; ".join(says)}


def in_words(guess: Prediction, theirs: bool) -> str:
    """ "4.1 stars, most likely between 3.0 and 4.9; 87 % you’ll like it"."""
    if guess.low is None:
        return _("{stars:.1f} stars", stars=guess.stars)
    around = _("{stars:.1f} stars, most likely between {low:.1f} and {high:.1f}",
               stars=guess.stars, low=guess.low, high=guess.high)  # fmt: skip
    return f"{around}; {liking(guess, theirs)}"


def liking(guess: Prediction, theirs: bool) -> str:
    """ "87 % you’ll like it", or how many newcomers like it; "" where no chance is known."""
    if guess.chance is None:
        return ""
    chance = text.percent(guess.chance)
    return _("{chance} you’ll like it", chance=chance) if theirs else _("{chance} of newcomers like it", chance=chance)


def word(chance: float | None) -> str:
    """How likely the visitor is to like a film, in a word or two; "" where no chance is known."""
    if chance is None:
        return ""
    return next(_(word) for least, word, _sentence in WORDS if chance >= least)


def verdict(chance: float | None, theirs: bool) -> str:
    """The word in a sentence to the visitor; "" for a newcomer, whose taste nobody knows."""
    if not theirs or chance is None:
        return ""
    return next(_(sentence) for least, _word, sentence in WORDS if chance >= least)


def _place(stars: float | None) -> float | None:
    return None if stars is None else round(100 * (stars - LOWEST) / (HIGHEST - LOWEST), 1)


def sureness(n: int, where: str) -> str:
    """What a range means for somebody with n ratings. where: words for the range, such as "between 3.0 and 4.9"."""
    if n == 0:
        return _(
            "Without your ratings we can only guess for anybody: 8 of 10 newcomers would give stars {where}.",
            where=where,
        )
    promise = _("8 of 10 times your stars would end up {where}.", where=where)
    if n < FEW:
        return ngettext("After {n} rating we know you little, so our ranges are wide: {promise}",
                        "After {n} ratings we know you little, so our ranges are wide: {promise}",
                        n, promise=promise)  # fmt: skip
    return promise
