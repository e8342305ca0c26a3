"""What the words of a review say about its stars: for authors never read, and beside a person's other ratings."""

from __future__ import annotations

import streamlit as st

from reelrec.ui import text
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.apart import apart
from reelrec.ui.dashboards.parts.bars import Bar, Group, across
from reelrec.ui.dashboards.parts.figures import called, look
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import listed, measured_at, number, rows, share

COMMAND = "python -m reelrec evaluate reviews"
TEXT, MEDIAN, FILM_MEDIAN = "reviews", "median", "film-median"
ALONE, BOTH = "bmf", "blend"
SIDE_BY_SIDE = ("own-mean", TEXT, ALONE, BOTH)
ALL, READ = "all", "read"
RANGE = "coverage80"


def draw() -> None:
    frame.section(
        "reviews",
        "People write about films without giving stars. On the Letterboxd page ReelRec suggests what they may have "
        "meant, from their words and from what else they rated. How far can words be trusted?",
    )
    left, right = st.columns(2)
    with left, frame.card("The words of a stranger"):
        frame.draw("reviews-strangers", lambda: strangers(frame.report("reviews")), COMMAND, frame.CLOSED)
    with right, frame.card("What words add to ratings"):
        frame.draw("reviews-accounts", lambda: accounts(frame.report("reviews")), COMMAND, frame.CLOSED)
    with frame.card("Is that more than chance?"):
        frame.draw(
            "reviews-apart", lambda: apart(frame.report("reviews"), "mae", ALL, "mean miss"), COMMAND, frame.CLOSED
        )


def strangers(report: dict) -> Drawing:
    """Mean absolute errors on authors whom the model never read."""
    mae = rows(report, "mae")
    found, of_read = measured_at(mae, None), measured_at(mae, READ)
    held = measured_at(rows(report, RANGE), None)[TEXT].value
    value, low, high = (number(report["gain"][key]) for key in ("value", "low", "high"))
    groups = [
        Group(look(model).name, [Bar(row, f"{row.value:.3f}", look(model).colour)])
        for model, row in sorted(found.items(), key=lambda pair: pair[1].value)
    ]
    return Drawing(
        f"A model learned from nine tenths of {found[TEXT].n:,} reviews which words go with which stars, and was asked "
        "about the rest, ten times over, never about somebody it had read. It is off by "
        f"{found[TEXT].value:.3f} stars on average; the same stars for everybody (the median) by "
        f"{found[MEDIAN].value:.3f}. That is {share(value)} less ({share(low)} to {share(high)}): words say something, "
        f"but little. Of {share(1 - of_read[TEXT].n / found[TEXT].n, 0)} it knows too few words, mostly because they "
        "are not in English, and guesses the mean; of the others it is off by "
        f"{of_read[TEXT].value:.3f} against {of_read[MEDIAN].value:.3f}. Its ranges, meant to hold eight of ten "
        f"ratings, hold {share(held)}.",
        (Chart(across(groups), f"Average miss in stars: the words {found[TEXT].value:.3f}, {share(value)} less."),),
    )


def accounts(report: dict) -> Drawing:
    """The few people with many reviews: words, own mean, other ratings, and both."""
    mae, held = rows(report, "mae"), measured_at(rows(report, RANGE), ALL)
    people = [{key: int(number(one[key])) for key in ("n", "read")} for one in report["accounts"]]
    names = [f"account {place}" for place in range(1, len(people) + 1)]
    together = measured_at(mae, ALL)
    cells = [
        (called(model), *(mae[model][name].value for name in names), together[model].value) for model in SIDE_BY_SIDE
    ]
    alone, both = together[ALONE].value, together[BOTH].value
    verdict = "so the app suggests both together" if both < alone else "so the words help nothing here"
    read = listed(f"{one['read']:,} of {one['n']:,}" for one in people)
    return Drawing(
        f"Only {len(people)} people in these data wrote many reviews, so this is little more than anecdote. The model "
        f"could read {read} of theirs. For each film all their other ratings were known. {called(ALONE)} from those is "
        f"off by {alone:.3f} stars on average, together with the words by {both:.3f}, {verdict}. The "
        f"80% ranges of both together hold {share(held[BOTH].value)} of the stars.",
        (
            Table(
                ("From", *(text.plain(name.capitalize()) for name in names), "Together"),
                cells,
                f"Average miss on {len(people)} long accounts; both together {both:.3f}.",
                "Average miss in stars",
            ),
        ),
    )
