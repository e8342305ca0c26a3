"""The public data sets that ReelRec reads: the address of each, and its folder on this machine.

`data/sources.json` lists them, with their SHA-256 where it is known. A data set is looked for in `data/NAME`, then in
`$REELREC_DATA/NAME`, or in `../shared/data/NAME` without that variable.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reelrec.errors import OptionError, SourceError
from reelrec.names import one_of
from reelrec.paths import ROOT, sha256
from reelrec.sources.download import download

DATA = ROOT / "data"
GROUPLENS = "https://files.grouplens.org/datasets/movielens"

Progress = Callable[[str, int, int | None], None]  # a step, its bytes done, and its bytes in all if known


@dataclass(frozen=True, slots=True)
class Source:
    """A data set. files: the name of each file to its SHA-256, None where that is not known.

    beside: the data set in whose folder its files lie.
    """

    name: str
    title: str
    url: str | None
    licence: str
    about: str
    max_bytes: int
    files: dict[str, str | None]
    beside: str | None = None

    @property
    def home(self) -> str:
        """The name of its folder."""
        return self.beside or self.name

    @property
    def folder(self) -> Path | None:
        """The folder with all of its files on this machine, or None."""
        copies = Path(os.environ.get("REELREC_DATA") or ROOT.parent / "shared" / "data")
        for place in (DATA / self.home, copies / self.home):
            if all((place / file).is_file() for file in self.files):
                return place
        return None

    def path(self, file: str) -> Path:
        """The path of one of its files. Raises SourceError with the command that fetches it."""
        folder = self.folder
        if folder is None:
            local = "" if self.url else " --from FOLDER"
            raise SourceError(
                f"The data set {self.name} is not on this machine. Run: python -m reelrec data get {self.name}{local}"
            )
        return folder / file


def sources() -> dict[str, Source]:
    """All known sources by name."""
    base = os.environ.get("REELREC_GROUPLENS_URL", GROUPLENS).rstrip("/")
    entries = json.loads((DATA / "sources.json").read_text(encoding="utf-8"))
    for entry in entries.values():
        entry["url"] = entry["url"] and entry["url"].replace("{GROUPLENS}", base)
    return {name: Source(name=name, **entry) for name, entry in entries.items()}


def source(name: str) -> Source:
    """The source of that name. Raises OptionError."""
    known = sources()
    return known[one_of(name, known, "data set")]


def fetch(name: str, local: Path | None, progress: Progress) -> Path:
    """Copy a data set into `data/NAME`, from a local folder or from its address, and verify it. Returns the folder.

    Raises OptionError or SourceError.
    """
    wanted = source(name)
    target = DATA / wanted.home
    if local is not None:
        if not local.is_dir():
            raise OptionError(f"There is no folder {local}. Give the folder to copy {name} from.")
        target.mkdir(parents=True, exist_ok=True)
        _copy(wanted, local, target, progress)
    elif wanted.url is None:
        raise SourceError(f"{name} has no public address. Run: python -m reelrec data get {name} --from FOLDER")
    else:
        target.mkdir(parents=True, exist_ok=True)
        archive = target.with_suffix(".zip")
        download(wanted.url, archive, wanted.max_bytes, lambda done, size: progress("downloading", done, size))
        _unpack(wanted, archive, target)
        archive.unlink()
    return target


def _copy(wanted: Source, local: Path, target: Path, progress: Progress) -> None:
    """Copy the files from a folder, or from the data set's folder in it. Raises SourceError."""
    folder = local / wanted.home if (local / wanted.home).is_dir() else local
    for file in wanted.files:
        if not (folder / file).is_file():
            raise SourceError(f"{folder} has no {file}. Expected in it: {', '.join(wanted.files)}.")
    if folder.resolve() == target.resolve():
        raise SourceError(f"{folder} is where {wanted.name} goes. Give the folder to copy it from.")
    sizes = {file: (folder / file).stat().st_size for file in wanted.files}
    done = 0
    for file, size in sizes.items():
        part = target / f"{file}.part"
        shutil.copyfile(folder / file, part)
        _verify(wanted, file, part)
        part.replace(target / file)
        done += size
        progress(f"copied {file}", done, sum(sizes.values()))


def _unpack(wanted: Source, archive: Path, target: Path) -> None:
    """Unpack the files of a ZIP; a damaged one is deleted. Raises SourceError."""
    parts = {file: target / f"{file}.part" for file in wanted.files}
    try:
        with zipfile.ZipFile(archive) as zipped:
            for file, part in parts.items():  # only known names are written, so that no member can choose its path
                with zipped.open(f"{wanted.name}/{file}") as member, part.open("wb") as out:
                    shutil.copyfileobj(member, out)
                _verify(wanted, file, part)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError) as error:
        archive.unlink()
        for part in parts.values():
            part.unlink(missing_ok=True)
        raise SourceError(
            f"{archive.name} is damaged or not the archive of {wanted.name}; it was removed. "
            f"Run again: python -m reelrec data get {wanted.name}"
        ) from error
    for file, part in parts.items():
        part.replace(target / file)


def _verify(wanted: Source, file: str, path: Path) -> None:
    """Compare a file with its known SHA-256; another file is deleted. Raises SourceError."""
    expected = wanted.files[file]
    actual = sha256(path)
    if expected is not None and actual != expected:
        path.unlink()
        raise SourceError(
            f"{file} of {wanted.name} has sha256 {actual[:12]}…, expected {expected[:12]}…; it was removed. "
            "The source changed or the copy is damaged: fetch it again."
        )
