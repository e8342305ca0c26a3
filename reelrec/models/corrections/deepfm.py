"""DeepFM: the prediction of `bmf`, corrected by a network that reads an item's facts and a user's history.

    shift, scale  =  W e  +  V sum_{i<j} e_i * e_j  +  MLP(e),        e: the embeddings of all fields, side by side

`corrector.py` says how shift and scale are used. Sources: Guo, Tang, Ye, Li and He, "DeepFM: A Factorization-Machine
based Neural Network for CTR Prediction", IJCAI 2017; attention of the target over the history: Zhou et al., "Deep
Interest Network for Click-Through Rate Prediction", KDD 2018.

How we differ. 1. The network learns a correction, zero before training. 2. There is no user id. A user is their
history: its posterior in `bmf`, its mean residual in each genre, and the target's attention over it. 3. An item of the
history enters with its residual, its distance from what the other items lead `bmf` to predict. 4. The embeddings of an
item's fields depend on nothing else, so they are computed once after training and ship in float16.
"""

from __future__ import annotations

from functools import partial
from typing import Unpack

import numpy as np

from reelrec.data.ratings.dataset import Dataset
from reelrec.models.base import Prediction
from reelrec.models.bmf.model import BMF
from reelrec.models.corrections.corrector import (
    CENTRE,
    Corrector,
    CorrectorSettings,
    by_head,
    corrected,
    expectation,
    linear,
)  # fmt: skip
from reelrec.models.corrections.episodes import Evidence

GENRE_SHRINK = 5.0  # how many residuals of zero are added to a user's residuals in a genre
HEADS = 4  # of the attention over the history
MAX_KNOWN = 512  # items of the history that are attended to: the highest indices, which have the fewest ratings
AT_ONCE = 1000  # items corrected in one piece
PERSON = ("vector", "sd", "ratings", "genres")  # the fields of a user, in this order
LAYERS = (
    *(f"person_{field}" for field in PERSON), "expected", "attended", "ask", "first", "deep_hidden1", "deep_hidden2",
)  # fmt: skip


class DeepFM(Corrector):
    """Hyperparameters.

    embedding_dim: of a field. width: of the MLP's first layer. keys: size of the attention's keys and queries, for all
    heads together. The rest: `Corrector`.

    The arrays ask, tell and value make queries, keys and values of the attention; nobody is its weight on no item.
    """

    name = "deepfm"
    arrays = (
        "films", "keys", "genres", "nobody", "tell_weight", "value_weight", "second_weight", "deep_out_weight",
        *(f"{layer}_{part}" for layer in LAYERS for part in ("weight", "bias")),
    )  # fmt: skip

    def __init__(self, bmf: BMF, width: int = 128, keys: int = 32, **settings: Unpack[CorrectorSettings]) -> None:
        super().__init__(bmf, **settings)
        self.width = width
        self.keys = keys

    def train(self, dataset: Dataset, validation: Dataset | None) -> dict[str, np.ndarray]:
        """films: (n_items, fields, embedding_dim). keys: (n_items, k). genres: (n_items, g) 0 or 1. And the layers."""
        from reelrec.models.corrections import deepfm_net  # imports torch, which serving does without

        genres = np.zeros((dataset.n_items, 1), dtype=np.uint8)  # where no genre is known
        if "genre" in dataset.features:
            genres = (dataset.features["genre"].toarray() > 0).astype(np.uint8)
        user_fields = partial(person_fields, self.bmf, genres)
        shape = deepfm_net.Shape(embedding_dim=self.embedding_dim, width=self.width, keys=self.keys, heads=HEADS)
        return deepfm_net.trained(self, shape, user_fields, dataset, validation) | {"genres": genres}

    def correct(self, evidence: Evidence, expected: Prediction, items: np.ndarray) -> Prediction:
        w = self.weights_
        by_field = person_fields(self.bmf, w["genres"], evidence)
        user = np.stack([linear(w, f"person_{name}", field) for name, field in by_field.items()])  # (4, e)
        outputs = [np.zeros((0, 2), dtype=np.float32)]
        for first in range(0, len(items), AT_ONCE):
            part = slice(first, first + AT_ONCE)
            films = w["films"][items[part]].astype(np.float32)  # (n, fields, e)
            users = np.broadcast_to(user, (len(films), *user.shape))
            from_bmf = linear(w, "expected", expectation(expected)[part])  # (n, e)
            attended = linear(w, "attended", self._attend(evidence, items[part]))
            outputs.append(self._output(np.concatenate([films, users, from_bmf[:, None], attended[:, None]], axis=1)))
        return corrected(expected, np.concatenate(outputs))

    def _output(self, fields: np.ndarray) -> np.ndarray:
        """(n, 2) shift and scale. fields: (n, f, e)."""
        w, flat = self.weights_, fields.reshape(len(fields), -1)
        pairs = 0.5 * (fields.sum(axis=1) ** 2 - (fields**2).sum(axis=1))  # (n, e)
        deep = np.maximum(linear(w, "deep_hidden1", flat), 0.0)
        deep = np.maximum(linear(w, "deep_hidden2", deep), 0.0)
        output: np.ndarray = linear(w, "first", flat) + pairs @ w["second_weight"].T + deep @ w["deep_out_weight"].T
        return output

    def _attend(self, evidence: Evidence, items: np.ndarray) -> np.ndarray:
        """(n, k + 2 heads): what each target attends to in the history: values, residual and total weight, by head."""
        w, residuals = self.weights_, evidence.residuals[-MAX_KNOWN:]
        targets, known = (w["keys"][part].astype(np.float32) for part in (items, evidence.items[-MAX_KNOWN:]))
        query = by_head(linear(w, "ask", targets), HEADS)  # (heads, n, k / heads)
        key, value = (by_head(known @ w[name].T, HEADS) for name in ("tell_weight", "value_weight"))
        weights = np.exp(query @ key.transpose(0, 2, 1) / np.sqrt(key.shape[2], dtype=np.float32))  # (heads, n, known)
        weights /= weights.sum(axis=2, keepdims=True) + np.exp(w["nobody"])[:, None, None]
        summed = np.ones(
            (HEADS, len(residuals), key.shape[2] + 2), dtype=np.float32
        )  # the last column: the weight alone
        summed[:, :, :-2], summed[:, :, -2] = value * residuals[:, None], residuals
        attended = weights @ summed  # (heads, n, k / heads + 2)
        values = attended[:, :, :-2].transpose(1, 0, 2).reshape(len(items), -1)
        return np.concatenate([values, attended[:, :, -2].T, attended[:, :, -1].T], axis=1)


def person_fields(bmf: BMF, genres: np.ndarray, evidence: Evidence) -> dict[str, np.ndarray]:
    """The fields of a user, float32 each: posterior mean, its sd, their ratings, and their residuals by genre.

    genres: (n_items, g) 0 or 1.
    """
    scale = np.sqrt(np.diag(bmf.prior_covariances_[0]))
    n, ratings = len(evidence.items), evidence.ratings
    moments = (ratings.mean() - CENTRE, ratings.std()) if n else (0.0, 0.0)
    own = [np.log1p(n) / 6, np.log(evidence.steadiness), *moments]
    of_genres = genres[evidence.items].astype(np.float32)  # (n, g)
    counts = of_genres.sum(axis=0)
    by_genre = evidence.residuals @ of_genres / (counts + GENRE_SHRINK)
    parts = (evidence.vector / scale, evidence.sd / scale, own, np.r_[by_genre, np.log1p(counts) / 6])
    return {name: np.asarray(part, dtype=np.float32) for name, part in zip(PERSON, parts, strict=True)}
