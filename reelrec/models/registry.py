"""The names of all models, and the class of each."""

from __future__ import annotations

from reelrec.models.base import Model
from reelrec.models.baseline import Baseline
from reelrec.models.bmf.model import BMF
from reelrec.models.corrections.deepfm import DeepFM
from reelrec.models.corrections.gpt import GPT
from reelrec.models.film_mean import FilmMean
from reelrec.models.knn import KNN
from reelrec.models.lists.blend import Blend
from reelrec.models.lists.dae import DAE
from reelrec.models.lists.ease import EASE
from reelrec.models.lists.popularity import Popularity
from reelrec.models.lists.ranker import Ranker
from reelrec.models.stack import Stack
from reelrec.models.svd import SVD
from reelrec.names import one_of

_CLASSES: tuple[type[Model], ...] = (
    Popularity, FilmMean, Baseline, KNN, SVD, BMF, EASE, Ranker, DAE, DeepFM, GPT, Stack, Blend,
)  # fmt: skip
MODELS = {model.name: model for model in _CLASSES}


def model_class(name: str) -> type[Model]:
    """The class of a model. Raises OptionError for an unknown name."""
    return MODELS[one_of(name, MODELS, "model")]
