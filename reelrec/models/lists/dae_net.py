"""The network of `dae` in torch, for training only; `dae.py` has the formula and serves the same numbers.

    loss  =  mean over users of  - sum_j (1 / n_j) ln softmax(score)_j,      j: the liked items that were not shown

The softmax is over all items but the shown ones. With a tail share below 1 a step scores the HEAD items with most
ratings and a random share of the others, whose terms count accordingly more (importance sampling).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from torch.optim.swa_utils import get_ema_multi_avg_fn

from reelrec import progress
from reelrec.data.half_stars import RELEVANT_STARS
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.random_numbers import uniforms
from reelrec.models.gradient_steps import GradientSteps, draw_linear
from reelrec.models.lists.levels import EPSILON, LEVELS, sizes
from reelrec.models.lists.reveal import UNSEEN_POWER, Purpose, Reveal, Shown, Told

if TYPE_CHECKING:
    from reelrec.models.lists.dae import DAE

log = logging.getLogger(__name__)

BATCH = 500  # users, on average
HEAD = 3_000  # items that every step scores
AVERAGED = 0.998  # of the moving average of the weights stays at each step; the average is what ships
START = 0.05  # standard deviation of the embeddings at first
FAR = -1e4  # in place of the score of a shown item
GATES = (-0.5, 1.2)  # at half a star and at five stars at first; the other levels lie between


class Net(nn.Module):
    """n_items: of the catalogue. d: of an embedding. bias: (n_items,) of the scores at first.

    seed: of the first weights, which are the same for all workers.
    """

    def __init__(self, n_items: int, d: int, bias: torch.Tensor, seed: int) -> None:
        super().__init__()
        noise = torch.Generator().manual_seed(seed)
        self.items = nn.Parameter(torch.randn(n_items, d, generator=noise) * START)
        self.outputs = nn.Parameter(torch.randn(n_items, d, generator=noise) * START)
        self.output_bias = nn.Parameter(bias)
        stars = torch.linspace(*GATES, 10)
        level = torch.cat([stars, stars[[6, 9, 1]], torch.zeros(1)])  # seen as 3.5 stars, a heart as 5, aside as 1
        self.gates = nn.Parameter(level[:, None] + torch.randn(LEVELS, d, generator=noise) * START)
        self.sizes, self.hidden = nn.Linear(3, d), nn.Linear(d, d)
        draw_linear(self, noise)
        self.enter, self.leave = nn.LayerNorm(d, eps=EPSILON), nn.LayerNorm(d, eps=EPSILON)

    def forward(self, shown: Shown, columns: torch.Tensor, kept: torch.Tensor | float = 1.0) -> torch.Tensor:
        """(B, len(columns)) scores of these items. kept: (B, d) factors of the first layer, of `dropout`."""
        device = self.items.device
        items, first = (torch.from_numpy(part).to(device) for part in (shown.items, shown.first))
        m = torch.from_numpy(shown.m).to(device)
        by_level = functional.embedding_bag(items, self.items, first, mode="sum").view(
            len(m), LEVELS, self.items.shape[1]
        )
        entered = (by_level * self.gates).sum(dim=1) / m.clamp(min=1).sqrt()[:, None]  # (B, d)
        x = entered + self.sizes(torch.from_numpy(sizes(shown.n)).to(device))
        h = functional.gelu(self.enter(x), approximate="tanh") * kept
        h = self.leave(h + functional.gelu(self.hidden(h), approximate="tanh"))
        return h @ self.outputs[columns].T + self.output_bias[columns]


def trained(model: DAE, dataset: Dataset) -> dict[str, np.ndarray]:
    """Train the network with the model's settings; its weights by name. On a GPU where there is one."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    workers, counts = dataset.workers, dataset.counts()
    likes = workers.add(np.bincount(dataset.items[dataset.ratings >= RELEVANT_STARS], minlength=dataset.n_items)) + 1.0
    bias = torch.from_numpy(np.log(likes / likes.sum()).astype(np.float32))
    net = Net(dataset.n_items, model.embedding_dim, bias, model.seed).to(device)
    keys = dataset.user_keys
    reveal = Reveal(
        dataset=dataset, keys=keys, log_counts=np.log1p(counts), fame=np.cumsum(counts**UNSEEN_POWER),
        popular_share=model.popular_share, most_share=model.most_share, blurred_share=model.blurred_share,
        seed=model.seed,
    )  # fmt: skip
    by_fame = np.argsort(-counts, kind="stable")
    n_batches = -(-dataset.all_users() // BATCH)
    steps = GradientSteps(
        net, net.parameters(), learning_rate=model.learning_rate, weight_decay=model.weight_decay,
        steps=model.epochs * n_batches, average=get_ema_multi_avg_fn(AVERAGED),
    )  # fmt: skip
    if kept := workers.kept():
        steps.restore(kept)
    for epoch in progress.steps(range(steps.done, model.epochs)):
        total = 0.0
        batch_of = (uniforms(model.seed, epoch, Purpose.BATCH, keys) * n_batches).astype(np.int64)
        ends = np.cumsum(np.bincount(batch_of, minlength=n_batches))
        for batch, users in enumerate(np.split(np.argsort(batch_of, kind="stable"), ends[:-1])):
            told = reveal.batch(users, epoch)
            n = workers.add(len(told.keys))
            if n:
                rng = np.random.default_rng([model.seed, epoch, batch])
                loss = losses(net, told, sampled(by_fame, model.tail_share, rng), dropout(model, told.keys, epoch)) / n
                steps.step(loss, workers)
                total += float(loss.detach())
        steps.done += 1
        log.info("dae: epoch %d, loss %.4f", steps.done, workers.add(total) / n_batches)
        workers.keep(steps.done, steps.state)
    return steps.averaged()


def dropout(model: DAE, keys: np.ndarray, epoch: int) -> torch.Tensor:
    """(B, d) the factors of a layer: zero for the share that is dropped. keys: (B,) of the users."""
    drawn = uniforms(model.seed, epoch, Purpose.DROPOUT, keys[:, None], np.arange(model.embedding_dim))
    return torch.from_numpy((drawn >= model.dropout).astype(np.float32)) / (1 - model.dropout)


def sampled(by_fame: np.ndarray, tail_share: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The items that a step scores, and how often each one counts, (n,) float32 both.

    by_fame: (n_items,) all items, those with most ratings first.
    """
    head, tail = by_fame[:HEAD], by_fame[HEAD:]
    drawn = rng.choice(tail, int(np.ceil(tail_share * len(tail))), replace=False) if tail_share < 1 else tail
    more = np.r_[np.ones(len(head)), np.full(len(drawn), len(tail) / max(len(drawn), 1))]
    return np.r_[head, drawn], more.astype(np.float32)


def losses(net: Net, told: Told, scored: tuple[np.ndarray, np.ndarray], kept: torch.Tensor) -> torch.Tensor:
    """The sum of the users' losses. scored: items and how often each counts, of `sampled`. kept: of `dropout`."""
    device, shown, asked = net.items.device, told.shown, told.asked
    columns, more = scored
    place = np.full(len(net.items), -1)
    place[columns] = np.arange(len(columns))
    scores = net(shown, torch.from_numpy(columns).to(device), kept.to(device))  # (B, n columns)
    given = place[shown.items] >= 0
    hidden = torch.from_numpy(shown.users[given]), torch.from_numpy(place[shown.items][given])
    scores = scores.index_put(tuple(part.to(device) for part in hidden), torch.tensor(FAR, device=device))
    normaliser = torch.logsumexp(scores + torch.from_numpy(np.log(more)).to(device), dim=1)  # (B,)
    wanted = place[asked.items] >= 0
    users, items = asked.users[wanted], place[asked.items][wanted]
    weights = torch.from_numpy(asked.weights[wanted] * more[items]).to(device)
    rows, cells = torch.from_numpy(users).to(device), torch.from_numpy(items).to(device)
    return (weights * (normaliser[rows] - scores[rows, cells])).sum()
