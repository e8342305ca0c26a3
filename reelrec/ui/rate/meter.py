"""How well we know a visitor, in words. More ratings never make it less; the figure comes after a tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui.browser.component import component

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile

# From so many ratings on: what they are, and how well we know the visitor.
WORDS = (
    (1, N_("a start"), N_("We know you a little.")),
    (3, N_("good start"), N_("We know you a little.")),
    (10, N_("it’s yours"), N_("We know you well.")),
    (30, N_("plenty"), N_("We know you very well.")),
)
STEPS = (3, 5, 10, 20, 50)
AHEAD = 24  # ratings that the browser may count before the server answers
_meter = component("meter")


def meter(profile: Profile, shelf: str) -> None:
    """How many films are rated and what that is worth; after a tap, the error that was measured with so many.

    shelf: the key of the tiles beside it, whose new stars the browser counts at once.
    """
    n, n_known = len(profile.ratings), len(profile.known(app.catalogue().n_items).ratings)
    readings = [reading(n + more, n_known + more) for more in range(AHEAD + 1)]
    _meter(key="meter", data={"shelf": shelf, "readings": readings})


def reading(n: int, n_known: int) -> dict[str, str]:
    """What n ratings are worth, n_known of them of films that the models know: in a few words, and told whole."""
    if not n:
        return {"word": "", "told": _("Tap the stars of what you have seen.")}
    _least, worth, known = next((step for step in reversed(WORDS) if step[0] <= n_known), WORDS[0])
    told = _(known) if n_known else _("No model knows these films yet.")
    return {"word": _("{n:,} rated: {worth}", n=n, worth=_(worth)), "told": f"{told} {_measured(n_known)}"}


def _measured(n: int) -> str:
    """The error that was measured for new users with n ratings, and with some more."""
    now, goal = app.typical_error(n), next((step for step in STEPS if step > n), None)
    if now is None:
        return ""
    after = None if goal is None else app.typical_error(goal)
    if after is None:
        return _("For new visitors with as many ratings, predictions are typically {now:.2f} stars off.", now=now)
    return _(
        "For new visitors with as many ratings, predictions are typically {now:.2f} stars off; with {goal} ratings, "
        "{after:.2f}.",
        now=now, goal=goal, after=after,
    )  # fmt: skip
