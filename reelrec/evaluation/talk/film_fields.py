"""What the talk's DeepFM reads of a film: fields of fixed numbers, as they should be or with the talk's mistakes.

Fields: genres, countries and language, a column a word; numbers, the popularity and the runtime; text, the overview.
The talk's text vectors came from a pretrained MiniLM, which cannot be had here: TF-IDF and truncated SVD (Deerwester
et al., "Indexing by Latent Semantic Analysis", 1990) stand in. TMDB's popularity is not in the data either. Hundreds of
ratings by train users have its size, a few hundred at most, and stand in.

Mistakes, each by its name:

- `letters`: a column a letter of the joined words.
- `unscaled`: popularity and minutes as they are, not their logarithm and not standardised.
- `wrong-films`: every film has the facts of another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from reelrec.data.film import Film
from reelrec.data.film_features import bag
from reelrec.errors import OptionError

WRONG_FILMS, LETTERS, UNSCALED = "wrong-films", "letters", "unscaled"
TEXT_DIM = 64
RATINGS_A_POINT = 100  # of popularity
LEAST_FILMS = 3  # that a word of the overviews is in
SEED = 42

Fields = dict[str, np.ndarray]  # (n_films, width) float32 each


def film_fields(films: Sequence[Film], text: np.ndarray, mistakes: Collection[str] = ()) -> Fields:
    """The fields of these films, a row each. A field of which nothing is known is left out.

    text: (n_films, width) of `text_vectors`. mistakes: by name.
    """
    words: dict[str, Sequence[Sequence[str]]] = {
        "genres": [film.genres for film in films],
        "countries": [film.countries for film in films],
        "language": [[film.language] if film.language else [] for film in films],
    }
    letters = LETTERS in mistakes
    fields = {name: one_hot((", ".join(row) for row in rows) if letters else rows) for name, rows in words.items()}
    fields |= {"numbers": numbers(films, scaled=UNSCALED not in mistakes), "text": text}
    if WRONG_FILMS in mistakes:
        rows = np.random.default_rng(SEED).permutation(len(films))
        fields = {name: field[rows] for name, field in fields.items()}
    return {name: field for name, field in fields.items() if field.shape[1]}


def one_hot(rows: Iterable[Iterable[str]]) -> np.ndarray:
    """(n, width) float32: 1 in the column of each element of the row. The elements of a text are its letters."""
    return (bag(rows).toarray() > 0).astype(np.float32)


def numbers(films: Sequence[Film], scaled: bool) -> np.ndarray:
    """(n, 2) float32 popularity and runtime; an unknown runtime is 0, or the mean where it is scaled."""
    raw = np.array([(film.n_ratings / RATINGS_A_POINT, film.runtime or 0) for film in films])
    if not scaled:
        return raw.astype(np.float32)
    known = np.column_stack([np.ones(len(films), dtype=bool), raw[:, 1] > 0])
    logs = np.log1p(raw)
    mean, sd = logs.mean(axis=0, where=known), logs.std(axis=0, where=known)
    return (np.where(known, logs - mean, 0.0) / np.maximum(sd, 1e-6)).astype(np.float32)


def text_vectors(overviews: Sequence[str]) -> np.ndarray:
    """(n, TEXT_DIM or fewer) float32 of length 1, or 0 without an overview. Raises OptionError without scikit-learn."""
    try:
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer
    except ImportError as error:
        raise OptionError(
            "scikit-learn is not installed, and the talk's text vectors need it. "
            "Run: pip install -r requirements-train.txt"
        ) from error
    words = TfidfVectorizer(min_df=LEAST_FILMS, stop_words="english", sublinear_tf=True).fit_transform(overviews)
    width = min(TEXT_DIM, min(words.shape) - 1)
    vectors = TruncatedSVD(width, random_state=SEED).fit_transform(words)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 1e-9, lengths, 1.0)).astype(np.float32)
