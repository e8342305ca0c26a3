"""The settings that ship, and those for small data sets. A model uses its defaults for what is not named."""

from __future__ import annotations

from typing import Any

Settings = dict[str, Any]  # by the names of a constructor's arguments

SEED = 42
# Tuned on the tune users; experiments/tune.py runs the search and LOG.md has its numbers.
SETTINGS: dict[str, Settings] = {
    "svd": {"reg": 0.05, "bias_penalty": 6.0, "factor_penalty": 2.0},
    "bmf": {"burn_in": 100, "thin": 6},
    "ease": {"reg": 600.0, "floor": 0.03, "power": 2.0},
    "ranker": {"fame_at_one": 0.45, "fame_slope": 0.115, "fame_least": -0.12, "step": 0.0046},
    "dae": {"dropout": 0.4, "epochs": 60},
    "deepfm": {"passes": 4, "epochs": 8},
    "gpt": {"embedding_dim": 64, "passes": 4, "epochs": 5},
    "map": {"alike": 0.8, "perplexity": 30.0, "regions": 48},
}
# For data sets of the size of ml-latest-small: with fewer users, EASE needs less regularisation.
SMALL_DATA: dict[str, Settings] = {
    "bmf": {"embedding_dim": 12, "components": 32, "rater_components": 32, "samples": 40, "burn_in": 60, "thin": 4},
    "ease": {"reg": 200.0, "floor": 0.03, "power": 2.0},
    "ranker": {"fame_at_one": 0.45, "fame_slope": 0.115, "fame_least": -0.12},
    "dae": {"embedding_dim": 64, "dropout": 0.5, "epochs": 60},
}
