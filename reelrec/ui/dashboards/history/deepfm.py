"""The talk's DeepFM, repeated: what it memorised, its table of accuracies, and our models on the same films."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reelrec.translation import N_, _
from reelrec.translation import number as digits
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
LEARNED, HELD_OUT = (
    (N_("Films"), N_("Train 100"), N_("Train 200")),
    (N_("Films"), N_("No pers."), N_("Test 100"), N_("Test 200")),
)
TRAINED, ASKED, AFTER = N_("Films it learned from"), N_("Films held out"), N_("Held out, mistakes mended")
BLIND = N_("Asking nobody")
STAND_INS = N_(
    "This is as near as public data allows: the talk’s list of members and its pretrained text model are not public, "
    "so a random sample of other members and plain word statistics of the films’ summaries stand in."
)
COLOURS = {
    TRAINED: LOOKS["svd"].colour, ASKED: LOOKS["ease"].colour, AFTER: LOOKS["deepfm"].colour, BLIND: QUIET,
}  # fmt: skip


def draw() -> None:
    frame.section(
        _("The talk’s DeepFM"),
        _(
            "Behind ReelRec stands a talk too. It taught DeepFM, a network, the tastes of Letterboxd members: would "
            "somebody give a film 3.5 stars or more? On films it had not learned from it did worse than if it had "
            "known nobody."
        ),
    )
    with frame.card(_("Learned by heart")):
        frame.draw("talk-deepfm-curves", lambda: curves(_report()), COMMAND, frame.CLOSED)
    with frame.card(_("The talk’s table, there and here")):
        frame.draw("talk-deepfm-table", lambda: table(_report()), COMMAND, frame.CLOSED)
    with frame.card(_("Five causes, one at a time")):
        frame.draw("talk-deepfm-causes", lambda: deepfm_causes.causes(_report()), COMMAND, frame.CLOSED)
    with frame.card(_("The same question to ReelRec")):
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
        alt = _(
            "{size}: {learned} right after training, {held_out} held out; without the person {blind}.",
            size=films(size),
            learned=share(learned),
            held_out=share(held_out),
            blind=share(blind),
        )
        parts.append(Chart(_figure(by_model, report["talk"][size], blind), alt, films(size)))
        cells.append((learned, held_out, mended, blind))
    by_heart = all(held_out < blind for _learned, held_out, _mended, blind in cells)
    learned, held_out, _mended, blind = cells[-1]
    return Drawing(
        _(
            "The network is right in {learned} of what it learned and {held_out} of other films; asking nobody, in "
            "{blind}",
            learned=share(learned),
            held_out=share(held_out),
            blind=share(blind),
        ),
        " ".join(
            filter(
                None,
                (
                    _("To ask nobody is to guess what most other people thought of the film."),
                    by_heart * _("So it has learned its ratings by heart, not its members’ tastes."),
                    _("Dashed is what the talk reported."),
                ),
            )
        ),
        tuple(parts),
        (
            Table(
                ("", TRAINED, ASKED, AFTER, BLIND),
                [(size_in_words(size), *map(share, row)) for size, row in zip(report["curves"], cells, strict=True)],
                _("Likes guessed right at the end of training, by size."),
                _("Likes guessed right in the end"),
            ),
        ),
        _(STAND_INS)
        + " "
        + _(
            "The network goes over some ratings of its members again and again, and is then asked "
            "about their ratings of other films. The loss below is what training makes small.",
        ),
    )


def _figure(by_model: Report, talk: list[float], blind: float) -> dict[str, Any]:
    """The curves of one size. talk: the talk's row, in the order of COLUMNS. blind: the accuracy of HONEST."""
    published, mended = by_model[PUBLISHED], by_model[MENDED]
    epochs = [number(epoch) for epoch in published["epoch"]]
    lines = {TRAINED: (published, "train"), ASKED: (published, "test"), AFTER: (mended, "test")}
    traces = [_line(_(name), epochs, source[key], COLOURS[name]) for name, (source, key) in lines.items()]
    traces.append(_line(_(BLIND), [epochs[0], epochs[-1]], [blind] * 2, COLOURS[BLIND]))
    dashed = {TRAINED: talk[1:3], ASKED: talk[3:5]}
    talk_traces = [
        _line(_("{what}, the talk’s", what=_(name)), [HALFWAY, END], ends, COLOURS[name], "dash")
        for name, ends in dashed.items()
    ]
    talk_traces.append(
        _line(_("{what}, the talk’s", what=_(BLIND)), [epochs[0], epochs[-1]], talk[:1] * 2, COLOURS[BLIND], "dash")
    )
    loss = _line(_("Loss"), epochs, published["loss"], COLOURS[TRAINED]) | {"yaxis": "y2"}
    traces += [trace | {"showlegend": False} for trace in (*talk_traces, loss)]
    return {
        "data": traces,
        "layout": layout(
            470, margin={"l": 0, "r": 0, "t": 40, "b": 0}, showlegend=True,
            xaxis=axis(_("rounds over the ratings (epochs)"), anchor="y2", showgrid=False),
            yaxis=axis(domain=[0.32, 1.0], tickformat=".0%", range=[0.48, 1.0]),
            yaxis2=axis(domain=[0.0, 0.2], rangemode="tozero", nticks=4),
            legend=LEGEND, annotations=[note(_("loss"), 0, 0.21)],
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
        cells += [
            (_("{words}, talk", words=words), *map(_cell, talk)),
            (_("{words}, here", words=words), *map(_cell, repeated)),
        ]
    least = min(measured(report, TRAINING, PUBLISHED, size) for size in report["talk"])
    sizes = _("the talk and here, {talk} sizes", talk=len(report["talk"]))
    return Drawing(
        _(
            "As in the talk, held out it is below knowing nobody in {below} of {sizes} sizes",
            below=sum(below_blind),
            sizes=len(below_blind),
        ),
        _(
            "“Train” and “test” are the films it learned from and those held out, after {halfway} and {end} "
            "rounds. Of what it learned from, {least} or more is right in the end.",
            halfway=HALFWAY,
            end=END,
            least=share(least),
        ),
        (  # in two, since a phone has no room for all columns
            Table(
                LEARNED,
                [(row[0], *row[2:4]) for row in cells],
                _("Likes guessed right, learned from; {sizes}.", sizes=sizes),
                _("Train"),
            ),
            Table(
                HELD_OUT,
                [(*row[:2], *row[4:]) for row in cells],
                _("Likes guessed right, held out; {sizes}.", sizes=sizes),
                _("Test"),
            ),
        ),
        more=_(
            "The talk’s “no personalisation” guesses what most people thought of a film, but counts the very "
            "ratings it is asked for: it has seen the answers. Which films and how many members the talk had "
            "is not known; here they are the best known films and {people:,.0f} members.",
            people=number(report["dataset"]["people"]),
        ),
    )


def ours(report: Report) -> Drawing:
    """The accuracy of all rows on the held-out films of the largest size, and once more on many more people."""
    accuracy, more_people = (measured_at(rows(report, TEST), k) for k in (LARGEST, report["more_people"]))
    best = max(accuracy.keys() - NOT_OURS, key=lambda model: accuracy[model].value)
    groups = [Group(look(model).name, [_bar(model, accuracy[model])]) for model in sorted(accuracy, key=_by(accuracy))]
    cells = [(called(model), share(more_people[model].value)) for model in sorted(more_people, key=_by(more_people))]
    right = share(accuracy[best].value)
    bars = Bars(groups, _("Held-out likes guessed right; {model} {right}.", model=look(best).name, right=right))
    return Drawing(
        _(
            "{best} guesses {right} of the held-out likes right: {against} what most people outside thought",
            best=called(best),
            right=right,
            against=_against(report, best, HONEST, LARGEST),
        ),
        _(
            "It is {against} the talk’s row that has seen the answers; asked of more people, {more_against}.",
            against=_against(report, best, SEEN, LARGEST),
            more_against=_against(report, best, SEEN, report["more_people"]),
        ),
        (bars,),
        (
            bars.numbers(".3f"),
            Table(
                ("", _("Guessed right")),
                cells,
                _(
                    "The same for more people; {model} {best}.",
                    model=look(best).name,
                    best=share(more_people[best].value),
                ),
                _("Asked of more people: {best_n:,} ratings", best_n=more_people[best].n),
            ),
        ),
        _(
            "{best_n:,} likes were asked for, and {best} was told what the same members gave the other films. The "
            "talk’s row is the better the fewer share a film. Unlike the talk’s network ours knows the films from "
            "other people’s ratings, and is slow to believe it knows a person.",
            best_n=accuracy[best].n,
            best=called(best),
        ),
    )


def _by(accuracy: dict[str, Row]) -> Callable[[str], float]:
    return lambda model: accuracy[model].value


def _against(report: Report, model: str, than: str, k: str) -> str:
    """The accuracy of a model minus that of another, in words. Raises LookupError."""
    for entry in report["differences"]:
        if (entry["model"], entry["than"], entry["metric"], entry["k"]) == (model, than, TEST, k):
            gap = interval(entry)
            points, low, high = abs(100 * gap.value), 100 * gap.low, 100 * gap.high
            side = N_("{points:.1f} points above (95%: {low:+.1f} to {high:+.1f})")
            if gap.value <= 0:
                side = N_("{points:.1f} points below (95%: {low:+.1f} to {high:+.1f})")
            return _(side, points=points, low=low, high=high)
    raise LookupError(f"{model} is not held against {than}.")


def _bar(model: str, row: Row) -> Bar:
    return Bar(row, share(row.value), look(model).colour)


def _cell(value: object) -> str:
    return "–" if value is None else digits(number(value), ".4f")
