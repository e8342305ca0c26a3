"""TV Time's ratings of films: votes in five words, in a file that has neither years nor a scale."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reelrec.errors import ExportError
from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.log import LoggedFilm, clean_title
from reelrec.sources.notes import Note, silent
from reelrec.sources.others.rows import columns, rows
from reelrec.sources.others.site import LeftOut, Read
from reelrec.sources.others.tv_time_films import FilmsByKey, name_of, year_of
from reelrec.sources.scales import Scale
from reelrec.translation import N_, _

STARS = Scale(5, certain=True)
# Of TV Time's set "stars_wording_scalev2", in its order; each says what it is out of, beside an extension's tens too.
VOTES = {"1": "1/5", "27": "2/5", "28": "3/5", "29": "4/5", "3": "5/5"}
TRACKING = ({"typeuuidn"}, {"moviename", "releasedate", "type"})  # columns, one of these sets
RATED = {"votekey", "moviename"}
_VOTE = re.compile(r".*-(\d{1,4})", re.ASCII)


def is_tracking(part: Part) -> bool:
    """Whether a file is the one with the films seen and wanted."""
    found = set(columns(part))
    return any(sign <= found for sign in TRACKING)


def with_years(parts: Sequence[Part], budget: Budget) -> list[Part]:
    """The same parts, the ratings with the year and the English words that the tracking beside them has for each film.

    Ratings name a film by its name alone, and both name it by TV Time's own id. Raises ExportError past the budget.
    """
    tracking = [part for part in parts if is_tracking(part)]
    rated = {place for place, part in enumerate(parts) if set(columns(part)) >= RATED | {"uuid"}}
    if not tracking or not rated:
        return list(parts)
    known: dict[str, tuple[str, str]] = {}
    for part in tracking:
        for _rest, row in rows(part, budget, silent):
            if row.get("moviename", "").strip() and (uuid := row.get("uuid", "").strip()):
                known[uuid] = (row.get("releasedate", ""), row.get("alpharangekey", ""))
    return [_dated(part, known, budget) if place in rated else part for place, part in enumerate(parts)]


def _dated(part: Part, known: Mapping[str, tuple[str, str]], budget: Budget) -> Part:
    """A part of ratings as a table with the two columns more."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(("uuid", "movie_name", "vote_key", "release_date", "alpha_range_key"))
    for _rest, row in rows(part, budget, silent):
        uuid = row.get("uuid", "").strip()
        cells = (uuid, row.get("moviename", ""), row.get("votekey", ""), *known.get(uuid, ("", "")))
        writer.writerow(cells)
    return replace(part, data=table.getvalue().encode())


def read_votes(part: Part, budget: Budget, note: Note) -> Read:
    """Films rated. The file has years only from `with_years`."""
    name = part.name.lower()
    if "emotion" in name:
        note(N_("it has emotions, and no ratings."))
        return Read((), None, 0)
    if "rating" not in name:
        raise ExportError(
            _("it is TV Time's ratings or its emotions, which only their names tell apart. Name it as in its ZIP")
        )
    left_out, films, n_rows = LeftOut(), FilmsByKey(), 0
    for place, row in rows(part, budget, note):
        title = name_of(row)
        if not title:
            left_out.add(N_("rating of an episode"), N_("ratings of episodes"))
            continue
        n_rows += 1
        vote = _VOTE.fullmatch(row.get("votekey", "").strip()[:200])
        stars = VOTES.get(vote[1]) if vote else None
        if stars is None:
            given = clean_title(row.get("votekey", ""))[-12:]
            note(
                N_("“{given}” is none of TV Time's five votes, so the film counts as seen without stars."),
                row=place,
                given=given,
            )
        film = LoggedFilm(title=title, year=year_of(row), seen=True, rating=stars or "")
        films.add(row.get("uuid", "").strip() or title, film)
    left_out.tell(note)
    if films.is_rated:
        note(N_("TV Time's bad, ok, good, great and wow were read as 1 to 5 stars, as TV Time showed them."))
    return Read(films.ordered(), STARS, n_rows)
