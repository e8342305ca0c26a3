"""The two sets of ratings: their size, their stars, and how many ratings people give and films get."""

from __future__ import annotations

import itertools

import streamlit as st

from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import LEGEND, QUIET, SECOND, axis, layout, note
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import number, share, texts

MOVIELENS, LETTERBOXD = "data-ml-latest-small", "data-letterboxd"
DESCRIBE = "python -m reelrec data describe"
BOTH = f"{DESCRIBE} ml-latest-small && {DESCRIBE} letterboxd"
HALVES = range(1, 11)
SPREAD = {
    "count": "Count", "mean": "Mean", "sd": "Std. deviation", "min": "Least", "q25": "Lower quartile",
    "q50": "Median", "q75": "Upper quartile", "max": "Most",
}  # fmt: skip
# The talk on the Letterboxd data described the pages and reviews it had gathered so, in the order of SPREAD.
TALK = {
    "Pages of ratings": (4747, 32.8, 35.2, 1, 15, 25, 42, 1208),
    "Reviews": (8139, 868, 979, 0, 267, 588, 1130, 17184),
}


def draw() -> None:
    frame.section(
        "data",
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


def _reports() -> tuple[dict, dict]:
    return frame.report(MOVIELENS), frame.report(LETTERBOXD)


def shapes(small: dict, large: dict) -> Drawing:
    both = (small, large)
    ratings = [number(found["dataset"]["ratings"]) for found in both]
    known = [100 * number(found["density"]) for found in both]
    stars = [{name: number(found["stars"][name]) for name in SPREAD} for found in both]
    rows = [
        ("Ratings", *(f"{count:,.0f}" for count in ratings)),
        ("People", *(f"{number(found['dataset']['people']):,.0f}" for found in both)),
        ("Films rated", *(f"{number(found['rated_films']):,.0f}" for found in both)),
        ("Density", *(f"{number(found['density']):.6f}" for found in both)),
        ("Sparsity", *(f"{number(found['sparsity']):.6f}" for found in both)),
        ("Mean stars", *(f"{of['mean']:.6f}" for of in stars)),
        ("Std. deviation", *(f"{of['sd']:.6f}" for of in stars)),
        ("Quartiles", *(f"{of['q25']:g}, {of['q50']:g}, {of['q75']:g}" for of in stars)),
    ]
    return Drawing(
        f"Letterboxd’s set has {ratings[1] / ratings[0]:,.0f} times the ratings of MovieLens’. Of a hundred pairs of a "
        f"person and a film one knows {known[1]:.1f}, the other {known[0]:.1f}; the rest is what models guess.",
        (
            Table(("", "MovieLens latest-small", "Letterboxd"), rows, "Size and stars of both sets.", "Ratings"),
            Table(("File", "Rows × columns"), [*_files(small), *_files(large)], "Rows and columns of files.", "Files"),
        ),
    )


def _files(report: dict) -> list[tuple[str, str]]:
    return [
        (f"`{texts(file['file'])[0].replace('`', '')}`", f"{number(file['rows']):,.0f} × {number(file['columns']):.0f}")
        for file in report["files"]
    ]


def histogram(report: dict) -> Drawing:
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
    return Drawing(
        f"People like whole stars: {whole} of the ratings are whole. {empty} of the {len(counts)} bins are empty, "
        "because 20 bins share the 10 stars that can be given.",
        (
            Chart(
                {"data": [bars], "layout": look},
                f"Histogram of {sum(counts):,.0f} ratings in {len(counts)} bins; {whole} of them are whole stars.",
            ),
        ),
    )


def shares(small: dict, large: dict) -> Drawing:
    both = [_shares(small), _shares(large)]
    traces = [
        {
            "type": "bar", "name": name, "x": [f"{half / 2:g}" for half in HALVES], "y": of,
            "marker": {"color": colour}, "hovertemplate": f"{name}, %{{x}} stars: %{{y:.1%}}<extra></extra>",
        }
        for name, of, colour in zip(("MovieLens", "Letterboxd"), both, (QUIET, SECOND), strict=True)
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
    half = [share(sum(of[::2]), 0) for of in both]
    means = [number(found["stars"]["mean"]) for found in (small, large)]
    return Drawing(
        f"On Letterboxd {half[1]} of the ratings end in ½, on MovieLens {half[0]}; the means are {means[1]:.2f} and "
        f"{means[0]:.2f} stars.",
        (
            Chart(
                {"data": traces, "layout": look},
                f"Share of each half-star; {half[1]} of Letterboxd’s ratings and {half[0]} of MovieLens’ end in ½.",
            ),
        ),
    )


def _shares(report: dict) -> list[float]:
    """Of 0.5 … 5.0 stars; what nobody gave is not in the JSON."""
    return [number(report["shares"].get(f"{half / 2:.1f}", 0)) for half in HALVES]


def spread(small: dict, large: dict) -> Drawing:
    person, film = ([found[of] for found in (small, large)] for of in ("per_person", "per_film"))
    talk = [(label, *(f"{TALK[of][place]:,g}" for of in TALK)) for place, label in enumerate(SPREAD.values())]
    people, films = ([number(of["q50"]) for of in found] for found in (person, film))
    skewed = all(number(of["mean"]) > number(of["q50"]) for of in (*person, *film))
    return Drawing(
        f"Half of Letterboxd’s people gave {people[1]:,g} ratings or more, half of MovieLens’ {people[0]:,g}; half of "
        f"the films got {films[1]:,g} and {films[0]:,g} or fewer."
        + " Every mean lies above its median: some people give, and some films get, very many."
        * skewed,
        (
            _table("Ratings per person", person),
            _table("Ratings per film", film),
            Table(("", *TALK), talk, "The talk’s table of pages of ratings and of reviews.", "The talk’s own table"),
        ),
    )


def _table(title: str, found: list[dict]) -> Table:
    rows = [(label, *(_written(number(of[name])) for of in found)) for name, label in SPREAD.items()]
    return Table(("", "MovieLens", "Letterboxd"), rows, f"{title} in both sets.", title)


def _written(value: float) -> str:
    return f"{value:,.1f}" if value % 1 else f"{value:,.0f}"
