"""Search: the films that somebody probably means by what they type into one box.

Each word of the text is held against the words of all films (`search_index.py`): whole, as a beginning, or misspelled.
A year counts too. How well the words are met, how much of the title they name, and how well known the film is, make the
order. The whole text is also held against whole titles, by the rules of `title_rules` and by its letters. The weights
are chosen on queries in `tests/data/titles/queries.csv`.
"""

from __future__ import annotations

import itertools

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from reelrec.data.film import Film
from reelrec.data.titles import title_rules
from reelrec.data.titles.search_index import JOINED, OTHER_TITLE, TITLE, SearchIndex
from reelrec.data.titles.title_index import TitleIndex

SMALL = frozenset(
    (
        "the",
        "a",
        "an",
        "of",
        "and",
        "in",
        "on",
        "to",
        "at",
        "for",
        "de",
        "la",
        "le",
        "les",
        "el",
        "der",
        "die",
        "das",
        "il",
    )
)
SMALL_WEIGHT = 0.15  # of such a word, where another one stands beside it
BEGINS, REST_OF_WORD = 0.6, 0.3  # what a beginning is worth, and what is added for its share of the word
BEGINNING = 3  # letters of a beginning, at least, except of the last word
MISSPELLED, LEAST_ALIKE, OFF, LONG = 0.8, 0.72, 2, 4  # worth, likeness, letters more or less, letters of the word
HEARD, HEARD_ALIKE = 0.6, 0.92  # worth and likeness of a word that begins like it
USUAL = 20  # films with a word that is taken as it stands
OF_YEAR = 0.9
NAMES_TITLE = 0.5  # worth from which a word names a part of the title
COVERED, MISSED = 0.3, 0.3  # added for all words of the title; taken for each word that is not met
WHOLE = 0.3  # added if the text is the whole title
PHRASE, PHRASE_ALIKE, PHRASE_LETTERS = 0.8, 80.0, 5  # of a text that is like a title letter by letter
PHRASES = 20_000  # best known films whose titles it is held against
FAME = 0.17  # added for ten times as many ratings
MOST_PARTS = 12
PART, OF_SERIES, RATED = 0.5, 0.75, 1_000  # added for the n-th film of those that meet all other words so well


class FilmSearch:
    """Searches all films. titles: for whole titles. canonical, year, n_ratings: (n_films,) as in the catalogue."""

    def __init__(self, titles: TitleIndex, canonical: np.ndarray, year: np.ndarray, n_ratings: np.ndarray) -> None:
        self._titles, self._canonical, self._year = titles, canonical, year
        self._index = SearchIndex.of(titles.films, titles.keys, canonical)
        self._main = canonical == np.arange(len(canonical))
        self._n_ratings, self._fame = n_ratings, FAME * np.log10(1.0 + n_ratings)
        words = titles.keys.table["words"].to_pylist()
        self._lengths = np.array([max(sum(word not in SMALL for word in title.split()), 1) for title in words])
        known = np.argsort(-n_ratings, kind="stable")[:PHRASES]
        self._known = known[self._main[known]]
        self._known_titles = [words[number] for number in self._known.tolist()]

    def films(self, text: str, n: int) -> list[Film]:
        """At most n films, the likeliest first. "(1995)" in the text is a year, and no film of another is found."""
        wanted, year = title_rules.title_and_year(text)
        key = title_rules.words(wanted)
        if not key:
            return []
        score, found = self._by_words(key.split())
        self._by_letters(key, score, found)
        self._by_whole_titles(wanted, score, found)
        if year is not None:
            found &= self._year == year
        hits = np.flatnonzero(found)
        order = np.lexsort((hits, -(score + self._fame)[hits]))
        return [self._titles.films[number] for number in hits[order][:n].tolist()]

    def _by_words(self, words: list[str]) -> tuple[np.ndarray, np.ndarray]:
        """(n_films,) the score, and whether enough words are met; where no film meets more, half of them are enough."""
        least = [BEGINNING] * (len(words) - 1) + [1]  # the last word may still be written
        met, own = (np.array(part) for part in zip(*map(self._met, words, least), strict=True))  # (n words, n_films)
        for place, pair in enumerate(itertools.pairwise(words)):
            joined, title = self._worth(self._index.exact("".join(pair)), JOINED)
            met[place : place + 2] = np.maximum(met[place : place + 2], joined)
            own[place : place + 2] = np.maximum(own[place : place + 2], title / 2)
        small = np.array([word in SMALL and len(words) > 1 for word in words])
        weights = np.where(small, SMALL_WEIGHT, 1.0)
        missed = weights @ (met == 0)
        covered = np.minimum(own[~small].sum(axis=0) / self._lengths, 1.0)
        score = weights @ met / weights.sum() + COVERED * covered - MISSED * missed
        part = self._part(words, met)
        score[part] += PART
        found = self._main & met.any(axis=0)
        enough = found & (missed <= (weights.sum() - 1) / 2)
        enough[part] = True
        return score, enough if enough.any() else found & (missed <= weights.sum() / 2)

    def _part(self, words: list[str], met: np.ndarray) -> np.ndarray:
        """The film that is meant by a number that no title has: the n-th by year of those that meet all other words."""
        last = title_rules.one_spelling(words[-1])
        numbered = (met >= OF_SERIES).all(axis=0).any()
        if numbered or len(words) < 2 or not (last.isdecimal() and 2 <= int(last) <= MOST_PARTS):
            return np.empty(0, dtype=np.int64)
        films = np.flatnonzero(self._main & (self._n_ratings >= RATED) & (met[:-1] >= OF_SERIES).all(axis=0))
        return films[np.argsort(self._year[films], kind="stable")][int(last) - 1 : int(last)]

    def _met(self, word: str, beginning: int) -> tuple[np.ndarray, np.ndarray]:
        """(n_films,) how well each film meets this word, and its own title. beginning: letters of one, at least."""
        index, spelling = self._index, title_rules.one_spelling(word)
        found = [self._worth(index.exact(form), 1.0) for form in dict.fromkeys((word, spelling))]
        films = np.count_nonzero(found[0][0])
        letters = BEGINNING if spelling.isdecimal() else beginning  # a number is no beginning of a year
        if len(word) >= letters and word not in SMALL:
            places = index.beginning(word)
            found.append(self._worth(places, BEGINS + REST_OF_WORD * len(word) / index.sizes(places)))
        if len(word) >= LONG and films < USUAL:
            for scorer, least, worth, off in (
                (DamerauLevenshtein.normalized_similarity, LEAST_ALIKE, MISSPELLED, OFF),
                (JaroWinkler.similarity, HEARD_ALIKE, HEARD, len(word)),
            ):
                near = index.near(word, off)
                alike = process.cdist([word], index.words[near].tolist(), scorer=scorer)[0]
                places = (alike >= least) & (alike < 1)
                found.append(self._worth(near[places], worth * alike[places]))
        met, own = (np.max(part, axis=0) for part in zip(*found, strict=True))
        if len(word) == 4 and word.isdecimal():
            met = np.maximum(met, np.where(self._year == int(word), OF_YEAR, 0.0))
        return met, own

    def _worth(self, places: np.ndarray, quality: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
        """(n_films,) what the words at these places are worth, and what they are worth of the film's own title.

        quality: of each word.
        """
        met, own = np.zeros((2, len(self._main)), dtype=np.float32)
        postings, which = self._index.postings(places)
        films = self._index.films[postings]
        each: np.ndarray = np.broadcast_to(np.asarray(quality, dtype=np.float32), places.shape)[which]
        np.maximum.at(met, films, each * self._index.worth[postings])
        named = self._index.own[postings] & (each >= NAMES_TITLE)
        np.maximum.at(own, films[named], each[named])
        return met, own

    def _by_letters(self, key: str, score: np.ndarray, found: np.ndarray) -> None:
        """Raise the score of films whose title is like the text letter by letter."""
        if len(key) < PHRASE_LETTERS:
            return
        for _, alike, place in process.extract(
            key, self._known_titles, scorer=fuzz.ratio, score_cutoff=PHRASE_ALIKE, limit=20
        ):
            film, value = self._known[place], (PHRASE + COVERED) * alike / 100
            score[film] = max(score[film], value) if found[film] else value
            found[film] = True

    def _by_whole_titles(self, wanted: str, score: np.ndarray, found: np.ndarray) -> None:
        """Raise the score of films of this title, here or elsewhere."""
        elsewhere, own = self._titles.named(wanted)
        for films, least in ((elsewhere, OTHER_TITLE), (own, TITLE)):
            score[films] = np.maximum(score[films], least) + WHOLE
            found[films] = True
