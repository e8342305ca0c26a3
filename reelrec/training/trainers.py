"""How each artifact is trained: one object for each name, so that the command line needs no special cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from reelrec.artifacts.kinds import CATALOGUE
from reelrec.artifacts.store import ArtifactStore
from reelrec.data.ratings.roles import Role
from reelrec.data.ratings.workers import ALONE, Workers
from reelrec.errors import OptionError
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import Policies
from reelrec.models.facts.model import Facts
from reelrec.models.film_map import FilmMap
from reelrec.models.registry import model_class
from reelrec.models.review_text import ReviewText
from reelrec.training import catalogue, facts, film_map, fitting, interview, policy, reviews
from reelrec.training.ratings import Ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainer:
    """Trains one artifact into a store.

    learns_from: in words. run: gets the store, where takes_ratings `Ratings`, and where adds_up `Workers`; returns
    seconds. takes_ratings, takes_log: whether it can learn from other ratings than those that it declares, or from
    the visits of a log of events. adds_up: whether several workers can train it, because what it learns from users is
    a sum.
    """

    name: str
    learns_from: str
    run: Callable[..., float]
    takes_ratings: bool = False
    takes_log: bool = False
    adds_up: bool = False

    def check(self, ratings: Ratings, together: bool = False) -> None:
        """Raises OptionError for what it cannot learn from, or where several workers cannot train it together."""
        options = (("ratings", ratings.file, self.takes_ratings), ("data", ratings.data, self.takes_ratings),
                   ("log", ratings.log, self.takes_log))  # fmt: skip
        for option, value, taken in options:
            if value and not taken:
                raise OptionError(f"{self.name} learns from {self.learns_from}: leave out --{option}.")
        if together and not self.adds_up:
            raise OptionError(f"{self.name} is trained by one process: leave out --workers and --cluster.")

    def train(self, store: ArtifactStore, ratings: Ratings, workers: Workers = ALONE) -> float:
        """Train and save. Returns seconds. Raises ReelRecError."""
        return self.run(store, *[ratings] * self.takes_ratings, *[workers] * self.adds_up)


OTHERS = {
    trainer.name: trainer
    for trainer in (
        Trainer(name=CATALOGUE, learns_from="film facts and the train users", run=catalogue.train),
        Trainer(name=ReviewText.name, learns_from="texts", run=reviews.train),
        Trainer(name=Facts.name, learns_from="film facts, bmf and ranker", run=facts.train),
        Trainer(
            name=Interviewer.name, learns_from="what train users have seen and liked", run=interview.train, adds_up=True
        ),
        Trainer(name=FilmMap.name, learns_from="film facts, dae and bmf", run=film_map.train),
        Trainer(name=Policies.name, learns_from="interviews with tune users", run=policy.train, adds_up=True),
    )
}


def trainer(name: str) -> Trainer:
    """The trainer of an artifact. Raises OptionError for an unknown name."""
    if name in OTHERS:
        return OTHERS[name]
    kind = model_class(name)
    return Trainer(
        name=name,
        learns_from=f"{kind.learns_from} users",
        run=partial(fitting.train, name),
        takes_ratings=True,
        takes_log=kind.learns_from is Role.TRAIN,
        adds_up=kind.adds_up,
    )
