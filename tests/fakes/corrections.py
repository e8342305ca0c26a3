"""A small `bmf`, and `deepfm`, `gpt` and `stack` upon it with random weights: what a correction does, without torch."""

from __future__ import annotations

import numpy as np

from reelrec.data.history import History
from reelrec.models.bmf.model import BMF
from reelrec.models.corrections.deepfm import HEADS, DeepFM, person_fields
from reelrec.models.corrections.episodes import evidence_of
from reelrec.models.corrections.gpt import GPT
from reelrec.models.predictive import MIDPOINTS
from reelrec.models.stack import MEMBERS, Stack

FIELDS, DIM, KEYS, WIDTH, LAYERS = 3, 4, 8, 6, 2


def bmf(item_biases: np.ndarray, item_factors: np.ndarray, mean: float = 3.5) -> BMF:
    """As if the sampler had drawn these factors, (n_items, d), twice; who has seen films is as anybody."""
    n_items, d = len(item_biases), item_factors.shape[1] + 1
    model = BMF(embedding_dim=d - 1, samples=2)
    model.keep(
        mean=mean,
        item_biases=np.float16([item_biases - 0.1, item_biases + 0.1]),
        item_factors=np.float16([item_factors] * 2),
        precisions=np.full(n_items, 1.5, dtype=np.float32),
        selection=np.zeros(n_items, dtype=np.float32),
        seen=np.zeros((n_items, d), dtype=np.float16),
        prior_sizes=np.array([0]),
        prior_weights=np.zeros((1, 1 + d, d), dtype=np.float32),
        prior_covariances=np.float32([0.5 * np.eye(d)]),
        freedom=8.0,
        thresholds=MIDPOINTS,
    )
    return model


def random_bmf(n_items: int, seed: int = 5) -> BMF:
    """Of two factors."""
    rng = np.random.default_rng(seed)
    return bmf(rng.normal(0, 0.4, n_items), rng.normal(0, 0.5, (n_items, 2)))


def random_deepfm(base: BMF, seed: int = 6) -> DeepFM:
    """Two genres; the odd films are of the second."""
    rng, n_items = np.random.default_rng(seed), len(base.precisions_)
    genres = np.array([[1, i % 2] for i in range(n_items)], dtype=np.uint8)
    numbers = {
        name: len(part) for name, part in person_fields(base, genres, evidence_of(base, History.empty())[0]).items()
    }
    flat = (FIELDS + len(numbers) + 2) * DIM
    shapes = {f"person_{name}": (DIM, n) for name, n in numbers.items()} | {
        "expected": (DIM, 2), "attended": (DIM, KEYS + 2 * HEADS), "ask": (KEYS, KEYS), "first": (2, flat),
        "deep_hidden1": (WIDTH, flat), "deep_hidden2": (WIDTH // 2, WIDTH),
    }  # fmt: skip
    weights = {f"{name}_weight": rng.normal(0, 0.3, shape) for name, shape in shapes.items()}
    weights |= {f"{name}_bias": rng.normal(0, 0.1, shape[0]) for name, shape in shapes.items()}
    more = {"tell_weight": (KEYS, KEYS), "value_weight": (KEYS, KEYS), "second_weight": (2, DIM), "nobody": (HEADS,)}
    weights |= {
        name: rng.normal(0, 0.3, shape) for name, shape in (more | {"deep_out_weight": (2, WIDTH // 2)}).items()
    }
    films = {"films": rng.normal(0, 0.5, (n_items, FIELDS, DIM)), "keys": rng.normal(0, 1, (n_items, KEYS))}
    model = DeepFM(base, embedding_dim=DIM, width=WIDTH, keys=KEYS)
    films = {name: array.astype(np.float16) for name, array in films.items()}
    model.keep(**_single(weights), **films, genres=genres)
    return model


def random_gpt(base: BMF, seed: int = 7) -> GPT:
    rng, d = np.random.default_rng(seed), 2 * DIM
    inner = {"attention": 3 * d, "join": d, "wide": 4 * d, "narrow": d}
    weights = {
        f"{name}_weight": rng.normal(0, 0.3, (LAYERS, n, 4 * d if name == "narrow" else d)) for name, n in inner.items()
    }
    weights |= {f"{name}_bias": rng.normal(0, 0.1, (LAYERS, n)) for name, n in inner.items()}
    for norm, shape in (("norm1", (LAYERS, d)), ("norm2", (LAYERS, d)), ("last", (d,))):
        weights |= {f"{norm}_weight": rng.normal(1, 0.1, shape), f"{norm}_bias": rng.normal(0, 0.1, shape)}
    shapes = {"stars_weight": (10, d), "residual": (d,), "start": (d,), "asked_weight": (d, 2), "asked_bias": (d,)}
    weights |= {name: rng.normal(0, 0.3, shape) for name, shape in (shapes | {"out_weight": (2, d)}).items()}
    model = GPT(base, embedding_dim=d, layers=LAYERS)
    films = rng.normal(0, 0.5, (len(base.precisions_), d)).astype(np.float16)
    model.keep(**_single(weights), films=films)
    return model


def even_stack(*members: object) -> Stack:
    """A quarter of each member, however much is known."""
    model = Stack(*members)
    weights = np.full((2, len(MEMBERS)), 1 / len(MEMBERS))
    model.keep(sizes=np.array([0, 10]), weights=weights, scales=np.ones(2), costs=np.zeros((len(MEMBERS), 2)))
    return model


def _single(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: array.astype(np.float32) for name, array in weights.items()}
