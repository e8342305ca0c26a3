"""The models of the list that serving needs, without torch: networks that a history moves or leaves cold, a blend."""

from __future__ import annotations

import numpy as np

from reelrec.models.lists.blend import Blend
from reelrec.models.lists.dae import DAE, in_bytes
from reelrec.models.lists.levels import LEVELS
from reelrec.models.lists.ranker import Ranker
from reelrec.models.stack import Stack


def random_dae(n_items: int, d: int = 8, seed: int = 3) -> DAE:
    """Weights drawn at random."""
    rng = np.random.default_rng(seed)
    model = DAE(embedding_dim=d)

    def drawn(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.5, shape).astype(np.float32)

    items, item_scales = in_bytes(drawn(n_items, d))
    outputs, output_scales = in_bytes(drawn(n_items, d))
    model.keep(
        items=items, item_scales=item_scales, outputs=outputs, output_scales=output_scales, output_bias=drawn(n_items),
        gates=drawn(LEVELS, d), sizes_weight=drawn(d, 3), sizes_bias=drawn(d), enter_weight=drawn(d),
        enter_bias=drawn(d), hidden_weight=drawn(d, d), hidden_bias=drawn(d), leave_weight=drawn(d),
        leave_bias=drawn(d),
    )  # fmt: skip
    return model


def cold_dae(n_items: int, d: int = 4) -> DAE:
    """Scores that do not depend on the history: the fewer the number, the higher."""
    model = DAE(embedding_dim=d)
    zero, one = np.zeros((n_items, d), dtype=np.int8), np.ones(n_items, dtype=np.float32)
    vector, matrix = np.zeros(d, dtype=np.float32), np.zeros((d, d), dtype=np.float32)
    model.keep(
        items=zero, item_scales=one, outputs=zero.copy(), output_scales=one.copy(),
        output_bias=np.linspace(0, -0.1, n_items, dtype=np.float32), gates=np.zeros((LEVELS, d), dtype=np.float32),
        sizes_weight=np.zeros((d, 3), dtype=np.float32), sizes_bias=vector.copy(),
        enter_weight=vector.copy(), enter_bias=vector.copy(), hidden_weight=matrix, hidden_bias=vector.copy(),
        leave_weight=vector.copy(), leave_bias=vector.copy(),
    )  # fmt: skip
    return model


def blend(dae: DAE, ranker: Ranker, stack: Stack) -> Blend:
    """Follows the ranker; the dial takes fame off."""
    model = Blend(dae, ranker, stack)
    table = np.float32([[[1.0, -2.0], [1.0, 0.0], [1.0, 2.0]]])
    model.keep(sizes=np.array([1]), places=np.array([0.0, 0.5, 1.0]), table=table)
    return model
