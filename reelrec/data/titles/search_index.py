"""The words by which films are searched: which film has which word, and how much it says there.

Words come from a film's title, its other titles, its director and cast. Two neighbouring words of a title are a word
too ("spiderman"), and so are its initials ("lotr"). Numbers are the same in digits, words and Roman numerals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reelrec.data.film_table import FilmTable
from reelrec.data.titles import title_rules
from reelrec.data.titles.title_index import TitleKeys

TITLE, OTHER_TITLE, DIRECTOR, CAST, INITIALS = 1.0, 0.85, 0.8, 0.55, 0.8  # what a word is worth, by where it stands
JOINED = 0.95  # of that, if the title writes it as two
LEAST_INITIALS = 3  # words of a title that has initials
LAST = "\U0010ffff"  # comes after every letter


class SearchIndex:
    """For each word the films that have it.

    words: (v,) sorted. start: (v + 1,) where the films of each word begin. films: (p,) numbers of main rows, each once
    for a word. worth: (p,) float32. own: (p,) bool, whether the word is of the film's own title.
    """

    def __init__(
        self, words: np.ndarray, start: np.ndarray, films: np.ndarray, worth: np.ndarray, own: np.ndarray
    ) -> None:
        self.words, self.start, self.films, self.worth, self.own = words, start, films, worth, own
        self._sizes = np.array([len(word) for word in words.tolist()], dtype=np.int64)

    @classmethod
    def of(cls, films: FilmTable, keys: TitleKeys, canonical: np.ndarray) -> Self:
        """The index of these films. canonical: (n_films,) the main row of each."""
        heads = (title_rules.words(title.split(":")[0]) for title in films.table["title"].to_pylist())
        parts = [
            *_of_titles(keys.table["words"], TITLE, own=True),
            *_of_titles(pc.replace_substring(keys.table["other_words"], "\n", " "), OTHER_TITLE, own=False),
            _part(*_initials(keys.table["words"].to_pylist()), INITIALS),
            _part(*_initials(heads), INITIALS),
            _part(*_of_names(films, "director"), DIRECTOR),
            _part(*_of_names(films, "cast"), CAST),
        ]
        words, rows, worth, own = (np.concatenate(part) for part in zip(*parts, strict=True))
        coded = pa.array(words, pa.string()).dictionary_encode()  # numpy would pad every word to the longest
        vocabulary = np.array(coded.dictionary.to_pylist(), dtype=object)
        by_letters = np.argsort(vocabulary)
        rank = np.empty(len(vocabulary), dtype=np.int64)
        rank[by_letters] = np.arange(len(vocabulary))
        codes, rows = rank[coded.indices.to_numpy()], canonical[rows]
        order = np.lexsort((-worth, rows, codes))
        codes, rows, worth, own = codes[order], rows[order], worth[order], own[order]
        first = np.flatnonzero(np.r_[True, (codes[1:] != codes[:-1]) | (rows[1:] != rows[:-1])])
        start = np.searchsorted(codes[first], np.arange(len(vocabulary) + 1))
        return cls(
            vocabulary[by_letters],
            start,
            rows[first].astype(np.int32),
            worth[first],
            np.logical_or.reduceat(own, first),
        )

    def exact(self, word: str) -> np.ndarray:
        """The place of this word: (1,), or (0,) where no film has it."""
        place = int(np.searchsorted(self.words, word))
        return np.arange(place, place + (place < len(self.words) and self.words[place] == word))

    def beginning(self, letters: str) -> np.ndarray:
        """The places of all words that begin so."""
        return np.arange(*(int(np.searchsorted(self.words, letters + end)) for end in ("", LAST)))

    def near(self, word: str, off: int) -> np.ndarray:
        """The places of words with the same first letter, at most so many letters longer or shorter."""
        places = self.beginning(word[0])
        near: np.ndarray = places[np.abs(self._sizes[places] - len(word)) <= off]
        return near

    def sizes(self, places: np.ndarray) -> np.ndarray:
        """(n,) the letters of each word."""
        sizes: np.ndarray = self._sizes[places]
        return sizes

    def postings(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The postings of these words, one word after another, and for each the index of its word among the places."""
        lengths = self.start[places + 1] - self.start[places]
        return _ranges(self.start[places], lengths), np.repeat(np.arange(len(places)), lengths)


Part = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # words, films, worth, own: (n,) each


def _part(words: np.ndarray, rows: np.ndarray, worth: float, own: bool = False) -> Part:
    return words, rows, np.full(len(words), worth, dtype=np.float32), np.full(len(words), own)


def _of_titles(column: pa.ChunkedArray, worth: float, own: bool) -> Iterator[Part]:
    """The words of titles, and each two that are neighbours as one."""
    words, rows = _split(column.combine_chunks())
    yield _part(np.array([title_rules.one_spelling(word) for word in words.tolist()], dtype=object), rows, worth, own)
    pairs = np.flatnonzero(rows[1:] == rows[:-1])
    yield _part(words[pairs] + words[pairs + 1], rows[pairs], worth * JOINED, own)


def _of_names(films: FilmTable, column: str) -> tuple[np.ndarray, np.ndarray]:
    """The words of names, and the films they belong to."""
    names, rows, which = films.words(column)
    words, of_name = _split(pa.array([title_rules.words(name) for name in names], pa.string()))
    start = np.searchsorted(of_name, np.arange(len(names) + 1))
    lengths = start[which + 1] - start[which]
    return words[_ranges(start[which], lengths)], np.repeat(rows, lengths)


def _initials(titles: Iterable[str]) -> tuple[np.ndarray, np.ndarray]:
    """The initials of titles of several words, with and without an article in front, and the films."""
    found = []
    for number, title in enumerate(titles):
        letters = [word[0] for word in title.split()]
        if len(letters) >= LEAST_INITIALS:
            found.append(("".join(letters), number))
            if title_rules.begins_with_article(title) and len(letters) > LEAST_INITIALS:
                found.append(("".join(letters[1:]), number))
    words, rows = zip(*found, strict=True) if found else ((), ())
    return np.array(words, dtype=object), np.array(rows, dtype=np.int64)


def _split(texts: pa.StringArray) -> tuple[np.ndarray, np.ndarray]:
    """The words of texts, and which text each is of, (n,) both."""
    words = pc.split_pattern(texts, " ")
    flat = np.array(pc.list_flatten(words).to_pylist(), dtype=object)
    return flat, pc.list_parent_indices(words).to_numpy()


def _ranges(start: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The numbers from each start on, as many as its length says, one range after another."""
    before = np.cumsum(lengths) - lengths
    ranges: np.ndarray = np.repeat(start - before, lengths) + np.arange(lengths.sum())
    return ranges
