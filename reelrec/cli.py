"""python -m reelrec: data, training, evaluation, recommendations and speed in the terminal.

Exit codes: 0 done, 2 a mistake in the call or the input, 1 a fault. Heavy imports wait until a command needs them.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from reelrec import terminal
from reelrec.errors import InputError, OptionError, ReelRecError

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
data_app = typer.Typer(help="Show, fetch and describe the data sources.", no_args_is_help=True)
app.add_typer(data_app, name="data")

Folder = Annotated[Path | None, typer.Option(help="A local folder that holds the source.", file_okay=False)]
Json = Annotated[Path | None, typer.Option("--json", help="Write the result to this JSON file.", dir_okay=False)]


class Protocol(StrEnum):
    seed_svd = "seed-svd"
    new_users = "new-users"
    top_n = "top-n"


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
def data_describe(name: str) -> None:
    """Count a source: people, films, ratings, their spread."""
    from reelrec.sources.describe import describe

    terminal.table(("what", "value"), describe(name))


@app.command()
def train(
    names: Annotated[list[str], typer.Argument(help="Models, or catalogue.")],
    ratings: Annotated[Path | None, typer.Option(help="Train on this file instead of Letterboxd people 0-7.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where to write; artifacts/ by default.", file_okay=False)] = None,
) -> None:
    """Fit models and write their weights."""
    from reelrec import artifacts, training

    folder = out or artifacts.FOLDER
    for name in names:  # an unknown name fails before anything is read
        if name != "catalogue":
            training.new_model(name)
    for name in names:
        if name == "catalogue":
            films = training.train_catalogue(folder)
            terminal.say(f"catalogue: {len(films):,} films.")
            continue
        model = training.new_model(name)
        with terminal.time_bar(name, artifacts.manifest()["models"].get(name, {}).get("seconds")):
            seconds = training.train(model, ratings, folder)
        terminal.say(f"{name}: trained in {seconds:,.0f} s.")


@app.command()
def evaluate(
    protocol: Protocol,
    models: Annotated[
        str | None, typer.Option(help="Names with commas between; the protocol's own by default.")
    ] = None,
    data: Annotated[str, typer.Option(help="letterboxd or ml-latest-small.")] = "letterboxd",
    ratings: Annotated[Path | None, typer.Option(help="A file in which everybody is a test person.")] = None,
    people: Annotated[int | None, typer.Option(help="Only a seeded sample of this many people.", min=1)] = None,
    search: Annotated[bool, typer.Option(help="seed-svd: run the notebook's grid of 36 settings too.")] = False,
    json_file: Json = None,
) -> None:
    """Measure the models by a protocol; print the table and write the JSON.

    A whole run (all models, all people) is written to artifacts/metrics/, where the dashboards find it.
    """
    from reelrec import artifacts
    from reelrec.evaluation import new_users, seed_svd, top_n
    from reelrec.evaluation.people import trial

    metrics = artifacts.FOLDER / "metrics"
    if ratings and data != "letterboxd":
        raise OptionError("--ratings and --data are two answers to one question: give one of them.")
    if search and protocol is not Protocol.seed_svd:
        raise OptionError("--search goes with seed-svd.")
    if protocol is Protocol.seed_svd:
        if models or ratings or people or data not in ("letterboxd", seed_svd.DATA):
            raise OptionError(
                f"{protocol} has its own data and models: leave out --models, --data, --ratings, --people."
            )
        with terminal.waiting(protocol):
            report = seed_svd.run(search)
        report.write(json_file or metrics / f"{protocol}.json")
        terminal.notebook_table(report, seed_svd.NOTEBOOK)
    else:
        run = {Protocol.new_users: new_users, Protocol.top_n: top_n}[protocol]
        names = [name.strip() for name in models.split(",")] if models else run.MODELS
        with terminal.waiting(f"{protocol} on {ratings.name if ratings else data}"):
            report = run.run(trial(data, ratings, people), names)
        whole = not (ratings or people or models)  # anything less is not what the dashboards draw
        if json_file:
            report.write(json_file)
        elif whole and data == "letterboxd":
            report.write(metrics / f"{protocol}.json")
            artifacts.save_metrics(protocol, report.headlines(run.HEADLINE))
        elif whole:
            report.write(metrics / f"{protocol}-{data}.json")
        terminal.report_table(report)


@app.command()
def recommend(
    rate: Annotated[list[str] | None, typer.Option(help='A rating, such as "Heat (1995)=4.5"; repeat it.')] = None,
    ratings: Annotated[
        Path | None, typer.Option(help="A file with user_id, film_id, rating; needs --user or --all.")
    ] = None,
    user: Annotated[str | None, typer.Option(help="Whose ratings of the file.")] = None,
    everybody: Annotated[bool, typer.Option("--all", help="A list for everybody in the file.")] = False,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", help="With --all: the file to write.", dir_okay=False)
    ] = None,
    model: Annotated[str | None, typer.Option(help="Which model ranks.")] = None,
    n: Annotated[int, typer.Option("-n", help="How many films.", min=1)] = 10,
    dial: Annotated[float, typer.Option(help="0 familiar … 1 hidden gems.")] = 0.0,
    genre: Annotated[list[str] | None, typer.Option(help="Only this genre; repeat it.")] = None,
    without_genre: Annotated[list[str] | None, typer.Option(help="Not this genre; repeat it.")] = None,
    years: Annotated[str | None, typer.Option(help="Such as 1980-1999.")] = None,
    runtime: Annotated[str | None, typer.Option(help="Minutes, such as 80-120.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only this language (ISO code); repeat it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what to watch, from ratings given here or in a file."""
    from reelrec import app as engine
    from reelrec import batch

    filters = engine.Filters(
        genres=frozenset(genre or ()),
        without_genres=frozenset(without_genre or ()),
        years=_range(years, "years"),
        runtime=_range(runtime, "runtime"),
        languages=frozenset(language or ()),
    )
    if ratings is None:
        if everybody or csv_file or user:
            raise OptionError("--all, --user and --csv go with --ratings FILE.")
        profile = batch.profile_of(rate or [])
        terminal.shelf(engine.recommend(profile, n, model, dial, filters), as_json)
        return
    if rate:
        raise OptionError("Give --rate or --ratings, not both.")
    people, dropped = batch.profiles_of(ratings)
    if dropped:
        terminal.note(f"{dropped:,} ratings of films that are not in the catalogue were left out.")
    if not everybody:
        if user not in people:
            raise OptionError(f"Say whose list is wanted: --user with one of {len(people):,} ids, or --all with --csv.")
        terminal.shelf(engine.recommend(people[user], n, model, dial, filters), as_json)
    elif csv_file is None:
        raise OptionError("--all writes a file: add --csv OUT.")
    else:
        batch.require_folder(csv_file)
        with terminal.counting("people", len(people)) as step:
            batch.write_lists(
                people, csv_file, lambda profile: engine.recommend(profile, n, model, dial, filters), step
            )
        terminal.say(f"{csv_file}: {len(people):,} people.")


@app.command()
def bench(name: Annotated[str, typer.Argument(help="serve")] = "serve", json_file: Json = None) -> None:
    """Measure speed beside its peer, in one run."""
    from reelrec import bench as benches

    with terminal.waiting(f"bench {name}"):
        report = benches.run(name)
    if json_file:
        json_file.write_text(report.to_json(), encoding="utf-8")
    terminal.table(report.columns, report.table())
    for sentence in report.notes:
        terminal.note(sentence)


def _range(text: str | None, name: str) -> tuple[int, int] | None:
    """ "1980-1999" as two numbers. Raises OptionError."""
    if text is None:
        return None
    low, dash, high = text.partition("-")
    if not (dash and low.isdigit() and high.isdigit()):
        raise OptionError(f"--{name} {text!r} is not a range. Write two numbers with a dash between, such as 80-120.")
    return int(low), int(high)


if __name__ == "__main__":
    sys.exit(main())
