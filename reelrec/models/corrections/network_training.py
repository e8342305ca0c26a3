"""Training a network to correct `bmf`, in torch: the loss, the epochs and early stopping.

    loss  =  - ln P(the half-star of the rating)  +  mse_weight (rating - mean)^2

P cuts N(mean + sd shift, (sd exp(scale))^2) at the thresholds of `bmf`; mean and sd are its prediction. The last layer
of a network is zero at first, so that an untrained network is `bmf` itself. The weights that ship are from the epoch
that did best on the validation users.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple, Self

import numpy as np
import torch
from scipy.sparse import csr_array
from torch import nn

from reelrec import progress
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.random_numbers import uniforms
from reelrec.data.ratings.workers import State, Workers
from reelrec.models.bmf.model import BMF
from reelrec.models.corrections.batches import Batch, batches, n_batches, noisy
from reelrec.models.corrections.corrector import Corrector
from reelrec.models.corrections.episodes import Episode, Purpose, episodes
from reelrec.models.gradient_steps import GradientSteps
from reelrec.models.predictive import LEAST_CHANCE

log = logging.getLogger(__name__)

Net = Callable[[Batch], tuple[torch.Tensor, torch.Tensor]]  # from a batch to shift and scale, (B, M) each
Collate = Callable[[Sequence[Episode]], Batch]
FAR = 100.0  # stars; an infinite edge would have no gradient
VALIDATION_SHARE = 0.05  # of the users validate where no validation users are given
VALIDATION_PASSES = 2
BEST = "best "  # before the name of a weight of the best epoch, in a checkpoint
MAX_GRADIENT = 1.0  # norm
AVERAGED = 0.998  # of the moving average of the weights stays at each step, less at first; the average is what ships
START = 0.1  # standard deviation of the embeddings at first; they then grow as needed


class ItemFields(nn.Module):
    """The fields of each item, (n_items, fields, d): its id, each block of its features, and what `bmf` learned of it.

    features: blocks of (n_items, width). learned: (n_items, c). noise: draws the first weights.
    """

    def __init__(self, features: Iterable[csr_array], learned: np.ndarray, d: int, noise: torch.Generator) -> None:
        super().__init__()
        self.facts, self.learned = [sparse(block) for block in features], torch.tensor(learned)
        self.ids = nn.Parameter(torch.zeros(len(learned), d))
        self.words = nn.ParameterList(START * torch.randn(block.shape[1], d, generator=noise) for block in self.facts)
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
    workers, seed = dataset.workers, model.seed
    if validation is None:
        dataset, validation = with_validation(dataset, seed)
    trials = [
        collate(part)
        for turn in range(VALIDATION_PASSES)
        for part in batches(list(episodes(model.bmf, validation, seed, turn)), workers, seed, turn)
        if part
    ]
    passes = [list(episodes(model.bmf, dataset, seed, turn)) for turn in range(min(model.passes, model.epochs))]
    thresholds = torch.tensor(model.bmf.thresholds_)
    steps = GradientSteps(
        net, decay_groups(net, model), learning_rate=model.learning_rate, weight_decay=model.weight_decay,
        steps=model.epochs * n_batches(workers.add(len(passes[0]))), average=moving_average, max_gradient=MAX_GRADIENT,
    )  # fmt: skip
    if kept := workers.kept():
        steps.restore(kept)
        best = Best.restored(kept)
    else:
        best = Best(validate(net, trials, thresholds, workers), weights_of(net))
        log.info("%s: before training, RMSE %.5f, log loss %.5f", model.name, *best.errors)
    for epoch in progress.steps(range(steps.done, model.epochs)):
        net.train()
        for part in batches(passes[epoch % model.passes], workers, seed, epoch):
            batch = noisy(collate(part), seed, epoch) if part else None
            n = workers.add(int(batch["is_target"].sum()) if batch else 0)
            if n:
                loss = None
                if batch:
                    nll, squares = losses(net, batch, thresholds)
                    loss = (nll + model.mse_weight * squares) / n
                steps.step(loss, workers)
        steps.done += 1
        errors = validate(steps.average.module, trials, thresholds, workers)
        log.info("%s: epoch %d, RMSE %.5f, log loss %.5f", model.name, steps.done, *errors)
        if errors < best.errors:
            best = Best(errors, weights_of(steps.average.module))
        workers.keep(steps.done, partial(best.checkpoint, steps))
    net.load_state_dict(best.weights)
    net.eval()


class Best(NamedTuple):
    """The errors of the best epoch so far, as `validate` gives them, and its weights."""

    errors: tuple[float, float]
    weights: dict[str, torch.Tensor]

    def checkpoint(self, steps: GradientSteps) -> dict[str, np.ndarray]:
        """What training needs to go on from here."""
        weights = {f"{BEST}{name}": weight.numpy() for name, weight in self.weights.items()}
        return steps.state() | weights | {"errors": np.array(self.errors)}

    @classmethod
    def restored(cls, state: State) -> Self:
        """Of a `checkpoint`."""
        weights = {name[len(BEST) :]: torch.from_numpy(part) for name, part in state.items() if name.startswith(BEST)}
        rmse, log_loss = state["errors"].tolist()
        return cls((rmse, log_loss), weights)


def weights_of(net: nn.Module) -> dict[str, torch.Tensor]:
    """A copy of the weights by name."""
    return {name: weight.detach().clone() for name, weight in net.state_dict().items()}


def with_validation(dataset: Dataset, seed: int) -> tuple[Dataset, Dataset]:
    """The users who train and those who validate. Of so few users that chance picks nobody, all do both."""
    held_out = uniforms(seed, Purpose.HELD_OUT, dataset.user_keys) < VALIDATION_SHARE
    if not dataset.workers.add(int(held_out.sum())):
        return dataset, dataset
    return dataset.only(~held_out), dataset.only(held_out)


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


def losses(net: Net, batch: Batch, thresholds: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The sums of the log losses and of the squared errors, over all targets of the batch."""
    shift, scale = net(batch)  # (B, M) each
    targets = batch["is_target"]
    mean = (batch["mean"] + batch["sd"] * shift)[targets]
    sd = (batch["sd"] * torch.exp(scale))[targets]
    ratings = batch["ratings"][targets]
    edges = torch.cat([thresholds.new_tensor([-FAR]), thresholds, thresholds.new_tensor([FAR])])
    place = torch.round(2 * ratings).long() - 1
    chance = torch.special.ndtr((edges[place + 1] - mean) / sd) - torch.special.ndtr((edges[place] - mean) / sd)
    return -torch.log(chance.clamp_min(LEAST_CHANCE)).sum(), (mean - ratings).square().sum()


def validate(
    net: nn.Module, trials: Sequence[Batch], thresholds: torch.Tensor, workers: Workers
) -> tuple[float, float]:
    """The RMSE and the mean log loss over all targets of all workers' batches."""
    net.eval()
    sums = np.zeros(3)  # log losses, squared errors, targets
    with torch.no_grad():
        for batch in trials:
            nll, squares = losses(net, batch, thresholds)
            sums += float(nll), float(squares), int(batch["is_target"].sum())
    nll, squares, n = workers.add(sums)
    return float(np.sqrt(squares / n)), float(nll / n)
