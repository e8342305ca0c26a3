"""The role of a Letterboxd user: train, tune or test. The last digit of the id decides, so no user has two roles.

Models are fitted on train users. Tune users choose settings, stop training and train the interview's policy, except one
in four of them, who validates that policy. Test users are for measuring only.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import numpy as np

DIGITS = 10
VALIDATION_SHARE = 4  # one in four tune users validates the policy


class Role(StrEnum):
    """A role of users, as it stands in the name of a data set: "letterboxd train users"."""

    TRAIN = "train"
    TUNE = "tune"
    TEST = "test"


LAST_DIGITS: dict[Role, range] = {Role.TRAIN: range(8), Role.TUNE: range(8, 9), Role.TEST: range(9, 10)}


def has_role(user_ids: np.ndarray, role: Role) -> np.ndarray:
    """(n,) bool: which users have this role. user_ids: (n,) int."""
    return np.isin(np.asarray(user_ids) % DIGITS, LAST_DIGITS[role])


def has_any_role(user_ids: np.ndarray, roles: Iterable[Role]) -> np.ndarray:
    """(n,) bool: which users have one of these roles. user_ids: (n,) int."""
    mask: np.ndarray = np.any([has_role(user_ids, role) for role in roles], axis=0)
    return mask


def validates_policy(user_ids: np.ndarray) -> np.ndarray:
    """(n,) bool: which users are the tune users that validate the interview's policy. user_ids: (n,) int."""
    mask: np.ndarray = has_role(user_ids, Role.TUNE) & (np.asarray(user_ids) // DIGITS % VALIDATION_SHARE == 0)
    return mask
