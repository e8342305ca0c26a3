"""The searches behind the interview's settings, on tune users. LOG.md keeps the results.

python -m experiments.tune_interview seen     how well P(seen | answers) orders films, by its penalty (2 minutes)
python -m experiments.tune_interview designs  other A-optimal designs beside ours: the area under the negative log
                                              likelihood over five screens, minus ours (20 minutes)
python -m experiments.tune_interview meter    what the meter said and promised, and the measured error (2 minutes)
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from sklearn.metrics import roc_auc_score

from reelrec.artifacts.store import shipped_store
from reelrec.data.ratings.roles import Role
from reelrec.evaluation.panel import Panel
from reelrec.evaluation.stars import measures
from reelrec.evaluation.users import evaluation_data
from reelrec.interview import interviewer as interviewers
from reelrec.interview import seen
from reelrec.interview.gains import Gains
from reelrec.interview.interviewer import Interviewer, target
from reelrec.interview.policies import Choice, a_optimal
from reelrec.interview.replay import answers
from reelrec.interview.state import State, best

ASKED = (12, 36, 60)
PENALTIES = (0.005, 0.02, 0.05, 0.2, 1.0)
POWERS = (1.5, 1.0, 0.75, 0.25)  # of a film's ratings, beside ours


def read(people: int | None = None) -> tuple[Interviewer, Panel]:
    """The shipped interviewer, and a panel of tune users."""
    interviewer: Interviewer = shipped_store().load(Interviewer.name)
    tuning = evaluation_data(people=people, role=Role.TUNE)
    return interviewer, Panel.of(tuning.histories, interviewer.model, interviewer.lister)


def tune_seen() -> None:
    """The area under the ROC curve of films not asked about, given every second of the best known."""
    interviewer, panel = read()
    assert interviewer.seen is not None
    have = ~np.isnan(answers(interviewer.pool, panel.shown))
    print("asked", "penalty", "AUC", "AUC of the share of all people", sep="\t")
    for n in ASKED:
        places = np.tile(np.arange(n) * 2, (len(have), 1))
        rest = np.setdiff1d(np.arange(have.shape[1]), places[0])
        had, wanted = have[:, places[0]], have[:, rest].ravel()
        static = roc_auc_score(wanted, np.tile(interviewer.seen.mean[rest], len(have)))
        for seen.REG in PENALTIES:
            auc = roc_auc_score(wanted, interviewer.seen.chances(places, had)[:, rest].ravel())
            print(n, seen.REG, f"{auc:.4f}", f"{static:.4f}", sep="\t", flush=True)


def tilted(chance: float = 1.0, fame: float = 0.0, doubt: float = 0.0, love: float = 0.0) -> Choice:
    """`a_optimal` with P(seen) to a power, and with weights of fame, entropy and expected stars in the exponent."""

    def choose(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
        more = (chance - 1) * np.log(state.chances) + fame * state.pool.fame + doubt * state.pool.doubt
        return a_optimal(replace(state, chances=state.chances * np.exp(more + love * state.expected())), n, rng)

    return choose


def at_once(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The films of a screen chosen as if each were asked about alone."""
    return best(state.chances * Gains(state).a_optimal(), state.free, n)


def areas(panel: Panel, interviewer: Interviewer, choose: Choice) -> np.ndarray:
    """(n_users,) each user's negative log likelihood added up, mean over the screens."""
    answered = panel.by_screens(interviewer, choose).answers
    by_screen = [panel.measured("", "", 1, after, panel.forecast(after)) for after in answered]
    return np.mean([next(sums.sums for sums in row if sums.metric == "nll") for row in by_screen], axis=0)


def tune_designs() -> None:
    """Other designs, the area of each minus that of `a_optimal`."""
    interviewer, panel = read()
    counts = panel.targets.per_user(np.ones(len(panel.targets)))
    ours = areas(panel, interviewer, a_optimal)
    print(f"ours: {ours.sum() / counts.sum():.4f}", flush=True)
    famous = shipped_store().load_catalogue().n_ratings
    rows: list[tuple[str, Interviewer, Choice]] = [("at once", interviewer, at_once)]
    for power in POWERS:
        interviewers.FAME = power
        aimed = replace(interviewer, aim=target(interviewer.model, famous)[0])
        rows.append((f"weights ratings^{power:g}", aimed, a_optimal))
    tilts = {"P(seen)^.7": {"chance": 0.7}, "P(seen)^1.4": {"chance": 1.4}, "fame -.2": {"fame": -0.2}}
    tilts |= {"doubt 1": {"doubt": 1.0}, "love .3": {"love": 0.3}, "love -.3": {"love": -0.3}}
    rows += [(name, interviewer, tilted(**settings)) for name, settings in tilts.items()]
    for name, variant, choose in rows:
        apart = (areas(panel, variant, choose) - ours) / counts.mean()
        print(name, f"{apart.mean():+.4f}", f"± {apart.std() / np.sqrt(len(apart)):.4f}", sep="\t", flush=True)


def tune_meter() -> None:
    """The meter's errors, promised and said, beside the measured ones."""
    interviewer, panel = read(600)
    screens = panel.by_screens(interviewer, a_optimal)
    print("screens", "promised", "said", "mean absolute error", sep="\t")
    for k, answered in enumerate(screens.answers):
        mae = next(sums for sums in measures("", k, panel.targets, panel.forecast(answered)) if sums.metric == "mae")
        figures = screens.promised[:, k].mean(), screens.errors[:, k].mean(), np.mean(mae.sums / mae.counts)
        print(k + 1, *(f"{figure:.4f}" for figure in figures), sep="\t", flush=True)


if __name__ == "__main__":
    tasks: dict[str, Callable[[], None]] = {"seen": tune_seen, "designs": tune_designs, "meter": tune_meter}
    if len(sys.argv) != 2 or sys.argv[1] not in tasks:
        sys.exit(__doc__)
    tasks[sys.argv[1]]()
