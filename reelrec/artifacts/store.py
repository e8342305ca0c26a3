"""What ships: the catalogue, the weights, and the manifest that says what each file is.

`manifest.json` holds for the catalogue its sha256 and fingerprint, and for each model its file's sha256, the settings
and seconds of its training, the sha256 of the ratings, and what it scored. A model is loaded only if its bytes are the
manifest's, its films are the catalogue's, and what it builds on is what it was trained with. What is no recommender has
an entry of its own: the model of review texts, which knows no films, the interviewer, and the policies that it learned.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from reelrec.data import catalogue_file
from reelrec.data.catalogue import Catalogue
from reelrec.data.dataset import Dataset
from reelrec.errors import ArtifactError, OptionError
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import Policies, SetPolicy
from reelrec.models.base import Recommender
from reelrec.models.bmf import BMF
from reelrec.models.registry import BUILDS_ON, MODELS
from reelrec.models.review_text import ReviewText
from reelrec.paths import ROOT, sha256

Kind = TypeVar("Kind")
REVIEWS, INTERVIEW, POLICY = ReviewText.name, Interviewer.name, Policies.name
FOLDER = Path(os.environ.get("REELREC_ARTIFACTS") or ROOT / "artifacts")


def manifest(folder: Path = FOLDER) -> dict:
    """The manifest, or an empty one where none was written yet. Raises ArtifactError."""
    path = folder / "manifest.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {"catalogue": {}, "models": {}}
    except ValueError as error:
        raise ArtifactError(f"{path.name} is damaged. Take {folder.name}/ from the release again.") from error
    if not _is_manifest(found):
        raise ArtifactError(f"{path.name} is not a manifest of ReelRec. Take {folder.name}/ from the release again.")
    return found


def shipped(folder: Path = FOLDER) -> list[str]:
    """Names of the models in the manifest that this version knows."""
    return [name for name in manifest(folder)["models"] if name in MODELS]


def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """The catalogue, if its bytes are the manifest's. Raises ArtifactError."""
    path = folder / "catalogue.parquet"
    expected = manifest(folder)["catalogue"].get("sha256")
    if expected and path.exists() and sha256(path) != expected:
        raise ArtifactError(
            f"{path.name} is damaged or not the file of the manifest. Take {folder.name}/ from the release again."
        )
    return catalogue_file.read(path)


def load_model(
    name: str, films: Catalogue, folder: Path = FOLDER, part: Callable[[str], Recommender] | None = None
) -> Recommender:
    """A trained model. Raises OptionError for an unknown name, ArtifactError for weights that cannot be used.

    part: gives the models that this one builds on; by default they are loaded too.
    """
    entry = manifest(folder)["models"].get(name)
    if entry is None or name not in MODELS:
        known = ", ".join(shipped(folder)) or "none"
        if name not in MODELS:
            raise OptionError(f"There is no model called {name!r}. Known: {known}.")
        raise ArtifactError(f"{name} is not in {folder.name}/manifest.json. Run: python -m reelrec train {name}")
    path = _weights(name, entry, folder)
    _check_fit(path, entry, films, folder)
    part = part or (lambda other: load_model(other, films, folder))
    return _loaded(MODELS[name], path, *map(part, BUILDS_ON.get(name, ())))


def load_interviewer(films: Catalogue, model: BMF, folder: Path = FOLDER) -> Interviewer:
    """Who asks, believing what this model does. Raises ArtifactError."""
    path, entry = _own_entry(INTERVIEW, folder)
    _check_fit(path, entry, films, folder)
    return _loaded(Interviewer, path, model, films)


def load_policies(folder: Path = FOLDER) -> dict[str, SetPolicy]:
    """The policies that learned to ask, that which ships as `policy`; none where they are not in the manifest.

    Raises ArtifactError.
    """
    if POLICY not in manifest(folder):
        return {}
    path, entry = _own_entry(POLICY, folder)
    _check_parts(path, entry, folder)
    return _loaded(Policies, path).policies_


def load_reviews(folder: Path = FOLDER) -> ReviewText:
    """The model of review texts. Raises ArtifactError."""
    return _loaded(ReviewText, _own_entry(REVIEWS, folder)[0])


def _own_entry(name: str, folder: Path) -> tuple[Path, dict]:
    """The file and the entry of what is no recommender. Raises ArtifactError."""
    entry = manifest(folder).get(name)
    if not isinstance(entry, dict) or "sha256" not in entry:
        raise ArtifactError(f"{name} is not in {folder.name}/manifest.json. Run: python -m reelrec train {name}")
    return _weights(name, entry, folder), entry


def _check_fit(path: Path, entry: dict, films: Catalogue, folder: Path) -> None:
    """That weights were made for these films, and for the weights they build on. Raises ArtifactError."""
    name = path.stem
    if entry.get("fingerprint") != films.fingerprint:
        raise ArtifactError(
            f"{path.name} was made for {entry.get('films', 0):,} films, but the catalogue has {len(films):,} "
            f"or numbers them otherwise. Run: python -m reelrec train {name}"
        )
    _check_parts(path, entry, folder)


def _check_parts(path: Path, entry: dict, folder: Path) -> None:
    """That weights were made for the weights they build on. Raises ArtifactError."""
    changed = [other for other, sha in entry.get("built_on", {}).items() if _sha256(other, folder) != sha]
    if changed:
        raise ArtifactError(
            f"{path.name} was made for another {changed[0]} than the one in {folder.name}/. "
            f"Run: python -m reelrec train {path.stem}"
        )


def _weights(name: str, entry: dict, folder: Path) -> Path:
    """A model's file, if its bytes are the manifest's. Raises ArtifactError; that it is missing is told by loading."""
    path = folder / f"{name}.npz"
    if path.exists() and sha256(path) != entry["sha256"]:
        raise ArtifactError(
            f"{path.name} is damaged or not the file of the manifest. Take it from the release again, or run: "
            f"python -m reelrec train {name}"
        )
    return path


def _sha256(name: str, folder: Path) -> str | None:
    """Of these weights, by the manifest."""
    entries = manifest(folder)
    return (entries["models"].get(name) or entries.get(name, {})).get("sha256")


def _loaded(kind: type[Kind], path: Path, *parts: object) -> Kind:
    try:
        return kind.load(path, *parts)
    except (ValueError, TypeError, IndexError) as error:
        raise ArtifactError(
            f"{path.name} was written by another version of ReelRec. Run: python -m reelrec train {path.stem}"
        ) from error


def save_catalogue(films: Catalogue, folder: Path = FOLDER) -> None:
    """Write the catalogue and its entry."""
    path = folder / "catalogue.parquet"
    folder.mkdir(parents=True, exist_ok=True)
    catalogue_file.write(films.films, path)
    entries = manifest(folder)
    entries["catalogue"] = {"sha256": sha256(path), "films": len(films), "fingerprint": films.fingerprint}
    _write_manifest(entries, folder)


def save_model(model: Recommender, films: Catalogue, dataset: Dataset, seconds: float, folder: Path = FOLDER) -> None:
    """Write a trained model's weights and its entry."""
    entry = _saved(model, _described(dataset), seconds, folder, films=len(films), fingerprint=films.fingerprint)
    if model.name in BUILDS_ON:
        entry["built_on"] = {other: _sha256(other, folder) for other in BUILDS_ON[model.name]}
    entries = manifest(folder)
    entries["models"][model.name] = entry
    entries["models"] = {name: entries["models"][name] for name in MODELS if name in entries["models"]}
    _write_manifest(entries, folder)


def save_interviewer(
    found: Interviewer, films: Catalogue, dataset: Dataset, seconds: float, folder: Path = FOLDER
) -> None:
    """Write who asks, and the entry."""
    entry = _saved(found, _described(dataset), seconds, folder, films=len(films), fingerprint=films.fingerprint)
    entry["built_on"] = {found.model.name: _sha256(found.model.name, folder)}
    _write_manifest(manifest(folder) | {INTERVIEW: entry}, folder)


def save_policies(found: Policies, dataset: Dataset, seconds: float, folder: Path = FOLDER) -> None:
    """Write the policies that learned to ask, and their entry."""
    entry = _saved(found, _described(dataset), seconds, folder)
    entry["built_on"] = {name: _sha256(name, folder) for name in (BMF.name, INTERVIEW)}
    _write_manifest(manifest(folder) | {POLICY: entry}, folder)


def save_reviews(model: ReviewText, data: dict, seconds: float, folder: Path = FOLDER) -> None:
    """Write the model of review texts and its entry. data: its name, sha256, and how many people and ratings."""
    entry = _saved(model, data, seconds, folder)
    _write_manifest(manifest(folder) | {REVIEWS: entry}, folder)


def _described(dataset: Dataset) -> dict:
    """What an entry says of the ratings that were learned from."""
    return {
        "name": dataset.name,
        "sha256": dataset.sha256,
        "people": dataset.n_users,
        "ratings": len(dataset.items),
    }


def _saved(
    model: Recommender | ReviewText | Interviewer | Policies,
    data: dict,
    seconds: float,
    folder: Path,
    **films: int | str,
) -> dict:
    """Write the weights; the manifest's entry of them. films: what is said there of the catalogue."""
    path = folder / f"{model.name}.npz"
    folder.mkdir(parents=True, exist_ok=True)
    model.save(path)
    return {
        "sha256": sha256(path),
        "bytes": path.stat().st_size,
        **films,
        "settings": _settings(model),
        "data": data,
        "seconds": round(seconds, 1),
        "created": now(),
    }


def _settings(model: object) -> dict:
    return {
        name: value for name, value in getattr(model, "__dict__", {}).items() if name[-1] != "_" and _is_plain(value)
    }


def save_metrics(name: str, found: dict[str, dict[str, float]], folder: Path = FOLDER) -> None:
    """Write into the manifest what each shipped model scored in a protocol: model to {"ndcg@100": value}."""
    entries = manifest(folder)
    for model, values in found.items():
        entry = entries["models"].get(model) or (entries.get(REVIEWS) if model == REVIEWS else None)
        if entry is not None:
            entry.setdefault("metrics", {})[name] = values
    _write_manifest(entries, folder)


def _is_manifest(found: object) -> bool:
    """Whether the parts that loading relies on are there."""
    return (
        isinstance(found, dict)
        and {"catalogue", "models"} <= found.keys()
        and isinstance(found["models"], dict)
        and isinstance(found["catalogue"], dict)
        and all(
            isinstance(entry, dict) and {"sha256", "films", "fingerprint"} <= entry.keys()
            for entry in found["models"].values()
        )
    )


def _is_plain(value: object) -> bool:
    return isinstance(value, int | float | str)


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _write_manifest(entries: dict, folder: Path) -> None:
    path = folder / "manifest.json"
    new = path.with_suffix(".new")
    new.write_text(json.dumps(entries, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    new.replace(path)
