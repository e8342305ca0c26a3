"""Which of several models fits one person best, or that the difference may be noise.

Ratings are drawn again with replacement, the same for all models (a paired bootstrap). Two models differ where the
difference of their mean losses, in standard errors, exceeds the 95 % point of the largest such difference of any two
models that chance alone makes. So the answer holds however many models were compared, and although the best of them was
picked afterwards. Sources: Westfall and Young, "Resampling-Based Multiple Testing", 1993 (the largest statistic);
Hansen, Lunde and Nason, "The Model Confidence Set", Econometrica 79(2), 2011 (the models that may be the best).

The ratings are treated as independent, although the folds of a backtest share most of what they know.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import scipy  # loads scipy.special when it is first used

DRAWS, AT_ONCE = 1000, 50
SEED = 42
LEVEL = 0.95
NEARLY_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Best:
    """name: the model with the least loss. level_with: the others that cannot be told from it; () if it is best for
    sure. share: of the draws in which it comes first.
    """

    name: str
    level_with: tuple[str, ...]
    share: float

    @property
    def is_sure(self) -> bool:
        """Whether it is better than each other model by more than chance."""
        return not self.level_with


def best_model(losses: Mapping[str, np.ndarray], weights: np.ndarray, of_pairs: bool = False) -> Best | None:
    """The best of these models. None where there are fewer than two models, or nothing to compare.

    losses: (n,) by model, each over the same n ratings. weights: (n,); a model's loss is sum(losses) / sum(weights).
    of_pairs: a rating's loss is that of all the pairs it is in. Each pair then depends on two ratings that are drawn,
    so a draw moves the loss twice as far (the linear part of a U-statistic; Hoeffding, 1948).
    """
    if len(losses) < 2 or np.count_nonzero(weights) < 2:
        return None
    names, columns = list(losses), np.column_stack(list(losses.values()))  # (n, models)
    loss = columns.sum(axis=0) / weights.sum()
    sums = np.concatenate([drawn @ np.column_stack([columns, weights]) for drawn in times_drawn(len(weights))])
    moved = sums[:, :-1] / np.maximum(sums[:, -1:], NEARLY_NOTHING) - loss  # (DRAWS, models)
    if of_pairs:
        moved *= 2
    apart = moved[:, :, None] - moved[:, None, :]  # (DRAWS, models, models)
    error = np.maximum(apart.std(axis=0), NEARLY_NOTHING)
    bar = for_few(float(np.quantile(np.abs(apart / error).max(axis=(1, 2)), LEVEL)), len(weights))
    best = int(np.argmin(loss))
    behind = (loss - loss[best]) / error[best]
    return Best(
        name=names[best],
        level_with=tuple(name for name, far in zip(names, behind, strict=True) if far <= bar and name != names[best]),
        share=float(np.mean(np.argmin(moved + loss, axis=1) == best)),
    )


def for_few(bar: float, n: int) -> float:
    """The same bar, in standard errors, for n ratings whose spread is itself an estimate: as Student's t is wider."""
    chance = min(float(scipy.special.ndtr(bar)), 1 - NEARLY_NOTHING)
    return float(scipy.special.stdtrit(n - 1, chance)) * math.sqrt(n / (n - 1))


def times_drawn(n: int) -> Iterator[np.ndarray]:
    """(AT_ONCE, n) how often each of n ratings is drawn, until there are DRAWS; all of them would be large."""
    rng = np.random.default_rng(SEED)
    for _ in range(DRAWS // AT_ONCE):
        chosen = rng.integers(n, size=(AT_ONCE, n)) + n * np.arange(AT_ONCE)[:, None]
        yield np.bincount(chosen.ravel(), minlength=AT_ONCE * n).reshape(AT_ONCE, n).astype(np.float64)
