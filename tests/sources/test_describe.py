import pytest

from reelrec.errors import OptionError
from reelrec.sources import registry
from reelrec.sources.describe import describe


def test_the_figures_of_movielens_are_the_published_ones():
    if registry.source("ml-latest-small").folder is None:
        pytest.skip("MovieLens latest-small is not on this machine. Run: python -m reelrec data get ml-latest-small")
    found = dict(describe("ml-latest-small"))
    assert found["ratings.csv: rows x columns"] == "100,836 x 4"
    assert found["movies.csv: rows x columns"] == "9,742 x 3"
    assert found["tags.csv: rows x columns"] == "3,683 x 4"
    assert found["people"] == "610"
    assert found["rated films"] == "9,724"
    assert found["mean stars"] == "3.501557"
    assert found["sd"] == "1.042529"
    assert found["quartiles"] == "3 / 3.5 / 4"
    assert found["density"] == "0.017000"
    assert found["sparsity"] == "0.983000"
    shares = [float(value) for what, value in found.items() if what.startswith("share of")]
    assert len(shares) == 10
    assert sum(shares) == pytest.approx(1, abs=5e-4)


def test_an_unknown_data_set_is_an_option_error():
    with pytest.raises(OptionError):
        describe("nope")
