"""The network of `gpt` in torch, for training only; `gpt.py` has the formula and serves the same numbers."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from reelrec.data.dataset import Dataset
from reelrec.models.corrections import teaching
from reelrec.models.corrections.gpt import GPT, HEADS, PARTS
from reelrec.models.corrections.teaching import START, Batch, Films


class Block(nn.Module):
    """Attention and MLP of GPT-2, over the history and, beside it, over what is asked for."""

    def __init__(self, d: int, dropout: float) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.attention, self.join = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.wide, self.narrow = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)
        self.dropout = nn.Dropout(dropout)

    def forward(
        self, known: torch.Tensor, asked: torch.Tensor, padding: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """known: (B, 1 + N, d). asked: (B, M, d). padding: (B, 1, 1, 1 + N) bool."""
        of_known, of_asked = self.heads(known), self.heads(asked)
        mixed = F.scaled_dot_product_attention(*of_known, is_causal=True)  # padding comes last, where nobody looks
        query, key, value = of_asked
        own = (query * key).sum(dim=3, keepdim=True)  # (B, h, M, 1)
        logits = (query @ of_known[1].transpose(2, 3)).masked_fill(padding, -torch.inf)
        weights = torch.softmax(torch.cat([logits, own], dim=3) / key.shape[3] ** 0.5, dim=3)
        weights = self.dropout(weights)
        answer = weights[..., :-1] @ of_known[2] + weights[..., -1:] * value
        return self.rest(known, mixed), self.rest(asked, answer)

    def heads(self, x: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Queries, keys and values, (B, h, n, d / h) each."""
        return self.attention(self.norm1(x)).unflatten(2, (3, HEADS, -1)).permute(2, 0, 3, 1, 4).unbind()

    def rest(self, x: torch.Tensor, mixed: torch.Tensor) -> torch.Tensor:
        x = x + self.dropout(self.join(mixed.transpose(1, 2).flatten(2)))
        return x + self.dropout(self.narrow(F.gelu(self.wide(self.norm2(x)), approximate="tanh")))


class Net(nn.Module):
    """Blocks over what `correction.Films` knows of each film; d: of a token."""

    def __init__(self, films: Films, d: int, layers: int, dropout: float) -> None:
        super().__init__()
        self.films = films
        self.stars = nn.Embedding(10, d)
        self.surprise, self.start = nn.Parameter(torch.randn(d) * START), nn.Parameter(torch.randn(d) * START)
        self.asked = nn.Linear(2, d)
        self.blocks = nn.ModuleList(Block(d, dropout) for _ in range(layers))
        self.last, self.out = nn.LayerNorm(d), nn.Linear(d, 2, bias=False)
        self.dropout = nn.Dropout(dropout)
        nn.init.normal_(self.stars.weight, std=START)
        nn.init.zeros_(self.out.weight)

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """shift and scale, (B, M) each."""
        films = self.films().sum(dim=1)  # (n_items, d)
        known = films[batch["known"]] + self.stars(batch["stars"]) + batch["surprises"][..., None] * self.surprise
        known = torch.cat([self.start.expand(len(known), 1, -1), self.dropout(known)], dim=1)
        told = torch.stack([batch["mean"] - 3.5, torch.log(batch["sd"])], dim=2)
        asked = self.dropout(films[batch["items"]] + self.asked(told))
        padding = F.pad(~batch["is_known"], (1, 0))[:, None, None]
        for block in self.blocks:
            known, asked = block(known, asked, padding)
        return self.out(self.last(asked)).unbind(dim=2)


def learned(model: GPT, dataset: Dataset, checked: Dataset | None) -> dict[str, np.ndarray]:
    """Everything that `GPT` keeps, by name."""
    torch.manual_seed(model.seed)
    numbers = teaching.film_numbers(model.bmf, dataset.counts())
    films = Films(dataset.features.values(), numbers, model.embedding_dim)
    net = Net(films, model.embedding_dim, model.layers, model.dropout)
    teaching.teach(net, teaching.told_of, model, dataset, checked)
    return exported(net)


def exported(net: Net) -> dict[str, np.ndarray]:
    """The network as `GPT` serves it."""
    state = {name: value.numpy() for name, value in net.state_dict().items()}
    arrays = {name.replace(".", "_"): state[name] for name in state if not name.startswith("blocks.")}
    for part in PARTS:  # of all blocks in one array
        names = (f"blocks.{layer}.{part.replace('_', '.')}" for layer in range(len(net.blocks)))
        arrays[part] = np.stack([state[name] for name in names])
    with torch.no_grad():
        arrays["films"] = net.films().sum(dim=1).numpy().astype(np.float16)
    return {name: arrays[name] for name in GPT.arrays}
