"""The talk's GPT-2: a user's films and ratings as a sequence, and the next rating asked for.

    x = [ W v_1, e(r_1), W v_2, e(r_2), …, W v_t ] + place         film and rating tokens by turns
    x = x + attention(norm(x));  x = x + mlp(norm(x))              GPT-2 blocks, each token sees those before it
    P(r_t) = softmax(H norm(x at film t))                          over the ten half-stars
    loss = - w(r_t) sum_s target(s | r_t) log P(s)                 target .5 at the stars given, .25 on either side

w is 1, or in the weighted version the inverse frequency of the stars given. Source of the blocks: Radford et al.,
"Language Models are Unsupervised Multitask Learners" (GPT-2), 2019.

How this differs from the talk:
 1. A small network from a random start and without dropout; the talk had GPT-2's pretrained weights and vocabulary.
 2. A film is one token, its vector v (`film_vectors`), not the pieces of words of its title.
 3. The order of a user's films is random, because the ratings come without dates.
 4. All positions of a window are learned in one pass, which is the same as one text for each position.
 5. Other users and films: the talk's member list cannot be had. The size of its data is not on record.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self, cast

import numpy as np

from reelrec import progress
from reelrec.data.half_stars import HALF_STARS, LIKED_PLACE, half_star_places
from reelrec.data.history import History
from reelrec.evaluation.talk.windows import LENGTH, Windows

if TYPE_CHECKING:
    import torch

N_STARS = len(HALF_STARS)
BATCH = 128  # windows
PREDICT_BATCH = 4_096  # windows


class TalkGPT:
    """vectors: (n_items, width), of the films. weighted: whether rare stars count for more."""

    def __init__(
        self,
        vectors: np.ndarray,
        *,
        weighted: bool,
        epochs: int,
        embedding_dim: int = 64,
        layers: int = 2,
        heads: int = 4,
        learning_rate: float = 3e-3,
        seed: int = 42,
    ) -> None:
        self.vectors = vectors
        self.weighted = weighted
        self.epochs = epochs
        self.embedding_dim = embedding_dim
        self.layers = layers
        self.heads = heads
        self.learning_rate = learning_rate
        self.seed = seed

    def fit(self, training: Windows, watched: Windows | None = None) -> Self:
        """Learn the asked positions. curve_: after each epoch its loss and like accuracy, and that of the watched."""
        import torch

        torch.manual_seed(self.seed)
        self._network()
        optimizer = torch.optim.AdamW(self.net_.parameters(), lr=self.learning_rate, weight_decay=0.01)
        steps = self.epochs * -(-len(training) // BATCH)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, self.learning_rate, steps, pct_start=0.1)
        targets = torch.tensor(soft_targets())
        weights = torch.tensor(class_weights(training) if self.weighted else np.ones(N_STARS, dtype=np.float32))
        rng = np.random.default_rng(self.seed)
        self.curve_: list[dict[str, float]] = []
        for epoch in progress.steps(range(self.epochs)):
            self.net_.train()
            losses, right, asked = 0.0, 0, 0
            for batch in _batches(rng.permutation(len(training)), BATCH):
                places = torch.from_numpy(training.places[batch])
                ask = torch.from_numpy(training.asked[batch])
                log_chances = self._logits(training.items[batch], places)[ask].log_softmax(dim=-1)  # (n asked, 10)
                given = places[ask]
                loss = -(weights[given] * (targets[given] * log_chances).sum(dim=-1)).mean()
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self.net_.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                losses += float(loss.detach()) * len(given)
                right += int((_likes(log_chances.detach().exp()) == (given >= LIKED_PLACE)).sum())
                asked += len(given)
            row = {"epoch": epoch + 1, "loss": losses / asked, "train": right / asked}
            self.curve_.append(row if watched is None else row | {"test": self.accuracy(watched)})
        return self

    def chances(self, windows: Windows) -> np.ndarray:
        """(n, LENGTH, 10) float32: at each position the chances of the half-stars, from the films before it."""
        import torch

        self.net_.eval()
        with torch.inference_mode():
            parts = [
                self._logits(windows.items[batch], torch.from_numpy(windows.places[batch])).softmax(dim=-1).numpy()
                for batch in _batches(np.arange(len(windows)), PREDICT_BATCH)
            ]
        return np.concatenate(parts)

    def accuracy(self, windows: Windows) -> float:
        """The like accuracy of the asked positions."""
        right = _likes(self.chances(windows)) == (windows.places >= LIKED_PLACE)
        return float(right[windows.asked].mean())

    def after_each(self, history: History, items: np.ndarray) -> np.ndarray:
        """(len(history) + 1, n_items, 10): the chances for these items after the first 0, 1, … films of the history.

        history: at most LENGTH - 1 films, rated. The items are asked for side by side, each as if it came next.
        """
        import torch

        n, steps = 2 * len(history), len(history) + 1
        length = torch.arange(steps)  # films read before the items
        self.net_.eval()
        with torch.inference_mode():
            read = self._tokens(history.items, torch.from_numpy(half_star_places(history.ratings)))  # (n, d)
            asked = self.net_["film"](torch.from_numpy(self.vectors[items]))
            asked = asked + self._embeddings("place")[2 * length, None]  # (steps, n_items, d)
            tokens = torch.cat([read.expand(steps, *read.shape), asked], dim=1)
            seen = torch.zeros(steps, n + len(items), n + len(items), dtype=torch.bool)
            seen[:, :n, :n] = torch.ones(n, n, dtype=torch.bool).tril()
            seen[:, n:, :n] = (torch.arange(n) < 2 * length[:, None])[:, None]
            seen |= torch.eye(n + len(items), dtype=torch.bool)
            logits = self._through(tokens, seen.repeat_interleave(self.heads, dim=0))[:, n:]
            return logits.softmax(dim=-1).numpy()

    def _network(self) -> None:
        """GPT-2's blocks are torch's encoder layers with the norm first, once a mask hides what comes later."""
        from torch import nn

        d = self.embedding_dim
        block = nn.TransformerEncoderLayer(
            d, self.heads, 4 * d, dropout=0.0, activation="gelu", batch_first=True, norm_first=True
        )
        self.net_ = nn.ModuleDict(
            {
                "film": nn.Linear(self.vectors.shape[1], d),
                "stars": nn.Embedding(N_STARS, d),
                "place": nn.Embedding(2 * LENGTH, d),
                "blocks": nn.TransformerEncoder(block, self.layers, nn.LayerNorm(d), enable_nested_tensor=False),
                "head": nn.Linear(d, N_STARS),
            }
        )
        for name in ("stars", "place"):
            nn.init.normal_(self._embeddings(name), std=0.02)

    def _embeddings(self, name: str) -> torch.Tensor:
        return cast("torch.Tensor", self.net_[name].weight)

    def _logits(self, items: np.ndarray, places: torch.Tensor) -> torch.Tensor:
        """(n, length, 10), at the film tokens. items, places: (n, length)."""
        import torch

        size = 2 * items.shape[-1]
        return self._through(self._tokens(items, places), torch.ones(size, size, dtype=torch.bool).tril())[:, 0::2]

    def _tokens(self, items: np.ndarray, places: torch.Tensor) -> torch.Tensor:
        """(…, 2 length, d): films and ratings by turns. items, places: (…, length)."""
        import torch

        films = self.net_["film"](torch.from_numpy(self.vectors[items]))
        both = torch.stack([films, self.net_["stars"](places)], dim=-2).flatten(-3, -2)
        return both + self._embeddings("place")[: both.shape[-2]]

    def _through(self, tokens: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        """(n, length, 10) from tokens (n, length, d). seen: bool, which token (last axis) each token may look at."""
        return self.net_["head"](self.net_["blocks"](tokens, mask=~seen))


def soft_targets() -> np.ndarray:
    """(10, 10) float32, a row for each rating: .5 there, .25 on either side; beyond the ends it falls back."""
    targets = np.zeros((N_STARS, N_STARS), dtype=np.float32)
    for place in range(N_STARS):
        for other, part in ((place - 1, 0.25), (place, 0.5), (place + 1, 0.25)):
            targets[place, min(max(other, 0), N_STARS - 1)] += part
    return targets


def class_weights(windows: Windows) -> np.ndarray:
    """(10,) float32: the inverse of how often the half-star is asked for; 1 on average over the asked positions."""
    counts = np.bincount(windows.places[windows.asked], minlength=N_STARS)
    return (counts.sum() / (np.count_nonzero(counts) * np.maximum(counts, 1))).astype(np.float32)


def _likes(chances: Any) -> Any:
    """Whether 3.5 stars or more are likelier than not. chances: (…, 10), of numpy or torch."""
    return chances[..., LIKED_PLACE:].sum(-1) > 0.5


def _batches(order: np.ndarray, size: int) -> Iterator[np.ndarray]:
    for start in range(0, len(order), size):
        yield order[start : start + size]
