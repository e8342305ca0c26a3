"""Anonymous events of visits, as JSON lines: written only where the host names a file, read by `evaluate` and `train`.

    {"v": 1, "t": 1767225600, "visit": "9f…", "kind": "rated", "film": "heat-1995", "stars": 4.5, "where": "surprise"}

t is the hour in Unix seconds, visit a random number that lives as long as the page is open. A slate is what a shelf
showed; its slot is the exploration, with the probability that each candidate had. No name, address, link or text of
a visitor has a field here. The file is turned over at MAX_BYTES; FILES older ones stay, FILE.1 the newest of them. One
process writes a file.
"""

from __future__ import annotations

import json
import logging
import math
import os
import re
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path

from reelrec.data.half_stars import half_star
from reelrec.errors import EventLogError, RatingError

VERSION = 1
HOUR = 3600
MAX_BYTES, FILES = 20_000_000, 9
MAX_LINE_CHARS, MAX_FILMS, MAX_NAME_CHARS = 60_000, 500, 200
SCREEN, SLATE, OPENED = "screen", "slate", "opened"
RATED, SEEN, SET_ASIDE, UNSEEN, TAKEN_BACK = "rated", "seen", "set_aside", "unseen", "taken_back"
ANSWERS = frozenset({RATED, SEEN, SET_ASIDE, UNSEEN, TAKEN_BACK})
KINDS = ANSWERS | {SCREEN, SLATE, OPENED}
VISIT = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A film drawn at random: the slugs it was drawn from, best first, and the probability of each."""

    shown: str
    candidates: tuple[str, ...]
    probabilities: tuple[float, ...]

    @property
    def probability(self) -> float:
        """Of the film that was shown."""
        return self.probabilities[self.candidates.index(self.shown)]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in a visit.

    variant: the arm of `experiment` that the visit is in. film: the slug opened or answered about; where: the shelf's
    key. films: the slugs that a slate or a screen showed, in their order; model: who ranked or asked. chosen: the
    visitor chose that model themselves.
    """

    visit: str
    kind: str
    experiment: str | None = None
    variant: str | None = None
    film: str = ""
    stars: float | None = None
    where: str = ""
    model: str = ""
    chosen: bool = False
    films: tuple[str, ...] = ()
    slot: Slot | None = None

    def line(self, now: float) -> str:
        """JSON, without what is empty."""
        told = {name: value for name, value in asdict(self).items() if value not in (None, "", False, ())}
        return json.dumps({"v": VERSION, "t": int(now // HOUR * HOUR), **told}, separators=(",", ":"))


class EventLog:
    """Appends events to a file, from any thread. What goes wrong is told once, and never to a visitor."""

    def __init__(self, path: Path, max_bytes: int = MAX_BYTES, files: int = FILES) -> None:
        self._file = _File(path, max_bytes, files)

    def write(self, event: Event) -> None:
        self._file.handle(logging.makeLogRecord({"msg": event.line(time.time())}))

    def close(self) -> None:
        self._file.close()


class _File(RotatingFileHandler):
    """A rotating file that only its owner can read."""

    def __init__(self, path: Path, max_bytes: int, files: int) -> None:
        super().__init__(path, maxBytes=max_bytes, backupCount=files, encoding="utf-8", delay=True)
        self._told = False

    def _open(self):
        return open(self.baseFilename, self.mode, encoding=self.encoding, opener=_private)

    def handleError(self, record: logging.LogRecord) -> None:
        if not self._told:
            self._told = True
            logging.getLogger("reelrec").warning(
                "Events cannot be written to %s, so some are lost. Let this process write there.",
                self.baseFilename,
                exc_info=True,
            )


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class EventFile:
    """The events of a file and of those it was turned over into, oldest first. Iterating reads them anew each time.

    broken: lines that are no event of this version, counted by the last reading.
    """

    def __init__(self, path: Path) -> None:
        """Raises EventLogError where there is no such file."""
        if not path.is_file():
            raise EventLogError(f"There is no file {path}. Give the file that REELREC_LOG named when the app ran.")
        self.path = path
        self.broken = 0

    def __iter__(self) -> Iterator[Event]:
        """Raises EventLogError where no line is an event."""
        self.broken, events = 0, 0
        for path in self._paths():
            for line in _lines(path):
                event = parsed(line)
                if event is None:
                    self.broken += 1
                    continue
                events += 1
                yield event
        if not events:
            raise EventLogError(
                f"{self.path.name} holds no event of this version of ReelRec; {self.broken:,} lines are something else."
            )

    def _paths(self) -> list[Path]:
        older = self.path.parent.glob(f"{self.path.name}.*")
        numbered = {int(path.suffix[1:]): path for path in older if re.fullmatch(r"\.[1-9]\d{0,3}", path.suffix)}
        return [*(numbered[number] for number in sorted(numbered, reverse=True)), self.path]


def _lines(path: Path) -> Iterator[str]:
    """Lines, of which an overlong one is cut, and so no event; the rest of it is not kept in memory."""
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        while line := file.readline(MAX_LINE_CHARS):
            rest = line
            while rest and not rest.endswith("\n"):
                rest = file.readline(MAX_LINE_CHARS)
            if line.strip():
                yield line


def parsed(line: str) -> Event | None:
    """The event of a line; None where it is none of this version."""
    try:
        found = json.loads(line)
        return _event(found) if found["v"] == VERSION else None
    except (ValueError, TypeError, KeyError, RatingError, RecursionError):
        return None


def _event(found: dict) -> Event:
    """Raises what `parsed` catches."""
    kind, visit = found["kind"], found["visit"]
    if kind not in KINDS or not VISIT.fullmatch(visit):
        raise ValueError(kind)
    return Event(
        visit,
        kind,
        _name(found, "experiment") or None,
        _name(found, "variant") or None,
        _name(found, "film", needed=kind in ANSWERS or kind == OPENED),
        half_star(found["stars"]) if kind == RATED else None,
        _name(found, "where"),
        _name(found, "model"),
        found.get("chosen") is True,
        _names(found.get("films", [])),
        _slot(found["slot"]) if "slot" in found else None,
    )


def _slot(found: dict) -> Slot:
    probabilities = tuple(map(float, found["probabilities"]))
    slot = Slot(_name(found, "shown", needed=True), _names(found["candidates"]), probabilities)
    fits = len(slot.candidates) == len(slot.probabilities) == len(set(slot.candidates))
    if not fits or slot.shown not in slot.candidates or not all(0 < p <= 1 for p in slot.probabilities):
        raise ValueError("slot")
    if not math.isclose(sum(slot.probabilities), 1.0, abs_tol=1e-3):
        raise ValueError("probabilities")
    return slot


def _names(found: list) -> tuple[str, ...]:
    if not isinstance(found, list) or len(found) > MAX_FILMS:
        raise ValueError("names")
    return tuple(_text(name) for name in found)


def _name(found: dict, key: str, needed: bool = False) -> str:
    return _text(found[key] if needed else found.get(key) or "", needed)


def _text(found: object, needed: bool = False) -> str:
    if not isinstance(found, str) or not found.isprintable() or len(found) > MAX_NAME_CHARS or (needed and not found):
        raise ValueError("text")
    return found
