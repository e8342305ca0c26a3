"""How each artifact is trained: one object a name, so that the command line asks nothing else."""

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
from reelrec.models.registry import model_class
from reelrec.models.review_text import ReviewText
from reelrec.training import catalogue, fitting, interview, reviews


@dataclass(frozen=True, slots=True)
class Trainer:
    """Trains one artifact into a store.

    learns_from: in words. takes_ratings, takes_log: whether a ratings file, or visits of a log of events, can teach it.
    run: from the store, the ratings file and the log to the seconds it took.
    """

    name: str
    learns_from: str
    run: Callable[..., float]
    takes_ratings: bool = False
    takes_log: bool = False

    def check(self, ratings: Path | None, log: Path | None) -> None:
        """Raises OptionError for a file that it does not take."""
        for option, given, taken in (("ratings", ratings, self.takes_ratings), ("log", log, self.takes_log)):
            if given and not taken:
                raise OptionError(f"{self.name} learns from {self.learns_from}: leave out --{option}.")

    def train(self, store: ArtifactStore, ratings: Path | None, log: Path | None) -> float:
        """Train, save, and say how many seconds it took. Raises ReelRecError."""
        return self.run(store, **({"ratings": ratings, "log": log} if self.takes_ratings else {}))


OTHERS = {
    trainer.name: trainer
    for trainer in (
        Trainer(CATALOGUE, "film facts and the train users", catalogue.train),
        Trainer(ReviewText.name, "texts", reviews.train),
        Trainer(Interviewer.name, "what train users have seen", interview.train),
        Trainer(Policies.name, "interviews with tune users", interview.train_policy),
    )
}


def trainer(name: str) -> Trainer:
    """The trainer of an artifact. Raises OptionError for a name that there is not."""
    if name in OTHERS:
        return OTHERS[name]
    learns_from = model_class(name).learns_from
    visits = learns_from is Role.TRAIN
    return Trainer(name, f"{learns_from} users", partial(fitting.train, name), takes_ratings=True, takes_log=visits)
