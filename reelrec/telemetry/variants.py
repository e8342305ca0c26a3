"""An experiment on visits: which of several list models, or of several interview policies, a visit gets by default.

The host writes `list:ranker,ease` or `interview:a-optimal,popularity` into REELREC_VARIANTS. The first name is the arm
that the others are compared with. A visit's arm is sha256(experiment, visit) modulo the number of arms, so the arms get
equal shares, a visit keeps its arm while it lasts, and another experiment shuffles the visits anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from reelrec.errors import OptionError

LIST, INTERVIEW = "list", "interview"


@dataclass(frozen=True, slots=True)
class Variant:
    """The arm of a visit. kind: LIST or INTERVIEW. name: of the model or policy. experiment: as the host wrote it."""

    kind: str
    name: str
    experiment: str


@dataclass(frozen=True, slots=True)
class Experiment:
    """Arms that are compared. kind: LIST or INTERVIEW. names: of the models or policies, two or more."""

    kind: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.kind}:{','.join(self.names)}"

    def assign(self, visit: str) -> Variant:
        """The arm of a visit."""
        digest = hashlib.sha256(f"{self} {visit}".encode()).digest()
        name = self.names[int.from_bytes(digest[:8]) % len(self.names)]
        return Variant(kind=self.kind, name=name, experiment=str(self))


def parse(text: str, known: Mapping[str, Collection[str]]) -> Experiment | None:
    """The experiment of REELREC_VARIANTS, None where it is empty. known: names by kind. Raises OptionError."""
    if not text.strip():
        return None
    kind, _, rest = text.partition(":")
    kind, names = kind.strip(), tuple(name.strip() for name in rest.split(","))
    if not known.get(kind):
        raise OptionError(
            f"REELREC_VARIANTS is {text!r}, but there is no experiment on {kind!r}. "
            f"Write one of {', '.join(filter(known.get, known))}, a colon, and names with commas between."
        )
    unknown = [name for name in names if name not in known[kind]]
    if unknown:
        raise OptionError(f"REELREC_VARIANTS names {unknown[0]!r}, which {kind} has not: {', '.join(known[kind])}.")
    if not len(names) == len(set(names)) >= 2:
        raise OptionError(f"REELREC_VARIANTS is {text!r}; an experiment needs two names or more, none of them twice.")
    return Experiment(kind=kind, names=names)
