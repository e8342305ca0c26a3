"""What models cost: to train, to ask and to keep."""

from __future__ import annotations

from reelrec.translation import _
from reelrec.ui.dashboards.cost import price, scale, speed
from reelrec.ui.dashboards.parts import frame


def draw() -> None:
    frame.section(
        _("What it costs"),
        _(
            "The model with the smallest error is not always worth its price. And how long does a model learn? What "
            "cannot be done again, cannot be checked."
        ),
    )
    with frame.card(_("What each model costs")):
        frame.draw(
            "cost-price",
            lambda: price.table(frame.report("new-users"), frame.report("cost")),
            price.COMMAND,
            frame.RERUN,
        )
    speed.draw()
    scale.draw()
