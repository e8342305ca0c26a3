"""Who takes the sentences that a reader says about a file."""

from __future__ import annotations

from typing import Protocol


class Note(Protocol):
    """Takes a sentence of the catalogue of texts. row: the one that it is about. values: of its places."""

    def __call__(self, text: str, /, row: int | None = None, **values: object) -> None: ...


def silent(_text: str, /, row: int | None = None, **_values: object) -> None:
    """Takes a sentence and says nothing."""
