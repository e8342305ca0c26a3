"""The steps of a network's training in torch: AdamW, under a one-cycle schedule or none, and an average of the weights.

Every worker holds the whole network and some users. The gradient of a batch is the sum of the workers' gradients, so
all of them make the same steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel

from reelrec.data.ratings.workers import State, Workers

WARM_UP = 0.1  # of all steps


class GradientSteps:
    """The network, its optimizer, and the moving average of its weights, which ships.

    parameters: for the optimizer. steps: how many there will be at most, along which the learning rate rises and falls;
    None: it stays. average: moves the average, as in `AveragedModel`. max_gradient: the largest norm of a step's
    gradient. done: passes over the data so far, or updates.
    """

    def __init__(
        self,
        net: nn.Module,
        parameters: Iterable[Any],
        *,
        learning_rate: float,
        weight_decay: float,
        steps: int | None,
        average: Callable[..., Any],
        max_gradient: float | None = None,
    ) -> None:
        self.net, self.max_gradient, self.done = net, max_gradient, 0
        self.optimizer = torch.optim.AdamW(parameters, lr=learning_rate, weight_decay=weight_decay, fused=True)
        self.schedule = (
            torch.optim.lr_scheduler.LambdaLR(self.optimizer, lambda step: 1.0)
            if steps is None
            else torch.optim.lr_scheduler.OneCycleLR(
                self.optimizer, learning_rate, total_steps=steps + 1, pct_start=WARM_UP
            )
        )
        self.average = AveragedModel(net, multi_avg_fn=average)

    def step(self, loss: torch.Tensor | None, workers: Workers) -> None:
        """One step along the gradient of the sum of all workers' losses. loss: None where this one has no user."""
        self.optimizer.zero_grad()
        if loss is not None:
            torch.autograd.backward(loss)
        for weight in self.net.parameters():
            weight.grad = workers.add(torch.zeros_like(weight) if weight.grad is None else weight.grad)
        if self.max_gradient is not None:
            nn.utils.clip_grad_norm_(self.net.parameters(), self.max_gradient)
        self.optimizer.step()
        self.schedule.step()
        self.average.update_parameters(self.net)

    def state(self) -> dict[str, np.ndarray]:
        """What `restore` needs to go on from here."""
        groups = self.optimizer.param_groups
        state = {
            "done": np.array(self.done),
            "steps": np.array(self.schedule.last_epoch),
            "averaged": self.average.n_averaged.cpu().numpy(),
            "rates": np.array([[group["lr"], *group["betas"]] for group in groups]),
        }
        averages = self.average.module.parameters()
        for place, (weight, average) in enumerate(zip(self.net.parameters(), averages, strict=True)):
            moments = self.optimizer.state[weight]
            for name, part in zip(PARTS, (weight, average, moments["exp_avg"], moments["exp_avg_sq"]), strict=True):
                state[f"{name}_{place}"] = part.detach().cpu().numpy()
        return state

    def restore(self, state: State) -> None:
        """Go on from a `state`."""
        self.done, steps = int(state["done"]), int(state["steps"])
        self.schedule.last_epoch = steps
        self.average.n_averaged.copy_(torch.from_numpy(state["averaged"]))
        for group, (rate, *betas) in zip(self.optimizer.param_groups, state["rates"].tolist(), strict=True):
            group["lr"], group["betas"] = rate, tuple(betas)
        averages = self.average.module.parameters()
        for place, (weight, average) in enumerate(zip(self.net.parameters(), averages, strict=True)):
            parts = [torch.from_numpy(state[f"{name}_{place}"]).to(weight.device) for name in PARTS]
            with torch.no_grad():
                weight.copy_(parts[0])
                average.copy_(parts[1])
            step = torch.tensor(float(steps), device=weight.device)
            self.optimizer.state[weight] = {"step": step, "exp_avg": parts[2], "exp_avg_sq": parts[3]}

    def averaged(self) -> dict[str, np.ndarray]:
        """The averaged weights by name."""
        return {name.replace(".", "_"): w.cpu().numpy() for name, w in self.average.module.state_dict().items()}


def draw_linear(net: nn.Module, noise: torch.Generator) -> None:
    """Draw the first weights of all linear layers, as torch does by default, but from a generator of their own."""
    for layer in net.modules():
        if isinstance(layer, nn.Linear):
            for weight in layer.parameters():
                nn.init.uniform_(weight, -(layer.in_features**-0.5), layer.in_features**-0.5, generator=noise)


PARTS = ("weight", "average", "mean", "square")  # of the state, for each parameter
