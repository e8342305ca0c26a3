"""`data`: the data sets that ReelRec reads, and the check of a catalogue."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reelrec.cli import bars, terminal
from reelrec.cli.commands import Commands, command, examples
from reelrec.cli.outputs import Json, writable
from reelrec.data.ratings.roles import Role
from reelrec.errors import OptionError

if TYPE_CHECKING:
    from reelrec.data.ratings.parts import Parts

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


PartsOption = Annotated[int, typer.Option(metavar="N", help="In how many parts; a worker reads some of them.", min=1)]
Out = Annotated[Path, typer.Option(metavar="FOLDER", help="Where to write: a new or empty folder.")]


@command(app, "data shard --parts 16 --out parts", "data shard --ratings 'ratings/*.csv' --out parts")
def shard(
    out: Out,
    ratings: Annotated[
        list[str] | None,
        typer.Option(metavar="FILES", help="CSV or parquet files: one, a folder, or a pattern; may be given again."),
    ] = None,
    data: Annotated[
        str | None, typer.Option(metavar="NAME", help="A data set instead of files; letterboxd by default.")
    ] = None,
    parts: PartsOption = 16,
) -> None:
    """Write ratings in parts by user, so that training need not hold them all; needs DuckDB, and little memory.

    Files have user_id, film_id (the end of the film's Letterboxd address) and rating, and timestamp where it is known.
    """
    from reelrec.artifacts.store import shipped_store
    from reelrec.training.sharding.data_sets import LETTERBOXD, data_of_files, named_data
    from reelrec.training.sharding.shard import shard

    if ratings and data:
        raise OptionError("--ratings names files, and --data a data set: give one of them.")
    films = shipped_store().load_catalogue()
    chosen = data_of_files(ratings, films) if ratings else named_data(data or LETTERBOXD, films)
    began = time.perf_counter()
    with bars.working("data shard"):
        sharded = shard(chosen, out, parts, films)
    _say_parts(sharded.parts, time.perf_counter() - began)
    if sharded.unknown or sharded.repeated:
        terminal.say(
            f"Dropped: {sharded.unknown:,} ratings of films that are not among the items of the models, and "
            f"{sharded.repeated:,} after which the same person rated the film again."
        )


@command(app, "data synth --people 500000 --parts 64 --out synth")
def synth(
    people: Annotated[int, typer.Option(metavar="N", help="How many people.", min=1)],
    out: Out,
    parts: PartsOption = 16,
    seed: Annotated[int, typer.Option(metavar="N", help="Another number makes other people.", min=0)] = 42,
) -> None:
    """Write ratings of invented people in parts, drawn from the model bmf, to test size with nobody's data."""
    from reelrec.training.synthetic.write import synthesise

    began = time.perf_counter()
    with bars.working("data synth"):
        written = synthesise(out, people, parts, seed)
    _say_parts(written, time.perf_counter() - began)


def _say_parts(parts: Parts, seconds: float) -> None:
    """A table of what a folder of parts holds."""
    rows = [(str(role), f"{parts.people(role):,}", f"{parts.ratings(role):,}") for role in Role]
    terminal.table(("role", "people", "ratings"), rows)
    terminal.say(f"{parts.name}: {parts.n_parts} parts in {parts.folder}, written in {seconds:,.0f} s.")
