"""What `deepfm` and `gpt` share: a network that corrects what `bmf` expects, trained in torch and served in numpy.

    r  ~  N(mean + sd shift, (sd exp(scale))^2),        mean, sd: what `bmf` expects

cut into half-stars where `bmf` cuts them, so that what is learned is a distribution over ordered stars.
"""

from __future__ import annotations

from typing import Self

import numpy as np

from reelrec.data.dataset import Dataset
from reelrec.data.history import History
from reelrec.data.roles import Role
from reelrec.models.arrays import ArrayModel, Arrays
from reelrec.models.base import Prediction
from reelrec.models.bmf import BMF
from reelrec.models.corrections.episodes import Evidence, evidence_of


class Corrector(ArrayModel):
    """bmf: fitted, on the same films; it is part of the model, but not of its file.

    Hyperparameters. passes: episodes of each person, used in turn over the epochs. mse_weight: of the squared error in
    the loss, beside the log loss. id_decay: weight decay of what a film has of its own.
    """

    unit = "stars"
    builds_on = parts = ("bmf",)
    validates_on = Role.TUNE

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
        """validation: users whose error says when to stop; by default some of the data set's."""
        self.keep(**self.train(dataset, validation))
        return self

    def train(self, dataset: Dataset, validation: Dataset | None) -> dict[str, np.ndarray]:
        """Train the network with torch. What the file holds, by name."""
        raise NotImplementedError

    def learned(self) -> Arrays:
        return self.weights_

    def keep(self, **weights: np.ndarray) -> None:
        for array in weights.values():
            array.setflags(write=False)
        self.weights_ = weights

    def correct(self, evidence: Evidence, expected: Prediction, items: np.ndarray) -> Prediction:
        """What the person would give these items, of which `bmf` expects this, (n,), given the evidence."""
        raise NotImplementedError

    def score(self, history: History) -> np.ndarray:
        return self.predict(history).mean

    def predict(self, history: History, items: np.ndarray | None = None) -> Prediction:
        """What the person would give these items, or all of them, and how sure that is."""
        evidence, expected = evidence_of(self.bmf, history, items)
        return self.correct(evidence, expected, np.arange(len(expected.mean)) if items is None else items)

    def probabilities(self, prediction: Prediction) -> np.ndarray:
        """(n, 10): the chance of each half-star."""
        return self.bmf.probabilities(prediction)


def corrected(expected: Prediction, output: np.ndarray) -> Prediction:
    """The prediction after a network's output, (n, 2) shift and scale."""
    shift, scale = output.T
    return expected._replace(mean=expected.mean + expected.sd * shift, sd=expected.sd * np.exp(scale))


def expectation(expected: Prediction) -> np.ndarray:
    """(n, 2) input of a network: the expected mean, shifted to about zero, and the logarithm of its sd."""
    return np.stack([expected.mean - 3.5, np.log(expected.sd)], axis=1)


def linear(weights: dict[str, np.ndarray], name: str, x: np.ndarray) -> np.ndarray:
    return x @ weights[f"{name}_weight"].T + weights[f"{name}_bias"]


def by_head(x: np.ndarray, heads: int) -> np.ndarray:
    """(heads, n, d / heads) of (n, d)."""
    return x.reshape(len(x), heads, x.shape[1] // heads).transpose(1, 0, 2)
