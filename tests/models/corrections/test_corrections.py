"""Numpy serves what torch computes, on 1,000 random histories, for `deepfm` and `gpt`.

recorded_corrections.json holds torch's output for the first of them, for tests without torch. To write it again:
python -m pytest --train tests/models/corrections/test_corrections.py --record
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.models.corrections import gpt
from reelrec.models.corrections.deepfm import HEADS, person_fields
from reelrec.models.corrections.episodes import Episode, evidence_of
from tests.fakes import corrections

N_ITEMS, USERS, RECORDED, BATCH = 80, 1000, 20, 100
FILE = Path(__file__).parent / "recorded_corrections.json"
MAKE = {"deepfm": corrections.random_deepfm, "gpt": corrections.random_gpt}


@pytest.fixture(scope="module")
def base():
    return corrections.random_bmf(N_ITEMS)


def random_episodes(base, users: int) -> list[Episode]:
    """0 to 40 items known, 1 to 12 targets."""
    rng, made = np.random.default_rng(0), []
    for _ in range(users):
        items = rng.permutation(N_ITEMS)
        known, targets = items[: rng.integers(41)], items[41 : 42 + rng.integers(12)]
        evidence, expected = evidence_of(base, History.of(known, rng.integers(1, 11, len(known)) / 2), targets)
        made.append(Episode(len(made), evidence, targets, np.full(len(targets), 3.0, dtype=np.float32), expected))
    return made


def served(model, episode: Episode) -> np.ndarray:
    """(m, 2) shift and log of the scale, as numpy computes them."""
    expected = episode.expected
    after = model.correct(episode.known, expected, episode.items)
    return np.stack([(after.mean - expected.mean) / expected.sd, np.log(after.sd / expected.sd)], axis=1)


def constant(array: np.ndarray):
    """A layer that returns the array, whatever its input."""
    import torch
    from torch import nn

    class Constant(nn.Module):
        n_fields = array.shape[1]

        def forward(self, *_):
            return torch.tensor(array.astype(np.float32))

    return Constant()


def in_torch(name: str, model):
    """The network of these weights, and its function from episodes to a batch."""
    import torch

    from reelrec.models.corrections import batches, deepfm_net, gpt_net

    weights = model.weights_
    if name == "gpt":
        shape = gpt_net.Shape(embedding_dim=weights["films"].shape[1], layers=corrections.LAYERS, heads=gpt.HEADS)
        net = gpt_net.Net(constant(weights["films"][:, None]), shape, 0.5, torch.Generator())
        by_key = {key: key.replace(".", "_") for key in net.state_dict() if not key.startswith("blocks")}
        state = {key: weights[array] for key, array in by_key.items()}
        for part in net.blocks[0].state_dict():
            state |= {f"blocks.{i}.{part}": layer for i, layer in enumerate(weights[part.replace(".", "_")])}
        net.load_state_dict({key: torch.tensor(array) for key, array in state.items()})
        return net.eval(), batches.collated
    base, genres = model.bmf, weights["genres"]
    widths = {field: len(part) for field, part in person_fields(base, genres, nobody(base)).items()}
    shape = deepfm_net.Shape(embedding_dim=corrections.DIM, width=corrections.WIDTH, keys=corrections.KEYS, heads=HEADS)
    net = deepfm_net.Net(constant(weights["films"]), widths, shape, 0.5, torch.Generator())
    net.key = constant(weights["keys"])
    net.load_state_dict({key: torch.tensor(weights[key.replace(".", "_")]) for key in net.state_dict()})

    def collate(episodes):
        users = [person_fields(base, genres, episode.known) for episode in episodes]
        fields = {f"person_{field}": torch.tensor(np.stack([user[field] for user in users])) for field in widths}
        return fields | batches.collated(episodes)

    return net.eval(), collate


def nobody(base):
    """The evidence of an empty history."""
    return evidence_of(base, History.empty())[0]


@pytest.mark.train
@pytest.mark.parametrize("name", MAKE)
def test_numpy_serves_what_torch_computes(name, base, pytestconfig):
    import torch

    model, everything = MAKE[name](base), random_episodes(base, USERS)
    net, collate = in_torch(name, model)
    outputs = []
    for first in range(0, USERS, BATCH):
        episodes = everything[first : first + BATCH]  # of different lengths, so that padding must not matter
        with torch.no_grad():
            batch = torch.stack(net(collate(episodes)), dim=2).numpy()
        outputs += [row[: len(episode.items)] for row, episode in zip(batch, episodes, strict=True)]
    worst = max(np.abs(served(model, episode) - row).max() for episode, row in zip(everything, outputs, strict=True))
    assert worst < 1e-5
    assert np.concatenate(outputs).std() > 0.1
    if pytestconfig.getoption("--record"):
        recorded = json.loads(FILE.read_text()) if FILE.exists() else {}
        FILE.write_text(json.dumps(recorded | {name: [np.round(row, 7).tolist() for row in outputs[:RECORDED]]}) + "\n")


@pytest.mark.parametrize("name", MAKE)
def test_numpy_serves_what_torch_computed_when_it_was_recorded(name, base):
    model = MAKE[name](base)
    for episode, row in zip(random_episodes(base, RECORDED), json.loads(FILE.read_text())[name], strict=True):
        np.testing.assert_allclose(served(model, episode), np.array(row), atol=1e-5)


@pytest.mark.train
@pytest.mark.parametrize("name", MAKE)
def test_a_network_ships_the_weights_that_it_has(name, base):
    from reelrec.models.corrections import deepfm_net, gpt_net

    model = MAKE[name](base)
    net, _ = in_torch(name, model)
    shipped = gpt_net.exported(net) if name == "gpt" else deepfm_net.exported(net)
    for key in shipped.keys() | (model.weights_.keys() - {"genres"}):  # `DeepFM.train` adds the genres
        np.testing.assert_array_equal(shipped[key], model.weights_[key], err_msg=key)
