"""The DeepFM of the talk: a free vector for each person, learned against films whose facts are fixed.

    P(like)  =  sigmoid( b + b_u + w' x  +  sum_{i<j} <v_i, v_j>  +  MLP(v_1, ..., v_m) )
    v_1 = p_u,   v_i = x_i E_i        of person u and the facts x_i of a film in field i

Source: Guo, Tang, Ye, Li and He, "DeepFM: A Factorization-Machine based Neural Network for CTR Prediction", IJCAI 2017.

How it differs from the paper, as in the talk. 1. A film has no id: only its facts, which are never learned. 2. Fields
of several words and of numbers are summed by E_i. 3. Nothing holds it back: no dropout, no decay, no early stopping.

`prior` mends the third: p_u and b_u are Gaussian around 0, and so, with another precision, are the network's weights,
or it would grow where the vectors shrink. The fit is then a maximum a posteriori one.

Not known of the talk, and chosen on people 8 (LOG.md): the dimension, the layers, Adam, its rate, the batch.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reelrec.errors import OptionError
from reelrec.evaluation.metrics import is_liked
from reelrec.evaluation.stars import Targets
from reelrec.evaluation.talk.film_fields import Fields

if TYPE_CHECKING:
    import torch
    from torch import nn

NO_PRIOR = "no-prior"
EMBEDDING_DIM = 24
LAYERS = (32, 16)
LEARNING_RATE = 2e-3
BATCH = 1024
START = 0.01  # sd of the vectors before training
PERSON_PRIOR, NETWORK_PRIOR = 30.0, 100.0  # precisions; tuned on people 8
SEED = 42


@dataclass(frozen=True, slots=True)
class Epoch:
    """What the model knows after so many epochs. loss: mean log loss of the training ratings.

    known, asked: (n,) bool, whether liking is guessed right of each training and each test rating.
    """

    number: int
    loss: float
    known: np.ndarray
    asked: np.ndarray


def train(fields: Fields, known: Targets, asked: Targets, prior: bool, watched: Collection[int]) -> list[Epoch]:
    """Learn from `known`, and say after each epoch of `watched` how well both are guessed; the last one ends it.

    items of both are rows of the fields. Of `asked` only the people and the films reach the network.
    Raises OptionError without torch.
    """
    try:
        import torch
    except ImportError as error:
        raise OptionError(
            "torch is not installed, and the talk's DeepFM needs it. Run: pip install -r requirements-train.txt"
        ) from error
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        network = _network([field.shape[1] for field in fields.values()], known.n_people)
        tables = [torch.from_numpy(field) for field in fields.values()]
        pairs = [(torch.from_numpy(of.person), torch.from_numpy(of.items)) for of in (known, asked)]
        likes = torch.from_numpy(is_liked(known.stars)).float()
        sizes = torch.from_numpy(known.per_person(np.ones(len(known.stars)))).float()
        found = []
        for number in _epochs(network, tables, *pairs[0], likes, sizes if prior else None, max(watched)):
            if number in watched:
                told, foretold = (_predict(network, tables, *of) for of in pairs)
                loss = torch.nn.functional.binary_cross_entropy_with_logits(told, likes)
                found.append(Epoch(number, float(loss), *map(_right, (told, foretold), (known, asked))))
        return found


def _network(widths: list[int], n_people: int) -> nn.ModuleDict:
    from torch import nn

    sizes = (EMBEDDING_DIM * (len(widths) + 1), *LAYERS)
    hidden = [part for a, b in itertools.pairwise(sizes) for part in (nn.Linear(a, b), nn.ReLU())]
    person, habit = nn.Embedding(n_people, EMBEDDING_DIM), nn.Embedding(n_people, 1)
    fields = [nn.Linear(width, EMBEDDING_DIM, bias=False) for width in widths]
    for part in (person, habit, *fields):
        nn.init.normal_(part.weight, std=START)
    return nn.ModuleDict(
        {
            "person": person,  # p_u
            "habit": habit,  # b_u
            "linear": nn.Linear(sum(widths), 1),  # w, b
            "fields": nn.ModuleList(fields),  # E_i
            "deep": nn.Sequential(*hidden, nn.Linear(sizes[-1], 1)),
        }
    )


def _logits(
    network: nn.ModuleDict, tables: list[torch.Tensor], people: torch.Tensor, films: torch.Tensor
) -> torch.Tensor:
    import torch

    facts = [table[films] for table in tables]  # (batch, width) each
    embedded = (embed(fact) for embed, fact in zip(network["fields"], facts, strict=True))
    fields = torch.stack([network["person"](people), *embedded], dim=1)  # (batch, m, dim)
    pairs = (fields.sum(dim=1).square() - fields.square().sum(dim=1)).sum(dim=1) / 2
    first = network["linear"](torch.cat(facts, dim=1)) + network["habit"](people)
    return (first + network["deep"](fields.flatten(1)))[:, 0] + pairs


def _epochs(
    network: nn.ModuleDict,
    tables: list[torch.Tensor],
    people: torch.Tensor,
    films: torch.Tensor,
    likes: torch.Tensor,
    sizes: torch.Tensor | None,
    epochs: int,
) -> Iterator[int]:
    """Train, an epoch at a time. sizes: (n_people,) training ratings of each, with a prior; else None."""
    import torch

    optimizer = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE, fused=True)
    for number in range(1, epochs + 1):
        for batch in torch.randperm(len(likes)).split(BATCH):
            who = people[batch]
            logits = _logits(network, tables, who, films[batch])
            loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, likes[batch])
            if sizes is not None:
                loss = loss + _pull(network, who, sizes)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        yield number


def _pull(network: nn.ModuleDict, who: torch.Tensor, sizes: torch.Tensor) -> torch.Tensor:
    """Minus the log density of the priors, a rating's share of it: as the log loss, it is a mean over the batch."""
    squares = network["person"](who).square().sum(dim=1) + network["habit"](who).square()[:, 0]
    weights = (w for part in ("linear", "fields", "deep") for w in network[part].parameters())
    spread = sum(weight.square().sum() for weight in weights) / sizes.sum()
    return (PERSON_PRIOR * (squares / sizes[who]).mean() + NETWORK_PRIOR * spread) / 2


def _predict(
    network: nn.ModuleDict, tables: list[torch.Tensor], people: torch.Tensor, films: torch.Tensor
) -> torch.Tensor:
    import torch

    with torch.no_grad():
        parts = zip(people.split(8 * BATCH), films.split(8 * BATCH), strict=True)
        return torch.cat([_logits(network, tables, *part) for part in parts])


def _right(logits: torch.Tensor, of: Targets) -> np.ndarray:
    return (logits.numpy() > 0) == is_liked(of.stars)
