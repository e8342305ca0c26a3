"""The DeepFM of the talk: a free vector for each user, learned against films whose facts are fixed.

    P(like)  =  sigmoid( b + b_u + w' x  +  sum_{i<j} <v_i, v_j>  +  MLP(v_1, ..., v_m) )
    v_1 = p_u,   v_i = x_i E_i        of user u and the facts x_i of a film in field i

Source: Guo, Tang, Ye, Li and He, "DeepFM: A Factorization-Machine based Neural Network for CTR Prediction", IJCAI 2017.

How it differs from the paper, as in the talk:
 1. A film has no id, only its facts, which are not learned.
 2. Fields of several words and of numbers are summed by E_i.
 3. There is no regularisation: no dropout, no decay, no early stopping.

`prior` mends the third: p_u and b_u have a Gaussian prior around 0, and so have the network's weights, with another
precision, or they would grow where the vectors shrink. The fit is then maximum a posteriori.

Not known of the talk, and chosen on tune users (LOG.md): the dimension, the layers, Adam, its rate, the batch.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reelrec import progress
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
USER_PRIOR, NETWORK_PRIOR = 30.0, 100.0  # precisions; tuned on tune users
SEED = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class Epoch:
    """What the model knows after so many epochs. loss: mean log loss of the training ratings.

    training_right, test_right: (n,) bool, whether liking is predicted right of each training and each test rating.
    """

    number: int
    loss: float
    training_right: np.ndarray
    test_right: np.ndarray


def train(fields: Fields, training: Targets, test: Targets, prior: bool, watched: Collection[int]) -> list[Epoch]:
    """Learn from `training`, and measure on both after each epoch of `watched`; the last of them ends the training.

    items of both are rows of the fields. Of `test` only the users and the films reach the network.
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
        network = _network([field.shape[1] for field in fields.values()], training.n_users)
        tables = [torch.from_numpy(field) for field in fields.values()]
        training_pairs, test_pairs = (
            Pairs(torch.from_numpy(part.user), torch.from_numpy(part.items)) for part in (training, test)
        )
        likes = torch.from_numpy(is_liked(training.ratings)).float()
        sizes = torch.from_numpy(training.per_user(np.ones(len(training)))).float()
        epochs = []
        for number in _epochs(network, tables, training_pairs, likes, sizes if prior else None, max(watched)):
            if number in watched:
                logits = _predict(network, tables, training_pairs)
                loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, likes)
                test_logits = _predict(network, tables, test_pairs)
                epochs.append(
                    Epoch(
                        number=number,
                        loss=float(loss),
                        training_right=_is_right(logits, training),
                        test_right=_is_right(test_logits, test),
                    )
                )
        return epochs


class Pairs(NamedTuple):
    """Users and films, (n,) each."""

    users: torch.Tensor
    films: torch.Tensor


def _network(widths: list[int], n_users: int) -> nn.ModuleDict:
    from torch import nn

    sizes = (EMBEDDING_DIM * (len(widths) + 1), *LAYERS)
    hidden = [part for a, b in itertools.pairwise(sizes) for part in (nn.Linear(a, b), nn.ReLU())]
    user, bias = nn.Embedding(n_users, EMBEDDING_DIM), nn.Embedding(n_users, 1)
    fields = [nn.Linear(width, EMBEDDING_DIM, bias=False) for width in widths]
    for weight in (user.weight, bias.weight, *(field.weight for field in fields)):
        nn.init.normal_(weight, std=START)
    return nn.ModuleDict(
        {
            "user": user,  # p_u
            "bias": bias,  # b_u
            "linear": nn.Linear(sum(widths), 1),  # w, b
            "fields": nn.ModuleList(fields),  # E_i
            "deep": nn.Sequential(*hidden, nn.Linear(sizes[-1], 1)),
        }
    )


def _logits(network: nn.ModuleDict, tables: list[torch.Tensor], pairs: Pairs) -> torch.Tensor:
    """(n,)"""
    import torch

    facts = [table[pairs.films] for table in tables]  # (batch, width) each
    embedded = (embed(fact) for embed, fact in zip(network["fields"].children(), facts, strict=True))
    fields = torch.stack([network["user"](pairs.users), *embedded], dim=1)  # (batch, m, dim)
    second = (fields.sum(dim=1).square() - fields.square().sum(dim=1)).sum(dim=1) / 2
    first = network["linear"](torch.cat(facts, dim=1)) + network["bias"](pairs.users)
    return (first + network["deep"](fields.flatten(1)))[:, 0] + second


def _epochs(
    network: nn.ModuleDict,
    tables: list[torch.Tensor],
    pairs: Pairs,
    likes: torch.Tensor,
    sizes: torch.Tensor | None,
    epochs: int,
) -> Iterator[int]:
    """Train, an epoch at a time. sizes: (n_users,) training ratings of each, with a prior; else None."""
    import torch

    optimizer = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE, fused=True)
    for number in progress.steps(range(1, epochs + 1)):
        for batch in torch.randperm(len(likes)).split(BATCH):
            users = pairs.users[batch]
            logits = _logits(network, tables, Pairs(users, pairs.films[batch]))
            loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, likes[batch])
            if sizes is not None:
                loss = loss + _prior_loss(network, users, sizes)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        yield number


def _prior_loss(network: nn.ModuleDict, users: torch.Tensor, sizes: torch.Tensor) -> torch.Tensor:
    """Minus the log density of the priors, a rating's share of it: as the log loss, it is a mean over the batch."""
    import torch

    squares = network["user"](users).square().sum(dim=1) + network["bias"](users).square()[:, 0]
    weights = (w for part in ("linear", "fields", "deep") for w in network[part].parameters())
    spread = sum((weight.square().sum() for weight in weights), start=torch.zeros(())) / sizes.sum()
    return (USER_PRIOR * (squares / sizes[users]).mean() + NETWORK_PRIOR * spread) / 2


def _predict(network: nn.ModuleDict, tables: list[torch.Tensor], pairs: Pairs) -> torch.Tensor:
    import torch

    with torch.no_grad():
        parts = zip(pairs.users.split(8 * BATCH), pairs.films.split(8 * BATCH), strict=True)
        return torch.cat([_logits(network, tables, Pairs(*part)) for part in parts])


def _is_right(logits: torch.Tensor, targets: Targets) -> np.ndarray:
    return (logits.numpy() > 0) == is_liked(targets.ratings)
