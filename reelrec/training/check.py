"""The check of a catalogue, or of the film facts that it is built from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from reelrec.artifacts.store import shipped_store
from reelrec.data import catalogue_file
from reelrec.data.catalogue import Catalogue
from reelrec.data.catalogue_check import as_table, contradictions
from reelrec.data.coverage import coverage
from reelrec.errors import ContradictionError, OptionError
from reelrec.sources.letterboxd import dataset as letterboxd
from reelrec.training.casts import film_facts

MOST_SAID = 20  # contradictions in an error


class Checked(NamedTuple):
    """The number of films, of those that are no second row of another, and what is known of the items.

    coverage: as `coverage` gives it; () for film facts that are no catalogue yet.
    """

    films: int
    mains: int
    coverage: Sequence[tuple[str, int, dict[str, float]]]


def check(path: Path | None) -> Checked:
    """Check a catalogue, or film facts, in a file; by default the catalogue that ships.

    Raises ContradictionError with the list, ArtifactError, or OptionError for a file that is neither.
    """
    source = shipped_store().load_catalogue() if path is None else _read(path)
    table = as_table(source) if isinstance(source, Catalogue) else source
    refuse(table)
    known = coverage(source) if isinstance(source, Catalogue) else ()
    return Checked(len(table), int(table["same_as"].isna().sum()), known)


def refuse(table: pd.DataFrame) -> None:
    """Raises ContradictionError with the list of contradictions where there are any. table: of `contradictions`."""
    if said := contradictions(table):
        more = [f"And {len(said) - MOST_SAID:,} more."] if len(said) > MOST_SAID else []
        raise ContradictionError(
            f"The film facts contradict themselves in {len(said):,} places. Correct them in the source or in "
            "data/film_corrections.csv, then train the catalogue again.\n" + "\n".join([*said[:MOST_SAID], *more])
        )


def _read(path: Path) -> Catalogue | pd.DataFrame:
    """The catalogue or the film facts of a file. Raises ArtifactError or OptionError."""
    try:
        columns = set(pq.read_schema(path).names)
    except (OSError, pa.ArrowException) as error:
        raise OptionError(f"{path} cannot be read as parquet. Give a catalogue.parquet.") from error
    if columns >= set(letterboxd.COLUMNS):
        return film_facts(path)
    return catalogue_file.read(path)
