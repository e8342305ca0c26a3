"""From the words of a review to stars: TF-IDF and ridge regression by scikit-learn, served from plain arrays.

    x_t  =  (1 + ln n_t) ln((1 + N) / (1 + N_t)) + (1 + ln n_t),  scaled to length 1;      stars  ~  b + w . x

n_t: how often term t is in the text, N_t: in how many of the N texts; terms are words and pairs of neighbours. Sources:
Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988; Hoerl and Kennard, "Ridge
Regression", Technometrics 12(1), 1970. How we differ. 1. A term counts only if several authors used it, however often
one of them did: what ships is common words, of which nobody's text can be read. 2. How far off a text of that many
known words is comes from texts of other authors than those that trained. 3. A text with many unknown words, such
as one in another language, says nothing: it gets the mean of all reviews, with their spread.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Self

import numpy as np

from reelrec.data.half_stars import HIGHEST, LOWEST
from reelrec.models.arrays import ArrayModel
from reelrec.models.base import Prediction

MAX_CHARS = 4_000  # of a text that are read
KNOWN_SHARE = 0.6  # of its words that must be known for a text to say something
SIZES = (1, 5, 10, 20, 40, 80, 160)  # known words from which texts have an sd of their own
FOLDS = 10
_TAG = re.compile(r"<[^<>]{0,200}>")
_WORD = re.compile(r"\w+(?:'\w+)*")


def words(text: str) -> list[str]:
    """The words of a text in lower case, without the few HTML tags that an export has."""
    return _WORD.findall(_TAG.sub(" ", text[:MAX_CHARS]).replace("’", "'").lower())


def terms(text: str) -> list[str]:
    """Words, and pairs of neighbours."""
    found = words(text)
    return found + [f"{first} {second}" for first, second in itertools.pairwise(found)]


class ReviewText(ArrayModel):
    """Hyperparameters.

    reg: of the ridge regression. min_authors: how many must have used a term.
    """

    name = "reviews"
    by_film = False
    arrays = ("terms", "idf", "weights", "intercept", "mean", "sd", "sds")

    def __init__(self, reg: float = 2.0, min_authors: int = 5) -> None:
        self.reg = reg
        self.min_authors = min_authors

    def fit(self, texts: Sequence[str], stars: np.ndarray, authors: np.ndarray) -> Self:
        """texts: (n,). stars, authors: (n,). The sds are those of texts by authors outside of the fold that trained."""
        told, known = out_of_fold(self._fit_line, texts, stars, authors)
        self._fit_line(texts, stars, authors)
        self.sds_ = np.minimum(spreads(stars - told.mean, known), np.float32(self.sd_))  # no words are never surer
        return self

    def _fit_line(self, texts: Sequence[str], stars: np.ndarray, authors: np.ndarray) -> Self:
        """All but the sds, which are those of all stars."""
        from sklearn.linear_model import Ridge

        vectorizer = self.vectorizer(shared(texts, authors, self.min_authors))
        ridge = Ridge(alpha=self.reg).fit(vectorizer.fit_transform(texts), stars)
        self.keep(
            terms=np.array(vectorizer.get_feature_names_out(), dtype=np.str_),
            idf=vectorizer.idf_.astype(np.float32),
            weights=ridge.coef_.astype(np.float32),
            intercept=ridge.intercept_,
            mean=np.mean(stars),
            sd=np.std(stars),
            sds=np.full(len(SIZES), np.std(stars), dtype=np.float32),
        )
        return self

    @staticmethod
    def vectorizer(vocabulary: Sequence[str]) -> object:
        """scikit-learn's, with our terms."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        return TfidfVectorizer(analyzer=terms, vocabulary=vocabulary, sublinear_tf=True)

    def keep(
        self,
        terms: np.ndarray,
        idf: np.ndarray,
        weights: np.ndarray,
        intercept: float,
        mean: float,
        sd: float,
        sds: np.ndarray,
    ) -> None:
        """terms: (n_terms,) str. idf, weights: (n_terms,). mean, sd: of all stars. sds: (sizes,) of their errors."""
        if not len(terms) == len(idf) == len(weights) or len(sds) != len(SIZES):
            raise ValueError(f"{len(terms)} terms, {len(weights)} weights and {len(sds)} sds do not go together")
        self.terms_, self.idf_, self.weights_, self.sds_ = terms, idf, weights, sds
        self.intercept_, self.mean_, self.sd_ = float(intercept), float(mean), float(sd)
        self._place = {term: place for place, term in enumerate(terms.tolist())}

    def predict(self, texts: Sequence[str]) -> Prediction:
        """The stars each text speaks of: mean and sd, (n,) each; of one that says nothing, those of all reviews."""
        told = [self._told(text) for text in texts]
        return Prediction(*np.array(told, dtype=np.float32).reshape(len(texts), 2).T)

    def known(self, text: str) -> int:
        """How many of its words are known; none where most are not."""
        found = words(text)
        known = sum(word in self._place for word in found)
        return known if known >= KNOWN_SHARE * len(found) else 0

    def _told(self, text: str) -> tuple[float, float]:
        known = self.known(text)
        if not known:
            return self.mean_, self.sd_
        mean = min(max(self._line(text), LOWEST), HIGHEST)
        return mean, float(self.sds_[np.searchsorted(SIZES, known, side="right") - 1])

    def _line(self, text: str) -> float:
        """b + w . x"""
        counts = Counter(term for term in terms(text) if term in self._place)
        places = np.array([self._place[term] for term in counts], dtype=np.int64)
        x = (1.0 + np.log(list(counts.values()))) * self.idf_[places]
        return self.intercept_ + float(x @ self.weights_[places]) / float(np.sqrt(x @ x))


def spreads(off: np.ndarray, known: np.ndarray) -> np.ndarray:
    """(sizes,) root mean squares of the errors of texts with so many known words, (n,) each.

    Pulled towards that of all texts that say something, as by fifty of them.
    """
    place = np.searchsorted(SIZES, known, side="right") - 1  # -1 for a text that says nothing
    usual = np.mean(off[place >= 0] ** 2) if (place >= 0).any() else np.inf
    some = [off[place == size] ** 2 for size in range(len(SIZES))]
    return np.sqrt([(np.sum(of) + 50 * usual) / (len(of) + 50) for of in some]).astype(np.float32)


def shared(texts: Sequence[str], authors: np.ndarray, min_authors: int) -> list[str]:
    """The terms that at least so many authors used, in alphabetical order."""
    users: dict[str, set] = {}
    for text, author in zip(texts, authors, strict=True):
        for term in set(terms(text)):
            users.setdefault(term, set()).add(author)
    return sorted(term for term, who in users.items() if len(who) >= min_authors)


def together(texts: Sequence[str], authors: np.ndarray) -> np.ndarray:
    """(n,) int: texts of one number must not be parted. Those of one author have one, and those of equal words."""
    from scipy.sparse import coo_array  # serving needs neither
    from scipy.sparse.csgraph import connected_components

    _, by_author = np.unique(authors, return_inverse=True)
    _, by_words = np.unique([" ".join(words(text)) for text in texts], return_inverse=True)
    n_authors, n = by_author.max() + 1, by_author.max() + by_words.max() + 2
    joins = coo_array((np.ones(len(texts)), (by_author, n_authors + by_words)), shape=(n, n))
    return connected_components(joins, directed=False)[1][by_author]


def folds(texts: Sequence[str], authors: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Places of texts to learn from and of texts to be asked about; each is asked about once."""
    from sklearn.model_selection import GroupKFold

    return GroupKFold(FOLDS).split(np.zeros(len(texts)), groups=together(texts, authors))


def out_of_fold(
    fit: Callable[[Sequence[str], np.ndarray, np.ndarray], ReviewText],
    texts: Sequence[str],
    stars: np.ndarray,
    authors: np.ndarray,
) -> tuple[Prediction, np.ndarray]:
    """What is said of each text by a model fitted on texts of other authors, and how many of its words that knew, (n,).

    fit: from texts, stars and authors.
    """
    told, known = np.empty((2, len(texts)), dtype=np.float32), np.empty(len(texts), dtype=np.int64)
    for learned, asked in folds(texts, authors):
        model = fit([texts[i] for i in learned], stars[learned], authors[learned])
        told[:, asked] = model.predict([texts[i] for i in asked])[:2]
        known[asked] = [model.known(texts[i]) for i in asked]
    return Prediction(*told), known
