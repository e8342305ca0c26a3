"""The talk's DeepFM in small: fewer films, epochs and hidden units."""

from __future__ import annotations

import numpy as np
import pytest

from reelrec.evaluation.talk import deepfm, seed_deepfm
from reelrec.evaluation.talk import split as talk_split

EPOCHS = 6
SIZES = {"12": (12, 0), "30+10": (30, 10)}


@pytest.fixture
def small(monkeypatch):
    """Fewer films, epochs and hidden units, so that a fit takes a blink."""
    for module in (seed_deepfm, talk_split):
        monkeypatch.setattr(module, "SIZES", SIZES)
    monkeypatch.setattr(seed_deepfm, "LARGEST", "30+10")
    monkeypatch.setattr(seed_deepfm, "MORE_PEOPLE", 6)
    monkeypatch.setattr(seed_deepfm, "CURVES", ("30+10",))
    monkeypatch.setattr(seed_deepfm, "CAUSES_OF", ("30+10",))
    monkeypatch.setattr(seed_deepfm, "EPOCHS", EPOCHS)
    monkeypatch.setattr(seed_deepfm, "HALFWAY", EPOCHS // 2)
    monkeypatch.setattr(deepfm, "BATCH", 64)


@pytest.fixture
def split(data_of, many_films, small):
    """Twelve people with 25 of the 40 best known films each; liking goes by person and film."""
    rng = np.random.default_rng(3)
    people = []
    for person in range(12):
        items = rng.permutation(40)[:25].tolist()
        people.append((items, [5.0 if (person + item) % 2 else 1.0 for item in items]))
    return talk_split.film_split(data_of(*people), many_films.films, "30+10")


@pytest.fixture
def text(split) -> np.ndarray:
    return np.zeros((len(split.films), 2), dtype=np.float32)
