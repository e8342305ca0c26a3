"""The talk's DeepFM, repeated: what it learned by heart, what each of its mistakes cost, and ours on the same films."""

from __future__ import annotations

from collections.abc import Callable

from reelrec.ui import text
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.bars import Bar, Group, across
from reelrec.ui.dashboards.parts.figures import LEGEND, LOOKS, QUIET, axis, called, layout, look, note
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import Row, listed, measured_at, number, rows, share, texts

COMMAND = "python -m reelrec evaluate seed-deepfm"
PUBLISHED, MENDED = "talk-deepfm", "talk-deepfm-mended"
SEEN, HONEST = "film-likes-seen", "film-likes"
NOT_OURS = {PUBLISHED, MENDED, SEEN, HONEST, "film-mean"}
TEST, TRAINING = "like_accuracy", "train_accuracy"
LARGEST = "9000+1000"
HALFWAY, END = 100, 200  # epochs
# The talk's columns: the metric and the model whose number stands there.
COLUMNS = (
    (TEST, SEEN), (f"{TRAINING}_{HALFWAY}", PUBLISHED), (TRAINING, PUBLISHED), (f"{TEST}_{HALFWAY}", PUBLISHED),
    (TEST, PUBLISHED),
)  # fmt: skip
LEARNED, HELD_OUT = ("Films", "Train 100", "Train 200"), ("Films", "No pers.", "Test 100", "Test 200")
# Each cause, its name in the table, and what it is.
CAUSES = {
    "no-prior": ("No prior", "nothing held a person’s vector, or the network, back from bending to every rating"),
    "wrong-films": ("Wrong films", "every film had the facts of another one"),
    "letters": ("Letters for words", "genres, countries and languages were taken apart into letters"),
    "unscaled": ("Raw numbers", "popularity and minutes, in the hundreds, stood beside zeros and ones"),
    "overlap": (
        "Overlapping windows",
        "the talk’s GPT-2, not its DeepFM, shared films between training and test; the like of it here is to learn "
        "from half of the held-out ratings too, which only looks like knowing",
    ),
}  # fmt: skip
TRAINED, ASKED, AFTER = "Films it learned from", "Films held out", "Held out, mistakes mended"
BLIND = "Asking nobody"
COLOURS = {
    TRAINED: LOOKS["svd"].colour, ASKED: LOOKS["ease"].colour, AFTER: LOOKS["deepfm"].colour, BLIND: QUIET,
}  # fmt: skip


def draw() -> None:
    frame.section(
        "talk-deepfm",
        "Behind ReelRec stands a talk too. It taught DeepFM, a network, the tastes of Letterboxd members: would "
        "somebody give a film 3.5 stars or more? On films it had not learned from it did worse than if it had known "
        "nobody. Here that is repeated, as near as public data allows: its list of members and its pretrained text "
        "model are not public, so a random sample of other members and plain word statistics of the films’ summaries "
        "stand in.",
    )
    with frame.card("Learned by heart"):
        frame.draw("talk-deepfm-curves", lambda: curves(_report()), COMMAND, frame.CLOSED)
    with frame.card("The talk’s table, there and here"):
        frame.draw("talk-deepfm-table", lambda: table(_report()), COMMAND, frame.CLOSED)
    with frame.card("Five causes, one at a time"):
        frame.draw("talk-deepfm-causes", lambda: causes(_report()), COMMAND, frame.CLOSED)
    with frame.card("The same question to ReelRec"):
        frame.draw("talk-deepfm-ours", lambda: ours(_report()), COMMAND, frame.CLOSED)


def _report() -> dict:
    return frame.report("seed-deepfm")


def curves(report: dict) -> Drawing:
    """Accuracy and loss by epoch, a figure a size."""
    parts, said = [], []
    blind = {size: rows(report, TEST)[HONEST][size].value for size in report["curves"]}
    for size, of in report["curves"].items():
        train, test = (number(of[PUBLISHED][key][-1]) for key in ("train", "test"))
        said.append(
            f"with {_films(size)} it is right in {share(train)} of those it learned and {share(test)} of the others"
        )
        alt = f"{_films(size)}: {share(train)} right after training, {share(test)} held out; without the person "
        parts.append(Chart(_figure(of, report["talk"][size], blind[size]), f"{alt}{share(blind[size])}.", _films(size)))
    return Drawing(
        "The network goes over some ratings of its members again and again, and is then asked about their ratings of "
        f"other films. In the end, {listed(said)}. To ask nobody, and guess what most other people thought "
        f"of the film, is right in {listed(share(value) for value in blind.values())}. So it has learned its ratings "
        "by heart, not its members’ tastes. Dashed is what the talk reported; the loss below is what training makes "
        "small.",
        tuple(parts),
    )


def _figure(of: dict, talk: list, blind: float) -> dict:
    published, mended = of[PUBLISHED], of[MENDED]
    epochs = [number(epoch) for epoch in published["epoch"]]
    lines = {TRAINED: (published, "train"), ASKED: (published, "test"), AFTER: (mended, "test")}
    traces = [_line(name, epochs, source[key], COLOURS[name]) for name, (source, key) in lines.items()]
    traces.append(_line(BLIND, [epochs[0], epochs[-1]], [blind] * 2, COLOURS[BLIND]))
    dashed = {TRAINED: talk[1:3], ASKED: talk[3:5]}
    told = [_line(f"{name}, the talk’s", [HALFWAY, END], ends, COLOURS[name], "dash") for name, ends in dashed.items()]
    told.append(_line(f"{BLIND}, the talk’s", [epochs[0], epochs[-1]], talk[:1] * 2, COLOURS[BLIND], "dash"))
    loss = _line("Loss", epochs, published["loss"], COLOURS[TRAINED]) | {"yaxis": "y2"}
    traces += [trace | {"showlegend": False} for trace in (*told, loss)]
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


def _line(name: str, x: list, y: list, colour: str, dash: str = "solid") -> dict:
    values = [number(value) for value in y]
    return {
        "type": "scatter", "mode": "lines", "name": name, "x": x, "y": values,
        "line": {"color": colour, "width": 2, "dash": dash},
        "hovertemplate": f"{name}, %{{x}}: %{{y:.3f}}<extra></extra>",
    }  # fmt: skip


def table(report: dict) -> Drawing:
    """The talk's five columns, its figures above ours."""
    cells, below = [], []
    for size, talk in report["talk"].items():
        here = [_at(report, metric, model, size) for metric, model in COLUMNS]
        if here[0] is None:  # without films held out the talk's row is of those it learned from
            here[0] = _at(report, TRAINING, SEEN, size)
        cells += [(f"{_size(size)}, talk", *map(_cell, talk)), (f"{_size(size)}, here", *map(_cell, here))]
        honest = _at(report, TEST, HONEST, size)
        if honest is not None:
            below.append(here[-1] < min(here[0], honest))
    least = min(_at(report, TRAINING, PUBLISHED, size) for size in report["talk"])
    sizes = f"the talk and here, {len(report['talk'])} sizes"
    return Drawing(
        f"“Train” and “test” are the films it learned from and those held out, after {HALFWAY} and {END} rounds. The "
        f"pattern is the talk’s: of what it learned from, {share(least)} or more is right in the end, and held out it "
        f"is below knowing nobody in {sum(below)} of {len(below)} sizes. The talk’s “no personalisation” guesses what "
        "most people thought of a film, but counts the very ratings it is asked for: it has seen the answers. Which "
        "films and how many members the talk had is not known; here they are the best known films and "
        f"{number(report['dataset']['people']):,.0f} members.",
        (  # in two, since a phone has no room for all columns
            Table(
                LEARNED, [(row[0], *row[2:4]) for row in cells], f"Likes guessed right, learned from; {sizes}.", "Train"
            ),
            Table(
                HELD_OUT, [(*row[:2], *row[4:]) for row in cells], f"Likes guessed right, held out; {sizes}.", "Test"
            ),
        ),
    )


def causes(report: dict) -> Drawing:
    """A row a cause, and a sentence for each."""
    found = {(one["films"], one["cause"], one["recipe"]): one for one in report["causes"]}
    sizes, named = (list(dict.fromkeys(key[place] for key in found)) for place in (0, 1))
    starts = {(size, model): _at(report, TEST, model, size) for size in sizes for model in (PUBLISHED, MENDED)}
    tables = []
    for size in sizes:
        cells = [("As it is", *(share(starts[size, model]) for model in (PUBLISHED, MENDED)))]
        cells += [(_name(c), *(_changed(found[size, c, model]) for model in (PUBLISHED, MENDED))) for c in named]
        alt = f"Held-out accuracy at {_films(size)} with each of {len(named)} causes mended or put in."
        tables.append(Table(("Cause", "Published", "Mended"), cells, alt, _films(size)))
    before, after = (share(starts[LARGEST, model]) for model in (PUBLISHED, MENDED))
    return Drawing(
        f"All mistakes mended, the held-out likes guessed right go from {before} to {after} with {_films(LARGEST)}; to "
        f"ask nobody gives {share(_at(report, TEST, HONEST, LARGEST))}, for that knows what others gave the film, and "
        "the network only its facts. To see what each mistake does, it alone is mended in the published network, and "
        "put into the mended one. In points, with "
        f"{_films(LARGEST)}:\n\n"
        + "\n".join(f"- {_sentence(cause, found)}" for cause in named)
        + "\n\nHeld-out likes guessed right, and the change in points; ≈ may be chance:",
        tuple(tables),
    )


def _sentence(cause: str, found: dict) -> str:
    taken, put = (found[LARGEST, cause, model] for model in (PUBLISHED, MENDED))
    done = "put into" if taken["put_in"] else "mended in"
    return (
        f"**{_name(cause)}**: {CAUSES.get(cause, (cause, 'a cause'))[1]}. {done.capitalize()} the published network, "
        f"{_effect(taken['change'])}; put into the mended one, {_effect(put['change'])}."
    )


def _effect(change: dict) -> str:
    points = 100 * number(change["value"])
    return f"{points:+.1f}" if change["different"] else f"{points:+.1f}, which may be chance"


def _changed(one: dict) -> str:
    points = 100 * number(one["change"]["value"])
    chance = "" if one["change"]["different"] else "≈\u00a0"
    return f"{share(number(one[TEST]))} ({chance}{points:+.1f})"


def ours(report: dict) -> Drawing:
    """Everybody's accuracy on the held-out films of the largest size, and once more of many more people."""
    found, more = (measured_at(rows(report, TEST), k) for k in (LARGEST, report["more_people"]))
    best = max(found.keys() - NOT_OURS, key=lambda model: found[model].value)
    groups = [Group(look(model).name, [_bar(model, found[model])]) for model in sorted(found, key=_by(found))]
    cells = [(called(model), share(more[model].value)) for model in sorted(more, key=_by(more))]
    return Drawing(
        f"{called(best)}, told what the same members gave the other films, guesses {share(found[best].value)} of "
        f"{found[best].n:,} held-out likes right: {_apart(report, best, HONEST, LARGEST)} what most people outside the "
        f"experiment thought, {_apart(report, best, SEEN, LARGEST)} the talk’s row that has seen the answers. That row "
        f"is the better the fewer share a film; asked of more people, {called(best)} "
        f"is {_apart(report, best, SEEN, report['more_people'])} it. Unlike the talk’s network it knows the films from "
        "other people’s ratings, and is slow to believe it knows a person.",
        (
            Chart(across(groups, 0.2), f"Held-out likes guessed right; {look(best).name} {share(found[best].value)}."),
            Table(
                ("", "Guessed right"),
                cells,
                f"The same for more people; {look(best).name} {share(more[best].value)}.",
                f"Asked of more people: {more[best].n:,} ratings",
            ),
        ),
    )


def _by(found: dict[str, Row]) -> Callable[[str], float]:
    return lambda model: found[model].value


def _apart(report: dict, model: str, than: str, k: str) -> str:
    for one in report["differences"]:
        if (one["model"], one["than"], one["metric"], one["k"]) == (model, than, TEST, k):
            value, low, high = (100 * number(one[key]) for key in ("value", "low", "high"))
            return f"{abs(value):.1f} points {'above' if value > 0 else 'below'} (95%: {low:+.1f} to {high:+.1f})"
    raise LookupError(f"{model} is not held against {than}.")


def _bar(model: str, row: Row) -> Bar:
    return Bar(row, share(row.value), look(model).colour)


def _at(report: dict, metric: str, model: str, size: str) -> float | None:
    row = rows(report, metric).get(model, {}).get(size)
    return row and row.value


def _cell(value: object) -> str:
    return "–" if value is None else f"{number(value):.4f}"


def _name(cause: str) -> str:
    return CAUSES[cause][0] if cause in CAUSES else text.plain(*texts(cause))


def _films(size: str) -> str:
    return f"{_size(size)} films"


def _size(size: str) -> str:
    return " + ".join(f"{int(films):,}" for films in size.split("+"))
