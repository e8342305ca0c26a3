"""The names of all models, and which class each is."""

from __future__ import annotations

from reelrec.errors import OptionError
from reelrec.models.base import Model
from reelrec.models.baseline import Baseline
from reelrec.models.bmf import BMF
from reelrec.models.corrections.deepfm import DeepFM
from reelrec.models.corrections.gpt import GPT
from reelrec.models.ease import EASE
from reelrec.models.film_mean import FilmMean
from reelrec.models.knn import KNN
from reelrec.models.popularity import Popularity
from reelrec.models.ranker import Ranker
from reelrec.models.stack import Stack
from reelrec.models.svd import SVD

MODELS: dict[str, type[Model]] = {
    model.name: model for model in (Popularity, FilmMean, Baseline, KNN, SVD, BMF, EASE, Ranker, DeepFM, GPT, Stack)
}


def model_class(name: str) -> type[Model]:
    """The class of a model. Raises OptionError for a name that there is not."""
    if name not in MODELS:
        raise OptionError(f"There is no model called {name!r}. Known: {', '.join(MODELS)}.")
    return MODELS[name]
