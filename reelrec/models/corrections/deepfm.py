"""DeepFM: what `bmf` expects, corrected by a network that reads a film's facts and a person's history.

    shift, scale  =  W e  +  V sum_{i<j} e_i * e_j  +  MLP(e),        e: the embeddings of all fields, side by side

and `corrector.py` says what becomes of shift and scale. Source: Guo, Tang, Ye, Li and He, "DeepFM: A
Factorization-Machine based Neural Network for CTR Prediction", IJCAI 2017; attention of the target over the history:
Zhou et al., "Deep Interest Network for Click-Through Rate Prediction", KDD 2018.

How we differ. 1. It learns a correction, zero before training. 2. There is no user id: a person is their history, as
`bmf` and shrunk means by genre sum it up and as the target film attends to it. 3. Each film in the history is worth
its residual, how far it is off what the other films lead `bmf` to expect. 4. The film's fields depend on nothing else,
so they are worked out once after training and ship in float16.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from reelrec.data.dataset import Dataset
from reelrec.models.base import Prediction
from reelrec.models.bmf import BMF
from reelrec.models.corrections.corrector import Corrector, by_head, corrected, expectation, linear
from reelrec.models.corrections.episodes import Evidence

GENRE_SHRINK = 5.0  # ratings' worth of pull towards a residual of zero
HEADS = 4  # of the attention over the history
MOST_KNOWN = 512  # films of the history that are attended to, the last by number, which are the least known
AT_ONCE = 1000  # films corrected in one piece
PERSON = ("vector", "sd", "ratings", "genres")  # the fields of a person, in this order
LAYERS = (
    *(f"person_{field}" for field in PERSON), "expected", "attended", "ask", "first", "deep_hidden1", "deep_hidden2",
)  # fmt: skip


class DeepFM(Corrector):
    """Hyperparameters. embedding_dim: of a field. width: of the MLP's first layer. keys: numbers that attention
    compares, of all heads together. The rest: `Corrector`.
    """

    name = "deepfm"
    arrays = (
        "films", "keys", "genres", "nobody", "tell_weight", "value_weight", "second_weight", "deep_out_weight",
        *(f"{layer}_{part}" for layer in LAYERS for part in ("weight", "bias")),
    )  # fmt: skip

    def __init__(self, bmf: BMF, width: int = 128, keys: int = 32, **settings: float) -> None:
        super().__init__(bmf, **settings)
        self.width = width
        self.keys = keys

    def train(self, dataset: Dataset, validation: Dataset | None) -> dict[str, np.ndarray]:
        """films: (n_items, fields, embedding_dim). keys: (n_items, k). genres: (n_items, g) 0 or 1. And the layers."""
        from reelrec.models.corrections import deepfm_net  # imports torch, which serving does without

        genres = np.zeros((dataset.n_items, 1), dtype=np.uint8)  # where no genre is known
        if "genre" in dataset.features:
            genres = (dataset.features["genre"].toarray() > 0).astype(np.uint8)
        fields = partial(person_fields, self.bmf, genres)
        shape = deepfm_net.Shape(embedding_dim=self.embedding_dim, width=self.width, keys=self.keys, heads=HEADS)
        return deepfm_net.trained(self, shape, fields, dataset, validation) | {"genres": genres}

    def correct(self, evidence: Evidence, expected: Prediction, items: np.ndarray) -> Prediction:
        w, fields = self.weights_, person_fields(self.bmf, self.weights_["genres"], evidence)
        person = np.stack([linear(w, f"person_{name}", field) for name, field in fields.items()])  # (4, e)
        outputs = [np.zeros((0, 2), dtype=np.float32)]
        for first in range(0, len(items), AT_ONCE):
            some = items[first : first + AT_ONCE]
            films = w["films"][some].astype(np.float32)  # (n, fields, e)
            expects = linear(w, "expected", expectation(expected)[first : first + AT_ONCE])  # (n, e)
            attended = linear(w, "attended", self._attend(evidence, some))
            people = np.broadcast_to(person, (len(some), *person.shape))
            outputs.append(self._output(np.concatenate([films, people, expects[:, None], attended[:, None]], axis=1)))
        return corrected(expected, np.concatenate(outputs))

    def _output(self, fields: np.ndarray) -> np.ndarray:
        """(n, 2) shift and scale. fields: (n, f, e)."""
        w, flat = self.weights_, fields.reshape(len(fields), -1)
        pairs = 0.5 * (fields.sum(axis=1) ** 2 - (fields**2).sum(axis=1))  # (n, e)
        deep = np.maximum(linear(w, "deep_hidden1", flat), 0.0)
        deep = np.maximum(linear(w, "deep_hidden2", deep), 0.0)
        return linear(w, "first", flat) + pairs @ w["second_weight"].T + deep @ w["deep_out_weight"].T

    def _attend(self, evidence: Evidence, items: np.ndarray) -> np.ndarray:
        """(n, k + 2 heads): values, residual and weight that each item attends to in the history, by head."""
        w, residuals = self.weights_, evidence.residuals[-MOST_KNOWN:]
        asked, known = (w["keys"][some].astype(np.float32) for some in (items, evidence.items[-MOST_KNOWN:]))
        query = by_head(linear(w, "ask", asked), HEADS)  # (heads, n, k / heads)
        key, value = (by_head(known @ w[name].T, HEADS) for name in ("tell_weight", "value_weight"))
        weights = np.exp(query @ key.transpose(0, 2, 1) / np.sqrt(key.shape[2], dtype=np.float32))  # (heads, n, known)
        weights /= weights.sum(axis=2, keepdims=True) + np.exp(w["nobody"])[:, None, None]
        values = (weights @ (value * residuals[:, None])).transpose(1, 0, 2).reshape(len(items), -1)
        return np.concatenate([values, (weights @ residuals).T, weights.sum(axis=2).T], axis=1)


def person_fields(bmf: BMF, genres: np.ndarray, evidence: Evidence) -> dict[str, np.ndarray]:
    """A person in numbers, float32, by field: vector, its sd, own ratings, residuals by genre. genres: (n_items, g)."""
    scale = np.sqrt(np.diag(bmf.prior_covariances_[0]))
    n, ratings = len(evidence.items), evidence.ratings
    own = [np.log1p(n) / 6, np.log(evidence.steadiness), *((ratings.mean() - 3.5, ratings.std()) if n else (0.0, 0.0))]
    of_genres = genres[evidence.items].astype(np.float32)  # (n, g)
    counts = of_genres.sum(axis=0)
    by_genre = evidence.residuals @ of_genres / (counts + GENRE_SHRINK)
    parts = (evidence.vector / scale, evidence.sd / scale, own, np.r_[by_genre, np.log1p(counts) / 6])
    return {name: np.asarray(part, dtype=np.float32) for name, part in zip(PERSON, parts, strict=True)}
