"""`manifest.json`: what each file of a store is, what it was trained on, and its metrics.

    {"catalogue": {"sha256", "films", "items", "fingerprint"},
     "models": {NAME: entry}, "reviews": entry, "interview": entry, "policy": entry, "map": entry}
    entry: {"sha256", "bytes", "films", "fingerprint", "settings", "data", "seconds", "created", "built_on", "metrics"}

`fingerprint` identifies the catalogue that numbers the items. `films` counts what is in the file: of the catalogue all
films, of which the first `items` have ratings to learn from; of another artifact those items. `built_on` holds the
sha256 of each artifact that this one was trained on.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reelrec.errors import ArtifactError
from reelrec.models.registry import MODELS

Entry = dict[str, Any]
NEEDED = {"sha256", "films", "fingerprint"}  # in a recommender's entry


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _are_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _are_metrics(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(scores, dict) and all(map(_is_number, scores.values())) for scores in value.values()
    )


# What the value of each key must be, where an entry has the key.
FORMS: dict[str, Callable[[object], bool]] = {
    "sha256": _is_text, "bytes": _is_count, "films": _is_count, "items": _is_count, "fingerprint": _is_text,
    "settings": _is_table, "data": _is_table, "seconds": _is_number, "created": _is_text, "built_on": _are_texts,
    "metrics": _are_metrics,
}  # fmt: skip


class Manifest:
    """The entries of a store's manifest. Without content, a manifest with no entries."""

    def __init__(self, content: dict[str, Any] | None = None) -> None:
        self.content = content or {"catalogue": {}, "models": {}}

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of a folder, empty where the folder has none. Raises ArtifactError where it cannot be read."""
        path = folder / "manifest.json"
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except (ValueError, RecursionError, OSError) as error:
            raise ArtifactError(f"{path.name} is damaged. Take {folder.name}/ from the release again.") from error
        if not _is_manifest(content):
            raise ArtifactError(
                f"{path.name} is not a manifest of ReelRec. Take {folder.name}/ from the release again."
            )
        return cls(content)

    def write(self, folder: Path) -> None:
        """Replace the file in one step, so that an interruption leaves the old one."""
        path = folder / "manifest.json"
        new = path.with_suffix(".new")
        new.write_text(json.dumps(self.content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        new.replace(path)

    @property
    def catalogue(self) -> Entry:
        """The catalogue's entry, which may be empty."""
        entry: Entry = self.content["catalogue"]
        return entry

    @property
    def models(self) -> dict[str, Entry]:
        """The entries of the recommenders, by name; without those that are broken."""
        return {name: entry for name, entry in self.content["models"].items() if _is_entry(entry)}

    def entry(self, name: str) -> Entry | None:
        """The entry of an artifact; None where it is missing or broken."""
        entry = self.models.get(name) if name in MODELS else self.content.get(name)
        return entry if _is_entry(entry) else None

    def names(self, name: str) -> bool:
        """Whether there is an entry of an artifact, broken or not."""
        return name in self.content or name in self.content["models"]

    def put(self, name: str, entry: Entry) -> None:
        """Add or replace an entry. Recommenders stay in the order of MODELS."""
        if name in MODELS:
            entries = self.content["models"] | {name: entry}
            self.content["models"] = {known: entries[known] for known in MODELS if known in entries}
        else:
            self.content[name] = entry


def now() -> str:
    """The time in UTC, to the second, in ISO 8601."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _is_entry(entry: object) -> bool:
    """Whether an entry names its file, and each of its values is of the right kind."""
    return isinstance(entry, dict) and "sha256" in entry and _has_forms(entry)


def _has_forms(entry: Entry) -> bool:
    return all(fits(entry[key]) for key, fits in FORMS.items() if key in entry)


def _is_manifest(content: object) -> bool:
    """Whether the parts that loading relies on are there. A broken entry of a recommender costs it alone."""
    return (
        isinstance(content, dict)
        and {"catalogue", "models"} <= content.keys()
        and isinstance(content["models"], dict)
        and isinstance(content["catalogue"], dict)
        and _has_forms(content["catalogue"])
        and all(isinstance(entry, dict) and entry.keys() >= NEEDED for entry in content["models"].values())
    )
