"""A denoising autoencoder whose gates are stars. It makes lists, above all from short histories.

    x      =  sum_i E_i * g(level_i) / sqrt(m)  +  W f(n),      f(n) = (ln(1 + n), 1 / (1 + n), ln(1 + n)^2 / 10)
    h      =  GELU(norm(x)),       h'  =  norm(h + GELU(L h))
    score  =  O h' + b

n is the number of items of the history, m that of all items with an answer. g has one vector for each level: ten
half-stars; an item that was seen without stars or has a heart; and the items of no history, those set aside and those
not seen. Training shows a part of each user's items, as visitors come, and asks for the liked ones among the others
(`dae_net.py`).

Sources: Liang, Krishnan, Hoffman and Jebara, "Variational Autoencoders for Collaborative Filtering", WWW 2018
(Mult-DAE); Wu, DuBois, Zheng and Ester, "Collaborative Denoising Auto-Encoders", WSDM 2016. How we differ. 1. The part
that is shown has any length, not half of a history. 2. Stars gate the embedding, so that dislike is no liking. 3. Only
liked items are asked for. 4. Embeddings ship as whole numbers of one byte, with a scale for each row.
"""

from __future__ import annotations

from typing import Self

import numpy as np

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.shared import shared
from reelrec.models.arrays import ArrayModel, Arrays
from reelrec.models.lists.levels import EPSILON, levels, sizes

LAYERS = ("sizes_weight", "sizes_bias", "enter_weight", "enter_bias", "hidden_weight", "hidden_bias",
          "leave_weight", "leave_bias")  # fmt: skip


class DAE(ArrayModel):
    """Hyperparameters.

    embedding_dim: of an item, and of all layers. popular_share: of the users whose shown items are drawn by popularity
    rather than evenly. most_share: of those shown four in five of their items. blurred_share: of those whose stars are
    replaced by the levels without stars. tail_share: of the items with few ratings that a step of the training scores.
    """

    name = "dae"
    unit = "preference"
    adds_up = True
    arrays = ("items", "item_scales", "outputs", "output_scales", "output_bias", "gates", *LAYERS)

    def __init__(
        self,
        embedding_dim: int = 256,
        dropout: float = 0.3,
        learning_rate: float = 1.5e-3,
        weight_decay: float = 1e-2,
        popular_share: float = 0.5,
        most_share: float = 0.3,
        blurred_share: float = 0.15,
        tail_share: float = 1.0,
        epochs: int = 40,
        seed: int = 42,
    ) -> None:
        self.embedding_dim = embedding_dim
        self.dropout = dropout
        self.learning_rate = learning_rate
        self.weight_decay = weight_decay
        self.popular_share = popular_share
        self.most_share = most_share
        self.blurred_share = blurred_share
        self.tail_share = tail_share
        self.epochs = epochs
        self.seed = seed

    def fit(self, dataset: Dataset) -> Self:
        from reelrec.models.lists import dae_net  # imports torch, which serving does without

        weights = dae_net.trained(self, dataset)
        for side in ("item", "output"):
            weights[f"{side}s"], weights[f"{side}_scales"] = in_bytes(weights[f"{side}s"])
        self.keep(**weights)
        return self

    def learned(self) -> Arrays:
        """items, outputs: (n_items, d) int8, E and O of the formula, by row in units of their scales (n_items,).

        output_bias: b, (n_items,). gates: g, (LEVELS, d). The layers are called sizes (W), hidden (L), enter and leave
        (the norms).
        """
        return self.weights_

    def keep(self, **weights: np.ndarray) -> None:
        for array in weights.values():
            array.setflags(write=False)
        self.weights_ = weights
        self._outputs = shared(
            "vectors", lambda: weights["outputs"] * weights["output_scales"][:, None]
        )  # (n_items, d)

    def score(self, history: History) -> np.ndarray:
        score: np.ndarray = self.scores(self.hidden_of(history))[0]
        return score

    def scores(self, hidden: np.ndarray, items: np.ndarray | slice = slice(None)) -> np.ndarray:
        """(B, n) float32: the score of these items, by default of all. hidden: (B, d), of `hidden`."""
        scores: np.ndarray = hidden @ self._outputs[items].T + self.weights_["output_bias"][items]
        return scores

    def bias(self, items: np.ndarray) -> np.ndarray:
        """(n,) float32: what the history does not change of the score of these items."""
        bias: np.ndarray = self.weights_["output_bias"][items]
        return bias

    def commonest(self, n: int) -> np.ndarray:
        """(n,) the items that come first whatever the history: those with the highest bias."""
        return np.argsort(-self.weights_["output_bias"], kind="stable")[:n]

    def vectors(self, items: np.ndarray) -> np.ndarray:
        """(n, d) float32: the rows of O of these items, with length 1."""
        rows = self._outputs[items]
        vectors: np.ndarray = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-9))
        return vectors

    def contributions(self, history: History, items: np.ndarray, places: np.ndarray) -> np.ndarray:
        """(len(places), len(items)) float32: how far the score of these items falls without one item of the history."""
        n, entered = len(history), self.entered(history)
        m, whole = len(entered), entered.sum(axis=0, keepdims=True)  # (1, d)
        outputs = self._outputs[items].T  # (d, len(items))
        with_all = self.hidden(whole, n, m) @ outputs
        without = self.hidden(whole - entered[places], n - 1, m - 1) @ outputs
        parts: np.ndarray = with_all - without
        return parts

    def entering(self, items: np.ndarray, level: np.ndarray) -> np.ndarray:
        """(..., d) float32: what items add with these levels, before the root of m divides it."""
        w = self.weights_
        added: np.ndarray = w["items"][items] * w["item_scales"][items][..., None] * w["gates"][level]
        return added

    def hidden(self, entered: np.ndarray, n: np.ndarray | int, m: np.ndarray | int) -> np.ndarray:
        """(B, d) float32 h' of the formula.

        entered: (B, d), sums of `entering` over m items of which n are of the history. n, m: for all, or (B,).
        """
        w, root = self.weights_, np.sqrt(np.maximum(np.atleast_1d(m), 1)).astype(np.float32)
        x = entered / root[:, None] + sizes(np.atleast_1d(n)) @ w["sizes_weight"].T + w["sizes_bias"]
        h = gelu(norm(x, w["enter_weight"], w["enter_bias"]))
        return norm(h + gelu(h @ w["hidden_weight"].T + w["hidden_bias"]), w["leave_weight"], w["leave_bias"])

    def hidden_of(self, history: History) -> np.ndarray:
        """(1, d) float32 h' of one history."""
        entered = self.entered(history)
        return self.hidden(entered.sum(axis=0, keepdims=True), len(history), len(entered))

    def entered(self, history: History) -> np.ndarray:
        """(m, d) float32: what each item with an answer adds; the history's first."""
        items = np.concatenate([history.items, history.set_aside, history.unseen])
        return self.entering(items, levels(history))


def gelu(x: np.ndarray) -> np.ndarray:
    """Hendrycks and Gimpel's unit, with the tangent in place of the error function."""
    y: np.ndarray = 0.5 * x * (1 + np.tanh(np.float32(np.sqrt(2 / np.pi)) * (x + np.float32(0.044715) * x**3)))
    return y


def norm(x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Layer norm over the last axis."""
    away = x - x.mean(axis=-1, keepdims=True)
    y: np.ndarray = away / np.sqrt((away**2).mean(axis=-1, keepdims=True) + np.float32(EPSILON)) * weight + bias
    return y


def in_bytes(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each row as whole numbers from -127 to 127, (n, d) int8, and the size of one, (n,) float32."""
    scales = np.maximum(np.abs(weights).max(axis=1), 1e-12) / 127
    return np.rint(weights / scales[:, None]).astype(np.int8), scales.astype(np.float32)
