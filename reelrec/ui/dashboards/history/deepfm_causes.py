"""What each mistake of the talk's DeepFM did: mended alone in its network, and put alone into the mended one."""

from __future__ import annotations

from reelrec.ui import text
from reelrec.ui.dashboards.history.deepfm_sizes import HONEST, LARGEST, MENDED, PUBLISHED, TEST, films, measured
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, number, share, string

# By cause: its name in the table, and what it is.
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
Entries = dict[tuple[str, str, str], Report]  # by films, cause and recipe


def causes(report: Report) -> Drawing:
    """A table of causes for each size, and a sentence on each cause."""
    entries: Entries = {(entry["films"], entry["cause"], entry["recipe"]): entry for entry in report["causes"]}
    sizes, named = (list(dict.fromkeys(key[place] for key in entries)) for place in (0, 1))
    before, after = (share(measured(report, TEST, model, LARGEST)) for model in (PUBLISHED, MENDED))
    mends = {
        cause: number(entry["change"]["value"])
        for (size, cause, recipe), entry in entries.items()
        if (size, recipe) == (LARGEST, PUBLISHED) and not entry["put_in"]
    }
    most = max(mends, key=mends.__getitem__)
    return Drawing(
        f"All mistakes mended, the held-out likes guessed right go from {before} to {after} with {films(LARGEST)}",
        f"Most alone does: {_name(most).lower()}, {100 * mends[most]:+.1f} points. In brackets the change in points, "
        "with each mended in the published network, and put into the mended one; ≈ may be chance.",
        tuple(_table(report, size, named, entries) for size in sizes),
        more=f"To ask nobody gives {share(measured(report, TEST, HONEST, LARGEST))}, for that knows what others gave "
        f"the film, and the network only its facts. In points, with {films(LARGEST)}:\n\n"
        + "\n".join(f"- {_sentence(cause, entries)}" for cause in named),
    )


def _table(report: Report, size: str, named: list[str], entries: Entries) -> Table:
    cells = [("As it is", *(share(measured(report, TEST, model, size)) for model in (PUBLISHED, MENDED)))]
    for cause in named:
        cells.append((_name(cause), *(_changed(entries[size, cause, model]) for model in (PUBLISHED, MENDED))))
    alt = f"Held-out accuracy at {films(size)} with each of {len(named)} causes mended or put in."
    return Table(("Cause", "Published", "Mended"), cells, alt, films(size))


def _sentence(cause: str, entries: Entries) -> str:
    published, mended = (entries[LARGEST, cause, model] for model in (PUBLISHED, MENDED))
    done = "put into" if published["put_in"] else "mended in"
    return (
        f"**{_name(cause)}**: {CAUSES.get(cause, (cause, 'a cause'))[1]}. {done.capitalize()} the published network, "
        f"{_effect(published['change'])}; put into the mended one, {_effect(mended['change'])}."
    )


def _effect(change: Report) -> str:
    points = 100 * number(change["value"])
    return f"{points:+.1f}" if change["different"] else f"{points:+.1f}, which may be chance"


def _changed(entry: Report) -> str:
    """The accuracy with a change, and the difference in points."""
    points = 100 * number(entry["change"]["value"])
    chance = "" if entry["change"]["different"] else "≈\u00a0"
    return f"{share(number(entry[TEST]))} ({chance}{points:+.1f})"


def _name(cause: str) -> str:
    return CAUSES[cause][0] if cause in CAUSES else text.plain(string(cause))
