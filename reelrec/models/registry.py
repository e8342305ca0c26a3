"""The names of all models, and which class each is."""

from __future__ import annotations

from reelrec.models.base import Recommender
from reelrec.models.baseline import Baseline
from reelrec.models.bmf import BMF
from reelrec.models.corrections.deepfm import DeepFM
from reelrec.models.corrections.gpt import GPT
from reelrec.models.ease import EASE
from reelrec.models.film_mean import FilmMean
from reelrec.models.knn import KNN
from reelrec.models.popularity import Popularity
from reelrec.models.ranker import Ranker
from reelrec.models.stack import MEMBERS, Stack
from reelrec.models.svd import SVD

MODELS: dict[str, type[Recommender]] = {
    model.name: model for model in (Popularity, FilmMean, Baseline, KNN, SVD, BMF, EASE, Ranker, DeepFM, GPT, Stack)
}
# In the order in which the class and its `load` take them.
BUILDS_ON: dict[str, tuple[str, ...]] = {"deepfm": ("bmf",), "gpt": ("bmf",), "stack": MEMBERS}
