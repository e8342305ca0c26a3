"""The network of `gpt` in torch, for training only; `gpt.py` has the formula and serves the same numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from reelrec.data.half_stars import HALF_STARS
from reelrec.data.ratings.dataset import Dataset
from reelrec.models.corrections import network_training
from reelrec.models.corrections.batches import Batch, Dropout, collated
from reelrec.models.corrections.corrector import CENTRE, Corrector
from reelrec.models.corrections.network_training import START, ItemFields
from reelrec.models.gradient_steps import draw_linear


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """embedding_dim: of a token. layers: blocks. heads: of the attention."""

    embedding_dim: int
    layers: int
    heads: int


class Block(nn.Module):
    """Attention and MLP of GPT-2, over the history and, beside it, over the targets."""

    def __init__(self, d: int, heads: int) -> None:
        super().__init__()
        self.n_heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.attention, self.join = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.wide, self.narrow = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)

    def forward(
        self, known: torch.Tensor, targets: torch.Tensor, padding: torch.Tensor, drop: Dropout
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """known: (B, 1 + N, d). targets: (B, M, d). padding: (B, 1, 1, 1 + N) bool."""
        known_query, known_key, known_value = self.heads(known)
        mixed = F.scaled_dot_product_attention(
            known_query, known_key, known_value, is_causal=True
        )  # padding comes last, where no token looks
        query, key, value = self.heads(targets)
        own = (query * key).sum(dim=3, keepdim=True)  # (B, h, M, 1)
        logits = (query @ known_key.transpose(2, 3)).masked_fill(padding, -torch.inf)
        weights = torch.softmax(torch.cat([logits, own], dim=3) / key.shape[3] ** 0.5, dim=3)
        answer = drop(weights[..., :-1]) @ known_value + drop(weights[..., -1:]) * value
        return self.rest(known, mixed, drop), self.rest(targets, answer, drop)

    def heads(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Queries, keys and values, (B, h, n, d / h) each."""
        joined = self.attention(self.norm1(x)).unflatten(2, (3, self.n_heads, -1)).permute(2, 0, 3, 1, 4)
        query, key, value = joined.unbind()
        return query, key, value

    def rest(self, x: torch.Tensor, mixed: torch.Tensor, drop: Dropout) -> torch.Tensor:
        """The block after its attention. x: (B, n, d). mixed: (B, h, n, d / h) the weighted values."""
        x = x + drop(self.join(mixed.transpose(1, 2).flatten(2)))
        output: torch.Tensor = x + drop(self.narrow(F.gelu(self.wide(self.norm2(x)), approximate="tanh")))
        return output


class Net(nn.Module):
    """Blocks over the embeddings of `network_training.ItemFields`. noise: draws the first weights."""

    def __init__(self, films: ItemFields, shape: Shape, dropout: float, noise: torch.Generator) -> None:
        super().__init__()
        d = shape.embedding_dim
        self.films, self.dropout = films, dropout
        self.stars = nn.Embedding(len(HALF_STARS), d)
        self.residual, self.start = (nn.Parameter(START * torch.randn(d, generator=noise)) for _ in range(2))
        self.asked = nn.Linear(2, d)
        self.blocks = nn.ModuleList(Block(d, shape.heads) for _ in range(shape.layers))
        self.last, self.out = nn.LayerNorm(d), nn.Linear(d, 2, bias=False)
        nn.init.normal_(self.stars.weight, std=START, generator=noise)
        draw_linear(self, noise)
        nn.init.zeros_(self.out.weight)

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """shift and scale, (B, M) each."""
        drop = Dropout(self.dropout if self.training else 0.0, batch["noise"])
        films = self.films().sum(dim=1)  # (n_items, d)
        known = (
            F.embedding(batch["known"], films)
            + self.stars(batch["stars"])
            + batch["residuals"][..., None] * self.residual
        )
        known = torch.cat([self.start.expand(len(known), 1, -1), drop(known)], dim=1)
        from_bmf = torch.stack([batch["mean"] - CENTRE, torch.log(batch["sd"])], dim=2)
        targets = drop(F.embedding(batch["items"], films) + self.asked(from_bmf))
        padding = F.pad(~batch["is_known"], (1, 0))[:, None, None]
        for block in self.blocks:
            known, targets = block(known, targets, padding, drop)
        output = self.out(self.last(targets))  # (B, M, 2)
        return output[..., 0], output[..., 1]


def trained(model: Corrector, shape: Shape, dataset: Dataset, validation: Dataset | None) -> dict[str, np.ndarray]:
    """Train the network. Returns the arrays that `GPT` holds, by name."""
    noise = torch.Generator().manual_seed(model.seed)
    learned = network_training.learned_of_items(model.bmf, dataset.counts())
    net = Net(ItemFields(dataset.features.values(), learned, shape.embedding_dim, noise), shape, model.dropout, noise)
    network_training.train_network(net, collated, model, dataset, validation)
    return exported(net)


def exported(net: Net) -> dict[str, np.ndarray]:
    """The network as `GPT` serves it: its layers by name, those of all blocks in one array each."""
    state = {name: value.numpy() for name, value in net.state_dict().items()}
    served = {
        name.replace(".", "_"): array for name, array in state.items() if not name.startswith(("blocks.", "films."))
    }
    for part in net.blocks[0].state_dict():
        served[part.replace(".", "_")] = np.stack([state[f"blocks.{i}.{part}"] for i in range(len(net.blocks))])
    with torch.no_grad():
        served["films"] = net.films().sum(dim=1).numpy().astype(np.float16)
    return served
