"""What the app asks about a visitor's taste, over the catalogue and the models that this process has loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reelrec.data.languages import LANGUAGES as LANGUAGES
from reelrec.serving import resources
from reelrec.visitor import portrait as portraits
from reelrec.visitor.profile import Profile

KINDS, LENGTHS = portraits.KINDS, (*portraits.LENGTHS.values(), portraits.LONGEST)  # of groups; from short to long
HABITS = "habits"  # the measurement of other people's


def portrait(profile: Profile) -> portraits.Portrait:
    """What the ratings that count say of the visitor. Raises ArtifactError."""
    return portraits.portrait(profile, resources.catalogue(), _people())


def _people() -> Mapping[str, Any]:
    """The quantiles of other people's habits; {} where nobody measured them."""
    measured = (resources.metrics(HABITS) or {}).get("quantiles")
    return measured if isinstance(measured, dict) else {}
