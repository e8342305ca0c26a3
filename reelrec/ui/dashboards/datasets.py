"""The two sets of ratings: their size, their stars, and how many ratings people give and films get."""

from __future__ import annotations

import itertools

import streamlit as st

from reelrec.app import HALF_STARS
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import LEGEND, QUIET, SECOND, axis, layout, note
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, number, share, string

MOVIELENS, LETTERBOXD = "data-ml-latest-small", "data-letterboxd"
DESCRIBE = "python -m reelrec data describe"
BOTH = f"{DESCRIBE} ml-latest-small && {DESCRIBE} letterboxd"
SPREAD = {
    "count": "Count", "mean": "Mean", "sd": "Std. deviation", "min": "Least", "q25": "Lower quartile",
    "q50": "Median", "q75": "Upper quartile", "max": "Most",
}  # fmt: skip
# How the talk on the Letterboxd data described the pages and the reviews that it had gathered.
TALK: dict[str, dict[str, float]] = {
    "Pages of ratings": {
        "count": 4747, "mean": 32.8, "sd": 35.2, "min": 1, "q25": 15, "q50": 25, "q75": 42, "max": 1208,
    },
    "Reviews": {
        "count": 8139, "mean": 868, "sd": 979, "min": 0, "q25": 267, "q50": 588, "q75": 1130, "max": 17184,
    },
}  # fmt: skip


def draw() -> None:
    frame.section(
        "The data",
        "Models learn from who rated what: the notebook’s from MovieLens latest-small, ReelRec’s from eight in ten of "
        "these Letterboxd people; one in ten tunes and one tests.",
    )
    with frame.card("Two sets of ratings"):
        frame.draw("data-shapes", lambda: shapes(*_reports()), BOTH, frame.CLOSED)
    left, right = st.columns(2)
    with left, frame.card("MovieLens’ stars, as the notebook drew them"):
        frame.draw(
            "data-histogram", lambda: histogram(frame.report(MOVIELENS)), f"{DESCRIBE} ml-latest-small", frame.RERUN
        )
    with right, frame.card("The stars of both"):
        frame.draw("data-shares", lambda: shares(*_reports()), BOTH, frame.CLOSED)
    with frame.card("Ratings per person and per film"):
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
        ("Ratings", *(f"{count:,.0f}" for count in ratings)),
        ("People", *(f"{number(report['dataset']['people']):,.0f}" for report in reports)),
        ("Films rated", *(f"{number(report['rated_films']):,.0f}" for report in reports)),
        ("Density", *(f"{number(report['density']):.6f}" for report in reports)),
        ("Sparsity", *(f"{number(report['sparsity']):.6f}" for report in reports)),
        ("Mean stars", *(f"{spread['mean']:.6f}" for spread in stars)),
        ("Std. deviation", *(f"{spread['sd']:.6f}" for spread in stars)),
        ("Quartiles", *(f"{spread['q25']:g}, {spread['q50']:g}, {spread['q75']:g}" for spread in stars)),
    ]
    return Drawing(
        f"Letterboxd’s set has {ratings[1] / ratings[0]:,.0f} times the ratings of MovieLens’",
        f"Of a hundred pairs of a person and a film one knows {known[1]:.1f}, the other {known[0]:.1f}; the rest is "
        "what models guess.",
        (Table(("", "MovieLens latest-small", "Letterboxd"), rows, "Size and stars of both sets.", "Ratings"),),
        (Table(("File", "Rows × columns"), [*_files(small), *_files(large)], "Rows and columns of files.", "Files"),),
    )


def _files(report: Report) -> list[tuple[str, str]]:
    """A row for each file: its name, and its rows and columns."""
    return [
        (f"`{string(file['file']).replace('`', '')}`", f"{number(file['rows']):,.0f} × {number(file['columns']):.0f}")
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
        xaxis=axis("stars", tickvals=[1, 2, 3, 4, 5], range=[0.4, 5.1], showgrid=False),
        yaxis=axis(tickformat="~s", nticks=6),
        margin={"l": 0, "r": 0, "t": 30, "b": 0},
        annotations=[note("ratings", 0, 1.01)],
    )
    whole, empty = share(sum(_shares(report)[1::2]), 0), sum(not count for count in counts)
    alt = f"Histogram of {sum(counts):,.0f} ratings in {len(counts)} bins; {whole} of them are whole stars."
    return Drawing(
        f"People like whole stars: {whole} of MovieLens’ ratings are whole",
        f"{empty} of the {len(counts)} bins are empty, because 20 bins share the 10 stars that can be given.",
        (Chart({"data": [bars], "layout": look}, alt),),
        (
            Table(
                ("Stars", "Ratings"),
                [
                    (f"{low:g} to {high:g}", f"{count:,.0f}")
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
            "type": "bar", "name": name, "x": [f"{half:g}" for half in HALF_STARS], "y": in_set,
            "marker": {"color": colour}, "hovertemplate": f"{name}, %{{x}} stars: %{{y:.1%}}<extra></extra>",
        }
        for name, in_set, colour in zip(("MovieLens", "Letterboxd"), both, (QUIET, SECOND), strict=True)
    ]  # fmt: skip
    look = layout(
        300,
        bargap=0.18,
        showlegend=True,
        legend=LEGEND,
        xaxis=axis("stars", type="category", showgrid=False),
        yaxis=axis(tickformat=".0%", nticks=6),
        margin={"l": 0, "r": 0, "t": 30, "b": 0},
    )
    halves = [share(sum(in_set[::2]), 0) for in_set in both]
    means = [number(report["stars"]["mean"]) for report in (small, large)]
    alt = f"Share of each half-star; {halves[1]} of Letterboxd’s ratings and {halves[0]} of MovieLens’ end in ½."
    cells = [(f"{half:g}", share(few), share(many)) for half, few, many in zip(HALF_STARS, *both, strict=True)]
    return Drawing(
        f"On Letterboxd {halves[1]} of the ratings end in ½, on MovieLens {halves[0]}",
        f"The means are {means[1]:.2f} and {means[0]:.2f} stars.",
        (Chart({"data": traces, "layout": look}, alt),),
        (Table(("Stars", "MovieLens", "Letterboxd"), cells, alt),),
    )


def _shares(report: Report) -> list[float]:
    """The share of each half-star; the JSON leaves out those that nobody gave."""
    return [number(report["shares"].get(f"{half:.1f}", 0)) for half in HALF_STARS]


def spread(small: Report, large: Report) -> Drawing:
    """Tables of the ratings per person and per film in both sets, and the talk's own table."""
    person, film = ([report[key] for report in (small, large)] for key in ("per_person", "per_film"))
    talk = [(label, *(f"{column[name]:,g}" for column in TALK.values())) for name, label in SPREAD.items()]
    people, films = ([number(counts["q50"]) for counts in both] for both in (person, film))
    skewed = all(number(counts["mean"]) > number(counts["q50"]) for counts in (*person, *film))
    return Drawing(
        f"Half of Letterboxd’s people gave {people[1]:,g} ratings or more, half of MovieLens’ {people[0]:,g}",
        f"Half of the films got {films[1]:,g} and {films[0]:,g} or fewer."
        + " Every mean lies above its median: some people give, and some films get, very many." * skewed,
        (_table("Ratings per person", person), _table("Ratings per film", film)),
        (Table(("", *TALK), talk, "The talk’s table of pages of ratings and of reviews.", "The talk’s own table"),),
    )


def _table(title: str, both: list[dict[str, float]]) -> Table:
    """A row for each name of SPREAD. both: the counts of MovieLens and of Letterboxd."""
    rows = [(label, *(_written(number(counts[name])) for counts in both)) for name, label in SPREAD.items()]
    return Table(("", "MovieLens", "Letterboxd"), rows, f"{title} in both sets.", title)


def _written(value: float) -> str:
    return f"{value:,.1f}" if value % 1 else f"{value:,.0f}"
