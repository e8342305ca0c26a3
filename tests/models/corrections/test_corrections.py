"""What numpy serves is what torch taught, on 1,000 random histories, for `deepfm` and `gpt`.

recorded_corrections.json holds what torch gave for the first of them, for tests without torch. To write it again:
python -m pytest --train tests/models/test_corrections.py --record
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.models.corrections.deepfm import person_fields
from reelrec.models.corrections.episodes import Episode, evidence_of
from tests.fakes import corrections

N_ITEMS, PEOPLE, RECORDED, BATCH = 80, 1000, 20, 100
FILE = Path(__file__).parent / "recorded_corrections.json"
MAKE = {"deepfm": corrections.random_deepfm, "gpt": corrections.random_gpt}


@pytest.fixture(scope="module")
def base():
    return corrections.random_bmf(N_ITEMS)


def lessons(base, people: int) -> list[Episode]:
    """0 to 40 films known, 1 to 12 asked for."""
    rng, found = np.random.default_rng(0), []
    for _ in range(people):
        films = rng.permutation(N_ITEMS)
        known, asked = films[: rng.integers(41)], films[41 : 42 + rng.integers(12)]
        evidence, expected = evidence_of(base, History.of(known, rng.integers(1, 11, len(known)) / 2), asked)
        found.append(Episode(evidence, asked, np.full(len(asked), 3.0, dtype=np.float32), expected))
    return found


def served(model, one: Episode) -> np.ndarray:
    """(m, 2) shift and log of the scale, as they come out of numpy."""
    found = model.correct(one.known, one.expected, one.items)
    return np.stack([(found.mean - one.expected.mean) / one.expected.sd, np.log(found.sd / one.expected.sd)], axis=1)


def constant(array: np.ndarray):
    """A layer that gives the array, whatever it is asked."""
    import torch
    from torch import nn

    class Constant(nn.Module):
        n_fields = array.shape[1]

        def forward(self, *_):
            return torch.tensor(array.astype(np.float32))

    return Constant()


def in_torch(name: str, model):
    """The network of these weights, and how it takes episodes."""
    import torch

    from reelrec.models.corrections import deepfm_net, gpt_net, teaching

    weights = model.weights_
    if name == "gpt":
        net = gpt_net.Net(
            constant(weights["films"][:, None]), weights["films"].shape[1], corrections.LAYERS, dropout=0.5
        )
        state = {
            f"blocks.{i}.{part.replace('_', '.')}": layer
            for part in gpt_net.PARTS
            for i, layer in enumerate(weights[part])
        }
        state |= {name: weights[name.replace(".", "_")] for name in net.state_dict() if not name.startswith("blocks")}
        net.load_state_dict({name: torch.tensor(array) for name, array in state.items()})
        return net.eval(), teaching.collated
    base, genres = model.bmf, weights["genres"]
    numbers = [len(part) for part in person_fields(base, genres, evidence_of(base, History.empty())[0])]
    sizes = {"embedding_dim": corrections.DIM, "width": corrections.WIDTH, "k": corrections.KEYS}
    net = deepfm_net.Net(constant(weights["films"]), numbers, dropout=0.5, **sizes)
    net.key = constant(weights["keys"])
    net.load_state_dict({name: torch.tensor(weights[name.replace(".", "_")]) for name in net.state_dict()})

    def collate(some):
        people = [person_fields(base, genres, one.known) for one in some]
        fields = {f"person{i}": torch.tensor(np.stack(part)) for i, part in enumerate(zip(*people, strict=True))}
        return fields | teaching.collated(some)

    return net.eval(), collate


@pytest.mark.train
@pytest.mark.parametrize("name", MAKE)
def test_numpy_serves_what_torch_gives(name, base, pytestconfig):
    import torch

    model, everything = MAKE[name](base), lessons(base, PEOPLE)
    net, collate = in_torch(name, model)
    given = []
    for first in range(0, PEOPLE, BATCH):
        some = everything[first : first + BATCH]  # of unlike lengths, so that padding must not matter
        with torch.no_grad():
            found = torch.stack(net(collate(some)), dim=2).numpy()
        given += [row[: len(one.items)] for row, one in zip(found, some, strict=True)]
    worst = max(np.abs(served(model, one) - row).max() for one, row in zip(everything, given, strict=True))
    assert worst < 1e-5
    assert np.concatenate(given).std() > 0.1
    if pytestconfig.getoption("--record"):
        recorded = json.loads(FILE.read_text()) if FILE.exists() else {}
        FILE.write_text(json.dumps(recorded | {name: [np.round(row, 7).tolist() for row in given[:RECORDED]]}) + "\n")


@pytest.mark.parametrize("name", MAKE)
def test_numpy_serves_what_torch_gave_when_it_was_recorded(name, base):
    model = MAKE[name](base)
    for one, row in zip(lessons(base, RECORDED), json.loads(FILE.read_text())[name], strict=True):
        np.testing.assert_allclose(served(model, one), np.array(row), atol=1e-5)


@pytest.mark.train
@pytest.mark.parametrize("name", MAKE)
def test_a_network_ships_as_it_was_loaded(name, base):
    from reelrec.models.corrections import deepfm_net, gpt_net

    model = MAKE[name](base)
    net, _ = in_torch(name, model)
    shipped = gpt_net.exported(net) if name == "gpt" else deepfm_net.exported(net, model.weights_["genres"])
    for key, array in model.weights_.items():
        np.testing.assert_array_equal(shipped[key], array, err_msg=key)
