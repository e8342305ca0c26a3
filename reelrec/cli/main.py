"""python -m reelrec: data, training, evaluation, recommendations and speed in the terminal.

Exit codes: 0 done, 2 a mistake in the call or the input, 1 a fault. Heavy imports wait until a command needs them.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from reelrec.cli import terminal
from reelrec.cli.evaluate import HELP, Json, evaluate
from reelrec.cli.match import match
from reelrec.cli.recommend import recommend
from reelrec.errors import InputError, OptionError, ReelRecError

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
data_app = typer.Typer(help="Show, fetch and describe the data sources.", no_args_is_help=True)
app.add_typer(data_app, name="data")


def main() -> None:
    """Run the command line; a mistake is one line on stderr, never a traceback."""
    try:
        raise SystemExit(app(standalone_mode=False))
    except typer.TyperException as error:
        terminal.complain(f"{error.format_message()} See: python -m reelrec {' '.join(sys.argv[1:2])} --help")
        raise SystemExit(error.exit_code) from None
    except ReelRecError as error:
        terminal.complain(str(error))
        raise SystemExit(2 if isinstance(error, InputError) else 1) from None
    except typer.Abort:
        raise SystemExit(1) from None


@data_app.command("list")
def data_list() -> None:
    """Show the known sources and where they lie on this machine."""
    from reelrec.sources.registry import sources

    rows = [
        (entry.name, entry.about, entry.licence, "here" if entry.folder else "not fetched")
        for entry in sources().values()
    ]
    terminal.table(("name", "what", "licence", "on this machine"), rows)


@data_app.command("get")
def data_get(
    name: str, local: Annotated[Path | None, typer.Option("--from", help="Copy from this folder.")] = None
) -> None:
    """Fetch a source into data/, from its public address or from a local folder, and verify it."""
    from reelrec.sources.registry import fetch, source

    source(name)  # an unknown name is said before anything is drawn
    with terminal.bytes_bar(name) as progress:
        folder = fetch(name, local, progress)
    terminal.say(f"{name} is in {folder.relative_to(folder.parents[1])}/.")


@data_app.command("describe")
def data_describe(name: str, json_file: Json = None) -> None:
    """Count a source: people, films, ratings, their spread.

    The figures go to artifacts/metrics/ too, where the dashboards find them, or to the file of --json.
    """
    from reelrec.artifacts.store import shipped_store
    from reelrec.evaluation.report import Report
    from reelrec.sources.describe import describe, lines

    began = time.perf_counter()
    figures = describe(name)
    report = Report(
        protocol="data",
        dataset=figures["dataset"],
        seconds=time.perf_counter() - began,
        details={key: value for key, value in figures.items() if key != "dataset"},
    )
    report.write(json_file or shipped_store().metrics_path(f"data-{name}"))
    terminal.table(("what", "value"), lines(figures))


@data_app.command("check")
def data_check(
    file: Annotated[
        Path | None, typer.Argument(help="A catalogue.parquet, or film facts as train catalogue reads them.")
    ] = None,
) -> None:
    """Look for contradictions, such as one id on two films, in a catalogue; by default in the one that ships."""
    from reelrec.data.coverage import FACTS
    from reelrec.training.check import check

    found = check(file)
    terminal.say(f"{found.films:,} films, {found.mains:,} of them main rows: no contradiction.")
    if found.coverage:
        terminal.table(
            ("items", "films", *FACTS),
            [(name, f"{n:,}", *(f"{share:.1%}" for share in shares.values())) for name, n, shares in found.coverage],
        )


@app.command()
def train(
    names: Annotated[list[str], typer.Argument(help="Models, catalogue, reviews, interview or policy.")],
    ratings: Annotated[
        Path | None, typer.Option(help="Train on this file instead of the Letterboxd train users.")
    ] = None,
    log: Annotated[Path | None, typer.Option(help="Let visits of this log of events train beside them.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where to write; artifacts/ by default.", file_okay=False)] = None,
) -> None:
    """Fit models and write their weights."""
    from reelrec.artifacts.kinds import in_order
    from reelrec.artifacts.store import ArtifactStore, shipped_store
    from reelrec.training.trainers import trainer

    if ratings and log:
        raise OptionError("--ratings stands in for the train users, and --log adds to them: give one of them.")
    trainers = [trainer(name) for name in in_order(names)]  # an unknown name fails before anything is read
    for artifact in trainers:
        artifact.check(ratings, log)
    store = ArtifactStore(out) if out else shipped_store()
    for artifact in trainers:
        entry = shipped_store().manifest().entry(artifact.name) or {}
        with terminal.time_bar(artifact.name, entry.get("seconds")):
            seconds = artifact.train(store, ratings, log)
        terminal.say(f"{artifact.name}: trained in {seconds:,.0f} s.")


app.command(help=HELP)(evaluate)
app.command()(recommend)
app.command()(match)


@app.command()
def bench(
    name: Annotated[str, typer.Argument(help="serve, train, models or interview")] = "serve",
    millions: Annotated[str | None, typer.Option(help="train: millions of ratings; 1,3,14 by default.")] = None,
    json_file: Json = None,
) -> None:
    """Measure speed: beside its peer, or of every shipped model."""
    from reelrec import bench as benches
    from reelrec.bench.result import cells, columns

    with terminal.waiting(f"bench {name}") as tell:
        report = benches.run(name, benches.sizes(millions) if millions else None, tell)
    if json_file:
        json_file.write_text(report.to_json(), encoding="utf-8")
    for rows in filter(None, (report.rows, report.peer)):
        terminal.table(columns(rows), cells(rows))
    for sentence in report.notes:
        terminal.note(sentence)


if __name__ == "__main__":
    main()
