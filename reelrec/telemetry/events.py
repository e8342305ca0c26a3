"""Anonymous events of visits, as JSON lines: written only where the host names a file, read by `evaluate` and `train`.

    {"v": 1, "t": 1767225600, "visit": "9f…", "kind": "rated", "film": "heat-1995", "stars": 4.5, "where": "surprise"}

t is the hour in Unix seconds. visit is a random number that lives as long as the page is open. A slate is what a shelf
showed; its slot is the exploration, with the probability of each candidate. No field holds a visitor's name, address,
link or text. A file is rotated at MAX_BYTES; FILES older files stay, FILE.1 the newest of them. One process writes a
file.
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
from typing import Any

from reelrec import progress
from reelrec.data.half_stars import half_star
from reelrec.errors import EventLogError, RatingError

VERSION = 1
HOUR = 3600
MAX_BYTES, FILES = 20_000_000, 9
PRIVATE = 0o600  # who may read a file: its owner
MAX_LINE_CHARS, MAX_FILMS, MAX_NAME_CHARS = 60_000, 500, 200
SCREEN, SLATE, OPENED = "screen", "slate", "opened"
RATED, SEEN, SET_ASIDE, UNSEEN, TAKEN_BACK = "rated", "seen", "set_aside", "unseen", "taken_back"
ANSWERS = frozenset({RATED, SEEN, SET_ASIDE, UNSEEN, TAKEN_BACK})
KINDS = ANSWERS | {SCREEN, SLATE, OPENED}
VISIT = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A film drawn at random. shown: its slug. candidates: the slugs it was drawn from, best first, with the
    probability of each.
    """

    shown: str
    candidates: tuple[str, ...]
    probabilities: tuple[float, ...]

    @property
    def probability(self) -> float:
        """The probability of the film that was shown."""
        return self.probabilities[self.candidates.index(self.shown)]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in a visit.

    visit: 16 hexadecimal digits. kind: one of KINDS. variant: the arm of `experiment` that the visit is in. film: the
    slug opened or answered about. where: the key of its shelf. films: the slugs that a slate or a screen showed, in
    their order. model: the model that ranked or the policy that asked. chosen: the visitor chose it themselves.
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
        """The event as JSON, without its empty fields. now: Unix seconds."""
        fields = {name: value for name, value in asdict(self).items() if value not in (None, "", False, ())}
        return json.dumps({"v": VERSION, "t": int(now // HOUR * HOUR), **fields}, separators=(",", ":"))


class EventLog:
    """Appends events to a file, from any thread. A fault is logged once, and no visitor is told of it."""

    def __init__(self, path: Path, max_bytes: int = MAX_BYTES, files: int = FILES) -> None:
        self._file = _File(path, max_bytes, files)

    def write(self, event: Event) -> None:
        self._file.handle(logging.makeLogRecord({"msg": event.line(time.time())}))

    def close(self) -> None:
        self._file.close()


class _File(RotatingFileHandler):
    """A rotating file that only its owner can read, whatever it and the older files were before."""

    def __init__(self, path: Path, max_bytes: int, files: int) -> None:
        super().__init__(path, maxBytes=max_bytes, backupCount=files, encoding="utf-8", delay=True)
        self._warned = False

    def _open(self):
        for path in (self.baseFilename, *(f"{self.baseFilename}.{n}" for n in range(1, self.backupCount + 1))):
            if os.path.isfile(path):  # a device is not ours to close
                os.chmod(path, PRIVATE)
        return open(self.baseFilename, self.mode, encoding=self.encoding, opener=_private)

    def handleError(self, record: logging.LogRecord) -> None:
        if not self._warned:
            self._warned = True
            logging.getLogger("reelrec").warning(
                "Events cannot be written to %s, so some are lost. Let this process write there.",
                self.baseFilename,
                exc_info=True,
            )


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE)


class EventFile:
    """The events of a file and of the older files it was rotated into, oldest first. Each iteration reads them again.

    broken: how many lines of the last reading are no event of this version.
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
        for path in progress.steps(self._paths()):
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
    """The lines of a file. An overlong one is cut, and so is no event; the rest of it is not kept in memory."""
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        while line := file.readline(MAX_LINE_CHARS):
            rest = line
            while rest and not rest.endswith("\n"):
                rest = file.readline(MAX_LINE_CHARS)
            if line.strip():
                yield line


def parsed(line: str) -> Event | None:
    """The event of a line; None where the line is no event of this version."""
    try:
        fields = json.loads(line)
        return _event(fields) if fields["v"] == VERSION else None
    except (ValueError, TypeError, KeyError, RatingError, RecursionError):
        return None


def _event(fields: dict[str, Any]) -> Event:
    """Raises what `parsed` catches."""
    kind, visit = fields["kind"], fields["visit"]
    if kind not in KINDS or not VISIT.fullmatch(visit):
        raise ValueError(kind)
    return Event(
        visit=visit,
        kind=kind,
        experiment=_name(fields, "experiment") or None,
        variant=_name(fields, "variant") or None,
        film=_name(fields, "film", needed=kind in ANSWERS or kind == OPENED),
        stars=half_star(_number(fields["stars"])) if kind == RATED else None,
        where=_name(fields, "where"),
        model=_name(fields, "model"),
        chosen=fields.get("chosen") is True,
        films=_names(fields.get("films", [])),
        slot=_slot(fields["slot"]) if "slot" in fields else None,
    )


def _slot(fields: dict[str, Any]) -> Slot:
    probabilities = tuple(map(_number, fields["probabilities"]))
    slot = Slot(
        shown=_name(fields, "shown", needed=True), candidates=_names(fields["candidates"]), probabilities=probabilities
    )
    fits = len(slot.candidates) == len(slot.probabilities) == len(set(slot.candidates))
    if not fits or slot.shown not in slot.candidates or not all(0 < p <= 1 for p in slot.probabilities):
        raise ValueError("slot")
    if not math.isclose(sum(slot.probabilities), 1.0, abs_tol=1e-3):
        raise ValueError("probabilities")
    return slot


def _number(value: object) -> float:
    """A JSON number, infinite where no float can hold it; true and a text are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("number")
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MAX_FILMS:
        raise ValueError("names")
    return tuple(_text(name) for name in value)


def _name(fields: dict[str, Any], key: str, needed: bool = False) -> str:
    return _text(fields[key] if needed else fields.get(key) or "", needed)


def _text(value: object, needed: bool = False) -> str:
    if not isinstance(value, str) or not value.isprintable() or len(value) > MAX_NAME_CHARS or (needed and not value):
        raise ValueError("text")
    return value
