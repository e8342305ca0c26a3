"""parts.json: what the files of a folder of parts hold. It is written last, so a folder without it is not finished."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from reelrec.data.ratings.part_files.file import VERSION, file_name
from reelrec.data.ratings.roles import Role
from reelrec.errors import PartsError

NAME = "parts.json"
ANEW = "Write such a folder with: python -m reelrec data shard"
DAMAGE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


class PartFile(NamedTuple):
    """What is known of a file: its users, its ratings and its SHA-256."""

    people: int
    ratings: int
    sha256: str


class Index(NamedTuple):
    """name: of the data set. data: the id that its files carry. n_items, fingerprint: of the catalogue.

    files: by name, such as "train/00000.parquet", one a role and part.
    """

    name: str
    data: str
    n_parts: int
    n_items: int
    fingerprint: str
    files: Mapping[str, PartFile]

    @property
    def sha256(self) -> str:
        """The SHA-256 of the data: of the names and hashes of its files."""
        lines = "\n".join(f"{name} {self.files[name].sha256}" for name in sorted(self.files))
        return hashlib.sha256(lines.encode()).hexdigest()

    def of_role(self, role: Role) -> list[PartFile]:
        """The files of a role, in the order of their parts."""
        return [self.files[file_name(role, part)] for part in range(self.n_parts)]

    def write(self, folder: Path) -> None:
        """Write parts.json, in one step."""
        roles = {str(role): self.of_role(role) for role in Role}
        content = {
            "version": VERSION,
            "name": self.name,
            "data": self.data,
            "sha256": self.sha256,
            "parts": self.n_parts,
            "items": {"n": self.n_items, "fingerprint": self.fingerprint},
            "roles": {
                role: {"people": sum(file.people for file in files), "ratings": sum(file.ratings for file in files)}
                for role, files in roles.items()
            },
            "files": {name: file._asdict() for name, file in sorted(self.files.items())},
            "created": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        }
        new = folder / f"{NAME}.new"
        new.write_text(json.dumps(content, indent=1), encoding="utf-8")
        os.replace(new, folder / NAME)


def read_index(folder: Path) -> Index:
    """The parts.json of a folder. Raises PartsError where it is missing, damaged or of another version."""
    path = folder / NAME
    if not folder.is_dir():
        raise PartsError(f"There is no folder {folder}. {ANEW}")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["version"] != VERSION:
            raise PartsError(f"{path} is of version {content['version']}, and this reads {VERSION}. {ANEW}")
        files = {str(name): PartFile(**facts) for name, facts in content["files"].items()}
        index = Index(
            name=str(content["name"]),
            data=str(content["data"]),
            n_parts=int(content["parts"]),
            n_items=int(content["items"]["n"]),
            fingerprint=str(content["items"]["fingerprint"]),
            files=files,
        )
        if index.sha256 != content["sha256"]:
            raise ValueError("its sha256 is not that of its files")
        if {*files} != {file_name(role, part) for role in Role for part in range(index.n_parts)}:
            raise ValueError("it does not name each part of each role once")
        if not all(min(int(file.people), int(file.ratings)) >= 0 for file in files.values()):
            raise ValueError("it has less than no ratings")
    except FileNotFoundError as error:
        held = (
            "is empty" if not any(folder.iterdir()) else "has no parts.json: it was not finished, or is no such folder"
        )
        raise PartsError(f"{folder} {held}. {ANEW}") from error
    except DAMAGE as error:
        raise PartsError(f"{path} is damaged ({type(error).__name__}: {error}). {ANEW}") from error
    return index
