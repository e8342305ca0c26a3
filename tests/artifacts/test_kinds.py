import pytest

from reelrec.artifacts.kinds import CATALOGUE, KINDS, in_order, kind_of
from reelrec.errors import OptionError
from reelrec.models.registry import MODELS


def test_every_kind_stands_under_its_own_name_and_builds_on_kinds():
    for name, kind in KINDS.items():
        assert kind.name == name
        assert set(kind.builds_on) <= set(KINDS)
        assert set(kind.parts) <= {*KINDS, CATALOGUE}


def test_recommenders_come_first_in_their_order():
    assert list(KINDS)[: len(MODELS)] == list(MODELS)
    assert set(KINDS) - set(MODELS) == {"reviews", "facts", "interview", "policy", "map"}


def test_an_unknown_name_lists_the_models():
    with pytest.raises(OptionError, match=r"no model called 'nope'. Known: popularity, film-mean"):
        kind_of("nope")


def test_names_come_after_what_they_build_on():
    assert in_order(["stack", "policy", "interview", "gpt", "catalogue", "bmf"]) == [
        "catalogue", "bmf", "gpt", "stack", "interview", "policy",
    ]  # fmt: skip
    assert in_order(["ranker", "ease"]) == ["ranker", "ease"]


def test_names_are_kept_once_and_unknown_ones_stay_where_they_are():
    assert in_order(["ease", "nope", "ease"]) == ["ease", "nope"]
