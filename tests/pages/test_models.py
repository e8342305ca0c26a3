"""The Models page over the shipped measurements, and over missing, broken and hostile ones."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reelrec import app
from reelrec.ui.dashboards import frame

SHIPPED = Path(__file__).parents[2] / "artifacts" / "metrics"
HOSTILE = "<script>alert(1)</script> **M*A*S*H** [a](http://evil.example) ![](http://evil.example/p.png) :smile:"
COMMANDS = {
    "Five models, two measures": "evaluate seed-svd",
    "The same in bars": "evaluate seed-svd",
    "The search behind the tuned SVD": "evaluate seed-svd --search",
    "Films to ask a newcomer about": "evaluate seed-demo",
    "A list for somebody known": "evaluate seed-demo",
    "A list for nobody": "evaluate seed-demo",
    "Somebody’s favourites": "evaluate seed-demo",
    "A list for somebody new": "evaluate seed-demo",
    "Two sets of ratings": "data describe letterboxd",
    "MovieLens’ stars, as the notebook drew them": "data describe ml-latest-small",
    "The stars of both": "data describe letterboxd",
    "Ratings per person and per film": "data describe letterboxd",
    "What each further rating brings": "evaluate new-users",
    "Hits near the top": "evaluate top-n",
    "What the lists draw on": "evaluate top-n",
    "The price of the dial": "evaluate dial",
}  # fmt: skip
CLOSED = {"Two sets of ratings", "The stars of both", "Ratings per person and per film", *list(COMMANDS)[-4:]}
NAMES = sorted(path.stem for path in SHIPPED.glob("*.json"))
PICTURES = {
    "seed-svd": 2, "seed-svd-grid": 1, "seed-demo": 5, "data-ml-latest-small": 4, "data-letterboxd": 3, "new-users": 1,
    "top-n": 2, "dial": 1, "new-users-ml-latest-small": 0, "top-n-ml-latest-small": 0,
}  # fmt: skip
CHARTS = 12


@pytest.fixture
def metrics(tiny_artifacts, use_artifacts, tmp_path) -> Path:
    """A folder with the shipped measurements, to be changed; the page reads it."""
    folder = tmp_path / "artifacts"
    shutil.copytree(tiny_artifacts, folder)
    shutil.copytree(SHIPPED, folder / "metrics", dirs_exist_ok=True)
    return use_artifacts(folder) / "metrics"


@pytest.fixture
def change(metrics) -> Callable:
    """Let a function change one of the measurements."""

    def edit(name: str, how: Callable[[dict], object]) -> None:
        content = json.loads((metrics / f"{name}.json").read_text())
        how(content)
        put(metrics, name, json.dumps(content))

    return edit


def put(metrics: Path, name: str, content: str | None) -> None:
    """Replace a measurement, or take it away."""
    path = metrics / f"{name}.json"
    path.unlink() if content is None else path.write_text(content)
    app.metrics.cache_clear()


def marks(page) -> list[str]:
    return [part.value for part in page.at.markdown if "-badge[" in part.value]


def figure(page, key: str) -> dict:
    return next(json.loads(chart.proto.spec) for chart in page.at.get("plotly_chart") if chart.key == key)


def test_every_section_is_there_in_its_order(visit, metrics):
    page = visit("models")
    assert [part.value for part in page.at.title] == ["Models"]
    assert [part.value for part in page.at.header] == list(frame.SECTIONS.values())
    assert [part.value for part in page.at.subheader] == ["The models", *COMMANDS]
    assert not page.at.info
    assert len(page.at.get("plotly_chart")) == CHARTS


def test_every_section_can_be_jumped_to(visit, metrics):
    page = visit("models")
    links = next(part.value for part in page.at.markdown if "](#" in part.value)
    assert [f"#{part.proto.anchor}" for part in page.at.header] == [
        link.split("(")[1].rstrip(")") for link in links.split(" · ")
    ]


def test_every_picture_has_its_command_and_says_who_can_run_it(visit, metrics):
    for (heading, command), mark in zip(COMMANDS.items(), marks(visit("models")), strict=True):
        assert f"python -m reelrec {command}`" in mark, heading
        assert (frame.CLOSED if heading in CLOSED else frame.RERUN) in mark, heading


def test_every_chart_and_table_says_what_it_shows(visit, metrics):
    page = visit("models")
    assert all(len(part.proto.alt) > 10 for part in [*page.at.get("plotly_chart"), *page.at.table])


def test_every_measurement_is_drawn(metrics):
    assert set(NAMES) == set(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize(
    "content", [None, "{", "[]", '{"rows": []}', '{"rows": [{}]}', '{"rows": [7], "dataset": 5, "grid": "x"}']
)
def test_a_missing_or_broken_measurement_is_a_sentence_with_its_command(visit, metrics, name, content):
    page = visit()
    put(metrics, name, content)
    page.open("models")
    assert len(page.at.info) == PICTURES[name]
    assert all("This makes it: `python -m reelrec" in part.value for part in page.at.info)
    assert len(marks(page)) == len(COMMANDS)


@pytest.mark.parametrize("value", [None, "0.9", "NaN", [], {}, True])
def test_a_value_that_is_no_number_is_not_drawn(visit, change, value):
    def spoil(content: dict) -> None:
        for row in content["rows"]:
            row["value"] = float("nan") if value == "NaN" else value

    page = visit()
    for name in ("seed-svd", "new-users", "top-n", "dial"):
        change(name, spoil)
    page.open("models")
    assert len(page.at.info) == sum(PICTURES[name] for name in ("seed-svd", "new-users", "top-n", "dial"))
    assert [part.value for part in page.at.metric] == ["–"] * 3


def test_without_any_measurement_the_page_still_stands(visit, metrics):
    for name in NAMES:
        put(metrics, name, None)
    page = visit("models")
    assert len(page.at.info) == len(COMMANDS)
    assert [part.value for part in page.at.header] == list(frame.SECTIONS.values())


def test_hostile_names_are_shown_as_text(visit, change):
    def rename_film(content: dict) -> None:
        for films in (content["starters"], content["known_user"]["list"], content["fallback"]):
            films[0]["title"] = HOSTILE

    def rename_model(content: dict) -> None:
        for row in content["rows"]:
            row["model"] = HOSTILE if row["model"] in ("ease", "svd") else row["model"]

    change("seed-demo", rename_film)
    change("new-users", rename_model)
    change("top-n", rename_model)
    page = visit("models")
    assert not page.at.info
    written = page.words() + "".join(str(table.value.to_dict()) for table in page.at.table)
    written += "".join(str(part.label) for part in page.at.metric)
    assert "\\*\\*M\\*A\\*S\\*H\\*\\*" in written
    assert "**M*A*S*H**" not in written
    assert "](http" not in written
    drawn = "".join(chart.proto.spec for chart in page.at.get("plotly_chart"))
    assert "&lt;script&gt;" in drawn
    assert "<script>" not in drawn


def test_the_headlines_are_the_measured_numbers(visit, change):
    def better(content: dict) -> None:
        for row in content["rows"]:
            if (row["model"], row["metric"], row["k"]) == ("ease", "ndcg", 10):
                row["value"] = 0.777

    change("top-n", better)
    page = visit("models")
    assert page.at.metric[0].value == "0.777"
    assert "NDCG of the first 10 films is best for EASE: 0.777" in page.words()


def test_a_sentence_follows_its_measurement(visit, change):
    assert "a 32-way tie at 5.0 stars" in visit("models").words()
    change("seed-demo", lambda content: content["best_rated"].update(films=7))
    assert "a 7-way tie at 5.0 stars" in visit("models").words()


def test_an_unknown_model_is_drawn_under_its_own_name(visit, change):
    def add(content: dict) -> None:
        content["rows"] += [row | {"model": "brand-new"} for row in content["rows"] if row["model"] == "svd"]

    change("new-users", add)
    page = visit("models")
    assert "brand-new" in {trace["name"] for trace in figure(page, "new-people-0")["data"]}


def test_the_switch_changes_the_axes_and_the_sentence(visit, metrics):
    page = visit("models")
    assert figure(page, "notebook-bars-0")["layout"]["yaxis"]["range"][0] > 0.5
    assert "The axes do not begin at zero" in page.words()
    page.at.segmented_control(key="notebook-axes").set_value("From zero")
    page.run()
    assert figure(page, "notebook-bars-0")["layout"]["yaxis"]["range"] == [0, 1]
    assert "The axes do not begin at zero" not in page.words()


@pytest.mark.parametrize("people", ["new-people-set", "hits-set", "trade-set"])
def test_the_twin_anyone_can_re_run_is_one_switch_away(visit, metrics, people):
    page = visit("models")
    before = marks(page)
    page.at.segmented_control(key=people).set_value("MovieLens")
    page.run()
    changed = [mark for mark, old in zip(marks(page), before, strict=True) if mark != old]
    assert len(changed) == 1
    assert frame.RERUN in changed[0]
    assert "--data ml-latest-small`" in changed[0]


@pytest.mark.parametrize(
    ("key", "measure", "said"),
    [
        ("new-people-measure", "MAE", "MAE in stars"),
        ("new-people-measure", "Liked or not", "guessed right"),
        ("hits-measure", "Precision", "Precision of the first 10"),
        ("hits-measure", "Recall", "Recall of the first 10"),
    ],
)
def test_the_measure_can_be_chosen(visit, metrics, key, measure, said):
    page = visit("models")
    page.at.segmented_control(key=key).set_value(measure)
    page.run()
    assert any(said in chart.proto.alt for chart in page.at.get("plotly_chart"))


def test_titles_of_the_tie_are_read_only_when_asked_for(visit, metrics, monkeypatch):
    asked = []
    monkeypatch.setattr(app, "best_rated", lambda user: asked.append(user))
    page = visit("models")
    assert not asked
    page.at.session_state["demo-titles"] = True
    page.run()
    assert asked == [599]
    assert "not on this machine. `python -m reelrec data get ml-latest-small`" in page.words()
    monkeypatch.setattr(app, "best_rated", lambda user: [{"title": "Heat (1995)"}, {"title": "M*A*S*H (1970)"}])
    page.run()
    assert [part.value for part in page.at.text if "Heat" in part.value] == ["Heat (1995) · M*A*S*H (1970)"]
