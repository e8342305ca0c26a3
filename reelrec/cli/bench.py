"""`bench`: how fast serving and training are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reelrec.cli import bars, terminal
from reelrec.cli.outputs import Json, writable

EXAMPLES = ("bench serve", "bench train --millions 1,3 --json speed.json", "bench memory --processes 10")


def bench(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="serve, train, models, interview, profile, memory, scale or workers.")
    ] = "serve",
    millions: Annotated[
        str | None, typer.Option(metavar="N,...", help="train, scale: millions of ratings to measure with.")
    ] = None,
    processes: Annotated[
        int | None, typer.Option(metavar="N", help="memory: processes of the app; 10 by default.")
    ] = None,
    data: Annotated[
        list[Path] | None, typer.Option(metavar="FOLDER", help="scale: folders of parts, the smaller first; repeat it.")
    ] = None,
    json_file: Json = None,
) -> None:
    """Measure speed, beside its peer or of every shipped model; or the memory of several processes."""
    from reelrec import bench as benches
    from reelrec.bench.result import cells, columns

    path = writable(json_file) if json_file else None
    sizes = None if millions is None else benches.sizes(millions)
    with bars.working(f"bench {name}"):
        report = benches.run(name, sizes, processes, data or ())
    if path:
        path.write_text(report.to_json(), encoding="utf-8")
    for rows in filter(None, (report.rows, report.peer)):
        terminal.table(columns(rows), cells(rows))
    for sentence in report.notes:
        terminal.note(sentence)
