"""Targets that read what comes from outside: uploads, feeds, addresses, answers of TMDB, and files of a user."""

from __future__ import annotations

import functools
import json
import sqlite3
import tempfile
import zlib
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from reelrec import app
from reelrec.interview import link as interview_link
from reelrec.sources.budget import Budget
from reelrec.sources.cache import Cache
from reelrec.sources.http import Answer
from reelrec.sources.letterboxd import dataset, feed, feed_items
from reelrec.sources.letterboxd.export import read_export
from reelrec.sources.log import Log, clean_review
from reelrec.sources.others.loose import LooseTable, log_of
from reelrec.sources.others.registry import read_history
from reelrec.sources.tmdb import api, films, watch
from reelrec.telemetry import events
from reelrec.ui.for_you import filters
from reelrec.visitor import intake, link, list_link, match_report, profile_file
from reelrec.visitor.profile import Profile
from tests.fakes import exports, feeds, more_sites, tmdb_films, tmdb_watch
from tests.fuzz import mutations, small
from tests.fuzz.target import Target

LOOSE = ("ratings.csv", "diary.csv", "reviews.csv", "watched.csv", "watchlist.csv", "films.csv", "a list.csv", "x.txt")
HISTORIES = ("ratings-live-votes.csv", "movies_rated.csv", "x.json", "ratings.xml", "tracking.csv", "a.zip")
POLICIES = ("a-optimal", "policy", "random")


def _upload(name: str, data: bytes) -> None:
    budget = Budget()
    taken = intake.take_in(read_export([(name, data)], None, budget), small.films(), budget=budget)
    match_report.match_report(taken).as_dict()


def loose(data: bytes) -> None:
    """A CSV file; its length says which of an export it is called."""
    _upload(LOOSE[len(data) % len(LOOSE)], data)


def any_site(data: bytes) -> None:
    """A file of any site, or a table; its ratings are out of ten where that is asked."""
    budget = Budget()
    found = read_history([(HISTORIES[len(data) % len(HISTORIES)], data)], None, budget)
    if isinstance(found, LooseTable):
        found = log_of(found, found.guess, 10, budget)
    taken = intake.take_in(found, small.films(), budget=budget)
    match_report.match_report(intake.on_scale(taken, small.films(), 10) if taken.log.asks else taken).as_dict()


def feed_xml(data: bytes) -> None:
    logged = feed_items.logged_films(data)
    intake.take_in(Log("rss", "alice", tuple(logged)), small.films())


def username(data: bytes) -> None:
    feed.username(data.decode("utf-8", "surrogateescape"))


def review(data: bytes) -> None:
    text = clean_review(data.decode("utf-8", "replace"))
    app.resources.reviews().predict([text])


def kept_profile(data: bytes) -> None:
    profile_file.from_file(data, small.films())


def token(data: bytes) -> None:
    canonical = small.films().canonical
    link.decode(data.decode("latin-1"), len(canonical)).joined(canonical)


def shared_list(data: bytes) -> None:
    canonical = small.films().canonical
    list_link.decode(data.decode("latin-1"), len(canonical)).joined(canonical)


def questions(data: bytes) -> None:
    interview_link.decode(data.decode("utf-8", "surrogateescape"), POLICIES, small.films().canonical)


def address(data: bytes) -> None:
    """The values of each filter in an address, one a line."""
    given = data.decode("utf-8", "replace").split("\n")
    read = SimpleNamespace(query_params=SimpleNamespace(get_all=lambda key: given))
    with mock.patch.object(filters, "st", read), mock.patch.object(filters.app, "catalogue", small.films):
        for key in filters._usual():
            filters._in_address(key)


def event(data: bytes) -> None:
    events.parsed(data.decode("utf-8", "replace"))


def tmdb(data: bytes) -> None:
    """An answer of TMDB, as every question reads it, and as every answer is taken from the cache."""
    answer = api._object(Answer(200 if len(data) % 9 else 404, {}, data))
    asked = [*films.questions(films.Wanted("Copper Tide", 1988, 7001, 404404)), watch.OffersIn("DE")(7001),
             watch.TrailerOf()(7001), watch.countries(), watch.services_in("DE")]  # fmt: skip
    for question in asked:
        try:
            question.packed(question.read(answer))
        except api.UnexpectedAnswerError:
            continue
    if answer:
        films.believed_base(answer.get("images"))


def kept_answer(data: bytes) -> None:
    for question in (*films.questions(films.Wanted("A", 1988, 7001)), watch.OffersIn("DE")(1), watch.TrailerOf()(1),
                     watch.countries(), watch.services_in("DE")):  # fmt: skip
        try:
            question.unpacked(json.loads(data))
        except (ValueError, RecursionError):  # which the cache catches
            return


@functools.cache
def _cache() -> tuple[Cache, Path]:
    folder = Path(tempfile.mkdtemp(prefix="reelrec-fuzz-cache-", dir=small.folder()))
    cache = Cache(folder)
    cache.set("key", {"a": 1}, 1e6)
    return cache, folder / "cache.db"


def cache_row(data: bytes) -> None:
    """A row of the cache's file, with other bytes in it."""
    cache, path = _cache()
    connection = sqlite3.connect(path, timeout=5)
    connection.execute("PRAGMA synchronous = OFF")
    with connection:
        connection.execute("UPDATE Cache SET value = ?, mode = ?", (data, 1 if len(data) % 20 else len(data) % 7))
    connection.close()
    cache._memory.clear()
    cache.get("key")


def search(data: bytes) -> None:
    small.films().search(data.decode("utf-8", "replace")[:100], 5)


def title(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    small.films().match(text, 1953 if len(text) % 3 else None)


def corrections(data: bytes) -> None:
    path = small.folder() / "corrections.csv"
    path.write_bytes(data)
    frame = small.films().films.table.to_pandas()
    with mock.patch.object(dataset, "CORRECTIONS", path):
        dataset._corrected(frame)


def _csv_files() -> list[bytes]:
    return [*exports.everything().values(), exports.RATINGS, exports.diary_rows(40)]


def _histories() -> list[bytes]:
    some = [more_sites.Seen(film.title, film.year, film.tmdb_id, 100 + n, str(1 + n % 5), f"2020-01-0{1 + n % 9}")
            for n, film in enumerate(feeds.FILMS[:20])]  # fmt: skip
    zipped = more_sites.tv_time(some)
    return [*(make(some) for make in more_sites.SHAPES), exports.packed(zipped), *list(zipped.values())[:4]]


def _events() -> list[bytes]:
    slot = events.Slot("a", ("a", "b"), (0.25, 0.75))
    some = (
        events.Event("0" * 16, events.RATED, film="heat-1995", stars=4.5, where="surprise"),
        events.Event("a" * 16, events.SLATE, model="blend", films=("a", "b"), slot=slot, experiment="e", variant="x"),
        events.Event("b" * 16, events.OPENED, film="a", chosen=True),
    )
    return [one.line(1e9).encode() for one in some]


def _profile(listed: tuple[int, ...] = (20, 3, 41)) -> Profile:
    return Profile(
        ratings={3: 4.5, 8: 0.5}, seen=frozenset({1, 2}), liked=frozenset({3}), watchlist=frozenset({20}),
        set_aside=frozenset({30}), unseen=frozenset({40}), dates={3: "2024-01-01"}, origin={3: "export"},
        shortlist=listed,
    )  # fmt: skip


def _answers() -> list[bytes]:
    hits = [film.hit() for film in tmdb_films.FILMS]
    objects = [
        {"results": hits}, {"movie_results": hits}, tmdb_films.FILMS[2].details(), tmdb_watch.offers(7001),
        tmdb_watch.videos(7001), tmdb_watch.services("DE"), {"images": {"secure_base_url": "https://image.tmdb.org/t/p/"}},
        {"results": [{"iso_3166_1": "DE", "english_name": "Germany"}]}, {"status_code": 34},
    ]  # fmt: skip
    return [json.dumps(one).encode() for one in objects]


KEPT = (
    [{"id": 7001, "poster_path": "/a.jpg", "overview": "x"}], {"stream": [[8, "N"]], "rent": [], "buy": []},
    "abcdefghijk", {"DE": "Germany"}, [[8, "Netflix"]],
)  # fmt: skip
JSON = (mutations.as_json, mutations.as_json, mutations.piecewise)
TARGETS = (
    Target("loose CSV", loose, _csv_files, (mutations.as_csv, mutations.piecewise), 60),
    Target("export ZIP", lambda data: _upload("e.zip", data), lambda: [exports.full(), exports.nested()],
           (mutations.as_zip, mutations.as_zip, mutations.piecewise), 40),
    Target("any site", any_site, _histories,
           (mutations.as_csv, mutations.as_json, mutations.as_zip, mutations.piecewise), 150),
    Target("feed", feed_xml, lambda: [feeds.everything(feeds.FILMS[:12]), feeds.bomb()],
           (mutations.as_feed, mutations.piecewise), 60),
    Target("username", username, lambda: [b"alice", b"https://letterboxd.com/alice/", "@Алиса".encode()]),
    Target("review", review, lambda: [b"A quiet film, and a good one. I would see it again."]),
    Target("profile file", kept_profile, lambda: [profile_file.to_file(_profile(), small.films()).encode()], JSON, 100),
    Target("link", token, lambda: [link.encode(_profile(listed)).encode() for listed in ((), (20, 3, 41))],
           (mutations.as_token, mutations.piecewise), 200),
    Target("list link", shared_list, lambda: [list_link.encode("Rainy days", (20, 3, 41)).encode()],
           (mutations.as_token, mutations.piecewise), 200),
    Target("interview link", questions, lambda: [b"a-optimal.2.17.40.8", b"random.0.1"], each=100),
    Target("address", address, lambda: [b"Drama\nFrench", b"1950\n1960", b"only", b"false"], each=40),
    Target("events", event, _events, JSON, 200),
    Target("TMDB answer", tmdb, _answers, JSON, 100),
    Target("kept answer", kept_answer, lambda: [json.dumps(one).encode() for one in KEPT], JSON, 100),
    Target("cache row", cache_row, lambda: [zlib.compress(json.dumps(one).encode()) for one in KEPT],
           (mutations.as_row, mutations.piecewise), 30),
    Target("film search", search, lambda: [film.title.encode() for film in feeds.FILMS[:9]], each=40),
    Target("title", title, lambda: [f"{film.title} (a.k.a. Other): II".encode() for film in feeds.FILMS[:9]], each=100),
    Target("corrections", corrections,
           lambda: [b"slug,field,value,why\nfilm-number-3,year,1999,x\nfilm-number-4,title,Other,\n"],
           (mutations.as_csv, mutations.piecewise), 30),
)  # fmt: skip
