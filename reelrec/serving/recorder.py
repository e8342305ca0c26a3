"""What a host learns from visits while the app runs: which arm of an experiment a visit is in, and what happens in it.

$REELREC_LOG names the file of events, $REELREC_VARIANTS the experiment. Without the first nothing is written, without
the second every visit gets the same.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence

from reelrec.artifacts import store
from reelrec.data.film import Film
from reelrec.serving import engine, resources
from reelrec.serving.engine import Pick
from reelrec.serving.exploration import Exploration
from reelrec.telemetry import variants
from reelrec.telemetry.events import SCREEN, SLATE, Event, Slot
from reelrec.telemetry.variants import Experiment, Variant


@functools.cache
def experiment() -> Experiment | None:
    """What $REELREC_VARIANTS says. Raises OptionError."""
    wanted = os.environ.get("REELREC_VARIANTS", "")
    if not wanted.strip():  # a host without an experiment must not depend on what can be compared
        return None
    return variants.parse(wanted, {variants.LIST: store.shipped(), variants.INTERVIEW: resources.policies()})


def variant(visit: str) -> Variant | None:
    """The arm that a visit is in; None where there is no experiment."""
    running = experiment()
    return running.assign(visit) if running else None


def list_model(visit: str) -> str:
    """What makes a visit's list unless the visitor chooses another model."""
    arm = variant(visit)
    return arm.name if arm and arm.kind == variants.LIST else engine.LIST_MODEL


def keeps_events() -> bool:
    """Whether the host keeps anonymous events."""
    return resources.event_log() is not None


def log(visit: str, kind: str, **told: object) -> None:
    """Write an event, with what `Event` has fields for; nothing where the host keeps none."""
    kept = resources.event_log()
    if kept is not None:
        arm = variant(visit)
        experiment, name = (arm.experiment, arm.name) if arm else (None, None)
        kept.write(Event(visit, kind, experiment, name, **told))


def log_slate(visit: str, model: str, picks: Sequence[Pick], drawn: Exploration | None, chosen: bool) -> None:
    """That a shelf was shown, and with it an exploration. chosen: the visitor chose the model that made it."""
    slot = drawn and Slot(drawn.pick.film.slug, drawn.candidates, drawn.probabilities)
    log(visit, SLATE, model=model, chosen=chosen, films=tuple(pick.film.slug for pick in picks), slot=slot)


def log_screen(visit: str, policy: str, films: Sequence[Film], chosen: bool = False) -> None:
    """That an interview asked about these films. chosen: the visitor chose this way of asking."""
    log(visit, SCREEN, model=policy, chosen=chosen, films=tuple(film.slug for film in films))
