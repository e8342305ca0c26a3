"""The network of `deepfm` in torch, for training only; `deepfm.py` has the formula and serves the same numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import nn

from reelrec.data.dataset import Dataset
from reelrec.data.history import History
from reelrec.models.corrections import teaching
from reelrec.models.corrections.deepfm import HEADS, DeepFM, person_fields
from reelrec.models.corrections.episodes import Episode, meet
from reelrec.models.corrections.teaching import Batch, Films


class Net(nn.Module):
    """n_person: how many numbers each of a person's fields has. k: of the attention."""

    def __init__(
        self, films: Films, n_person: Sequence[int], embedding_dim: int, width: int, dropout: float, k: int
    ) -> None:
        super().__init__()
        self.films = films
        self.person = nn.ModuleList(nn.Linear(n, embedding_dim) for n in n_person)
        self.expected = nn.Linear(2, embedding_dim)
        self.key = nn.Linear(films.n_fields * embedding_dim, k)
        self.ask = nn.Linear(k, k)
        self.tell = nn.Linear(k, k, bias=False)
        self.value = nn.Linear(k, k, bias=False)
        self.nobody = nn.Parameter(torch.ones(HEADS))
        self.attended = nn.Linear(k + 2 * HEADS, embedding_dim)
        n_fields = films.n_fields + len(n_person) + 2
        self.first = nn.Linear(n_fields * embedding_dim, 2)
        self.second = nn.Linear(embedding_dim, 2, bias=False)
        self.deep = nn.Sequential(
            nn.Linear(n_fields * embedding_dim, width), nn.ReLU(), nn.Dropout(dropout),
            nn.Linear(width, width // 2), nn.ReLU(), nn.Dropout(dropout), nn.Linear(width // 2, 2, bias=False),
        )  # fmt: skip
        for last in (self.first.weight, self.first.bias, self.second.weight, self.deep[-1].weight):
            nn.init.zeros_(last)

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """shift and scale, (B, M) each."""
        items, table = batch["items"], self.films()
        films = table[items]  # (B, M, fields, e)
        person = torch.stack([layer(batch[f"person{i}"]) for i, layer in enumerate(self.person)], dim=1)  # (B, p, e)
        person = person[:, None].expand(-1, items.shape[1], -1, -1)
        told = self.expected(torch.stack([batch["mean"] - 3.5, torch.log(batch["sd"])], dim=2))  # (B, M, e)
        attended = self.attended(self.attend(batch, self.key(table.flatten(1))))
        fields = torch.cat([films, person, told[:, :, None], attended[:, :, None]], dim=2)  # (B, M, f, e)
        pairs = 0.5 * (fields.sum(dim=2).square() - fields.square().sum(dim=2))  # (B, M, e)
        flat = fields.flatten(2)
        found = self.first(flat) + self.second(pairs) + self.deep(flat)
        return found[..., 0], found[..., 1]

    def attend(self, batch: Batch, keys: torch.Tensor) -> torch.Tensor:
        """(B, M, k + 2 heads): values, surprise and weight that a film finds in the history, by head."""
        asked, known = keys[batch["items"]], keys[batch["known"]]  # (B, M, k), (B, N, k)
        query, key, value = self.ask(asked), self.tell(known), self.value(known)
        query, key, value = (x.unflatten(2, (HEADS, -1)).transpose(1, 2) for x in (query, key, value))  # (B, h, ., k/h)
        logits = query @ key.transpose(2, 3) / key.shape[3] ** 0.5  # (B, h, M, N)
        logits = logits.masked_fill(~batch["is_known"][:, None, None], -torch.inf)
        nobody = self.nobody[:, None, None].expand(len(logits), -1, logits.shape[2], 1)
        weights = torch.softmax(torch.cat([nobody, logits], dim=3), dim=3)[..., 1:]
        surprises = batch["surprises"][:, None, :, None]  # (B, 1, N, 1)
        values = (weights @ (value * surprises)).transpose(1, 2).flatten(2)  # (B, M, k)
        surprise = (weights @ surprises.expand(-1, HEADS, -1, -1))[..., 0]  # (B, h, M)
        return torch.cat([values, surprise.transpose(1, 2), weights.sum(dim=3).transpose(1, 2)], dim=2)


def learned(model: DeepFM, dataset: Dataset, checked: Dataset | None) -> dict[str, np.ndarray]:
    """Everything that `DeepFM` keeps, by name."""
    torch.manual_seed(model.seed)
    bmf, genres = model.bmf, np.zeros((dataset.n_items, 1), dtype=np.uint8)  # where no genre is known
    if "genre" in dataset.features:
        genres = (dataset.features["genre"].toarray() > 0).astype(np.uint8)
    films = Films(dataset.features.values(), teaching.film_numbers(bmf, dataset.counts()), model.embedding_dim)
    nobody, _ = meet(bmf, History.empty(), np.arange(0))
    n_person = [len(part) for part in person_fields(bmf, genres, nobody)]
    net = Net(films, n_person, model.embedding_dim, model.width, model.dropout, model.keys)

    def collate(lessons: Sequence[Episode]) -> Batch:
        people = [person_fields(bmf, genres, one.known) for one in lessons]
        fields = {f"person{i}": torch.tensor(np.stack(part)) for i, part in enumerate(zip(*people, strict=True))}
        return fields | teaching.told_of(lessons)

    teaching.teach(net, collate, model, dataset, checked)
    return exported(net, genres)


def exported(net: Net, genres: np.ndarray) -> dict[str, np.ndarray]:
    """The network as `DeepFM` serves it; genres: (n_items, g) 0 or 1."""
    arrays = {name.replace(".", "_"): value.numpy() for name, value in net.state_dict().items()}
    with torch.no_grad():
        table = net.films()
        arrays["films"], arrays["keys"] = (x.numpy().astype(np.float16) for x in (table, net.key(table.flatten(1))))
    arrays["genres"] = genres
    return {name: arrays[name] for name in DeepFM.arrays}
