"""The two sets of ratings: their size, their stars, and how many ratings people give and films get."""

from __future__ import annotations

import itertools

import streamlit as st

from reelrec.app import HALF_STARS
from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import LEGEND, QUIET, SECOND, axis, layout, note
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, number, share, string

MOVIELENS, LETTERBOXD = "data-ml-latest-small", "data-letterboxd"
DESCRIBE = "python -m reelrec data describe"
BOTH = f"{DESCRIBE} ml-latest-small && {DESCRIBE} letterboxd"
SPREAD = {
    "count": N_("Count"), "mean": N_("Mean"), "sd": N_("Std. deviation"), "min": N_("Least"),
    "q25": N_("Lower quartile"), "q50": N_("Median"), "q75": N_("Upper quartile"), "max": N_("Most"),
}  # fmt: skip
# How the talk on the Letterboxd data described the pages and the reviews that it had gathered.
TALK: dict[str, dict[str, float]] = {
    N_("Pages of ratings"): {
        "count": 4747, "mean": 32.8, "sd": 35.2, "min": 1, "q25": 15, "q50": 25, "q75": 42, "max": 1208,
    },
    N_("Reviews"): {
        "count": 8139, "mean": 868, "sd": 979, "min": 0, "q25": 267, "q50": 588, "q75": 1130, "max": 17184,
    },
}  # fmt: skip


def draw() -> None:
    frame.section(
        _("The data"),
        _(
            "Models learn from who rated what: the notebook’s from MovieLens latest-small, ReelRec’s from eight in ten "
            "of these Letterboxd people; one in ten tunes and one tests."
        ),
    )
    with frame.card(_("Two sets of ratings")):
        frame.draw("data-shapes", lambda: shapes(*_reports()), BOTH, frame.CLOSED)
    left, right = st.columns(2)
    with left, frame.card(_("MovieLens’ stars, as the notebook drew them")):
        frame.draw(
            "data-histogram", lambda: histogram(frame.report(MOVIELENS)), f"{DESCRIBE} ml-latest-small", frame.RERUN
        )
    with right, frame.card(_("The stars of both")):
        frame.draw("data-shares", lambda: shares(*_reports()), BOTH, frame.CLOSED)
    with frame.card(_("Ratings per person and per film")):
        frame.draw("data-spread", lambda: spread(*_reports()), BOTH, frame.CLOSED)


def _reports() -> tuple[Report, Report]:
    return frame.report(MOVIELENS), frame.report(LETTERBOXD)


def shapes(small: Report, large: Report) -> Drawing:
    """Two tables: the size and the stars of both sets, and their files."""
    reports = (small, large)
    ratings = [number(report["dataset"]["ratings"]) for report in reports]
    known = [100 * number(report["density"]) for report in reports]
    stars = [{name: number(report["stars"][name]) for name in SPREAD} for report in reports]
    rows = [
        (_("Ratings"), *(digits(count, ",.0f") for count in ratings)),
        (_("People"), *(digits(number(report["dataset"]["people"]), ",.0f") for report in reports)),
        (_("Films rated"), *(digits(number(report["rated_films"]), ",.0f") for report in reports)),
        (_("Density"), *(digits(number(report["density"]), ".6f") for report in reports)),
        (_("Sparsity"), *(digits(number(report["sparsity"]), ".6f") for report in reports)),
        (_("Mean stars"), *(digits(spread["mean"], ".6f") for spread in stars)),
        (_("Std. deviation"), *(digits(spread["sd"], ".6f") for spread in stars)),
        (
            _("Quartiles"),
            *(" · ".join(digits(spread[name], "g") for name in ("q25", "q50", "q75")) for spread in stars),
        ),
    ]
    return Drawing(
        _(
            "Letterboxd’s set has {other_ratings:,.0f} times the ratings of MovieLens’",
            other_ratings=ratings[1] / ratings[0],
        ),
        _(
            "Of a hundred pairs of a person and a film one knows {other_known:.1f}, the other {first_known:.1f}; "
            "the rest is what models guess.",
            other_known=known[1],
            first_known=known[0],
        ),
        (Table(("", "MovieLens latest-small", "Letterboxd"), rows, _("Size and stars of both sets."), _("Ratings")),),
        (
            Table(
                (_("File"), _("Rows × columns")),
                [*_files(small), *_files(large)],
                _("Rows and columns of files."),
                _("Files"),
            ),
        ),
    )


def _files(report: Report) -> list[tuple[str, str]]:
    """A row for each file: its name, and its rows and columns."""
    return [
        (
            f"`{string(file['file']).replace('`', '')}`",
            f"{digits(number(file['rows']), ',.0f')} × {digits(number(file['columns']), '.0f')}",
        )
        for file in report["files"]
    ]


def histogram(report: Report) -> Drawing:
    """The histogram of the stars, in as many bins as the notebook's."""
    counts = [number(count) for count in report["histogram"]["counts"]]
    edges = [number(edge) for edge in report["histogram"]["edges"]]
    middles = [(low + high) / 2 for low, high in itertools.pairwise(edges)]
    bars = {
        "type": "bar", "x": middles, "y": counts, "width": [high - low for low, high in itertools.pairwise(edges)],
        "marker": {"color": QUIET, "line": {"width": 0}}, "hovertemplate": "%{y:,}<extra></extra>",
    }  # fmt: skip
    look = layout(
        300,
        xaxis=axis(_("stars"), tickvals=[1, 2, 3, 4, 5], range=[0.4, 5.1], showgrid=False),
        yaxis=axis(tickformat="~s", nticks=6),
        margin={"l": 0, "r": 0, "t": 30, "b": 0},
        annotations=[note(_("ratings"), 0, 1.01)],
    )
    whole, empty = share(sum(_shares(report)[1::2]), 0), sum(not count for count in counts)
    alt = _(
        "Histogram of {n:,.0f} ratings in {bins} bins; {whole} of them are whole stars.",
        n=sum(counts),
        bins=len(counts),
        whole=whole,
    )
    return Drawing(
        _("People like whole stars: {whole} of MovieLens’ ratings are whole", whole=whole),
        _(
            "{empty} of the {n} bins are empty, because 20 bins share the 10 stars that can be given.",
            empty=empty,
            n=len(counts),
        ),
        (Chart({"data": [bars], "layout": look}, alt),),
        (
            Table(
                (_("Stars"), _("Ratings")),
                [
                    (_("{low:g} to {high:g}", low=low, high=high), digits(count, ",.0f"))
                    for (low, high), count in zip(itertools.pairwise(edges), counts, strict=True)
                ],
                alt,
            ),
        ),
    )


def shares(small: Report, large: Report) -> Drawing:
    """The share of each half-star in both sets."""
    both = [_shares(small), _shares(large)]
    traces = [
        {
            "type": "bar", "name": name, "x": [digits(half, "g") for half in HALF_STARS], "y": in_set,
            "marker": {"color": colour},
            "hovertemplate": _("{name}, {x} stars: {y}", name=name, x="%{x}", y="%{y:.1%}") + "<extra></extra>",
        }
        for name, in_set, colour in zip(("MovieLens", "Letterboxd"), both, (QUIET, SECOND), strict=True)
    ]  # fmt: skip
    look = layout(
        300,
        bargap=0.18,
        showlegend=True,
        legend=LEGEND,
        xaxis=axis(_("stars"), type="category", showgrid=False),
        yaxis=axis(tickformat=".0%", nticks=6),
        margin={"l": 0, "r": 0, "t": 30, "b": 0},
    )
    halves = [share(sum(in_set[::2]), 0) for in_set in both]
    means = [number(report["stars"]["mean"]) for report in (small, large)]
    alt = _(
        "Share of each half-star; {other_halves} of Letterboxd’s ratings and {first_halves} of MovieLens’ end in ½.",
        other_halves=halves[1],
        first_halves=halves[0],
    )
    cells = [(digits(half, "g"), share(few), share(many)) for half, few, many in zip(HALF_STARS, *both, strict=True)]
    return Drawing(
        _(
            "On Letterboxd {other_halves} of the ratings end in ½, on MovieLens {first_halves}",
            other_halves=halves[1],
            first_halves=halves[0],
        ),
        _("The means are {other_means:.2f} and {first_means:.2f} stars.", other_means=means[1], first_means=means[0]),
        (Chart({"data": traces, "layout": look}, alt),),
        (Table((_("Stars"), "MovieLens", "Letterboxd"), cells, alt),),
    )


def _shares(report: Report) -> list[float]:
    """The share of each half-star; the JSON leaves out those that nobody gave."""
    return [number(report["shares"].get(f"{half:.1f}", 0)) for half in HALF_STARS]


def spread(small: Report, large: Report) -> Drawing:
    """Tables of the ratings per person and per film in both sets, and the talk's own table."""
    person, film = ([report[key] for report in (small, large)] for key in ("per_person", "per_film"))
    talk = [(_(label), *(digits(column[name], ",g") for column in TALK.values())) for name, label in SPREAD.items()]
    people, films = ([number(counts["q50"]) for counts in both] for both in (person, film))
    skewed = all(number(counts["mean"]) > number(counts["q50"]) for counts in (*person, *film))
    return Drawing(
        _(
            "Half of Letterboxd’s people gave {other_people:,g} ratings or more, half of MovieLens’ {first_people:,g}",
            other_people=people[1],
            first_people=people[0],
        ),
        _(
            "Half of the films got {other_films:,g} and {first_films:,g} or fewer.",
            other_films=films[1],
            first_films=films[0],
        )
        + skewed * (" " + _("Every mean lies above its median: some people give, and some films get, very many.")),
        (_table(_("Ratings per person"), person), _table(_("Ratings per film"), film)),
        (
            Table(
                ("", *TALK), talk, _("The talk’s table of pages of ratings and of reviews."), _("The talk’s own table")
            ),
        ),
    )


def _table(title: str, both: list[dict[str, float]]) -> Table:
    """A row for each name of SPREAD. both: the counts of MovieLens and of Letterboxd."""
    rows = [(_(label), *(_written(number(counts[name])) for counts in both)) for name, label in SPREAD.items()]
    return Table(("", "MovieLens", "Letterboxd"), rows, _("{title} in both sets.", title=title), title)


def _written(value: float) -> str:
    return digits(value, ",.1f") if value % 1 else digits(value, ",.0f")
