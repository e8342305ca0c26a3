"""The network of `deepfm` in torch, for training only; `deepfm.py` has the formula and serves the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.models.corrections import network_training
from reelrec.models.corrections.batches import Batch, Dropout, collated
from reelrec.models.corrections.corrector import CENTRE, Corrector
from reelrec.models.corrections.episodes import Episode, Evidence, evidence_of
from reelrec.models.corrections.network_training import ItemFields
from reelrec.models.gradient_steps import draw_linear

UserFields = Callable[[Evidence], Mapping[str, np.ndarray]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """embedding_dim: of a field. width: of the MLP's first layer. keys, heads: size and number of the attention's."""

    embedding_dim: int
    width: int
    keys: int
    heads: int


class Net(nn.Module):
    """n_person: the size of each field of a user, by name. noise: draws the first weights."""

    def __init__(
        self, films: ItemFields, n_person: Mapping[str, int], shape: Shape, dropout: float, noise: torch.Generator
    ) -> None:
        super().__init__()
        e, k, width = shape.embedding_dim, shape.keys, shape.width
        self.films, self.heads, self.dropout = films, shape.heads, dropout
        self.person = nn.ModuleDict({name: nn.Linear(n, e) for name, n in n_person.items()})
        self.expected = nn.Linear(2, e)
        self.key = nn.Linear(films.n_fields * e, k)
        self.ask = nn.Linear(k, k)
        self.tell = nn.Linear(k, k, bias=False)
        self.value = nn.Linear(k, k, bias=False)
        self.nobody = nn.Parameter(torch.ones(shape.heads))
        self.attended = nn.Linear(k + 2 * shape.heads, e)
        n_fields = films.n_fields + len(n_person) + 2
        self.first = nn.Linear(n_fields * e, 2)
        self.second = nn.Linear(e, 2, bias=False)
        hidden1, hidden2 = nn.Linear(n_fields * e, width), nn.Linear(width, width // 2)
        out = nn.Linear(width // 2, 2, bias=False)
        self.deep = nn.ModuleDict({"hidden1": hidden1, "hidden2": hidden2, "out": out})
        draw_linear(self, noise)
        for last in (self.first.weight, self.first.bias, self.second.weight, out.weight):
            nn.init.zeros_(last)

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """shift and scale, (B, M) each."""
        items, table = batch["items"], self.films()
        films = F.embedding(items, table.flatten(1)).unflatten(2, table.shape[1:])  # (B, M, fields, e)
        users = torch.stack([layer(batch[f"person_{name}"]) for name, layer in self.person.items()], dim=1)
        users = users[:, None].expand(-1, items.shape[1], -1, -1)  # (B, M, p, e)
        expected = self.expected(torch.stack([batch["mean"] - CENTRE, torch.log(batch["sd"])], dim=2))  # (B, M, e)
        attended = self.attended(self.attend(batch, self.key(table.flatten(1))))
        fields = torch.cat([films, users, expected[:, :, None], attended[:, :, None]], dim=2)  # (B, M, f, e)
        pairs = 0.5 * (fields.sum(dim=2).square() - fields.square().sum(dim=2))  # (B, M, e)
        flat = deep = fields.flatten(2)
        drop = Dropout(self.dropout if self.training else 0.0, batch["noise"])
        for hidden in ("hidden1", "hidden2"):
            deep = drop(torch.relu(self.deep[hidden](deep)))
        output = self.first(flat) + self.second(pairs) + self.deep["out"](deep)
        return output[..., 0], output[..., 1]

    def attend(self, batch: Batch, keys: torch.Tensor) -> torch.Tensor:
        """(B, M, k + 2 heads): what a target attends to in the history: values, residual and total weight, by head."""
        targets, known = F.embedding(batch["items"], keys), F.embedding(batch["known"], keys)  # (B, M, k), (B, N, k)
        query, key, value = self.ask(targets), self.tell(known), self.value(known)
        query, key, value = (x.unflatten(2, (self.heads, -1)).transpose(1, 2) for x in (query, key, value))
        logits = query @ key.transpose(2, 3) / key.shape[3] ** 0.5  # (B, h, M, N)
        logits = logits.masked_fill(~batch["is_known"][:, None, None], -torch.inf)
        nobody = self.nobody[:, None, None].expand(len(logits), -1, logits.shape[2], 1)
        weights = torch.softmax(torch.cat([nobody, logits], dim=3), dim=3)[..., 1:]
        residuals = batch["residuals"][:, None, :, None]  # (B, 1, N, 1)
        values = (weights @ (value * residuals)).transpose(1, 2).flatten(2)  # (B, M, k)
        residual = (weights @ residuals.expand(-1, self.heads, -1, -1))[..., 0]  # (B, h, M)
        return torch.cat([values, residual.transpose(1, 2), weights.sum(dim=3).transpose(1, 2)], dim=2)


def trained(
    model: Corrector, shape: Shape, user_fields: UserFields, dataset: Dataset, validation: Dataset | None
) -> dict[str, np.ndarray]:
    """Train the network. Returns the arrays that `DeepFM` holds, by name, without the genres."""
    noise = torch.Generator().manual_seed(model.seed)
    learned = network_training.learned_of_items(model.bmf, dataset.counts())
    films = ItemFields(dataset.features.values(), learned, shape.embedding_dim, noise)
    nobody, _ = evidence_of(model.bmf, History.empty(), np.arange(0))
    net = Net(films, {name: len(field) for name, field in user_fields(nobody).items()}, shape, model.dropout, noise)

    def collate(episodes: Sequence[Episode]) -> Batch:
        users = [user_fields(episode.known) for episode in episodes]
        fields = {f"person_{name}": torch.tensor(np.stack([user[name] for user in users])) for name in users[0]}
        return fields | collated(episodes)

    network_training.train_network(net, collate, model, dataset, validation)
    return exported(net)


def exported(net: Net) -> dict[str, np.ndarray]:
    """The network as `DeepFM` serves it: its layers by name, and the computed fields and keys of each item."""
    arrays = {name.replace(".", "_"): value.numpy() for name, value in net.state_dict().items()}
    served = {name: array for name, array in arrays.items() if not name.startswith(("films_", "key_"))}
    with torch.no_grad():
        table = net.films()
        films, keys = (x.numpy().astype(np.float16) for x in (table, net.key(table.flatten(1))))
    return served | {"films": films, "keys": keys}
