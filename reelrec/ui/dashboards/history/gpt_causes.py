"""Why the talk's GPT-2 fell short: a measured difference for each cause."""

from __future__ import annotations

from reelrec.translation import _
from reelrec.ui.dashboards.history.gpt_gaps import Pair, gaps, short
from reelrec.ui.dashboards.history.gpt_stars import UNWEIGHTED, WEIGHTED, ours
from reelrec.ui.dashboards.parts.figures import called
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, in_order, listed, rows

METRIC, WINDOWS = "like_accuracy", "window_like_accuracy"
HONEST, BAR = "film-mean", "baseline"
APART, SHARED = "-apart", "-shared"


def causes(report: Report) -> Drawing:
    """A measured difference for each cause."""
    accuracy = rows(report, METRIC)
    best = ours(report)
    first, last = in_order(accuracy[BAR])[0], in_order(accuracy[BAR])[-1]
    measured = gaps(report)
    overlap = measured[Pair(f"{UNWEIGHTED}{SHARED}", f"{UNWEIGHTED}{APART}", WINDOWS, last)]
    weight = measured[Pair(WEIGHTED, UNWEIGHTED, METRIC, last)]
    text_only = measured[Pair(UNWEIGHTED, HONEST, METRIC, first)]
    talk_gain, best_gain = (measured[Pair(name, name, METRIC, f"{first} to {last}")] for name in (UNWEIGHTED, best))
    table = [
        (_("Windows shared between training and test"), _("What only looks like knowing"), short(overlap)),
        (_("Rare stars weighted"), _("Half a star then counts as much as four, and likes are missed"), short(weight)),
        (
            _("Text and facts in place of the film"),
            _("Against the film’s own mean, before any film is told"),
            short(text_only),
        ),
        (
            _("What nine films bring the talk’s way"),
            _("From {first} to {last} films", first=first, last=last),
            short(talk_gain),
        ),
        (
            _("What they bring {best}", best=called(best)),
            _("From {first} to {last} films", first=first, last=last),
            short(best_gain),
        ),
    ]
    candidates = {_("rare stars weighted"): weight, _("words for films"): text_only}
    costs = [words for words, gap in candidates.items() if gap.high < 0]
    cost = (
        _("What costs the talk’s way: {costs}", costs=listed(costs))
        if costs
        else _("Neither weights nor words cost it anything here")
    )
    return Drawing(
        cost,
        _(
            "{best} knows each film by how thousands rated it, where the talk’s way has to guess that from words, "
            "and it is asked only about people it has not met.",
            best=called(best),
        ),
        (
            Table(
                (_("Cause"), _("What was compared"), _("Points (95% interval)")),
                table,
                _(
                    "Causes and their points: {value}.",
                    value="; ".join(f"{cause} {points}" for cause, _what, points in table),
                ),
            ),
        ),
    )
