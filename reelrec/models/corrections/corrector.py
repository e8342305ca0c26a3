"""What `deepfm` and `gpt` share: a network that corrects the predictions of `bmf`, trained in torch, served in numpy.

    r  ~  N(mean + sd shift, (sd exp(scale))^2),        mean, sd: the prediction of `bmf`

cut into half-stars at the thresholds of `bmf`, so that the network learns a distribution over ordered half-stars.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self, TypedDict

import numpy as np

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.roles import Role
from reelrec.models.arrays import ArrayModel, Arrays
from reelrec.models.base import Prediction
from reelrec.models.bmf.model import BMF
from reelrec.models.corrections.episodes import Evidence, evidence_of

CENTRE = 3.5  # stars; a network gets means minus this
Weights = Mapping[str, np.ndarray]


class CorrectorSettings(TypedDict, total=False):
    """The settings that `Corrector` takes after `bmf`; see there."""

    embedding_dim: int
    dropout: float
    learning_rate: float
    weight_decay: float
    id_decay: float
    mse_weight: float
    passes: int
    epochs: int
    seed: int


class Corrector(ArrayModel):
    """bmf: fitted on the same items. It is part of the model, but not of its file.

    Hyperparameters. passes: episodes of each user, used in turn over the epochs. mse_weight: of the squared error in
    the loss, beside the log loss. id_decay: weight decay of the items' id embeddings.
    """

    adds_up = True
    unit = "stars"
    builds_on: ClassVar[tuple[str, ...]] = ("bmf",)
    parts: ClassVar[tuple[str, ...]] = ("bmf",)
    validates_on: ClassVar[Role | None] = Role.TUNE

    def __init__(
        self,
        bmf: BMF,
        embedding_dim: int = 16,
        dropout: float = 0.1,
        learning_rate: float = 1e-3,
        weight_decay: float = 0.01,
        id_decay: float = 1.0,
        mse_weight: float = 1.0,
        passes: int = 4,
        epochs: int = 8,
        seed: int = 42,
    ) -> None:
        self.bmf = bmf
        self.embedding_dim = embedding_dim
        self.dropout = dropout
        self.learning_rate = learning_rate
        self.weight_decay = weight_decay
        self.id_decay = id_decay
        self.mse_weight = mse_weight
        self.passes = passes
        self.epochs = epochs
        self.seed = seed

    def fit(self, dataset: Dataset, validation: Dataset | None = None) -> Self:
        """Train the network. validation: users for early stopping; by default some users of the data set."""
        self.keep(**self.train(dataset, validation))
        return self

    def train(self, dataset: Dataset, validation: Dataset | None) -> dict[str, np.ndarray]:
        """Train the network with torch. Returns the arrays of the file, by name."""
        raise NotImplementedError

    def learned(self) -> Arrays:
        return self.weights_

    def keep(self, **weights: np.ndarray) -> None:
        for array in weights.values():
            array.setflags(write=False)
        self.weights_ = weights

    def correct(self, evidence: Evidence, expected: Prediction, items: np.ndarray) -> Prediction:
        """The corrected prediction of these items. expected: the prediction of `bmf` for them, (n,)."""
        raise NotImplementedError

    def score(self, history: History) -> np.ndarray:
        return self.predict(history).mean

    def predict(self, history: History, items: np.ndarray | None = None) -> Prediction:
        """The predictive distribution of the rating of these items, or of every item."""
        evidence, expected = evidence_of(self.bmf, history, items)
        return self.correct(evidence, expected, np.arange(len(expected.mean)) if items is None else items)

    def probabilities(self, prediction: Prediction) -> np.ndarray:
        """(n, 10) float32: the probability of each half-star."""
        return self.bmf.probabilities(prediction)


def corrected(expected: Prediction, output: np.ndarray) -> Prediction:
    """The prediction of `bmf` after a correction. output: (n, 2) shift and scale."""
    shift, scale = output.T
    return expected._replace(mean=expected.mean + expected.sd * shift, sd=expected.sd * np.exp(scale))


def expectation(expected: Prediction) -> np.ndarray:
    """(n, 2) input of a network: the mean of `bmf`, shifted to about zero, and the logarithm of its sd."""
    return np.stack([expected.mean - CENTRE, np.log(expected.sd)], axis=1)


def linear(weights: Weights, name: str, x: np.ndarray) -> np.ndarray:
    """The linear layer of this name. x: (..., inputs). Returns (..., outputs)."""
    y: np.ndarray = x @ weights[f"{name}_weight"].T + weights[f"{name}_bias"]
    return y


def by_head(x: np.ndarray, heads: int) -> np.ndarray:
    """(heads, n, d / heads) of (n, d)."""
    return x.reshape(len(x), heads, x.shape[1] // heads).transpose(1, 0, 2)
