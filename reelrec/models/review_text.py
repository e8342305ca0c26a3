"""Stars from the words of a review: TF-IDF and ridge regression by scikit-learn, served from plain arrays.

    x_t  =  (1 + ln n_t) ln((1 + N) / (1 + N_t)) + (1 + ln n_t),  scaled to length 1;      stars  ~  b + w . x

n_t: how often term t is in the text. N_t: in how many of the N texts. Terms are words and pairs of adjacent words.
Sources: Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988; Hoerl and Kennard, "Ridge
Regression", Technometrics 12(1), 1970. How we differ. 1. A term counts only if several authors used it, however often
one of them did. So what ships is common words, and nobody's text can be read from it. 2. The standard deviation depends
on the number of known words, and comes from texts by authors outside of the fold that was fitted. 3. A text with many
unknown words, such as one in another language, has no prediction of its own: it gets the mean and the standard
deviation of all reviews.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Self

import numpy as np

from reelrec import progress
from reelrec.data.half_stars import HIGHEST, LOWEST
from reelrec.models.arrays import ArrayModel
from reelrec.models.base import Prediction

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

MAX_CHARS = 4_000  # of a text are read; the rest is cut
KNOWN_SHARE = 0.6  # of a text's words must be known for a prediction of its own
SIZES = (1, 5, 10, 20, 40, 80, 160)  # least numbers of known words; each has an sd of its own
SD_TEXTS = 50  # how many texts with the usual error are added to those of a size
FOLDS = 10
_TAG = re.compile(r"<[^<>]{0,200}>")
_WORD = re.compile(r"\w+(?:'\w+)*")


def words(text: str) -> list[str]:
    """The words of a text in lower case, without the few HTML tags that an export has."""
    return _WORD.findall(_TAG.sub(" ", text[:MAX_CHARS]).replace("’", "'").lower())


def terms(text: str) -> list[str]:
    """The words of a text, and its pairs of adjacent words."""
    single = words(text)
    return single + [f"{first} {second}" for first, second in itertools.pairwise(single)]


class ReviewText(ArrayModel):
    """Hyperparameters.

    reg: of the ridge regression. min_authors: how many authors must have used a term.
    """

    name = "reviews"
    by_film = False
    arrays = ("terms", "idf", "weights", "intercept", "mean", "sd", "sds")

    sd_: float

    def __init__(self, reg: float = 2.0, min_authors: int = 5) -> None:
        self.reg = reg
        self.min_authors = min_authors

    def fit(self, texts: Sequence[str], stars: np.ndarray, authors: np.ndarray) -> Self:
        """Fit the regression on all texts, and the sds out of fold. texts, stars, authors: (n,)."""
        prediction, known = out_of_fold(self._fit_line, texts, stars, authors)
        self._fit_line(texts, stars, authors)
        self.sds_ = np.minimum(spreads(stars - prediction.mean, known), np.float32(self.sd_))  # never above no words
        return self

    def _fit_line(self, texts: Sequence[str], stars: np.ndarray, authors: np.ndarray) -> Self:
        """Fit the regression. The sds are that of all stars."""
        from sklearn.linear_model import Ridge

        vectorizer = self.vectorizer(shared(texts, authors, self.min_authors))
        ridge = Ridge(alpha=self.reg).fit(vectorizer.fit_transform(texts), stars)
        self.keep(
            terms=np.array(vectorizer.get_feature_names_out(), dtype=np.str_),
            idf=vectorizer.idf_.astype(np.float32),
            weights=ridge.coef_.astype(np.float32),
            intercept=ridge.intercept_,
            mean=float(np.mean(stars)),
            sd=float(np.std(stars)),
            sds=np.full(len(SIZES), np.std(stars), dtype=np.float32),
        )
        return self

    @staticmethod
    def vectorizer(vocabulary: Sequence[str]) -> TfidfVectorizer:
        """scikit-learn's, with our terms."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        return TfidfVectorizer(analyzer=terms, vocabulary=vocabulary, sublinear_tf=True)

    def keep(
        self,
        *,
        terms: np.ndarray,
        idf: np.ndarray,
        weights: np.ndarray,
        intercept: float,
        mean: float,
        sd: float,
        sds: np.ndarray,
    ) -> None:
        """Hold the learned arrays. Raises ValueError where their lengths differ.

        terms: (n_terms,) str. idf, weights: (n_terms,). mean, sd: of all stars. sds: (sizes,) of the errors.
        """
        if not len(terms) == len(idf) == len(weights) or len(sds) != len(SIZES):
            raise ValueError(f"{len(terms)} terms, {len(weights)} weights and {len(sds)} sds do not go together")
        self.terms_, self.idf_, self.weights_, self.sds_ = terms, idf, weights, sds
        self.intercept_, self.mean_, self.sd_ = float(intercept), float(mean), float(sd)
        self._place = {term: place for place, term in enumerate(terms.tolist())}

    def predict(self, texts: Sequence[str]) -> Prediction:
        """The stars that each text speaks of: mean and sd, (n,) each; those of all reviews for mostly unknown words."""
        rows = [self._predict(text) for text in texts]
        mean, sd = np.array(rows, dtype=np.float32).reshape(len(texts), 2).T
        return Prediction(mean=mean, sd=sd)

    def known(self, text: str) -> int:
        """The number of known words; 0 where less than KNOWN_SHARE of the words are known."""
        all_words = words(text)
        known = sum(word in self._place for word in all_words)
        return known if known >= KNOWN_SHARE * len(all_words) else 0

    def _predict(self, text: str) -> tuple[float, float]:
        known = self.known(text)
        if not known:
            return self.mean_, self.sd_
        mean = min(max(self._line(text), LOWEST), HIGHEST)
        return mean, float(self.sds_[np.searchsorted(SIZES, known, side="right") - 1])

    def _line(self, text: str) -> float:
        """b + w . x of the formula."""
        counts = Counter(term for term in terms(text) if term in self._place)
        places = np.array([self._place[term] for term in counts], dtype=np.int64)
        x = (1.0 + np.log(list(counts.values()))) * self.idf_[places]
        return self.intercept_ + float(x @ self.weights_[places]) / float(np.sqrt(x @ x))


def spreads(errors: np.ndarray, known: np.ndarray) -> np.ndarray:
    """(sizes,) float32: the root mean squared error of the texts of each size.

    Shrunk towards that of all texts with a prediction of their own, by SD_TEXTS texts. errors: (n,) stars. known: (n,)
    numbers of known words.
    """
    place = np.searchsorted(SIZES, known, side="right") - 1  # -1 for a text without a prediction of its own
    usual = np.mean(errors[place >= 0] ** 2) if (place >= 0).any() else np.inf
    squares = [errors[place == size] ** 2 for size in range(len(SIZES))]
    means = [(np.sum(of_size) + SD_TEXTS * usual) / (len(of_size) + SD_TEXTS) for of_size in squares]
    return np.asarray(np.sqrt(means), dtype=np.float32)


def shared(texts: Sequence[str], authors: np.ndarray, min_authors: int) -> list[str]:
    """The terms that at least min_authors authors used, in alphabetical order."""
    authors_of: dict[str, set[object]] = {}
    for text, author in zip(texts, authors, strict=True):
        for term in set(terms(text)):
            authors_of.setdefault(term, set()).add(author)
    return sorted(term for term, users in authors_of.items() if len(users) >= min_authors)


def together(texts: Sequence[str], authors: np.ndarray) -> np.ndarray:
    """(n,) int: the group of each text. Texts of one author share a group, and so do texts of equal words."""
    from scipy.sparse import coo_array  # serving needs neither
    from scipy.sparse.csgraph import connected_components

    _, by_author = np.unique(authors, return_inverse=True)
    _, by_words = np.unique([" ".join(words(text)) for text in texts], return_inverse=True)
    n_authors, n = by_author.max() + 1, by_author.max() + by_words.max() + 2
    edges = coo_array((np.ones(len(texts)), (by_author, n_authors + by_words)), shape=(n, n))
    groups: np.ndarray = connected_components(edges, directed=False)[1][by_author]
    return groups


def folds(texts: Sequence[str], authors: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Places of the texts to fit on and of the texts to predict, for each of FOLDS folds. No group is in both."""
    from sklearn.model_selection import GroupKFold

    yield from GroupKFold(FOLDS).split(np.zeros(len(texts)), groups=together(texts, authors))


def out_of_fold(
    fit: Callable[[Sequence[str], np.ndarray, np.ndarray], ReviewText],
    texts: Sequence[str],
    stars: np.ndarray,
    authors: np.ndarray,
) -> tuple[Prediction, np.ndarray]:
    """The prediction of each text by a model fitted on other folds, and that model's number of known words, (n,).

    fit: a model from texts, stars and authors.
    """
    mean, sd = np.empty((2, len(texts)), dtype=np.float32)
    known = np.empty(len(texts), dtype=np.int64)
    for fitted_on, predicted in progress.steps(folds(texts, authors), FOLDS):
        model = fit([texts[i] for i in fitted_on], stars[fitted_on], authors[fitted_on])
        mean[predicted], sd[predicted], _ = model.predict([texts[i] for i in predicted])
        known[predicted] = [model.known(texts[i]) for i in predicted]
    return Prediction(mean=mean, sd=sd), known
