"""What the words of a review say about its stars: for unknown authors, and beside a person's other ratings."""

from __future__ import annotations

import streamlit as st

from reelrec.translation import _
from reelrec.translation import number as digits
from reelrec.ui import text
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.bars import Bar, Bars, Group
from reelrec.ui.dashboards.parts.differences import differences
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, interval, listed, measured_at, number, rows, share

COMMAND = "python -m reelrec evaluate reviews"
TEXT, MEDIAN, FILM_MEDIAN = "reviews", "median", "film-median"
ALONE, BOTH = "bmf", "ratings-and-words"
SIDE_BY_SIDE = ("own-mean", TEXT, ALONE, BOTH)
ALL, READ = "all", "read"
RANGE = "coverage80"


def draw() -> None:
    frame.section(
        _("Review text"),
        _(
            "People write about films without giving stars. On the Letterboxd page ReelRec suggests what they may have "
            "meant, from their words and from what else they rated. How far can words be trusted?"
        ),
    )
    left, right = st.columns(2)
    with left, frame.card(_("The words of a stranger")):
        frame.draw("reviews-strangers", lambda: strangers(frame.report("reviews")), COMMAND, frame.CLOSED)
    with right, frame.card(_("What words add to ratings")):
        frame.draw("reviews-accounts", lambda: accounts(frame.report("reviews")), COMMAND, frame.CLOSED)
    with frame.card(_("Is that more than chance?")):
        frame.draw(
            "reviews-apart",
            lambda: differences(frame.report("reviews"), "mae", ALL, _("mean miss")),
            COMMAND,
            frame.CLOSED,
        )


def strangers(report: Report) -> Drawing:
    """Mean absolute errors on authors whose reviews the model did not learn from."""
    mae = rows(report, "mae")
    errors, errors_read = measured_at(mae, None), measured_at(mae, READ)
    held = measured_at(rows(report, RANGE), None)[TEXT].value
    words, median, gain = errors[TEXT], errors[MEDIAN], interval(report["gain"])
    groups = [
        Group(look(model).name, [Bar(row, digits(row.value, ".3f"), look(model).colour)])
        for model, row in sorted(errors.items(), key=lambda pair: pair[1].value)
    ]
    bars = Bars(
        groups,
        _("Average miss in stars: the words {words:.3f}, {gain} less.", words=words.value, gain=share(gain.value)),
    )
    return Drawing(
        _(
            "From its words alone a review’s stars are missed by {words:.3f} stars, {gain} less than by the same "
            "stars for everybody",
            words=words.value,
            gain=share(gain.value),
        ),
        _(
            "The same stars for everybody (the median) miss by {median:.3f}; in 95 of 100 draws of people the gain "
            "is {low} to {high}. The model never read the author before.",
            median=median.value,
            low=share(gain.low),
            high=share(gain.high),
        ),
        (bars,),
        (bars.numbers(".3f"),),
        _(
            "A model learned from nine tenths of {n:,} reviews which words go with which stars, and was asked "
            "about the rest, ten times over. Of {unread} it knows too few words, mostly because they are not in "
            "English, and guesses the mean; of the others it is off by {read:.3f} against {median:.3f}. Its "
            "ranges, meant to hold eight of ten ratings, hold {held}.",
            n=words.n,
            unread=share(1 - errors_read[TEXT].n / words.n, 0),
            read=errors_read[TEXT].value,
            median=errors_read[MEDIAN].value,
            held=share(held),
        ),
    )


def accounts(report: Report) -> Drawing:
    """The errors on the few people with many reviews: by words, own mean, other ratings, and words with ratings."""
    mae, coverage = rows(report, "mae"), measured_at(rows(report, RANGE), ALL)
    people = [{key: int(number(account[key])) for key in ("n", "read")} for account in report["accounts"]]
    numbers = range(1, len(people) + 1)
    together = measured_at(mae, ALL)
    cells: list[tuple[str | float, ...]] = [
        (called(model), *(mae[model][f"account {n}"].value for n in numbers), together[model].value)
        for model in SIDE_BY_SIDE
    ]
    alone, both = together[ALONE].value, together[BOTH].value
    verdict = _("so the app suggests both together") if both < alone else _("so the words help nothing here")
    read = listed(_("{read:,} of {n:,}", read=account["read"], n=account["n"]) for account in people)
    return Drawing(
        _(
            "Words beside other ratings: {both:.3f} stars off instead of {alone:.3f}, {verdict}",
            both=both,
            alone=alone,
            verdict=verdict,
        ),
        _(
            "Only {people} people in these data wrote many reviews, so this is little more than anecdote. For each "
            "film all their other ratings were known, from which {alone} guesses.",
            people=len(people),
            alone=called(ALONE),
        ),
        (
            Table(
                (_("From"), *(text.sentence(_("account {place}", place=n)) for n in numbers), _("Together")),
                cells,
                _("Average miss on {people} long accounts; both together {both:.3f}.", people=len(people), both=both),
                _("Average miss in stars"),
            ),
        ),
        more=_(
            "The model could read {read} of their reviews. The 80% ranges of both together hold {both} of the stars.",
            read=read,
            both=share(coverage[BOTH].value),
        ),
    )
