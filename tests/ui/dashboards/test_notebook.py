"""What the dashboards say of the notebook: whether it repeats, and what it leaves to chance."""

import pytest

from reelrec import app
from reelrec.errors import SourceError
from reelrec.evaluation.notebook import seed_demo, seed_svd
from reelrec.ui.dashboards.history import demonstrations, grid, notebook
from tests.ui.dashboards.words import words

HOSTILE = '<img src=x onerror="alert(1)"> **M*A*S*H** :smile: $x$ [a](http://evil)'


def row(model: str, metric: str, k: object, value: object, spread: float | None = 0.01) -> dict:
    low, high = (None, None) if spread is None else (value - spread, value + spread)
    return {"model": model, "metric": metric, "k": k, "value": value, "low": low, "high": high, "n": 1234}


def report(*rows: dict, **more: object) -> dict:
    return {"dataset": {"people": 77, "ratings": 5000}, "rows": list(rows), **more}


@pytest.fixture
def seed() -> dict:
    """The five rows with the notebook's own figures, and KNN's on the hold-out."""
    found = []
    for model, (rmse, mae) in notebook.PRINTED.items():
        prefix = "" if model == "svd" else "cv_"
        found += [row(model, f"{prefix}rmse", None, rmse), row(model, f"{prefix}mae", None, mae)]
    return report(*found, row("knn", "rmse", None, 0.8592), row("knn", "mae", None, 0.6527))


@pytest.fixture
def demo() -> dict:
    def films(stars: dict[int, float]) -> list[dict]:
        return [{"film_id": film, "title": f"Film {film} (1999)", "stars": value} for film, value in stars.items()]

    counted = [{"film_id": film, "title": f"Film {film}", "n": 300, "mean": 4.2} for film in (318, 260, 527, 296, 2571)]
    return report(
        row("svd-reseeded", "overlap", 5, 0.2, None),
        starters=counted,
        best_rated={"user": 599, "stars": 5.0, "films": 32},
        known_user={"user": 509, "list": films(demonstrations.PRINTED_KNOWN)},
        new_user={
            "user": 611,
            "ratings": films({1: 5.0, 2571: 4.5}),
            "refitted": {"list": films(demonstrations.PRINTED_NEW), "seconds": 2.0},
            "folded_in": {"list": films({1104: 4.5, 3468: 4.4}), "seconds": 0.004},
            "overlap": 1,
        },
        fallback=counted,
    )


def test_the_printed_figures_are_the_evaluation_s():
    assert notebook.PRINTED == seed_svd.NOTEBOOK
    assert dict(zip(grid.SETTINGS, grid.CHOSEN, strict=True)) == seed_svd.TUNED


def test_the_rows_are_the_notebook_s(seed):
    rmse, mae = (part.rows for part in notebook.table(seed).parts)
    assert [(cell[0].replace("\\", ""), cell[1]) for cell in rmse] == [
        ("BaselineOnly", "3-fold CV"),
        ("KNNBaseline (item-based, pearson_baseline)", "3-fold CV"),
        ("SVD (default)", "3-fold CV"),
        ("[SVD (tuned via GridSearchCV)](#search)", "3-fold CV"),
        ("SVD (tuned) FINAL", "hold-out"),
    ]
    assert rmse[1][2:] == (0.8758, 0.8758)
    assert mae[1][1:] == (0.6691, 0.6691)


def test_it_says_whether_the_final_row_agrees(seed):
    assert "as the notebook printed it, to four decimals: RMSE 0.8754" in words(notebook.table(seed))
    seed["rows"][8]["value"] = 0.8755
    assert "differs from what the notebook printed: RMSE 0.8755" in words(notebook.table(seed))


def test_it_says_whether_knn_is_better(seed):
    assert "RMSE 0.8592, MAE 0.6527, and that is better than the tuned SVD" in words(notebook.table(seed))
    seed["rows"][-2]["value"] = 0.9
    assert "the tuned SVD stays ahead" in words(notebook.table(seed))


def test_zooming_moves_the_axes_and_is_told(seed):
    zoomed, whole = (notebook.bars(seed, zoomed) for zoomed in (True, False))
    layouts = [drawing.parts[0].figure["layout"] for drawing in (zoomed, whole)]
    assert layouts[0]["yaxis"]["range"][0] > 0.8
    assert layouts[0]["yaxis2"]["range"][0] > 0.6
    assert layouts[1]["yaxis"]["range"] == layouts[1]["yaxis2"]["range"] == [0.0, 1.0]
    low, high = layouts[0]["yaxis"]["range"]
    assert f"{(0.8859 - low) / (0.8751 - low):.1f} times as high" in words(zoomed)
    assert "1.2% above the smallest" in words(whole)
    assert (0.8751 - low) / (high - low) == pytest.approx(0.55)


def test_equal_errors_can_be_zoomed_too():
    low, high = notebook.window([0.9, 0.9], 0.55, 0.9)
    assert low < 0.9 < high


def test_the_best_setting_of_the_grid_is_marked_and_named():
    settings = [(f, e, lr, reg) for f in (50, 100) for e in (20, 30) for lr in (0.002, 0.005) for reg in (0.02, 0.1)]
    cells = [dict(zip(grid.SETTINGS, of, strict=True)) | {"rmse": 0.9 - of[1] / 1000 - of[3] / 10} for of in settings]
    cells[13]["rmse"] = 0.5  # 100, 30, .002, .1
    drawing = grid.settings({"grid": cells})
    assert drawing.finding == "Of 16 settings the best is not the notebook’s choice: 0.5000"
    assert "It has 100 factors, 30 epochs, learning rate 0.002" in words(drawing)
    drawn = drawing.parts[0].figure
    best = drawn["layout"]["shapes"][0]
    assert drawn["data"][0]["text"][round(best["y0"] + 0.45)][round(best["x0"] + 0.45)] == "★<br>.5000"


def test_lists_that_agree_to_six_decimals_are_said_to(demo):
    for drawing in (demonstrations.known_user(demo), demonstrations.new_user(demo)):
        assert "agrees with the notebook’s to six decimals" in words(drawing)
    assert demonstrations.known_user(demo).parts[0].rows[0] == ("1223", r"Film 1223 \(1999\)", "4.061310")


def test_a_list_that_does_not_is_said_to_differ(demo):
    demo["known_user"]["list"][0]["stars"] += 0.000002
    assert "differs from the notebook’s, with which it shares 5 of 5" in words(demonstrations.known_user(demo))


def test_folding_in_is_timed_against_fitting_again(demo):
    drawing = demonstrations.new_user(demo)
    assert "is 500 times as fast as fitting the SVD again" in words(drawing)
    assert "keeps 1.0 of its own five on average. After five ratings its list is mostly chance" in words(drawing)
    assert [part.title for part in drawing.parts] == ["What 611 rated", "Fitted again, 2.0 s", "Folded in, 4 ms"]


def test_chance_is_not_claimed_where_it_was_not_measured(demo):
    demo["rows"] = [row("svd", "overlap", 5, 0.4, None)]
    assert "chance" not in words(demonstrations.new_user(demo))


def test_the_fallback_is_compared_in_its_order(demo):
    assert "gets the same five films as in the notebook" in words(demonstrations.fallback(demo))
    demo["fallback"] = demo["fallback"][::-1]
    assert "not the same five films as" in words(demonstrations.fallback(demo))


def test_titles_are_text_in_tables(demo):
    demo["known_user"]["list"][0]["title"] = HOSTILE
    assert r"\*\*M\*A\*S\*H\*\*" in demonstrations.known_user(demo).parts[0].rows[0][1]


def test_the_tie_is_counted(demo):
    assert "a 32-way tie at 5.0 stars" in words(demonstrations.favourites(demo))


def test_best_rated_films_are_known_only_where_the_data_is(monkeypatch):
    monkeypatch.setattr(seed_demo, "best_rated", lambda user: [{"title": f"Film of {user}"}])
    assert app.best_rated(599) == [{"title": "Film of 599"}]

    def missing(user: int) -> list:
        raise SourceError("ratings.csv is not here.")

    monkeypatch.setattr(seed_demo, "best_rated", missing)
    assert app.best_rated(599) is None


def test_the_notebook_s_figures_are_the_evaluation_s():
    assert notebook.PRINTED == seed_svd.NOTEBOOK
