"""Films as vectors of what is known before anybody rates them: text and facts. For research, never shipped.

    v_film = [ text_vectors(overview),  SVD_d(genres, year, language, runtime, director, actors) ]

each part scaled to a mean square of 1. Stands in for the pretrained sentence vectors of the talk.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse

from reelrec.data.catalogue import Catalogue
from reelrec.data.film_features import item_features
from reelrec.errors import OptionError
from reelrec.evaluation.talk.film_fields import text_vectors
from reelrec.sources.letterboxd import dataset as letterboxd

FACT_DIM = 64
SEED = 42


def film_vectors(films: Catalogue) -> np.ndarray:
    """(n_items, width) float32, by film number. Raises OptionError without scikit-learn, SourceError without texts."""
    overviews = letterboxd.read_overviews()
    text = text_vectors([overviews.get(slug, "") for slug in films.slugs[: films.n_items]])
    return np.hstack([_scaled(part) for part in (text, fact_vectors(films))])


def fact_vectors(films: Catalogue) -> np.ndarray:
    """(n_items, at most FACT_DIM): the films' facts, narrowed. Raises OptionError without scikit-learn."""
    try:
        from sklearn.decomposition import TruncatedSVD
    except ImportError as error:
        raise OptionError(
            "scikit-learn is not installed, and the talk's film vectors need it. "
            "Run: pip install -r requirements-train.txt"
        ) from error
    facts = scipy.sparse.hstack(list(item_features(films).values()), format="csr")
    return TruncatedSVD(min(FACT_DIM, min(facts.shape) - 1), random_state=SEED).fit_transform(facts)


def _scaled(part: np.ndarray) -> np.ndarray:
    return (part / np.sqrt(np.mean(part**2))).astype(np.float32)
