"""A visitor's profile as a JSON file to keep."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from reelrec.data.catalogue import Catalogue
from reelrec.data.half_stars import half_star
from reelrec.errors import ProfileFileError, RatingError
from reelrec.translation import _
from reelrec.visitor.profile import Profile

FILE_FORMAT = "reelrec-profile"
MARKS = ("seen", "liked", "set_aside", "watchlist", "unseen")
MAX_FILE_BYTES = 10_000_000
MAX_FILMS = 100_000  # twice the films that there are


def to_file(profile: Profile, films: Catalogue) -> str:
    """The whole profile as JSON, readable for a person and for `from_file`."""
    entries = []
    others = sorted({number for name in MARKS for number in getattr(profile, name)} - profile.ratings.keys())
    for number in [*profile.ratings, *others]:
        entry: dict[str, object] = {"film": films.films[number].slug, "title": films.films[number].name}
        if number in profile.ratings:
            entry["stars"] = profile.ratings[number]
        for name in (*MARKS, "rewatched", "reviewed"):
            if number in getattr(profile, name):
                entry[name] = True
        for name in ("dates", "origin"):
            if number in getattr(profile, name):
                entry[name] = getattr(profile, name)[number]
        entries.append(entry)
    kept: dict[str, object] = {"format": FILE_FORMAT, "version": 1, "films": entries}
    if profile.shortlist:
        rows = (films.films[number] for number in profile.shortlist)
        kept["list"] = [{"film": film.slug, "title": film.name} for film in rows]
    return json.dumps(kept, ensure_ascii=False, indent=1)


def from_file(data: bytes, films: Catalogue) -> tuple[Profile, list[str]]:
    """The profile of a file that `to_file` wrote, and the titles that the catalogue lacks. Raises ProfileFileError."""
    if len(data) > MAX_FILE_BYTES:
        raise ProfileFileError(_("This file is larger than 10 MB; a ReelRec profile is far smaller."))
    try:
        content = json.loads(data)
        if content["format"] != FILE_FORMAT or content["version"] != 1:
            raise ValueError(content["format"])
        known, unknown = _found(content["films"], films)
        listed, also_unknown = _found(content.get("list", ()), films)
        profile = _profile(known).listed(number for number, _ in listed)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError, RatingError) as error:
        raise ProfileFileError(
            _(
                "This is not a ReelRec profile, or it was changed. Choose the .json file that “Download my ratings” "
                "gave."
            )
        ) from error
    return profile, list(dict.fromkeys((*unknown, *also_unknown)))


def _found(rows: Any, films: Catalogue) -> tuple[list[tuple[int, Mapping[str, Any]]], list[str]]:
    """The JSON objects that name a film of the catalogue, with its number; and the titles of the others.

    Raises ProfileFileError where they are too many, and TypeError, KeyError or AttributeError for what are none.
    """
    if len(rows) > MAX_FILMS:
        raise ProfileFileError(_("This file names more than {n:,} films, and no ReelRec profile does.", n=MAX_FILMS))
    entries = [(str(entry["film"]), entry) for entry in rows]
    numbers = films.numbers(slug for slug, _ in entries).tolist()
    found = list(zip(numbers, entries, strict=True))
    unknown = [_short(entry.get("title", slug), 100) for number, (slug, entry) in found if number < 0]
    return [(number, entry) for number, (_, entry) in found if number >= 0], unknown


def _profile(entries: Sequence[tuple[int, Mapping[str, Any]]]) -> Profile:
    """The profile of films of the catalogue. entries: film numbers and their JSON objects.

    Raises TypeError, ValueError, AttributeError, OverflowError or RatingError for what `to_file` did not write.
    """

    def marked(name: str) -> frozenset[int]:
        return frozenset(number for number, entry in entries if entry.get(name) is True)

    def texts(name: str) -> dict[int, str]:
        return {number: _short(entry[name], 20) for number, entry in entries if name in entry}

    return Profile(
        ratings={number: _stars(entry["stars"]) for number, entry in entries if "stars" in entry},
        seen=marked("seen"),
        liked=marked("liked"),
        watchlist=marked("watchlist"),
        set_aside=marked("set_aside"),
        unseen=marked("unseen"),
        dates=texts("dates"),
        rewatched=marked("rewatched"),
        reviewed=marked("reviewed"),
        origin=texts("origin"),
    )


def _stars(value: Any) -> float:
    """A rating from a file. Raises TypeError, ValueError, OverflowError or RatingError."""
    if isinstance(value, bool):
        raise TypeError("true is no number of stars")
    return half_star(float(value))


def _short(text: object, n: int) -> str:
    """At most n characters of a text from a file, without characters that UTF-8 cannot encode."""
    return str(text)[:n].encode(errors="replace").decode()
