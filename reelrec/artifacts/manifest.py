"""`manifest.json`: what each file of a store is, what it was made from, and what it scored.

    {"catalogue": {"sha256", "films", "fingerprint"},
     "models": {NAME: entry}, "reviews": entry, "interview": entry, "policy": entry}
    entry: {"sha256", "bytes", "films", "fingerprint", "settings", "data", "seconds", "created", "built_on", "metrics"}

`films` and `fingerprint` say which catalogue numbers the films; `built_on` the sha256 of each artifact trained on.
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from reelrec.errors import ArtifactError
from reelrec.models.registry import MODELS

Entry = dict[str, Any]
NEEDED = {"sha256", "films", "fingerprint"}  # of a recommender's entry


class Manifest:
    """The entries of a store's manifest; empty where none was written yet."""

    def __init__(self, content: dict[str, Any] | None = None) -> None:
        self.content = content or {"catalogue": {}, "models": {}}

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Raises ArtifactError."""
        path = folder / "manifest.json"
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except ValueError as error:
            raise ArtifactError(f"{path.name} is damaged. Take {folder.name}/ from the release again.") from error
        if not _is_manifest(content):
            raise ArtifactError(
                f"{path.name} is not a manifest of ReelRec. Take {folder.name}/ from the release again."
            )
        return cls(content)

    def write(self, folder: Path) -> None:
        """Replace the file at once, so that a break leaves the old one."""
        path = folder / "manifest.json"
        new = path.with_suffix(".new")
        new.write_text(json.dumps(self.content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        new.replace(path)

    @property
    def catalogue(self) -> Entry:
        return self.content["catalogue"]

    @property
    def models(self) -> dict[str, Entry]:
        """The recommenders, by name."""
        return self.content["models"]

    def entry(self, name: str) -> Entry | None:
        """What is said of an artifact; None where it is not in the manifest or its entry is broken."""
        entry = self.models.get(name) if name in MODELS else self.content.get(name)
        return entry if isinstance(entry, dict) and "sha256" in entry else None

    def put(self, name: str, entry: Entry) -> None:
        """Add or replace an entry; recommenders stay in the order of MODELS."""
        if name in MODELS:
            models = self.models | {name: entry}
            self.content["models"] = {known: models[known] for known in MODELS if known in models}
        else:
            self.content[name] = entry


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _is_manifest(content: object) -> bool:
    """Whether the parts that loading relies on are there."""
    return (
        isinstance(content, dict)
        and {"catalogue", "models"} <= content.keys()
        and isinstance(content["models"], dict)
        and isinstance(content["catalogue"], dict)
        and all(isinstance(entry, dict) and entry.keys() >= NEEDED for entry in content["models"].values())
    )
