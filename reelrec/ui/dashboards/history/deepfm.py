"""The talk's DeepFM, repeated: what it memorised, its table of accuracies, and our models on the same films."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reelrec.ui.dashboards.history import deepfm_causes
from reelrec.ui.dashboards.history.deepfm_sizes import (
    HONEST,
    LARGEST,
    MENDED,
    PUBLISHED,
    TEST,
    at,
    films,
    measured,
    size_in_words,
)
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.bars import Bar, Bars, Group
from reelrec.ui.dashboards.parts.figures import LEGEND, LOOKS, QUIET, axis, called, layout, look, note
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, Row, interval, measured_at, number, rows, share

COMMAND = "python -m reelrec evaluate seed-deepfm"
SEEN = "film-likes-seen"
NOT_OURS = {PUBLISHED, MENDED, SEEN, HONEST, "film-mean"}
TRAINING = "train_accuracy"
HALFWAY, END = 100, 200  # epochs
# The talk's columns, by metric and model.
COLUMNS = (
    (TEST, SEEN), (f"{TRAINING}_{HALFWAY}", PUBLISHED), (TRAINING, PUBLISHED), (f"{TEST}_{HALFWAY}", PUBLISHED),
    (TEST, PUBLISHED),
)  # fmt: skip
LEARNED, HELD_OUT = ("Films", "Train 100", "Train 200"), ("Films", "No pers.", "Test 100", "Test 200")
TRAINED, ASKED, AFTER = "Films it learned from", "Films held out", "Held out, mistakes mended"
BLIND = "Asking nobody"
STAND_INS = (
    "This is as near as public data allows: the talk’s list of members and its pretrained text model are not public, "
    "so a random sample of other members and plain word statistics of the films’ summaries stand in."
)
COLOURS = {
    TRAINED: LOOKS["svd"].colour, ASKED: LOOKS["ease"].colour, AFTER: LOOKS["deepfm"].colour, BLIND: QUIET,
}  # fmt: skip


def draw() -> None:
    frame.section(
        "The talk’s DeepFM",
        "Behind ReelRec stands a talk too. It taught DeepFM, a network, the tastes of Letterboxd members: would "
        "somebody give a film 3.5 stars or more? On films it had not learned from it did worse than if it had known "
        "nobody.",
    )
    with frame.card("Learned by heart"):
        frame.draw("talk-deepfm-curves", lambda: curves(_report()), COMMAND, frame.CLOSED)
    with frame.card("The talk’s table, there and here"):
        frame.draw("talk-deepfm-table", lambda: table(_report()), COMMAND, frame.CLOSED)
    with frame.card("Five causes, one at a time"):
        frame.draw("talk-deepfm-causes", lambda: deepfm_causes.causes(_report()), COMMAND, frame.CLOSED)
    with frame.card("The same question to ReelRec"):
        frame.draw("talk-deepfm-ours", lambda: ours(_report()), COMMAND, frame.CLOSED)


def _report() -> Report:
    return frame.report("seed-deepfm")


def curves(report: Report) -> Drawing:
    """Accuracy and loss by epoch, a figure for each size."""
    parts, cells = [], []
    for size, by_model in report["curves"].items():
        learned, held_out, mended = (
            number(by_model[model][key][-1])
            for model, key in ((PUBLISHED, "train"), (PUBLISHED, "test"), (MENDED, "test"))
        )
        blind = rows(report, TEST)[HONEST][size].value
        alt = f"{films(size)}: {share(learned)} right after training, {share(held_out)} held out; without the person "
        parts.append(Chart(_figure(by_model, report["talk"][size], blind), f"{alt}{share(blind)}.", films(size)))
        cells.append((learned, held_out, mended, blind))
    by_heart = all(held_out < blind for _, held_out, _, blind in cells)
    learned, held_out, _, blind = cells[-1]
    return Drawing(
        f"The network is right in {share(learned)} of what it learned and {share(held_out)} of other films; asking "
        f"nobody, in {share(blind)}",
        "To ask nobody is to guess what most other people thought of the film. "
        + "So it has learned its ratings by heart, not its members’ tastes. " * by_heart
        + "Dashed is what the talk reported.",
        tuple(parts),
        (
            Table(
                ("", TRAINED, ASKED, AFTER, BLIND),
                [(size_in_words(size), *map(share, row)) for size, row in zip(report["curves"], cells, strict=True)],
                "Likes guessed right at the end of training, by size.",
                "Likes guessed right in the end",
            ),
        ),
        f"{STAND_INS} The network goes over some ratings of its members again and again, and is then asked about their "
        "ratings of other films. The loss below is what training makes small.",
    )


def _figure(by_model: Report, talk: list[float], blind: float) -> dict[str, Any]:
    """The curves of one size. talk: the talk's row, in the order of COLUMNS. blind: the accuracy of HONEST."""
    published, mended = by_model[PUBLISHED], by_model[MENDED]
    epochs = [number(epoch) for epoch in published["epoch"]]
    lines = {TRAINED: (published, "train"), ASKED: (published, "test"), AFTER: (mended, "test")}
    traces = [_line(name, epochs, source[key], COLOURS[name]) for name, (source, key) in lines.items()]
    traces.append(_line(BLIND, [epochs[0], epochs[-1]], [blind] * 2, COLOURS[BLIND]))
    dashed = {TRAINED: talk[1:3], ASKED: talk[3:5]}
    talk_traces = [
        _line(f"{name}, the talk’s", [HALFWAY, END], ends, COLOURS[name], "dash") for name, ends in dashed.items()
    ]
    talk_traces.append(_line(f"{BLIND}, the talk’s", [epochs[0], epochs[-1]], talk[:1] * 2, COLOURS[BLIND], "dash"))
    loss = _line("Loss", epochs, published["loss"], COLOURS[TRAINED]) | {"yaxis": "y2"}
    traces += [trace | {"showlegend": False} for trace in (*talk_traces, loss)]
    return {
        "data": traces,
        "layout": layout(
            470, margin={"l": 0, "r": 0, "t": 40, "b": 0}, showlegend=True,
            xaxis=axis("rounds over the ratings (epochs)", anchor="y2", showgrid=False),
            yaxis=axis(domain=[0.32, 1.0], tickformat=".0%", range=[0.48, 1.0]),
            yaxis2=axis(domain=[0.0, 0.2], rangemode="tozero", nticks=4),
            legend=LEGEND, annotations=[note("loss", 0, 0.21)],
        ),
    }  # fmt: skip


def _line(name: str, x: Sequence[float], y: Sequence[object], colour: str, dash: str = "solid") -> dict[str, Any]:
    values = [number(value) for value in y]
    return {
        "type": "scatter", "mode": "lines", "name": name, "x": x, "y": values,
        "line": {"color": colour, "width": 2, "dash": dash},
        "hovertemplate": f"{name}, %{{x}}: %{{y:.3f}}<extra></extra>",
    }  # fmt: skip


def table(report: Report) -> Drawing:
    """The talk's five columns, its figures above those of the repetition."""
    cells, below_blind = [], []
    for size, talk in report["talk"].items():
        repeated = [at(report, metric, model, size) for metric, model in COLUMNS]
        honest = at(report, TEST, HONEST, size)
        seen, held_out = repeated[0], repeated[-1]
        if seen is not None and held_out is not None and honest is not None:
            below_blind.append(held_out < min(seen, honest))
        if seen is None:  # no films were held out, so the talk's row is of those it learned from
            repeated[0] = at(report, TRAINING, SEEN, size)
        words = size_in_words(size)
        cells += [(f"{words}, talk", *map(_cell, talk)), (f"{words}, here", *map(_cell, repeated))]
    least = min(measured(report, TRAINING, PUBLISHED, size) for size in report["talk"])
    sizes = f"the talk and here, {len(report['talk'])} sizes"
    return Drawing(
        f"As in the talk, held out it is below knowing nobody in {sum(below_blind)} of {len(below_blind)} sizes",
        "“Train” and “test” are the films it learned from and those held out, after "
        f"{HALFWAY} and {END} rounds. Of what it learned from, {share(least)} or more is right in the end.",
        (  # in two, since a phone has no room for all columns
            Table(
                LEARNED, [(row[0], *row[2:4]) for row in cells], f"Likes guessed right, learned from; {sizes}.", "Train"
            ),
            Table(
                HELD_OUT, [(*row[:2], *row[4:]) for row in cells], f"Likes guessed right, held out; {sizes}.", "Test"
            ),
        ),
        more="The talk’s “no personalisation” guesses what most people thought of a film, but counts the very ratings "
        "it is asked for: it has seen the answers. Which films and how many members the talk had is not known; here "
        f"they are the best known films and {number(report['dataset']['people']):,.0f} members.",
    )


def ours(report: Report) -> Drawing:
    """The accuracy of all rows on the held-out films of the largest size, and once more on many more people."""
    accuracy, more_people = (measured_at(rows(report, TEST), k) for k in (LARGEST, report["more_people"]))
    best = max(accuracy.keys() - NOT_OURS, key=lambda model: accuracy[model].value)
    groups = [Group(look(model).name, [_bar(model, accuracy[model])]) for model in sorted(accuracy, key=_by(accuracy))]
    cells = [(called(model), share(more_people[model].value)) for model in sorted(more_people, key=_by(more_people))]
    right = share(accuracy[best].value)
    bars = Bars(groups, f"Held-out likes guessed right; {look(best).name} {right}.")
    return Drawing(
        f"{called(best)} guesses {right} of the held-out likes right: {_against(report, best, HONEST, LARGEST)} what "
        "most people outside thought",
        f"It is {_against(report, best, SEEN, LARGEST)} the talk’s row that has seen the answers; asked of more "
        f"people, {_against(report, best, SEEN, report['more_people'])}.",
        (bars,),
        (
            bars.numbers(".3f"),
            Table(
                ("", "Guessed right"),
                cells,
                f"The same for more people; {look(best).name} {share(more_people[best].value)}.",
                f"Asked of more people: {more_people[best].n:,} ratings",
            ),
        ),
        f"{accuracy[best].n:,} likes were asked for, and {called(best)} was told what the same members gave the other "
        "films. The talk’s row is the better the fewer share a film. Unlike the talk’s network ours knows the films "
        "from other people’s ratings, and is slow to believe it knows a person.",
    )


def _by(accuracy: dict[str, Row]) -> Callable[[str], float]:
    return lambda model: accuracy[model].value


def _against(report: Report, model: str, than: str, k: str) -> str:
    """The accuracy of a model minus that of another, in words. Raises LookupError."""
    for entry in report["differences"]:
        if (entry["model"], entry["than"], entry["metric"], entry["k"]) == (model, than, TEST, k):
            gap = interval(entry)
            points, low, high = abs(100 * gap.value), 100 * gap.low, 100 * gap.high
            return f"{points:.1f} points {'above' if gap.value > 0 else 'below'} (95%: {low:+.1f} to {high:+.1f})"
    raise LookupError(f"{model} is not held against {than}.")


def _bar(model: str, row: Row) -> Bar:
    return Bar(row, share(row.value), look(model).colour)


def _cell(value: object) -> str:
    return "–" if value is None else f"{number(value):.4f}"
