"""A GPT-style rater: a decoder reads the items that a user rated, one token each, and predicts the next rating.

    history:  x_j  =  film_j + stars(r_j) + residual_j u,        target:  x  =  film + A [mean, ln sd] + a
    x  <-  x + attention(LN(x)),    x  <-  x + MLP(LN(x)),       shift, scale  =  W LN(x)

mean and sd are the prediction of `bmf`; `corrector.py` says how shift and scale are used. The blocks are those of GPT-2
(Radford et al., "Language Models are Unsupervised Multitask Learners", 2019), randomly initialised. Ratings come in a
random order, new in every episode, as in Zheng et al., "A Neural Autoregressive Approach to Collaborative Filtering",
ICML 2016.

How we differ. 1. An item and its rating are one token. A target attends to the history and to itself, so that any
number of targets is answered in one pass over cached keys and values. 2. Order means nothing here, so there are no
positions, and serving reads the history by item index. 3. The network learns a correction, zero before training.
"""

from __future__ import annotations

from typing import NamedTuple, Unpack

import numpy as np

from reelrec.data.half_stars import half_star_places
from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.models.base import Prediction
from reelrec.models.bmf.model import BMF
from reelrec.models.corrections.corrector import (
    Corrector,
    CorrectorSettings,
    Weights,
    by_head,
    corrected,
    expectation,
    linear,
)  # fmt: skip
from reelrec.models.corrections.episodes import Evidence, evidence_of

HEADS = 4
MAX_KNOWN = 512  # items of the history that are read: the highest indices, which have the fewest ratings
AT_ONCE = 1000  # targets answered in one piece
EPSILON = 1e-5  # of the layer norm
PARTS = tuple(
    f"{layer}_{part}"
    for layer in ("norm1", "attention", "join", "norm2", "wide", "narrow")
    for part in ("weight", "bias")
)


class Memory(NamedTuple):
    """What a block caches of the start token and the history. keys, values: (heads, 1 + n, d / heads)."""

    keys: np.ndarray
    values: np.ndarray


class GPT(Corrector):
    """Hyperparameters. embedding_dim: of a token. layers: blocks. The rest: `Corrector`."""

    name = "gpt"
    arrays = (
        "films", "stars_weight", "residual", "start", "asked_weight", "asked_bias", *PARTS, "last_weight", "last_bias",
        "out_weight",
    )  # fmt: skip

    def __init__(self, bmf: BMF, layers: int = 2, **settings: Unpack[CorrectorSettings]) -> None:
        super().__init__(bmf, **settings)
        self.layers = layers

    def train(self, dataset: Dataset, validation: Dataset | None) -> dict[str, np.ndarray]:
        """films: (n_items, d) float16. `PARTS`: (layers, ...) each. And the other layers."""
        from reelrec.models.corrections import gpt_net  # imports torch, which serving does without

        shape = gpt_net.Shape(embedding_dim=self.embedding_dim, layers=self.layers, heads=HEADS)
        return gpt_net.trained(self, shape, dataset, validation)

    def correct(self, evidence: Evidence, expected: Prediction, items: np.ndarray) -> Prediction:
        memories, outputs = self.read(evidence), [np.zeros((0, 2), dtype=np.float32)]
        for first in range(0, len(items), AT_ONCE):
            part = slice(first, first + AT_ONCE)
            outputs.append(self._answer(memories, items[part], expectation(expected)[part])[0])
        return corrected(expected, np.concatenate(outputs))

    def looked_at(self, history: History, items: np.ndarray) -> np.ndarray:
        """(n_items, n): the share of the last block's attention on each rated item of the history, mean of the heads.

        The columns are those of `History.stars`. The rest of the attention is on the start token and on the target.
        """
        evidence, expected = evidence_of(self.bmf, history, items)
        _, weights = self._answer(self.read(evidence), items, expectation(expected))
        attention = np.zeros((len(items), len(evidence.items)), dtype=np.float32)
        attention[:, -MAX_KNOWN:] = weights.mean(axis=0)[:, 1:-1]
        return attention[:, np.searchsorted(evidence.items, history.stars()[0])]

    def read(self, evidence: Evidence) -> list[Memory]:
        """What each block caches of the history."""
        w, last = self.weights_, slice(-MAX_KNOWN, None)
        stars = w["stars_weight"][half_star_places(evidence.ratings[last])]
        known = w["films"][evidence.items[last]] + stars + evidence.residuals[last, None] * w["residual"]
        x = np.concatenate([w["start"][None], known])  # (1 + n, d)
        later = np.triu(np.full((len(x), len(x)), -np.inf, dtype=np.float32), 1)
        memories = []
        for block in self._blocks():
            query, key, value = heads(block, x)
            memories.append(Memory(keys=key, values=value))
            weights = softmax(query @ key.transpose(0, 2, 1) / np.sqrt(key.shape[2], dtype=np.float32) + later)
            x = rest(block, x, weights @ value)
        return memories

    def _answer(self, memories: list[Memory], items: np.ndarray, from_bmf: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(n, 2) shift and scale of targets, and the last block's attention weights (heads, n, 1 + known + 1).

        from_bmf: (n, 2) of `expectation`. Each target attends to the history and to itself.
        """
        w, weights = self.weights_, np.zeros(0)
        x = w["films"][items] + linear(w, "asked", from_bmf)
        for block, memory in zip(self._blocks(), memories, strict=True):
            query, key, value = heads(block, x)
            own = (query * key).sum(axis=2, keepdims=True)  # (heads, n, 1)
            logits = np.concatenate([query @ memory.keys.transpose(0, 2, 1), own], axis=2)
            weights = softmax(logits / np.sqrt(key.shape[2], dtype=np.float32))
            x = rest(block, x, weights[..., :-1] @ memory.values + weights[..., -1:] * value)
        return layer_norm(w, "last", x) @ w["out_weight"].T, weights

    def _blocks(self) -> list[Weights]:
        return [{part: self.weights_[part][i] for part in PARTS} for i in range(len(self.weights_[PARTS[0]]))]


def heads(block: Weights, x: np.ndarray) -> list[np.ndarray]:
    """Queries, keys and values of tokens (n, d): (heads, n, d / heads) each."""
    joined = linear(block, "attention", layer_norm(block, "norm1", x))
    return [by_head(part, HEADS) for part in np.split(joined, 3, axis=1)]


def rest(block: Weights, x: np.ndarray, mixed: np.ndarray) -> np.ndarray:
    """The block after its attention. x: (n, d). mixed: (heads, n, d / heads) the weighted values."""
    x = x + linear(block, "join", mixed.transpose(1, 0, 2).reshape(x.shape))
    output: np.ndarray = x + linear(block, "narrow", gelu(linear(block, "wide", layer_norm(block, "norm2", x))))
    return output


def softmax(x: np.ndarray) -> np.ndarray:
    """The softmax over the last axis."""
    x = np.exp(x - x.max(axis=-1, keepdims=True))
    shares: np.ndarray = x / x.sum(axis=-1, keepdims=True)
    return shares


def gelu(x: np.ndarray) -> np.ndarray:
    """GELU in the tanh approximation of GPT-2."""
    y: np.ndarray = 0.5 * x * (1.0 + np.tanh(np.sqrt(2 / np.pi, dtype=np.float32) * (x + 0.044715 * x * x * x)))
    return y


def layer_norm(weights: Weights, name: str, x: np.ndarray) -> np.ndarray:
    """The layer norm of this name. x: (n, d)."""
    centred = x - x.mean(axis=1, keepdims=True)
    scaled = centred / np.sqrt((centred * centred).mean(axis=1, keepdims=True) + np.float32(EPSILON))
    y: np.ndarray = scaled * weights[f"{name}_weight"] + weights[f"{name}_bias"]
    return y
