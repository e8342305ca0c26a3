"""How results look in a terminal: lists, tables, one-line complaints."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from reelrec.evaluation import tables

if TYPE_CHECKING:
    from reelrec.evaluation.notebook.movielens_lists import Ranked
    from reelrec.serving.picks.predictions import Pick
    from reelrec.serving.shelf import Shelf
    from reelrec.serving.why.lines import Line

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def say(text: str) -> None:
    out.print(escape(text))


def note(text: str) -> None:
    """Something worth knowing that is not the result; on stderr."""
    err.print(escape(text), style="dim")


def complain(text: str) -> None:
    """One line that says what is wrong and what to do."""
    err.print(escape(" ".join(text.split())), style="red", soft_wrap=True)


def table(columns: Sequence[str | Column], rows: Iterable[Sequence[object]], title: str | None = None) -> None:
    out.print(tables.plain(columns, rows, title))


def show(items: Iterable[tables.Printed]) -> None:
    """What a report prints: tables, sentences and notes in their order."""
    for item in items:
        if isinstance(item, tables.Note):
            note(item.text)
        elif isinstance(item, str):
            say(item)
        else:
            out.print(item)


def shelf(made: Shelf, as_json: bool, sums: Sequence[Sequence[Line]] = ()) -> None:
    """A list of picks, for people or as the JSON of DESIGN.md.

    sums: what adds up to the stars of each pick; without them it is not told.
    """
    reasons = sums or [()] * len(made.picks)
    if as_json:
        films: list[dict] = [
            {
                "title": pick.film.title,
                "year": pick.film.year,
                "tmdb_id": pick.film.tmdb_id,
                "stars": None if pick.stars is None else round(pick.stars, 3),
                "low": None if pick.low is None else round(pick.low, 3),
                "high": None if pick.high is None else round(pick.high, 3),
                "score": round(pick.score, 5),
                "because": [reason.film.title for reason in pick.because],
            }
            for pick in made.picks
        ]
        for entry, lines in zip(films, sums, strict=bool(sums)):
            entry["why"] = [
                {"label": line.label, "film": line.film and line.film.name, "stars": line.stars} for line in lines
            ]
        _print_json(made.model, films)
        return
    if not made.picks:
        note("No film passes these filters. Widen them.")
        return
    if not made.personal:
        note("Not personal: everybody gets this list. With --rate, give films that many people know to get your own.")
    with_chance = made.picks[0].chance is not None
    columns = ("", "film", "stars", *([Column("chance", justify="right")] if with_chance else ()))
    listed = Table(*columns, box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for place, (pick, lines) in enumerate(zip(made.picks, reasons, strict=True), start=1):
        film = escape(pick.film.name)
        if lines:
            film += "".join(f"\n[dim]{line.stars:+.2f} {escape(line.label)}[/]" for line in lines)
        elif pick.because:
            film += f"\n[dim]because you liked {escape(' and '.join(reason.film.title for reason in pick.because))}[/]"
        listed.add_row(str(place), film, *_star_cells(pick))
    out.print(listed)
    if with_chance:
        note("In brackets where 8 of 10 such ratings fall; the chance is that you give 3.5 stars or more.")


def _star_cells(pick: Pick) -> tuple[str, ...]:
    """The predicted stars; where they are known, their range too, "4.1 (3.0–4.9)", and the chance of liking it."""
    stars = "" if pick.stars is None else f"{pick.stars:.1f}"
    if pick.chance is None:
        return (stars,)
    percent = min(max(round(100 * pick.chance), 1), 99)  # nothing is certain
    return f"{stars} ({pick.low:.1f}–{pick.high:.1f})", f"{percent}\u00a0%"


def ranked(model: str, films: Sequence[Ranked], as_json: bool) -> None:
    """A list for a person of a MovieLens set, stars to six decimals; in the JSON of DESIGN.md where that is asked."""
    if as_json:
        rows: list[dict] = [
            {
                "title": film.title,
                "year": film.year,
                "tmdb_id": film.tmdb_id,
                "stars": None if film.stars is None else round(film.stars, 6),
                "low": None,
                "high": None,
                "score": round(film.score, 6),
                "because": [],
            }
            for film in films
        ]
        _print_json(model, rows)
        return
    unit = "predicted stars" if films and films[0].stars is not None else "score"
    table(
        ("", "film", "title", unit),
        [
            (place, film.film_id, film.name, f"{film.score if film.stars is None else film.stars:.6f}")
            for place, film in enumerate(films, start=1)
        ],
        model,
    )


def _print_json(model: str, films: list[dict]) -> None:
    print(json.dumps({"model": model, "films": films}, ensure_ascii=False, indent=1))
