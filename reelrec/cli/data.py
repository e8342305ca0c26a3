"""`data`: the data sets that ReelRec reads, and the check of a catalogue."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reelrec.cli import bars, terminal
from reelrec.cli.commands import Commands, command, examples
from reelrec.cli.outputs import Json, writable

if TYPE_CHECKING:
    from reelrec.data.parts import Parts

app = typer.Typer(cls=Commands, help="Show, fetch and describe the data sources.", epilog=examples("data list"))

Source = Annotated[str, typer.Argument(metavar="NAME", help="Which data set; data list names them.")]


@command(app, "data list", name="list")
def list_sources() -> None:
    """Show the known sources and where they lie on this machine."""
    from reelrec.sources.registry import sources

    rows = [
        (entry.name, entry.about, entry.licence, "here" if entry.folder else "not fetched")
        for entry in sources().values()
    ]
    terminal.table(("name", "what", "licence", "on this machine"), rows)


@command(app, "data get ml-latest-small", "data get letterboxd --from FOLDER")
def get(
    name: Source,
    local: Annotated[Path | None, typer.Option("--from", metavar="FOLDER", help="Copy from this folder.")] = None,
) -> None:
    """Fetch a source into data/, from its public address or from a local folder, and verify it."""
    from reelrec.sources.registry import fetch, source

    name = source(name).name  # an unknown name is said before anything is drawn
    with bars.receiving(name) as progress:
        folder = fetch(name, local, progress)
    terminal.say(f"{name} is in {folder.relative_to(folder.parents[1])}/.")


@command(app, "data describe ml-latest-small")
def describe(name: Source, json_file: Json = None) -> None:
    """Count a source: people, films, ratings, their spread.

    The figures go to artifacts/metrics/ too, where the dashboards find them, or to the file of --json.
    """
    from reelrec.artifacts.store import shipped_store
    from reelrec.evaluation.report import Report
    from reelrec.sources import describe as describing
    from reelrec.sources.registry import source

    name = source(name).name
    path = writable(json_file) if json_file else shipped_store().metrics_path(f"data-{name}")
    began = time.perf_counter()
    with bars.working(f"data describe {name}", bars.last_seconds(f"data-{name}")):
        figures = describing.describe(name)
    report = Report(
        protocol="data",
        dataset=figures["dataset"],
        seconds=time.perf_counter() - began,
        details={key: value for key, value in figures.items() if key != "dataset"},
    )
    report.write(path)
    terminal.table(("what", "value"), describing.lines(figures))


Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The folder to make.")]
PartCount = Annotated[int, typer.Option("--parts", metavar="N", help="How many parts.", min=1)]


@command(app, "data shard --parts 8 --out parts", "data shard --ratings big.parquet --parts 64 --out parts")
def shard(
    out: Out,
    parts: PartCount = 8,
    ratings: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A ratings file, or a folder of them; by default Letterboxd's.")
    ] = None,
) -> None:
    """Cut ratings of any size into parts by user, for train --data, recommend --all and evaluate."""
    from reelrec.artifacts.store import shipped_store
    from reelrec.training.data_parts.shard import shard as cut

    with bars.working("data shard"):
        made = cut(shipped_store().load_catalogue(), parts, out, ratings)
    _say_parts(made.parts)
    if made.dropped:
        terminal.say(f"Left out: {made.dropped:,} ratings of films that are no item, or that a later one replaced.")


@command(app, "data synth --people 10000 --parts 8 --out invented")
def synth(
    people: Annotated[int, typer.Option(metavar="N", help="How many people to draw.", min=1)],
    out: Out,
    parts: PartCount = 8,
    seed: Annotated[int, typer.Option(metavar="N", help="Another seed draws other people.", min=0)] = 42,
) -> None:
    """Draw people with ratings from the shipped Bayesian model, in parts: size without anybody's data."""
    from reelrec.training.data_parts.synth import synth as drawn

    with bars.working("data synth"):
        made = drawn(people, parts, out, seed)
    _say_parts(made)


def _say_parts(made: Parts) -> None:
    """Say what a folder of parts holds."""
    from reelrec.data.roles import Role

    rows = [(role, f"{made.people(role):,}", f"{made.ratings(role):,}") for role in Role]
    terminal.table(("users", "people", "ratings"), rows)
    terminal.say(f"{made.n_parts} parts of {made.name} are in {made.folder}.")


@command(app, "data check", "data check films.parquet")
def check(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="A catalogue.parquet, or film facts as train catalogue reads them."),
    ] = None,
) -> None:
    """Look for contradictions, such as one id on two films, in a catalogue; by default in the one that ships."""
    from reelrec.data.coverage import FACTS
    from reelrec.training.check import check

    with bars.working("data check"):
        found = check(file)
    terminal.say(f"{found.films:,} films, {found.mains:,} of them main rows: no contradiction.")
    if found.coverage:
        terminal.table(
            ("items", "films", *FACTS),
            [(name, f"{n:,}", *(f"{share:.1%}" for share in shares.values())) for name, n, shares in found.coverage],
        )
