"""The trials behind the interview's settings, on people 8. LOG.md keeps the results.

python -m benchmarks.tune_interview seen      how well P(seen | answers) orders films, by its penalty (2 minutes)
python -m benchmarks.tune_interview designs   other A-optimal designs beside ours: the area under the negative log
                                              likelihood over five screens, minus ours (20 minutes)
python -m benchmarks.tune_interview meter     what the meter said and promised, and the error that there was (2 minutes)
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from sklearn.metrics import roc_auc_score

from reelrec.artifacts import store
from reelrec.data.roles import Role
from reelrec.evaluation.panel import Panel
from reelrec.evaluation.users import evaluation_data
from reelrec.interview import interviewer as interviewers
from reelrec.interview import seen
from reelrec.interview.gains import Gains
from reelrec.interview.interviewer import Interviewer, target
from reelrec.interview.policies import Choice, a_optimal
from reelrec.interview.replay import answers
from reelrec.interview.state import State, best
from reelrec.models.bmf import BMF

ASKED = (12, 36, 60)
PENALTIES = (0.005, 0.02, 0.05, 0.2, 1.0)
POWERS = (1.5, 1.0, 0.75, 0.25)  # of a film's ratings, beside ours


def read(people: int | None = None) -> tuple[Interviewer, Panel]:
    films = store.load_catalogue()
    who = store.load_interviewer(films, store.load_model(BMF.name, films))
    tuning = evaluation_data(people=people, role=Role.TUNE)
    return who, Panel.of(tuning.histories, who.model, tuning.model("ranker"))


def tune_seen() -> None:
    """The area under the ROC curve of films not asked about, given every second of the best known."""
    who, panel = read()
    have = ~np.isnan(answers(who.pool, panel.shown))
    print("asked", "penalty", "AUC", "AUC of the share of all people", sep="\t")
    for n in ASKED:
        places = np.tile(np.arange(n) * 2, (len(have), 1))
        rest = np.setdiff1d(np.arange(have.shape[1]), places[0])
        had, wanted = have[:, places[0]], have[:, rest].ravel()
        static = roc_auc_score(wanted, np.tile(who.seen.mean[rest], len(have)))
        for seen.REG in PENALTIES:
            found = roc_auc_score(wanted, who.seen.chances(places, had)[:, rest].ravel())
            print(n, seen.REG, f"{found:.4f}", f"{static:.4f}", sep="\t", flush=True)


def tilted(chance: float = 1.0, fame: float = 0.0, doubt: float = 0.0, love: float = 0.0) -> Choice:
    """`a_optimal` with a power of P(seen), and with so much added for fame, for doubt and for expected stars."""

    def choose(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
        more = (chance - 1) * np.log(state.chances) + fame * state.pool.fame + doubt * state.pool.doubt
        return a_optimal(state._replace(chances=state.chances * np.exp(more + love * state.expected())), n, rng)

    return choose


def at_once(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
    """The films of a screen chosen as if each were asked about alone."""
    return best(state.chances * Gains(state).a_optimal(), state.free, n)


def areas(panel: Panel, who: Interviewer, choose: Choice) -> np.ndarray:
    """(n_people,) each person's negative log likelihood added up, mean over the screens."""
    told = panel.by_screens(who, choose).told
    sums = [panel.measured("", "", 1, one, panel.forecast(one)) for one in told]
    return np.mean([next(one.sums for one in row if one.metric == "nll") for row in sums], axis=0)


def tune_designs() -> None:
    who, panel = read()
    counts = panel.targets.per_person(np.ones(len(panel.targets.items)))
    ours = areas(panel, who, a_optimal)
    print(f"ours: {ours.sum() / counts.sum():.4f}", flush=True)
    famous = store.load_catalogue().n_ratings
    rows: list[tuple[str, Interviewer, Choice]] = [("at once", who, at_once)]
    for power in POWERS:
        interviewers.FAME = power
        rows.append((f"weights ratings^{power:g}", replace(who, aim=target(who.model, famous)[0]), a_optimal))
    tilts = {"P(seen)^.7": {"chance": 0.7}, "P(seen)^1.4": {"chance": 1.4}, "fame -.2": {"fame": -0.2}}
    tilts |= {"doubt 1": {"doubt": 1.0}, "love .3": {"love": 0.3}, "love -.3": {"love": -0.3}}
    rows += [(name, who, tilted(**settings)) for name, settings in tilts.items()]
    for name, asks, choose in rows:
        off = (areas(panel, asks, choose) - ours) / counts.mean()
        print(name, f"{off.mean():+.4f}", f"± {off.std() / np.sqrt(len(off)):.4f}", sep="\t", flush=True)


def tune_meter() -> None:
    who, panel = read(600)
    screens = panel.by_screens(who, a_optimal)
    print("screens", "promised", "said", "mean absolute error", sep="\t")
    for k, told in enumerate(screens.told):
        (mae,) = (one for one in panel.measured("", "", k, told, panel.forecast(told)) if one.metric == "mae")
        figures = screens.promised[:, k].mean(), screens.errors[:, k].mean(), np.mean(mae.sums / mae.counts)
        print(k + 1, *(f"{figure:.4f}" for figure in figures), sep="\t", flush=True)


if __name__ == "__main__":
    tasks: dict[str, Callable[[], None]] = {"seen": tune_seen, "designs": tune_designs, "meter": tune_meter}
    if len(sys.argv) != 2 or sys.argv[1] not in tasks:
        sys.exit(__doc__)
    tasks[sys.argv[1]]()
