from collections import Counter

import pytest
from scipy import stats

from reelrec.errors import OptionError
from reelrec.telemetry.variants import INTERVIEW, LIST, Experiment, Variant, parse

KNOWN = {LIST: ("ranker", "ease", "knn"), INTERVIEW: ("a-optimal", "popularity")}
VISITS = [f"{number:016x}" for number in range(3000)]


def test_an_experiment_is_a_kind_and_its_arms():
    assert parse("list:ranker,ease", KNOWN) == Experiment(LIST, ("ranker", "ease"))
    assert parse(" interview : a-optimal , popularity ", KNOWN) == Experiment(INTERVIEW, ("a-optimal", "popularity"))
    assert str(parse("list: ranker, ease", KNOWN)) == "list:ranker,ease"


@pytest.mark.parametrize("text", ["", "  "])
def test_none_is_off(text):
    assert parse(text, KNOWN) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ranker,ease", "no experiment on 'ranker,ease'. Write one of list, interview, a colon"),
        ("stars:bmf,svd", "no experiment on 'stars'"),
        ("list:ranker,eas", "names 'eas', which list has not: ranker, ease, knn"),
        ("list:", "names '', which list has not"),
        ("list:ranker", "needs two names or more"),
        ("list:ranker,ranker", "none of them twice"),
    ],
)
def test_a_mistake_names_what_is_known(text, says):
    with pytest.raises(OptionError, match=says):
        parse(text, KNOWN)


def test_a_kind_without_arms_is_not_offered():
    with pytest.raises(OptionError, match=r"no experiment on 'interview'. Write one of list, a colon"):
        parse("interview:a-optimal,popularity", KNOWN | {INTERVIEW: ()})


def test_a_visit_stays_in_its_arm():
    experiment = parse("list:ranker,ease", KNOWN)
    arm = experiment.assign(VISITS[0])
    assert arm == experiment.assign(VISITS[0])
    assert arm == Variant(LIST, arm.name, "list:ranker,ease")


def test_arms_get_equal_shares():
    experiment = parse("list:ranker,ease,knn", KNOWN)
    shares = Counter(experiment.assign(visit).name for visit in VISITS)
    assert stats.chisquare([shares[name] for name in experiment.names]).pvalue > 0.01


def test_another_experiment_shuffles_anew():
    one, other = (parse(text, KNOWN) for text in ("list:ranker,ease", "list:ease,ranker"))
    same = sum(one.assign(visit).name == other.assign(visit).name for visit in VISITS)
    assert stats.binomtest(same, len(VISITS)).pvalue > 0.01
