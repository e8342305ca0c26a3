"""What each mistake of the talk's DeepFM did: mended alone in its network, and put alone into the mended one."""

from __future__ import annotations

from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui import text
from reelrec.ui.dashboards.history.deepfm_sizes import HONEST, LARGEST, MENDED, PUBLISHED, TEST, films, measured
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, number, share, string

# By cause: its name in the table, and what it is.
CAUSES = {
    "no-prior": (
        N_("No prior"),
        N_("nothing held a person’s vector, or the network, back from bending to every rating"),
    ),
    "wrong-films": (N_("Wrong films"), N_("every film had the facts of another one")),
    "letters": (N_("Letters for words"), N_("genres, countries and languages were taken apart into letters")),
    "unscaled": (N_("Raw numbers"), N_("popularity and minutes, in the hundreds, stood beside zeros and ones")),
    "overlap": (
        N_("Overlapping windows"),
        N_("the talk’s GPT-2, not its DeepFM, shared films between training and test; the like of it here is to learn "
        "from half of the held-out ratings too, which only looks like knowing"),
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
        _(
            "All mistakes mended, the held-out likes guessed right go from {before} to {after} with {largest}",
            before=before,
            after=after,
            largest=films(LARGEST),
        ),
        _(
            "Most alone does “{name}”: {most:+.1f} points. In brackets the change in points, with each mended in "
            "the published network, and put into the mended one; ≈ may be chance.",
            name=_name(most),
            most=100 * mends[most],
        ),
        tuple(_table(report, size, named, entries) for size in sizes),
        more=_(
            "To ask nobody gives {measured}, for that knows what others gave the film, and the network only "
            "its facts. In points, with {largest}:",
            measured=share(measured(report, TEST, HONEST, LARGEST)),
            largest=films(LARGEST),
        )
        + "\n\n"
        + "\n".join(f"- {_sentence(cause, entries)}" for cause in named),
    )


def _table(report: Report, size: str, named: list[str], entries: Entries) -> Table:
    cells = [(_("As it is"), *(share(measured(report, TEST, model, size)) for model in (PUBLISHED, MENDED)))]
    for cause in named:
        cells.append((_name(cause), *(_changed(entries[size, cause, model]) for model in (PUBLISHED, MENDED))))
    alt = _(
        "Held-out accuracy at {size} with each of {named} causes mended or put in.", size=films(size), named=len(named)
    )
    return Table((_("Cause"), _("Published"), _("Mended")), cells, alt, films(size))


def _sentence(cause: str, entries: Entries) -> str:
    published, mended = (entries[LARGEST, cause, model] for model in (PUBLISHED, MENDED))
    effects = {"there": _effect(published["change"]), "here": _effect(mended["change"])}
    _label, why = CAUSES.get(cause, (cause, N_("a cause")))
    said = N_("Mended in the published network, {there}; put into the mended one, {here}.")
    if published["put_in"]:
        said = N_("Put into the published network, {there}; put into the mended one, {here}.")
    return f"**{_name(cause)}**: {_(why)}. {_(said, **effects)}"


def _effect(change: Report) -> str:
    points = 100 * number(change["value"])
    return digits(points, "+.1f") if change["different"] else _("{points:+.1f}, which may be chance", points=points)


def _changed(entry: Report) -> str:
    """The accuracy with a change, and the difference in points."""
    points = 100 * number(entry["change"]["value"])
    chance = "" if entry["change"]["different"] else "≈\u00a0"
    return f"{share(number(entry[TEST]))} ({chance}{digits(points, '+.1f')})"


def _name(cause: str) -> str:
    return _(CAUSES[cause][0]) if cause in CAUSES else text.plain(string(cause))
