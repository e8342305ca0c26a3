"""DeepFM: what `bmf` expects, corrected by a network that reads a film's facts and a person's history.

    shift, scale  =  W e  +  V sum_{i<j} e_i * e_j  +  MLP(e),        e: the embeddings of all fields, side by side

and `corrector.py` says what becomes of shift and scale. Source: Guo, Tang, Ye, Li and He, "DeepFM: A
Factorization-Machine based Neural Network for CTR Prediction", IJCAI 2017; attention of the target over the history:
Zhou et al., "Deep Interest Network for Click-Through Rate Prediction", KDD 2018.

How we differ. 1. It learns a correction, zero before training. 2. There is no user id: a person is their history, as
`bmf` and shrunk means by genre sum it up and as the target film attends to it. 3. Each film in the history is worth
its surprise, how far it is off what the other films lead `bmf` to expect. 4. The film's fields depend on nothing else,
so they are worked out once after training and ship in float16.
"""

from __future__ import annotations

import numpy as np

from reelrec.data.dataset import Dataset
from reelrec.models.base import Prediction
from reelrec.models.bmf import BMF
from reelrec.models.corrections.corrector import Corrector, by_head, corrected, linear, told
from reelrec.models.corrections.episodes import Evidence

GENRE_SHRINK = 5.0  # ratings' worth of pull towards no surprise
HEADS = 4  # of the attention over the history
MOST_KNOWN = 512  # films of the history that are attended to, the last by number, which are the least known
AT_ONCE = 1000  # films corrected in one piece
LAYERS = ("person_0", "person_1", "person_2", "person_3", "expected", "attended", "ask", "first", "deep_0", "deep_3")


class DeepFM(Corrector):
    """Hyperparameters. embedding_dim: of a field. width: of the MLP's first layer. keys: numbers that attention
    compares, of all heads together. The rest: `Corrector`.
    """

    name = "deepfm"
    arrays = (
        "films", "keys", "genres", "nobody", "tell_weight", "value_weight", "second_weight", "deep_6_weight",
        *(f"{layer}_{part}" for layer in LAYERS for part in ("weight", "bias")),
    )  # fmt: skip

    def __init__(self, bmf: BMF, width: int = 128, keys: int = 32, **settings: float) -> None:
        super().__init__(bmf, **settings)
        self.width = width
        self.keys = keys

    def _learned(self, dataset: Dataset, checked: Dataset | None) -> dict[str, np.ndarray]:
        """films: (n_items, fields, embedding_dim). keys: (n_items, k). genres: (n_items, g) 0 or 1. And the layers."""
        from reelrec.models.corrections import deepfm_net  # brings torch, which serving does without

        return deepfm_net.learned(self, dataset, checked)

    def correct(self, evidence: Evidence, expected: Prediction, items: np.ndarray) -> Prediction:
        w, parts = self.weights_, person_fields(self.bmf, self.weights_["genres"], evidence)
        person = np.stack([linear(w, f"person_{i}", part) for i, part in enumerate(parts)])  # (4, e)
        found = [np.zeros((0, 2), dtype=np.float32)]
        for first in range(0, len(items), AT_ONCE):
            some = items[first : first + AT_ONCE]
            films = w["films"][some].astype(np.float32)  # (n, fields, e)
            expects = linear(w, "expected", told(expected)[first : first + AT_ONCE])  # (n, e)
            attended = linear(w, "attended", self._attend(evidence, some))
            people = np.broadcast_to(person, (len(some), *person.shape))
            found.append(self._output(np.concatenate([films, people, expects[:, None], attended[:, None]], axis=1)))
        return corrected(expected, np.concatenate(found))

    def _output(self, fields: np.ndarray) -> np.ndarray:
        """(n, 2) shift and scale. fields: (n, f, e)."""
        w, flat = self.weights_, fields.reshape(len(fields), -1)
        pairs = 0.5 * (fields.sum(axis=1) ** 2 - (fields**2).sum(axis=1))  # (n, e)
        deep = np.maximum(linear(w, "deep_0", flat), 0.0)
        deep = np.maximum(linear(w, "deep_3", deep), 0.0)
        return linear(w, "first", flat) + pairs @ w["second_weight"].T + deep @ w["deep_6_weight"].T

    def _attend(self, evidence: Evidence, items: np.ndarray) -> np.ndarray:
        """(n, k + 2 heads): values, surprise and weight that each item finds in the history, by head."""
        w, surprises = self.weights_, evidence.surprises[-MOST_KNOWN:]
        asked, known = (w["keys"][some].astype(np.float32) for some in (items, evidence.items[-MOST_KNOWN:]))
        query = by_head(linear(w, "ask", asked), HEADS)  # (heads, n, k / heads)
        key, value = (by_head(known @ w[name].T, HEADS) for name in ("tell_weight", "value_weight"))
        weights = np.exp(query @ key.transpose(0, 2, 1) / np.sqrt(key.shape[2], dtype=np.float32))  # (heads, n, known)
        weights /= weights.sum(axis=2, keepdims=True) + np.exp(w["nobody"])[:, None, None]
        values = (weights @ (value * surprises[:, None])).transpose(1, 0, 2).reshape(len(items), -1)
        return np.concatenate([values, (weights @ surprises).T, weights.sum(axis=2).T], axis=1)


def person_fields(bmf: BMF, genres: np.ndarray, evidence: Evidence) -> tuple[np.ndarray, ...]:
    """A person in numbers, float32, a row for each field: vector, its sd, own ratings, surprises by genre."""
    scale = np.sqrt(np.diag(bmf.prior_covariances_[0]))
    n, ratings = len(evidence.items), evidence.ratings
    own = [np.log1p(n) / 6, np.log(evidence.steadiness), *((ratings.mean() - 3.5, ratings.std()) if n else (0.0, 0.0))]
    of_genres = genres[evidence.items].astype(np.float32)  # (n, g)
    counts = of_genres.sum(axis=0)
    by_genre = evidence.surprises @ of_genres / (counts + GENRE_SHRINK)
    parts = (evidence.vector / scale, evidence.sd / scale, own, np.r_[by_genre, np.log1p(counts) / 6])
    return tuple(np.asarray(part, dtype=np.float32) for part in parts)
