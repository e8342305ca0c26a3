"""What a protocol of `evaluate` is: its name, its sentence, the options it takes, and the module that measures.

Nothing here is slow to import. The module of a protocol is imported when the protocol runs.
"""

from __future__ import annotations

import importlib
import typing
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from reelrec.errors import OptionError

if typing.TYPE_CHECKING:
    from reelrec.evaluation.report import Report
    from reelrec.evaluation.tables import Printed
    from reelrec.evaluation.users import EvaluationData

LETTERBOXD = "letterboxd"
DATA = (LETTERBOXD, "ml-latest-small")  # what --data may name


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of one call of `evaluate`. An option with its default value counts as not given.

    models: names. data: a data set. ratings: a file of test users. people: the size of a sample of users. search: also
    search the settings. log: a log of events.
    """

    models: tuple[str, ...] | None = None
    data: str = LETTERBOXD
    ratings: Path | None = None
    people: int | None = None
    search: bool = False
    log: Path | None = None

    def given(self) -> list[str]:
        """The names of the options that were given."""
        return [field.name for field in fields(self) if getattr(self, field.name) != field.default]

    @property
    def is_whole(self) -> bool:
        """Whether this is a whole run: all models and all users of the data set."""
        return self.models is None and self.ratings is None and self.people is None and self.log is None


class Module(typing.Protocol):
    """The functions of a protocol's module.

    headlines: only of a protocol whose headlines the manifest holds. search: only of one that takes --search. measured,
    report: only of one that is `in_shards`.
    """

    def evaluate(self, options: Options) -> Report:
        """Measure. Raises InputError, ArtifactError or SourceError."""

    def tables(self, report: Report) -> Iterable[Printed]:
        """What the terminal prints."""

    def headlines(self, report: Report) -> dict[str, dict[str, float]]:
        """Model to {metric: value}."""

    def search(self) -> Report:
        """Search the settings; a report of its own."""

    def measured(self, data: EvaluationData, models: Sequence[str] | None) -> typing.Any:
        """What the users of one shard add."""

    def report(self, shards: Sequence[typing.Any], dataset: dict, began: float) -> Report:
        """The report over all shards. dataset: describes them. began: of `time.perf_counter`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """One protocol.

    measures: a sentence. module: the name of its `Module`. takes: names of `Options`. needs: names of files without
    which it cannot run. data: the data set it measures unless --data names another. in_manifest: whether a whole run
    writes its headlines into the manifest. in_shards: whether its module has `measured` and `report`, so that workers
    can measure one part of the users each.
    """

    name: str
    measures: str
    module: str
    takes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    data: str = LETTERBOXD
    in_manifest: bool = False
    in_shards: bool = False

    def check(self, options: Options) -> None:
        """Raises OptionError for an option that the protocol does not take, or lacks."""
        given = [name for name in options.given() if name != "data" or options.data != self.data]
        if missing := [name for name in self.needs if name not in given]:
            raise OptionError(f"{self.name} needs a file: give it with {_listed(missing)}.")
        known = (*self.needs, *self.takes)
        if extra := [name for name in given if name not in known]:
            raise OptionError(f"{self.name} takes {_listed((*known, 'json'))}: leave out {_listed(extra)}.")
        if "ratings" in given and "data" in given:
            raise OptionError("--ratings and --data are two answers to one question: give one of them.")

    def result_name(self, options: Options) -> str:
        """The name under which artifacts/metrics/ keeps its result."""
        return self.name if options.data in (LETTERBOXD, self.data) else f"{self.name}-{options.data}"

    def load(self) -> Module:
        """Import what measures it."""
        return typing.cast(Module, importlib.import_module(self.module))


def _listed(names: Iterable[str]) -> str:
    """As in "--models, --people and --json"."""
    *first, last = (f"--{name}" for name in names)
    return f"{', '.join(first)} and {last}" if first else last
