"""What the app asks about a history that a visitor brings: any site's export, or a table whose columns they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelrec.serving import resources
from reelrec.sources.budget import Budget
from reelrec.sources.log import Log
from reelrec.sources.scales import GRADES as GRADES
from reelrec.sources.scales import LETTERS as LETTERS
from reelrec.sources.scales import SCALES as SCALES
from reelrec.visitor import intake

if TYPE_CHECKING:
    from reelrec.sources.others.loose import LooseTable
    from reelrec.sources.scales import ScaleQuestion


@dataclass(frozen=True, slots=True)
class Found:
    """What an upload was: films, or a table whose columns have yet to be named."""

    intake: intake.Intake | None = None
    table: LooseTable | None = None


def read(uploads: Sequence[tuple[str, bytes]], scale: int | None = None) -> Found:
    """What an upload is. uploads: names and contents. scale: of the ratings, 5, 10, 100 or LETTERS.

    Without a scale the files tell it, and where they do not, `Intake.log.asks` does. Raises ExportError.
    """
    from reelrec.sources.others.registry import read_history

    films, budget = resources.catalogue().indexed(), Budget()
    found = read_history(uploads, scale, budget)
    return Found(intake.take_in(found, films, budget=budget)) if isinstance(found, Log) else Found(table=found)


def of_table(table: LooseTable, columns: Mapping[str, int], out_of: int | None) -> intake.Intake:
    """The films of a table. columns: the place of each of NAMES in `sources/others/loose.py`. Raises ExportError."""
    from reelrec.sources.others.loose import log_of

    films, budget = resources.catalogue().indexed(), Budget()
    return intake.take_in(log_of(table, columns, out_of, budget), films, budget=budget)


def stars(asked: ScaleQuestion, out_of: int, rating: str) -> float | None:
    """What a rating comes to if it is out of this; None for what is no rating then."""
    return asked.scale(out_of).stars(rating)


def on_scale(taken: intake.Intake, out_of: int | None) -> intake.Intake:
    """The same once it is known what its ratings are out of: one of SCALES, or LETTERS; None leaves the stars out."""
    return intake.on_scale(taken, resources.catalogue(), out_of)
