"""How each artifact is trained: one object for each name, so that the command line needs no special cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reelrec.artifacts.kinds import CATALOGUE
from reelrec.artifacts.store import ArtifactStore
from reelrec.data.roles import Role
from reelrec.errors import OptionError
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import Policies
from reelrec.models.facts.model import Facts
from reelrec.models.film_map import FilmMap
from reelrec.models.registry import model_class
from reelrec.models.review_text import ReviewText
from reelrec.training import catalogue, facts, film_map, fitting, interview, reviews


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainer:
    """Trains one artifact into a store.

    learns_from: in words. run: gets the store, and where takes_ratings also `ratings` and `log`; returns seconds.
    takes_ratings, takes_log: whether it can learn from a ratings file, or from the visits of a log of events.
    """

    name: str
    learns_from: str
    run: Callable[..., float]
    takes_ratings: bool = False
    takes_log: bool = False

    def check(self, ratings: Path | None, log: Path | None) -> None:
        """Raises OptionError for a file that it cannot learn from."""
        for option, path, taken in (("ratings", ratings, self.takes_ratings), ("log", log, self.takes_log)):
            if path and not taken:
                raise OptionError(f"{self.name} learns from {self.learns_from}: leave out --{option}.")

    def train(self, store: ArtifactStore, ratings: Path | None, log: Path | None) -> float:
        """Train and save. Returns seconds. Raises ReelRecError."""
        return self.run(store, **({"ratings": ratings, "log": log} if self.takes_ratings else {}))


OTHERS = {
    trainer.name: trainer
    for trainer in (
        Trainer(name=CATALOGUE, learns_from="film facts and the train users", run=catalogue.train),
        Trainer(name=ReviewText.name, learns_from="texts", run=reviews.train),
        Trainer(name=Facts.name, learns_from="film facts, bmf and ranker", run=facts.train),
        Trainer(name=Interviewer.name, learns_from="what train users have seen and liked", run=interview.train),
        Trainer(name=FilmMap.name, learns_from="film facts, dae and bmf", run=film_map.train),
        Trainer(name=Policies.name, learns_from="interviews with tune users", run=interview.train_policy),
    )
}


def trainer(name: str) -> Trainer:
    """The trainer of an artifact. Raises OptionError for an unknown name."""
    if name in OTHERS:
        return OTHERS[name]
    role = model_class(name).learns_from
    return Trainer(
        name=name,
        learns_from=f"{role} users",
        run=partial(fitting.train, name),
        takes_ratings=True,
        takes_log=role is Role.TRAIN,
    )
