"""What a Letterboxd user is there for: train, tune or test. The last digit of the id decides; nobody has two roles.

Train users fit the models. Tune users choose settings, stop training and teach the interview's policy; one in four of
them only judges that policy (validation). Test users are measured on, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import numpy as np

DIGITS = 10
VALIDATION_SHARE = 4  # one in so many tune users


class Role(StrEnum):
    """A role of users; `users` of a data set's name, as in "letterboxd train users"."""

    TRAIN = "train"
    TUNE = "tune"
    TEST = "test"


LAST_DIGITS: dict[Role, range] = {Role.TRAIN: range(8), Role.TUNE: range(8, 9), Role.TEST: range(9, 10)}


def has_role(user_ids: np.ndarray, role: Role) -> np.ndarray:
    """(n,) bool: which users have this role. user_ids: (n,) int."""
    return np.isin(np.asarray(user_ids) % DIGITS, LAST_DIGITS[role])


def has_any_role(user_ids: np.ndarray, roles: Iterable[Role]) -> np.ndarray:
    """(n,) bool: which users have one of these roles. user_ids: (n,) int."""
    return np.any([has_role(user_ids, role) for role in roles], axis=0)


def validates_policy(user_ids: np.ndarray) -> np.ndarray:
    """(n,) bool: which users are the tune users that validate the interview's policy. user_ids: (n,) int."""
    user_ids = np.asarray(user_ids)
    return has_role(user_ids, Role.TUNE) & (user_ids // DIGITS % VALIDATION_SHARE == 0)
