"""`match`: what was read of a history, which films were found in the catalogue, and which were not and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reelrec.cli import bars, terminal

if TYPE_CHECKING:
    from reelrec.visitor.match_report import MatchReport

EXAMPLES = ("match letterboxd.zip", "match ratings.csv watched.csv --json", "match films.csv --scale 100")
WHY = {
    "unknown": "not in the catalogue",
    "television": "television",
    "ambiguous": "several films fit",
    "no year": "it has no year",
}


def match(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="A Letterboxd export, files of another site, or a table.")
    ],
    scale: Annotated[
        str | None,
        typer.Option(metavar="N", help="What the ratings are out of: 5, 10, 100 or letters. Else the files tell."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say which films of a history are found, and which are not and why."""
    with bars.working(f"Reading {files[0].name}"):
        from reelrec import app
        from reelrec.cli import inputs

        taken = inputs.intake_of(*files, scale=scale)
        report = app.match_report(taken)
    if as_json:
        print(json.dumps(report.as_dict(), indent=1))  # in ASCII, which any terminal can print
    else:
        _print(report)
        for sentence in taken.log.told:
            terminal.note(sentence)
        if taken.log.scales:
            terminal.note("If the ratings are out of something else, say so with --scale 5, 10 or 100.")


def _print(report: MatchReport) -> None:
    """The report as tables: the files, the counts, and the films that were not found."""
    rows = [(file.name, file.read_as or f"not read: {file.why}") for file in report.files]
    terminal.table(("file", "read as"), rows)
    counts = (("with stars", report.rated), ("seen without stars", report.seen), ("watchlist", report.watchlist))
    terminal.table(("films", "read", "found"), [(name, count.read, count.found) for name, count in counts])
    if report.unmatched:
        lost_films = [(lost.title, lost.year or "", lost.uri, WHY[lost.why]) for lost in report.unmatched]
        terminal.table(("not found", "year", "address", "why"), lost_films)
    for fault in report.faults:
        terminal.note(fault)
