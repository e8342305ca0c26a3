"""Models that are measured beside ours and do not ship: fitted on the spot, which takes minutes.

`leader` is what the biggest peer serves. `ease-whole` is EASE with all its weights, not only the strongest; it needs
3 GB.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from typing import Any, Self

import numpy as np

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.errors import OptionError
from reelrec.evaluation.comparators.leader import Leader
from reelrec.models.base import Recommender
from reelrec.models.lists.ease import EASE, item_weights, strongest
from reelrec.training.settings import SETTINGS


class WholeEASE(EASE):
    """EASE with all its weights, to see what keeping only the strongest costs."""

    name = "ease-whole"

    def fit(self, dataset: Dataset) -> Self:
        self.matrix_ = item_weights(self._gram(dataset), self.reg)
        return self

    def score(self, history: History) -> np.ndarray:
        return self.values(history) @ self.matrix_[history.items]

    def cut(self) -> EASE:
        """The same weights as they would ship."""
        columns, weights = strongest(self.matrix_, self.width)
        settings: dict[str, Any] = self.settings()
        model = EASE(**settings)
        model.keep(columns=columns, weights=weights)
        return model


COMPARATORS: dict[str, type[Recommender]] = {model.name: model for model in (Leader, WholeEASE)}


def fitted(name: str, dataset: Dataset, settings: Mapping[str, dict] = SETTINGS) -> Recommender:
    """A comparator fitted on these users. Raises OptionError where its package is missing."""
    reason = reason_missing(name)
    if reason:
        raise OptionError(reason)
    own_settings = settings.get("ease", {}) if name == WholeEASE.name else {}
    return COMPARATORS[name](**own_settings).fit(dataset)


def reason_missing(name: str) -> str | None:
    """Why a comparator cannot be fitted in this installation; None where it can."""
    if name == Leader.name and importlib.util.find_spec("surprise") is None:
        return f"{name} needs scikit-surprise. Run: pip install -r requirements-train.txt"
    return None
