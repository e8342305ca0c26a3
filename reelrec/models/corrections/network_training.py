"""Training of a network to correct `bmf`, in torch: batches of episodes, the loss, and when to stop.

    loss  =  - ln P(the half-star that was given)  +  mse_weight (rating - mean)^2

P cuts N(mean + sd shift, (sd exp(scale))^2) at the thresholds of `bmf`; mean and sd are what it expects. A network's
last layer is zero at the start, so that nothing learned is `bmf` itself, and the weights that did best on people who
were not learned from are those that are kept.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import torch
from scipy.sparse import csr_array
from torch import nn
from torch.optim.swa_utils import AveragedModel

from reelrec.data.dataset import Dataset
from reelrec.data.half_stars import half_star_places
from reelrec.models.bmf import BMF
from reelrec.models.corrections.corrector import Corrector
from reelrec.models.corrections.episodes import Episode, episodes
from reelrec.models.predictive import LEAST_CHANCE

log = logging.getLogger(__name__)

Batch = dict[str, torch.Tensor]
FAR = 100.0  # stars; an infinite edge would have no gradient
BATCH = 64  # episodes
NEIGHBOURS = 32  # batches whose episodes are sorted by length together, so that little is padding
VALIDATION_SHARE = 20  # one user in as many is kept for validation where nobody else is given
VALIDATION_PASSES = 2
AVERAGED = 0.998  # of the weights' moving average stays at a step, less at the start; the average is what is kept
START = 0.1  # of all vectors, which then grow as they are needed


class Films(nn.Module):
    """What is known of each film, (n_items, fields, d): its id, each kind of fact, and what `bmf` learned of it.

    facts: blocks of (n_items, width). learned: (n_items, c).
    """

    def __init__(self, facts: Iterable[csr_array], learned: np.ndarray, d: int) -> None:
        super().__init__()
        self.facts, self.learned = [sparse(block) for block in facts], torch.tensor(learned)
        self.ids = nn.Parameter(torch.zeros(len(learned), d))
        self.words = nn.ParameterList(nn.Parameter(torch.randn(block.shape[1], d) * START) for block in self.facts)
        self.of_learned = nn.Linear(learned.shape[1], d)

    @property
    def n_fields(self) -> int:
        return 2 + len(self.facts)

    def forward(self) -> torch.Tensor:
        of_facts = [torch.sparse.mm(block, words) for block, words in zip(self.facts, self.words, strict=True)]
        return torch.stack([self.ids, *of_facts, self.of_learned(self.learned)], dim=1)


def sparse(block: csr_array) -> torch.Tensor:
    found = block.tocoo()
    return torch.sparse_coo_tensor(np.stack(found.coords), found.data, found.shape, check_invariants=True).coalesce()


def film_numbers(bmf: BMF, counts: np.ndarray) -> np.ndarray:
    """(n_items, embedding_dim + 3) float32, about unit scale: a film's factors, bias, noise and fame."""
    factors = bmf.item_factors_.astype(np.float32).mean(axis=0)
    bias = bmf.item_biases_.astype(np.float32).mean(axis=0)
    noise, fame = np.log(bmf.precisions_) / 2, np.log1p(counts) / 4 - 1
    return np.column_stack([factors / max(factors.std(), 1e-6), bias, noise, fame]).astype(np.float32)


def train_network(
    net: nn.Module,
    collate: Callable[[Sequence[Episode]], Batch],
    model: Corrector,
    dataset: Dataset,
    validation: Dataset | None,
) -> None:
    """Train the net in place, as the model's settings say, and leave it with the weights of its best epoch."""
    bmf, rng = model.bmf, np.random.default_rng(model.seed)
    if validation is None:
        kept = rng.permutation(dataset.n_users) % VALIDATION_SHARE == 0
        dataset, validation = dataset.only(~kept), dataset.only(kept)
    asked = [one for _ in range(VALIDATION_PASSES) for one in episodes(bmf, validation, rng)]
    trials = [collate(part) for part in batches(asked, rng)]
    lessons = [list(episodes(bmf, dataset, rng)) for _ in range(min(model.passes, model.epochs))]
    thresholds = torch.tensor(bmf.thresholds_)
    ids = [value for name, value in net.named_parameters() if name.endswith("ids")]
    rest = [value for name, value in net.named_parameters() if not name.endswith("ids")]
    groups = [{"params": ids, "weight_decay": model.id_decay}, {"params": rest, "weight_decay": model.weight_decay}]
    optimizer = torch.optim.AdamW(groups, lr=model.learning_rate)
    average = AveragedModel(net, multi_avg_fn=moving_average)
    steps = sum(-(-len(lessons[epoch % model.passes]) // BATCH) for epoch in range(model.epochs))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, model.learning_rate, total_steps=steps + 1, pct_start=0.1)
    best, weights = check(net, trials, thresholds), copy.deepcopy(net.state_dict())
    log.info("%s: before training, RMSE %.5f, log loss %.5f", model.name, *best)
    for epoch in range(model.epochs):
        net.train()
        for part in batches(lessons[epoch % model.passes], rng):
            batch = collate(part)
            nll, mse = losses(net, batch, thresholds)
            optimizer.zero_grad()
            (nll + model.mse_weight * mse).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(net)
        found = check(average.module, trials, thresholds)
        log.info("%s: epoch %d, RMSE %.5f, log loss %.5f", model.name, epoch + 1, *found)
        if found < best:
            best, weights = found, copy.deepcopy(average.module.state_dict())
    net.load_state_dict(weights)
    net.eval()


@torch.no_grad()
def moving_average(average: list[torch.Tensor], weights: list[torch.Tensor], steps: torch.Tensor) -> None:
    stays = min(AVERAGED, (1 + int(steps)) / (10 + int(steps)))
    for mean, weight in zip(average, weights, strict=True):
        mean.lerp_(weight, 1 - stays)


def batches(lessons: Sequence[Episode], rng: np.random.Generator) -> Iterator[list[Episode]]:
    """All episodes in random batches of like length."""
    order, window = rng.permutation(len(lessons)), BATCH * NEIGHBOURS
    parts = []
    for first in range(0, len(order), window):
        near = sorted(order[first : first + window], key=lambda place: len(lessons[place].known.items))
        parts += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
    for place in rng.permutation(len(parts)):
        yield [lessons[i] for i in parts[place]]


def losses(net: nn.Module, batch: Batch, thresholds: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The mean log loss and the mean squared error, over all that is asked in the batch."""
    shift, scale = net(batch)  # (B, M) each
    asked = batch["asked"]
    mean = (batch["mean"] + batch["sd"] * shift)[asked]
    sd = (batch["sd"] * torch.exp(scale))[asked]
    ratings = batch["ratings"][asked]
    edges = torch.cat([thresholds.new_tensor([-FAR]), thresholds, thresholds.new_tensor([FAR])])
    place = torch.round(2 * ratings).long() - 1
    chance = torch.special.ndtr((edges[place + 1] - mean) / sd) - torch.special.ndtr((edges[place] - mean) / sd)
    return -torch.log(chance.clamp_min(LEAST_CHANCE)).mean(), (mean - ratings).square().mean()


@torch.no_grad()
def check(net: nn.Module, trials: Sequence[Batch], thresholds: torch.Tensor) -> tuple[float, float]:
    """The RMSE and the mean log loss over all that is asked."""
    net.eval()
    sizes = np.array([int(batch["asked"].sum()) for batch in trials])
    found = np.array([[float(one) for one in losses(net, batch, thresholds)] for batch in trials])
    nll, mse = sizes @ found / sizes.sum()
    return float(np.sqrt(mse)), float(nll)


def padded(rows: Sequence[np.ndarray], dtype: torch.dtype) -> torch.Tensor:
    """(len(rows), longest, ...), zeros where a row is shorter; at least one column."""
    width = max(1, *(len(row) for row in rows))
    found = np.zeros((len(rows), width, *rows[0].shape[1:]), dtype=rows[0].dtype)
    for place, row in enumerate(rows):
        found[place, : len(row)] = row
    return torch.as_tensor(found).to(dtype)


def filled(rows: Sequence[np.ndarray]) -> torch.Tensor:
    """(len(rows), longest) bool: where `padded` holds something of the row."""
    sizes = torch.tensor([len(row) for row in rows])
    return torch.arange(max(1, int(sizes.max()))) < sizes[:, None]


def collated(episodes: Sequence[Episode]) -> Batch:
    """What every net gets of the history, (B, N), and of the films that are asked for, and the answers, (B, M)."""
    known, asked = (
        filled([episode.known.items for episode in episodes]),
        filled([episode.items for episode in episodes]),
    )
    return {
        "known": padded([episode.known.items for episode in episodes], torch.long),
        "stars": padded([half_star_places(episode.known.ratings) for episode in episodes], torch.long),
        "residuals": padded([episode.known.residuals for episode in episodes], torch.float32),
        "is_known": known,
        "items": padded([episode.items for episode in episodes], torch.long),
        "mean": padded([episode.expected.mean for episode in episodes], torch.float32),
        "sd": padded([episode.expected.sd for episode in episodes], torch.float32).masked_fill(~asked, 1.0),
        "ratings": padded([episode.ratings for episode in episodes], torch.float32),
        "asked": asked,
    }
