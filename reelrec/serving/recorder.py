"""What a host learns from visits while the app runs: the arm of an experiment that a visit is in, and what happens.

$REELREC_LOG names the file of events, $REELREC_VARIANTS the experiment. Without the first nothing is written; without
the second every visit gets the same list model and the same interview policy.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reelrec.artifacts.store import shipped_store
from reelrec.data.film import Film
from reelrec.serving import resources
from reelrec.serving.picks.exploration import Exploration
from reelrec.serving.picks.fallbacks import LISTS
from reelrec.serving.shelf import Shelf
from reelrec.telemetry import variants
from reelrec.telemetry.events import OPENED, RATED, SCREEN, SLATE, TAKEN_BACK, Event, Slot
from reelrec.telemetry.variants import Experiment, Variant
from reelrec.visitor.profile import Answer


@functools.cache
def experiment() -> Experiment | None:
    """The experiment of $REELREC_VARIANTS; None where there is none. Raises OptionError."""
    wanted = os.environ.get("REELREC_VARIANTS", "")
    if not wanted.strip():  # a host without an experiment must not depend on what can be compared
        return None
    return variants.parse(wanted, {variants.LIST: shipped_store().models(), variants.INTERVIEW: resources.policies()})


def keeps_events() -> bool:
    """Whether the host keeps anonymous events."""
    return resources.event_log() is not None


def log(event: Event) -> None:
    """Write an event under the arm of its visit; nothing where the host keeps no events."""
    kept = resources.event_log()
    if kept is None:
        return
    arm = Recorder(event.visit).variant
    kept.write(replace(event, experiment=arm.experiment, variant=arm.name) if arm else event)


@dataclass(frozen=True, slots=True)
class Recorder:
    """One visit as the host knows it. visit: its random number, 16 hexadecimal digits."""

    visit: str

    @property
    def variant(self) -> Variant | None:
        """The arm that the visit is in; None where there is no experiment."""
        running = experiment()
        return running.assign(self.visit) if running else None

    @property
    def compares_lists(self) -> bool:
        """Whether the visit is in an experiment on the model that makes the list, and its model can be used."""
        arm = self.variant
        return bool(arm and arm.kind == variants.LIST and resources.fault(arm.name) is None)

    @property
    def list_model(self) -> str:
        """The model that makes the visit's list unless the visitor chooses another."""
        arm = self.variant
        if arm and self.compares_lists:
            return arm.name
        return next(name for name in LISTS if resources.fault(name) is None)  # popularity is always there

    @property
    def policy(self) -> str:
        """The policy that asks in the visit unless the visitor chooses another."""
        arm = self.variant
        wanted = arm.name if arm and arm.kind == variants.INTERVIEW else ""
        return wanted if wanted in resources.policies() else resources.default_policy()

    @property
    def keeps_events(self) -> bool:
        """Whether the host keeps anonymous events."""
        return keeps_events()

    def log_opened(self, film: Film, where: str) -> None:
        """A film was opened. where: the key of the shelf it was opened from, "" for none."""
        log(Event(visit=self.visit, kind=OPENED, film=film.slug, where=where))

    def log_answer(self, film: Film, answer: Answer | None, where: str) -> None:
        """A film was answered about. answer: stars, a mark, or None where an earlier answer was taken back."""
        if isinstance(answer, float):
            log(Event(visit=self.visit, kind=RATED, film=film.slug, stars=answer, where=where))
        else:
            log(Event(visit=self.visit, kind=answer or TAKEN_BACK, film=film.slug, where=where))

    def log_slate(self, shelf: Shelf, drawn: Exploration | None, chosen: bool) -> None:
        """A shelf was shown, and with it an exploration. chosen: the visitor chose the model that made the shelf."""
        films = tuple(pick.film.slug for pick in shelf.picks)
        slot = None
        if drawn is not None:
            slot = Slot(shown=drawn.pick.film.slug, candidates=drawn.candidates, probabilities=drawn.probabilities)
        log(Event(visit=self.visit, kind=SLATE, model=shelf.model, chosen=chosen, films=films, slot=slot))

    def log_screen(self, policy: str, films: Sequence[Film], chosen: bool) -> None:
        """An interview asked about these films. chosen: the visitor chose the policy or moved its slider."""
        slugs = tuple(film.slug for film in films)
        log(Event(visit=self.visit, kind=SCREEN, model=policy, chosen=chosen, films=slugs))
