"""All users are interviewed by one policy, and what came of it is measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.evaluation import calibration
from reelrec.evaluation import verdict as rl
from reelrec.evaluation.panel import Panel, Screens
from reelrec.evaluation.report import Row, Sums
from reelrec.evaluation.stars import measures
from reelrec.evaluation.users import EvaluationData
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.policies import LIST_POLICIES, Choice
from reelrec.interview.replay import SCREENS

STARS, LISTS = "screens_nll", "screens_new_ndcg100"  # the metrics of the verdict
ENJOYMENT = (0.0, 0.25, 0.5, 0.75, 1.0)
SLIDING = (rl.DESIGNED, rl.LEARNED)
WITHOUT_SEEN, SINGLE_DRAW = "-blind", "-one"
ENDINGS = ("-2", "-3", "-cold", "-likelihood", WITHOUT_SEEN, SINGLE_DRAW)
VARIANTS = frozenset(f"{name}{end}" for name in SLIDING for end in ENDINGS)
BY_SCREENS = VARIANTS | LIST_POLICIES.keys()  # measured by screens only


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyResult:
    """One policy's metrics.

    by_answers: after each answer. by_screens: after each screen. area, gained: of all screens. shown: rows on the films
    shown. front, meter, by_popularity: rows of the report's tables.
    """

    name: str
    by_answers: list[Sums]
    by_screens: list[Sums]
    area: Sums
    gained: rl.Gained
    shown: list[Row]
    front: list[dict]
    meter: list[dict]
    by_popularity: list[dict]

    def all_sums(self) -> list[Sums]:
        """In the order of the rows; without metrics that count nobody, such as recall where no hidden film is liked."""
        whole = (self.area, self.gained.stars, self.gained.lists)
        return [sums for sums in (*self.by_answers, *self.by_screens, *whole) if sums.counts.any()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What all policies share. before: measured with no answer. n_ratings: (n_items,) of each item, in training."""

    panel: Panel
    before: list[Sums]
    interviewer: Interviewer
    policies: dict[str, Choice]
    films: Catalogue
    n_ratings: np.ndarray

    @classmethod
    def of(
        cls, data: EvaluationData, interviewer: Interviewer, policies: dict[str, Choice], films: Catalogue
    ) -> Asking:
        panel = Panel.of(data.histories, interviewer.model, interviewer.lister)
        nothing = panel.nothing()
        return cls(
            panel=panel,
            before=panel.measured("", "screens_", 0, nothing, panel.forecast(nothing)),
            interviewer=interviewer,
            policies=policies,
            films=films,
            n_ratings=data.n_ratings,
        )

    def measure(self, name: str) -> PolicyResult:
        """Interview all users by one policy, or by one of its variants."""
        panel, (interviewer, choose) = self.panel, self.variant(name)
        by_answers = []
        if name not in BY_SCREENS:
            for k, answered in enumerate(panel.by_answers(interviewer, choose, self.films), start=1):
                by_answers += panel.measured(name, "", k, answered, panel.forecast(answered))
        screens, by_screens = panel.by_screens(interviewer, choose), []
        for k, answered in enumerate(screens.answers, start=1):
            forecast = panel.forecast(answered)
            by_screens += panel.measured(name, "screens_", k, answered, forecast)
        losses = [sums for sums in by_screens if sums.metric == STARS]
        return PolicyResult(
            name=name,
            by_answers=by_answers,
            by_screens=by_screens,
            area=replace(losses[0], metric="area", k=None, sums=np.mean([sums.sums for sums in losses], axis=0)),
            gained=rl.Gained(
                stars=self._gained(by_screens, STARS, rl.LESS_IS_BETTER),
                lists=self._gained(by_screens, LISTS, rl.MORE_IS_BETTER),
            ),
            shown=_shown(name, screens, len(interviewer.pool.items)),
            front=self._front(name) if name in SLIDING else [],
            meter=_meter(name, screens, by_screens),
            by_popularity=calibration.by_popularity(name, SCREENS, panel.targets, forecast, self.n_ratings),
        )

    def variant(self, name: str) -> tuple[Interviewer, Choice]:
        """The interviewer and the policy of that name."""
        choose = self.policies.get(name) or self.policies[name.removesuffix(WITHOUT_SEEN).removesuffix(SINGLE_DRAW)]
        return self.interviewer.ablated(name.endswith(WITHOUT_SEEN), name.endswith(SINGLE_DRAW)), choose

    def _gained(self, after: Sequence[Sums], metric: str, sign: int) -> Sums:
        """What all screens brought in this metric. sign: of `verdict.gained`."""
        start, *_ = (sums for sums in self.before if sums.metric == metric)
        return rl.gained(start, [sums for sums in after if sums.metric == metric], sign)

    def _front(self, name: str) -> list[dict]:
        """Learning against enjoyment, as the slider goes: policy, enjoyment, nll, rmse, stars after all screens."""
        rows = []
        for enjoyment in ENJOYMENT:
            screens = self.panel.by_screens(self.interviewer, self.policies[name], enjoyment)
            forecast = self.panel.forecast(screens.answers[-1])
            value = {sums.metric: sums.value for sums in measures(name, SCREENS, self.panel.targets, forecast)}
            stars = float(np.nanmean(screens.ratings))
            rows.append(
                {"policy": name, "enjoyment": enjoyment, "nll": value["nll"], "rmse": value["rmse"], "stars": stars}
            )
        return rows


def _meter(name: str, screens: Screens, by_screens: Sequence[Sums]) -> list[dict]:
    """Means over users after each screen: what the meter said, what it promised before it, and the real error."""
    errors = [sums for sums in by_screens if sums.metric == "screens_mae"]
    return [
        {
            "policy": name,
            "screens": k + 1,
            "said": float(screens.errors[:, k].mean()),
            "promised": float(screens.promised[:, k].mean()),
            "measured": float(np.mean(mae.sums / mae.counts)),
        }
        for k, mae in enumerate(errors)
    ]


def _shown(name: str, screens: Screens, pool_size: int) -> list[Row]:
    """answers and screens_stars by screen, posters and coverage of all screens."""
    seen, rows = ~np.isnan(screens.ratings), []
    for k in range(1, SCREENS + 1):
        answers = seen[:, :k].sum(axis=(1, 2))
        stars = np.nansum(screens.ratings[:, :k], axis=(1, 2))
        rows.append(Sums(model=name, metric="answers", k=k, sums=answers, counts=np.ones(len(answers))).row())
        if answers.any():
            rows.append(Sums(model=name, metric="screens_stars", k=k, sums=stars, counts=answers).row())
    places = screens.shown
    if answers.any():
        shown = np.full(len(places), places[0].size)
        rows.append(Sums(model=name, metric="posters", k=None, sums=shown, counts=answers).row())
    share = len(np.unique(places)) / pool_size
    return [*rows, Row(model=name, metric="coverage", k=None, value=share, n=len(places))]


_held: list[Asking] = []  # of a worker process


def hold(asking: Asking) -> None:
    """Keep this for `measure`, in a worker process."""
    _held[:] = [asking]


def measure(name: str) -> PolicyResult:
    """`Asking.measure` of what a worker process holds."""
    return _held[0].measure(name)
