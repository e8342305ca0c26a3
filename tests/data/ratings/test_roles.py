"""Which user trains, tunes or tests: nobody has two roles."""

import numpy as np

from reelrec.data.ratings.roles import Role, has_any_role, has_role, validates_policy

IDS = np.arange(100_001)


def test_every_user_has_exactly_one_role():
    assert (sum(has_role(IDS, role).astype(int) for role in Role) == 1).all()


def test_the_last_digit_of_the_id_decides():
    assert set(IDS[has_role(IDS, Role.TRAIN)] % 10) == set(range(8))
    assert set(IDS[has_role(IDS, Role.TUNE)] % 10) == {8}
    assert set(IDS[has_role(IDS, Role.TEST)] % 10) == {9}
    assert set(IDS[has_any_role(IDS, (Role.TUNE, Role.TEST))] % 10) == {8, 9}


def test_one_tune_user_in_four_validates_the_policy():
    validation = IDS[validates_policy(IDS)]
    assert validation[:4].tolist() == [8, 48, 88, 128]
    assert len(validation) == len(IDS) // 40
    assert has_role(validation, Role.TUNE).all()
