"""`recommend`: the main job in the terminal, for ratings from any source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reelrec.cli import bars, everyone, terminal
from reelrec.cli.outputs import writable, write_lists
from reelrec.errors import OptionError
from reelrec.names import one_of

if TYPE_CHECKING:
    from reelrec.serving.picks.filters import Filters
    from reelrec.serving.shelf import Shelf
    from reelrec.serving.why.lines import Line
    from reelrec.visitor.intake import Intake
    from reelrec.visitor.profile import Profile

EXAMPLES = (
    'recommend --rate "Heat=4.5" --rate "Cats (2019)=0.5"',
    "recommend --export letterboxd.zip --genre horror",
    "recommend --all --data parts --out lists --workers 2",
)
NAMED = 5  # films not found, or faulty rows, that a note names


def recommend(
    rate: Annotated[
        list[str] | None,
        typer.Option(metavar="FILM=STARS", help='A rating, such as "Heat=4.5" or "Heat (1995)=4.5"; repeat it.'),
    ] = None,
    export: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A Letterboxd export, a file of another site, or a table.")
    ] = None,
    scale: Annotated[
        str | None, typer.Option(metavar="N", help="What the ratings of --export are out of: 5, 10, 100 or letters.")
    ] = None,
    username: Annotated[
        str | None, typer.Option(metavar="NAME", help="A Letterboxd member, by their newest logged films.")
    ] = None,
    ratings: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A file with user_id, film_id, rating; needs --user or --all."),
    ] = None,
    data: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="A MovieLens set, with --user; or a folder of parts, with --all."),
    ] = None,
    user: Annotated[str | None, typer.Option(metavar="ID", help="Whose ratings of the file or of the set.")] = None,
    everybody: Annotated[
        bool, typer.Option("--all", help="A list for everybody in the file, or in the parts.")
    ] = False,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="With --all and --ratings: the file to write.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="With --all and --data: where to write, or to go on writing.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(metavar="N", help="With --out: processes, of one core each.", min=1)
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="With --out: a Ray cluster, instead of this machine.")
    ] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="Which model ranks, such as ease.")] = None,
    n: Annotated[int, typer.Option("-n", metavar="N", help="How many films.", min=1)] = 10,
    dial: Annotated[float | None, typer.Option(metavar="0...1", help="0 safe … 1 specific.")] = None,
    genre: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this genre; repeat it.")] = None,
    without_genre: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Not this genre; repeat it.")] = None,
    years: Annotated[str | None, typer.Option(metavar="FROM-TO", help="Such as 1980-1999.")] = None,
    runtime: Annotated[str | None, typer.Option(metavar="FROM-TO", help="Minutes, such as 80-120.")] = None,
    language: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Only this language (ISO code); repeat it.")
    ] = None,
    country: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only of this country; repeat it.")] = None,
    least_ratings: Annotated[int, typer.Option(metavar="N", help="Only films with so many ratings.", min=0)] = 0,
    unknown: Annotated[bool, typer.Option("--unknown", help="Also films of unknown year or length.")] = False,
    also: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help="Besides films: short, special; repeat it.")
    ] = None,
    watchlist: Annotated[
        str, typer.Option(metavar="WAY", help="Films on the watchlist of an export: shown, hidden, only.")
    ] = "shown",
    any_order: Annotated[
        bool, typer.Option("--any-order", help="Also sequels of films you have not seen, and series in any order.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="What adds up to each film's stars.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what to watch: from ratings given here, a Letterboxd history, a file, or a MovieLens set."""
    sources = {"--rate": rate, "--export": export, "--username": username, "--ratings": ratings, "--data": data}
    given = [name for name, value in sources.items() if value is not None]
    if len(given) > 1:
        raise OptionError(f"{' and '.join(given)} are several answers to one question: give one of them.")
    if data is None and (out, workers, cluster) != (None, None, None):
        raise OptionError("--out, --workers and --cluster go with --all --data FOLDER.")
    if data is not None and not everybody:
        narrowed = (
            genre,
            without_genre,
            years,
            runtime,
            language,
            country,
            least_ratings,
            unknown,
            also,
            any_order,
            why,
        )
        if any((csv_file, out, workers, cluster, dial is not None, watchlist != "shown", *narrowed)):
            raise OptionError("--data goes with --user, --model, -n and --json, and with no other option.")
        _from_movielens(data, user, model, n, as_json)
        return
    if ratings is None and data is None and (everybody or csv_file or user is not None):
        raise OptionError("--all, --user and --csv go with --ratings FILE; --all and --user also with --data.")
    if any(kind.strip().lower() == "series" for kind in also or ()):
        raise OptionError("No model has ratings of series, so a list has none; For you shows a row of them.")
    bounds = {"years": _range(years, "years"), "runtime": _range(runtime, "runtime")}

    def filters() -> Filters:
        from reelrec import app

        return app.filters(
            genres=frozenset(genre or ()),
            without_genres=frozenset(without_genre or ()),
            **bounds,
            unknown=unknown,
            languages=frozenset(language or ()),
            countries=frozenset(country or ()),
            least_ratings=least_ratings,
            watchlist=watchlist,
            in_order=not any_order,
            also=also or (),
        )

    def shelf(profile: Profile) -> Shelf:
        from reelrec import app

        return app.recommend(profile, n, _shipped(model), app.MIDDLE if dial is None else dial, filters())

    def explained(profile: Profile) -> tuple[Shelf, list[tuple[Line, ...]]]:
        from reelrec import app

        made = shelf(profile)
        return made, app.why(profile, [pick.film for pick in made.picks], made.model) if why else []

    if data is not None:
        if why or as_json or csv_file or user is not None:
            raise OptionError("--all --data FOLDER writes parquet: leave out --why, --json, --csv and --user.")
        everyone.write(Path(data), out, n, _shipped(model), dial, filters(), workers, cluster)
        return
    if ratings is not None and everybody:
        if why or as_json:
            raise OptionError("--all writes a CSV, which has no reasons in stars: leave out --why and --json.")
        _for_everybody(ratings, csv_file, shelf)
        return

    def profile(_: None) -> Profile:
        return _profile(rate, export, scale, username) if ratings is None else _person(ratings, user)

    reading = _reading(export or ratings, username)
    chosen, sums = bars.in_stages("recommend", (reading, profile), ("choosing films", explained))
    terminal.shelf(chosen, as_json, sums)


def _shipped(model: str | None) -> str | None:
    """The name of a shipped model. Raises OptionError."""
    from reelrec import app

    return None if model is None else one_of(model, [shipped.name for shipped in app.models()], "model")


def _reading(file: Path | None, username: str | None) -> str:
    """What is said while a profile is made."""
    if username is not None:
        return "asking Letterboxd"
    return f"reading {file.name}" if file else "looking films up"


def _profile(rate: list[str] | None, export: Path | None, scale: str | None, username: str | None) -> Profile:
    from reelrec import app
    from reelrec.cli import inputs

    if export is not None:
        return _noted(inputs.intake_of(export, scale=scale))
    if username is not None:
        return _noted(app.read_feed(username))
    profile, taken = inputs.profile_of(rate or [])
    for sentence in taken:
        terminal.note(sentence)
    return profile


def _noted(taken: Intake) -> Profile:
    """The profile of what was read; notes say what was not found."""
    for sentence in taken.log.told:
        terminal.note(sentence)
    terminal.note(f"{taken.matched:,} of {len(taken.log.films):,} films found.")
    if taken.unmatched:
        names = ", ".join(lost.film.name for lost in taken.unmatched[:NAMED])
        more = f" and {len(taken.unmatched) - NAMED:,} more" if len(taken.unmatched) > NAMED else ""
        terminal.note(f"Not found: {names}{more}.")
    for fault in taken.log.faults[:NAMED]:
        terminal.note(fault)
    if len(taken.log.faults) > NAMED:
        terminal.note(f"{len(taken.log.faults) - NAMED:,} more rows were not read whole.")
    return taken.profile


def _people(ratings: Path) -> dict[str, Profile]:
    """Everybody of a ratings file; a note counts what was left out."""
    from reelrec.cli import inputs

    people, dropped = inputs.profiles_of(ratings)
    if dropped:
        terminal.note(f"{dropped:,} ratings of films that are not in the catalogue were left out.")
    return people


def _person(ratings: Path, user: str | None) -> Profile:
    """One person of a ratings file. Raises OptionError where nobody has that id."""
    people = _people(ratings)
    if user not in people:
        raise OptionError(f"Say whose list is wanted: --user with one of {len(people):,} ids, or --all with --csv.")
    return people[user]


def _for_everybody(ratings: Path, csv_file: Path | None, shelf: Callable[[Profile], Shelf]) -> None:
    """A list for everybody of a ratings file, in a file."""
    if csv_file is None:
        raise OptionError("--all writes a file: add --csv OUT.")
    writable(csv_file)
    with bars.working(f"Reading {ratings.name}"):
        people = _people(ratings)
    with bars.working(f"Lists for {len(people):,} people"):
        write_lists(people, csv_file, shelf)
    terminal.say(f"{csv_file}: {len(people):,} people.")


def _from_movielens(data: str, user: str | None, model: str | None, n: int, as_json: bool) -> None:
    """A list for one person of a MovieLens set."""
    from reelrec.evaluation.notebook import movielens_lists

    if user is None:
        raise OptionError(f"Say whose list is wanted: --user with an id of {data}.")
    name = movielens_lists.MODEL if model is None else model.lower()
    with bars.working(f"{name} on {data}"):
        films = movielens_lists.recommend(data, user, n, name)
    terminal.ranked(name, films, as_json)


def _range(text: str | None, name: str) -> tuple[int, int] | None:
    """ "1980-1999" as two numbers. Raises OptionError."""
    if text is None:
        return None
    low, dash, high = text.partition("-")
    if not (dash and low.isdigit() and high.isdigit()):
        raise OptionError(f"--{name} {text!r} is not a range. Write two numbers with a dash between, such as 80-120.")
    return int(low), int(high)
