"""Training a network to correct `bmf`, in torch: batches of episodes, the loss, and early stopping.

    loss  =  - ln P(the half-star of the rating)  +  mse_weight (rating - mean)^2

P cuts N(mean + sd shift, (sd exp(scale))^2) at the thresholds of `bmf`; mean and sd are its prediction. The last layer
of a network is zero at first, so that an untrained network is `bmf` itself. The weights that ship are from the epoch
that did best on the validation users.
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

from reelrec import progress
from reelrec.data.dataset import Dataset
from reelrec.data.half_stars import half_star_places
from reelrec.models.bmf.model import BMF
from reelrec.models.corrections.corrector import Corrector
from reelrec.models.corrections.episodes import Episode, episodes
from reelrec.models.predictive import LEAST_CHANCE

log = logging.getLogger(__name__)

Batch = dict[str, torch.Tensor]
Net = Callable[[Batch], tuple[torch.Tensor, torch.Tensor]]  # from a batch to shift and scale, (B, M) each
Collate = Callable[[Sequence[Episode]], Batch]
FAR = 100.0  # stars; an infinite edge would have no gradient
BATCH = 64  # episodes
WINDOW = 32  # batches whose episodes are sorted by length together, so that little is padding
VALIDATION_SHARE = 20  # one user in as many validates where no validation users are given
VALIDATION_PASSES = 2
MAX_GRADIENT = 1.0  # norm
WARM_UP = 0.1  # of all steps
AVERAGED = 0.998  # of the moving average of the weights stays at each step, less at first; the average is what ships
START = 0.1  # standard deviation of the embeddings at first; they then grow as needed


class ItemFields(nn.Module):
    """The fields of each item, (n_items, fields, d): its id, each block of its features, and what `bmf` learned of it.

    features: blocks of (n_items, width). learned: (n_items, c).
    """

    def __init__(self, features: Iterable[csr_array], learned: np.ndarray, d: int) -> None:
        super().__init__()
        self.facts, self.learned = [sparse(block) for block in features], torch.tensor(learned)
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
    """A block of features as a sparse tensor."""
    entries = block.tocoo()
    places, values = torch.from_numpy(np.stack(entries.coords)), torch.from_numpy(entries.data)
    return torch.sparse_coo_tensor(places, values, entries.shape, check_invariants=True).coalesce()


def learned_of_items(bmf: BMF, counts: np.ndarray) -> np.ndarray:
    """(n_items, embedding_dim + 3) float32, about unit scale: each item's factors, bias, noise and popularity."""
    factors = bmf.item_factors_.astype(np.float32).mean(axis=0)
    bias = bmf.item_biases_.astype(np.float32).mean(axis=0)
    noise, popularity = np.log(bmf.precisions_) / 2, np.log1p(counts) / 4 - 1
    return np.column_stack([factors / max(factors.std(), 1e-6), bias, noise, popularity]).astype(np.float32)


def train_network(
    net: nn.Module, collate: Collate, model: Corrector, dataset: Dataset, validation: Dataset | None
) -> None:
    """Train the net in place, with the model's settings, and leave it with the weights of its best epoch."""
    bmf, rng = model.bmf, np.random.default_rng(model.seed)
    if validation is None:
        held_out = rng.permutation(dataset.n_users) % VALIDATION_SHARE == 0
        dataset, validation = dataset.only(~held_out), dataset.only(held_out)
    validation_episodes = [episode for _ in range(VALIDATION_PASSES) for episode in episodes(bmf, validation, rng)]
    validation_batches = [collate(part) for part in batches(validation_episodes, rng)]
    passes = [list(episodes(bmf, dataset, rng)) for _ in range(min(model.passes, model.epochs))]
    thresholds = torch.tensor(bmf.thresholds_)
    optimizer = torch.optim.AdamW(decay_groups(net, model), lr=model.learning_rate)
    average = AveragedModel(net, multi_avg_fn=moving_average)
    steps = sum(-(-len(passes[epoch % model.passes]) // BATCH) for epoch in range(model.epochs))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, model.learning_rate, total_steps=steps + 1, pct_start=WARM_UP
    )
    best, weights = validate(net, validation_batches, thresholds), copy.deepcopy(net.state_dict())
    log.info("%s: before training, RMSE %.5f, log loss %.5f", model.name, *best)
    for epoch in progress.steps(range(model.epochs)):
        net.train()
        for part in batches(passes[epoch % model.passes], rng):
            nll, mse = losses(net, collate(part), thresholds)
            optimizer.zero_grad()
            torch.autograd.backward(nll + model.mse_weight * mse)
            nn.utils.clip_grad_norm_(net.parameters(), MAX_GRADIENT)
            optimizer.step()
            schedule.step()
            average.update_parameters(net)
        errors = validate(average.module, validation_batches, thresholds)
        log.info("%s: epoch %d, RMSE %.5f, log loss %.5f", model.name, epoch + 1, *errors)
        if errors < best:
            best, weights = errors, copy.deepcopy(average.module.state_dict())
    net.load_state_dict(weights)
    net.eval()


def decay_groups(net: nn.Module, model: Corrector) -> list[dict[str, object]]:
    """The parameters for the optimizer: the id embeddings of items have a weight decay of their own."""
    ids = [value for name, value in net.named_parameters() if name.endswith("ids")]
    others = [value for name, value in net.named_parameters() if not name.endswith("ids")]
    return [{"params": ids, "weight_decay": model.id_decay}, {"params": others, "weight_decay": model.weight_decay}]


def moving_average(average: Sequence[torch.Tensor], weights: Sequence[torch.Tensor], steps: torch.Tensor | int) -> None:
    """Move the average towards the weights, in place. steps: how often it was moved before."""
    stays = min(AVERAGED, (1 + int(steps)) / (10 + int(steps)))
    with torch.no_grad():
        for mean, weight in zip(average, weights, strict=True):
            mean.lerp_(weight, 1 - stays)


def batches(training: Sequence[Episode], rng: np.random.Generator) -> Iterator[list[Episode]]:
    """All episodes once, in random batches of similar length."""
    order, window = rng.permutation(len(training)), BATCH * WINDOW
    parts = []
    for first in range(0, len(order), window):
        ascending = sorted(order[first : first + window], key=lambda place: len(training[place].known.items))
        parts += [ascending[i : i + BATCH] for i in range(0, len(ascending), BATCH)]
    for place in rng.permutation(len(parts)):
        yield [training[i] for i in parts[place]]


def losses(net: Net, batch: Batch, thresholds: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The mean log loss and the mean squared error, over all targets of the batch."""
    shift, scale = net(batch)  # (B, M) each
    targets = batch["is_target"]
    mean = (batch["mean"] + batch["sd"] * shift)[targets]
    sd = (batch["sd"] * torch.exp(scale))[targets]
    ratings = batch["ratings"][targets]
    edges = torch.cat([thresholds.new_tensor([-FAR]), thresholds, thresholds.new_tensor([FAR])])
    place = torch.round(2 * ratings).long() - 1
    chance = torch.special.ndtr((edges[place + 1] - mean) / sd) - torch.special.ndtr((edges[place] - mean) / sd)
    return -torch.log(chance.clamp_min(LEAST_CHANCE)).mean(), (mean - ratings).square().mean()


def validate(net: nn.Module, trials: Sequence[Batch], thresholds: torch.Tensor) -> tuple[float, float]:
    """The RMSE and the mean log loss over all targets of these batches."""
    net.eval()
    sizes = np.array([int(batch["is_target"].sum()) for batch in trials])
    with torch.no_grad():
        by_batch = np.array([[float(loss) for loss in losses(net, batch, thresholds)] for batch in trials])
    nll, mse = sizes @ by_batch / sizes.sum()
    return float(np.sqrt(mse)), float(nll)


def padded(rows: Sequence[np.ndarray], dtype: torch.dtype) -> torch.Tensor:
    """(len(rows), longest, ...), zeros where a row is shorter; at least one column."""
    width = max(1, *(len(row) for row in rows))
    table = np.zeros((len(rows), width, *rows[0].shape[1:]), dtype=rows[0].dtype)
    for place, row in enumerate(rows):
        table[place, : len(row)] = row
    return torch.as_tensor(table).to(dtype)


def filled(rows: Sequence[np.ndarray]) -> torch.Tensor:
    """(len(rows), longest) bool: where `padded` holds an entry of the row."""
    sizes = torch.tensor([len(row) for row in rows])
    return torch.arange(max(1, int(sizes.max()))) < sizes[:, None]


def collated(part: Sequence[Episode]) -> Batch:
    """The input of every net: the history (B, N), the targets (B, M), and the ratings of the targets (B, M)."""
    is_target = filled([episode.items for episode in part])
    return {
        "known": padded([episode.known.items for episode in part], torch.long),
        "stars": padded([half_star_places(episode.known.ratings) for episode in part], torch.long),
        "residuals": padded([episode.known.residuals for episode in part], torch.float32),
        "is_known": filled([episode.known.items for episode in part]),
        "items": padded([episode.items for episode in part], torch.long),
        "mean": padded([episode.expected.mean for episode in part], torch.float32),
        "sd": padded([episode.expected.sd for episode in part], torch.float32).masked_fill(~is_target, 1.0),
        "ratings": padded([episode.ratings for episode in part], torch.float32),
        "is_target": is_target,
    }
