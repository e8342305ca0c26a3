"""Which series and people are told of, and that none is told twice."""

from dataclasses import replace

from reelrec.visitor.taste.groups import Group
from reelrec.visitor.taste.telling import telling

SAGA = Group("series", "The Saga", 5, 1.9, 2.8, -0.66, False, chance=0.04, films=(1, 2, 3, 4, 5))
ADA = Group("actor", "Ada", 6, 2.0, 3.0, -0.4, True, chance=0.0001, films=(1, 2, 3, 4, 5, 9))
BEN = Group("actor", "Ben", 3, 5.0, 3.7, 0.3, False, chance=0.009, films=(20, 21, 22))


def names(*groups: Group, n: int = 3) -> list[str]:
    by_kind = {kind: [group for group in groups if group.kind == kind] for kind in ("series", "actor", "genre")}
    return [group.name for group in telling(by_kind, n)]


def test_the_actor_of_a_series_is_told_by_the_series_and_nothing_twice():
    assert names(SAGA, ADA, BEN) == ["The Saga", "Ben"]
    assert names(ADA, BEN) == ["Ada", "Ben"]
    assert names(replace(SAGA, lift=0.5), ADA) == ["Ada"]  # which the visitor likes, though not her films


def test_what_stands_out_comes_first_then_series():
    out = replace(BEN, stands_out=True)
    assert names(SAGA, out) == ["Ben", "The Saga"]
    assert names(SAGA, BEN) == ["The Saga", "Ben"]
    assert names(SAGA, BEN, n=1) == ["The Saga"]


def test_small_lifts_and_likely_chance_are_not_told():
    assert names(replace(SAGA, lift=-0.24), replace(BEN, chance=0.02)) == []
    assert names(replace(SAGA, chance=0.2)) == []
    assert names(replace(BEN, kind="genre")) == []
