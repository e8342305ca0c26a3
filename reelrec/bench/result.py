"""What a bench returns, for the terminal and as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rich.table import Column

from reelrec.artifacts.manifest import now


def machine() -> dict:
    """The machine it ran on, without its name."""
    return {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Rows of figures, all with the same keys, and sentences on what they mean.

    peer: rows that compare ours with a peer. details: more keys of the JSON.
    """

    name: str
    rows: tuple[dict, ...]
    notes: tuple[str, ...]
    peer: tuple[dict, ...] = ()
    machine: dict = field(default_factory=machine)
    details: dict = field(default_factory=dict)

    def to_json(self) -> str:
        content: dict = {"bench": self.name, "machine": self.machine, "rows": self.rows}
        if self.peer:
            content["peer"] = self.peer
        return json.dumps(content | self.details | {"notes": self.notes, "created": now()}, indent=1) + "\n"


def columns(rows: Sequence[dict]) -> list[str | Column]:
    """The headers of the columns. They may break into lines, but the first column is never cut."""
    first, *others = (name.replace("_", " ") for name in rows[0])
    return [Column(first, no_wrap=True), *others]


def cells(rows: Iterable[dict]) -> list[list[str]]:
    """Rows as a terminal shows them."""
    return [[_cell(name, value) for name, value in row.items()] for row in rows]


def _cell(name: str, value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4f}" if name == "rmse" else f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
