import json

import numpy as np
import pandas as pd
import pytest

from reelrec.errors import OptionError
from reelrec.paths import sha256
from reelrec.sources import registry
from reelrec.sources.describe import describe, figures, lines

SPREAD = {"count", "mean", "sd", "min", "q25", "q50", "q75", "max"}
# ml-latest-small in 20 bins from 0.5 to 5: each half-star falls into one of its own, and ten stay empty.
HISTOGRAM = [1370, 0, 2811, 0, 1791, 0, 7551, 0, 5550, 0, 0, 20047, 0, 13136, 0, 26818, 0, 8551, 0, 13211]


@pytest.fixture(scope="module")
def movielens() -> dict:
    if registry.source("ml-latest-small").folder is None:
        pytest.skip("MovieLens latest-small is not on this machine. Run: python -m reelrec data get ml-latest-small")
    return describe("ml-latest-small")


def test_the_figures_of_movielens_are_the_published_ones(movielens):
    shapes = {each["file"]: (each["rows"], each["columns"]) for each in movielens["files"]}
    assert shapes == {"ratings.csv": (100_836, 4), "movies.csv": (9_742, 3), "tags.csv": (3_683, 4)}
    assert (movielens["dataset"]["people"], movielens["rated_films"]) == (610, 9_724)
    stars = movielens["stars"]
    assert (stars["count"], round(stars["mean"], 6), round(stars["sd"], 6)) == (100_836, 3.501557, 1.042529)
    assert [stars[name] for name in ("min", "q25", "q50", "q75", "max")] == [0.5, 3, 3.5, 4, 5]
    assert (round(movielens["density"], 6), round(movielens["sparsity"], 6)) == (0.017000, 0.983000)
    assert list(movielens["shares"]) == [str(half / 2) for half in range(1, 11)]
    assert sum(movielens["shares"].values()) == pytest.approx(1)


def test_the_histogram_of_movielens_has_the_notebooks_twenty_bins(movielens):
    assert movielens["histogram"]["counts"] == HISTOGRAM
    assert movielens["histogram"]["edges"] == pytest.approx(np.linspace(0.5, 5.0, 21))


def test_the_printed_lines_hold_the_same_figures(movielens):
    found = dict(lines(movielens))
    assert found["ratings.csv: rows x columns"] == "100,836 x 4"
    assert found["movies.csv: rows x columns"] == "9,742 x 3"
    assert found["tags.csv: rows x columns"] == "3,683 x 4"
    assert (found["people"], found["rated films"]) == ("610", "9,724")
    assert (found["mean stars"], found["sd"]) == ("3.501557", "1.042529")
    assert found["quartiles"] == "3 / 3.5 / 4"
    assert (found["density"], found["sparsity"]) == ("0.017000", "0.983000")
    assert found["ratings a person: mean, sd, min / quartiles / max"] == "165.3, 269.5, 20 / 35 / 70 / 168 / 2698"
    shares = [float(value) for what, value in found.items() if what.startswith("share of")]
    assert sum(shares) == pytest.approx(1, abs=5e-4)
    bins = [int(value.replace(",", "")) for what, value in found.items() if what.startswith("ratings from")]
    assert bins == HISTOGRAM


def test_the_figures_by_hand():
    rows = [("ann", "a", 1.0), ("ann", "b", 2.0), ("ann", "c", 3.0), ("bob", "a", 5.0)]
    found = figures(pd.DataFrame(rows, columns=["user_id", "film_id", "rating"]))
    assert found["rated_films"] == 3
    assert (found["density"], found["sparsity"]) == pytest.approx((4 / 6, 2 / 6))
    assert found["per_person"]["mean"] == 2
    assert found["per_person"]["sd"] == pytest.approx(np.sqrt(2))  # of a sample: 1 and 3 ratings, divided by n - 1
    assert (found["per_film"]["min"], found["per_film"]["max"], found["per_film"]["count"]) == (1, 2, 3)
    assert found["shares"] == {"1.0": 0.25, "2.0": 0.25, "3.0": 0.25, "5.0": 0.25}


def test_films_that_a_category_knows_and_nobody_rated_do_not_count():
    films = pd.Categorical(["a", "a", "b"], categories=["a", "b", "never"])
    found = figures(pd.DataFrame({"user_id": [1, 2, 1], "film_id": films, "rating": [3.0, 4.0, 5.0]}))
    assert found["rated_films"] == found["per_film"]["count"] == 2


@pytest.fixture
def small(copies):
    """A source of three ratings under the name of a known one."""
    folder = copies / "ml-latest-small"
    folder.mkdir(parents=True)
    (folder / "ratings.csv").write_text("userId,movieId,rating,timestamp\n1,7,4.0,9\n1,8,2.5,9\n2,7,5.0,9\n")
    for file in ("movies.csv", "links.csv", "tags.csv"):
        (folder / file).write_text("movieId\n7\n8\n")
    return folder


def test_describing_writes_the_json_that_the_dashboards_read(command, small, use_artifacts, tmp_path):
    use_artifacts(tmp_path / "artifacts")
    assert command("data", "describe", "ml-latest-small")[0] == 0
    text = (tmp_path / "artifacts" / "metrics" / "data-ml-latest-small.json").read_text()
    content = json.loads(text)
    assert set(content) == {
        "protocol", "dataset", "rows", "files", "rated_films", "stars", "density", "sparsity", "shares", "histogram",
        "per_person", "per_film", "seconds", "created",
    }  # fmt: skip
    assert (content["protocol"], content["rows"]) == ("data", [])
    digest = sha256(small / "ratings.csv")
    assert content["dataset"] == {"name": "ml-latest-small", "sha256": digest, "people": 2, "ratings": 3}
    assert content["files"][0] == {"file": "ratings.csv", "rows": 3, "columns": 4}
    assert all(set(content[key]) == SPREAD for key in ("stars", "per_person", "per_film"))
    assert (len(content["histogram"]["edges"]), len(content["histogram"]["counts"])) == (21, 20)
    assert str(tmp_path) not in text


@pytest.mark.usefixtures("small")
def test_a_file_that_is_named_is_written_instead(command, use_artifacts, tmp_path):
    use_artifacts(tmp_path / "artifacts")
    assert command("data", "describe", "ml-latest-small", "--json", tmp_path / "mine.json")[0] == 0
    assert json.loads((tmp_path / "mine.json").read_text())["dataset"]["people"] == 2
    assert not (tmp_path / "artifacts").exists()


def test_an_unknown_data_set_is_an_option_error():
    with pytest.raises(OptionError):
        describe("nope")
