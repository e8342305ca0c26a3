"""`evaluate`: run a protocol, print its table, write its JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reelrec.cli import bars, terminal
from reelrec.cli.outputs import Json, writable
from reelrec.errors import OptionError
from reelrec.evaluation.protocol import LETTERBOXD, Options, Protocol
from reelrec.evaluation.registry import PROTOCOLS, protocol

if TYPE_CHECKING:
    from reelrec.evaluation.report import Report

EXAMPLES = (
    "evaluate new-users",
    "evaluate top-n --models ease,blend --people 500",
    "evaluate new-users --data parts --workers 2",
)
WIDTH = max(map(len, PROTOCOLS))
LIST = "\n".join(f"{name:{WIDTH}}  {entry.measures}" for name, entry in PROTOCOLS.items())
WHOLE = (
    "A whole run (all models, all people; for dial its sample of 1,000) is written to artifacts/metrics/, where the "
    "dashboards find it."
)
HELP = f"Measure the models by a protocol; print the table and write the JSON.\n\n\b\n{LIST}\n\n{WHOLE}"


def evaluate(
    name: Annotated[
        str,
        typer.Argument(
            metavar="PROTOCOL", help="Which protocol, such as new-users.", autocompletion=lambda: [*PROTOCOLS]
        ),
    ],
    models: Annotated[
        str | None,
        typer.Option(metavar="NAME,...", help="Names with commas between; the protocol's own by default."),
    ] = None,
    data: Annotated[
        str, typer.Option(metavar="NAME", help="letterboxd or ml-latest-small; or a folder of parts.")
    ] = LETTERBOXD,
    ratings: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A file in which everybody is a test person.")
    ] = None,
    people: Annotated[
        int | None, typer.Option(metavar="N", help="Only a seeded sample of this many people.", min=1)
    ] = None,
    search: Annotated[
        bool, typer.Option("--search", help="seed-svd: run the notebook's grid of 36 settings too.")
    ] = False,
    log: Annotated[
        Path | None, typer.Option(metavar="FILE", help="ab, ope: the host's log of events, as in REELREC_LOG.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(metavar="N", help="With a folder of parts: processes, of one core each.", min=1)
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="With a folder of parts: a Ray cluster.")
    ] = None,
    json_file: Json = None,
) -> None:
    chosen = protocol(name)
    if Path(data).is_dir():
        if ratings or search or log:
            raise OptionError("A folder of parts goes with --models, --people, --workers, --cluster and --json.")
        _of_parts(chosen, Path(data), _names(models), people, workers, cluster, json_file)
        return
    if workers is not None or cluster is not None:
        raise OptionError(f"--workers and --cluster go with --data FOLDER, a folder of parts; {data} is none.")
    options = Options(models=_names(models), data=data.lower(), ratings=ratings, people=people, search=search, log=log)
    chosen.check(options)
    if json_file:
        writable(json_file)
    expected = bars.last_seconds(chosen.result_name(options)) if options.is_whole else None
    with bars.working(_title(chosen, options), expected):
        module = chosen.load()
        report = module.evaluate(options)
    path = _write(chosen, options, report, json_file)
    terminal.show(module.tables(report))
    if search:
        path = path.with_name(f"{path.stem}-grid.json")
        with bars.working(f"{chosen.name}: the grid", bars.last_seconds(path.stem)):
            grid = module.search()
        grid.write(path)
        terminal.show(grid.notes)


def _of_parts(
    chosen: Protocol,
    folder: Path,
    models: tuple[str, ...] | None,
    people: int | None,
    workers: int | None,
    cluster: str | None,
    json_file: Path | None,
) -> None:
    """Measure the test users of a folder of parts, by several workers."""
    from reelrec.cluster import evaluating

    if json_file:
        writable(json_file)
    with bars.working(f"{chosen.name} on {folder.name}"):
        report = evaluating.evaluate(chosen, folder, models, people, workers, cluster)
    if json_file:
        report.write(json_file)
    terminal.show(chosen.load().tables(report))


def _usual_path(chosen: Protocol, options: Options) -> Path:
    """Where the dashboards find the report."""
    from reelrec.artifacts.store import shipped_store

    return shipped_store().metrics_path(chosen.result_name(options))


def _write(chosen: Protocol, options: Options, report: Report, json_file: Path | None) -> Path:
    """Write the report to the named file; without one, write a whole run where the dashboards find it.

    Returns the path of that file.
    """
    from reelrec.artifacts.store import shipped_store

    path = json_file or _usual_path(chosen, options)
    if json_file or options.is_whole:
        report.write(path)
    if chosen.in_manifest and options.is_whole and not json_file and options.data == LETTERBOXD:
        shipped_store().save_metrics(chosen.name, chosen.load().headlines(report))
    return path


def _title(chosen: Protocol, options: Options) -> str:
    """What is said while it runs."""
    if options.ratings:
        return f"{chosen.name} on {options.ratings.name}"
    return f"{chosen.name} on {options.data}" if "data" in chosen.takes else chosen.name


def _names(models: str | None) -> tuple[str, ...] | None:
    return None if models is None else tuple(name.strip().lower() for name in models.split(","))
