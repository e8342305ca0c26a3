"""The exploration on For you, and what a host's log of events gets to know of a visit."""

import json

import pytest

from reelrec import app
from reelrec.serving import recorder, resources
from reelrec.telemetry.events import OPENED, RATED, SCREEN, SLATE, EventFile
from reelrec.ui import answers
from reelrec.ui.for_you.exploration import odds
from reelrec.ui.frame import chrome
from reelrec.ui.shelf import tiles
from reelrec.visitor.profile import Profile


@pytest.fixture
def host(monkeypatch, tmp_path):
    """Start the process anew, with a log of events and perhaps an experiment; the log's path."""

    def start(experiment: str = "", log: bool = True):
        monkeypatch.setenv("REELREC_LOG", str(tmp_path / "events.log") if log else "")
        monkeypatch.setenv("REELREC_VARIANTS", experiment)
        resources._event_log.cache_clear()
        recorder.experiment.cache_clear()
        return tmp_path / "events.log"

    yield start
    if kept := resources.event_log():
        kept.close()
    monkeypatch.undo()
    resources._event_log.cache_clear()
    recorder.experiment.cache_clear()


def events(path) -> list:
    """All but the questions that a visit begins with."""
    return [event for event in EventFile(path) if event.kind != SCREEN]


def test_one_film_beyond_the_list_is_the_exploration_and_its_odds_are_told(visit, horror_link):
    page = visit("for_you", p=horror_link)
    (exploration,) = page.tiles("surprise")
    shelf, drawn = app.recommend_and_explore(page.profile, 24, page.state.number)
    assert exploration["slug"] == drawn.pick.film.slug
    assert exploration["slug"] not in {tile["slug"] for tile in page.tiles("picks-0")}
    assert exploration["stars"].startswith("★ ")
    assert [pick.film.slug for pick in shelf.picks] == [tile["slug"] for tile in page.tiles("picks-0")]
    assert "A surprise" in page.words()
    assert f"this one was {odds(drawn.probability)}." in page.words()
    assert "we learn from" not in page.words()


def test_odds_are_told_in_words():
    assert [odds(probability) for probability in (0.05, 0.0052, 0.3, 0.9)] == [
        "1 in 20",
        "1 in 192",
        "1 in 3",
        "1 in 2",
    ]


def test_the_exploration_stays_while_the_visit_lasts(visit, horror_link):
    page = visit("for_you", p=horror_link)
    before = page.shelf("surprise")
    page.run()
    page.open("about")
    page.open("for_you")
    assert page.shelf("surprise") == before


def test_there_is_no_exploration_without_films_nor_between_two_models(visit, horror_link):
    assert not visit("for_you").tiles("surprise")
    page = visit("for_you", p=horror_link)
    page.at.selectbox(key="rival").set_value("knn")
    page.run()
    assert not page.tiles("surprise")


def test_without_a_path_nothing_is_kept(visit, horror_link, host, inside):
    path = host(log=False)
    page = visit("for_you", p=horror_link)
    with inside(page):
        tiles.take_answers({"5": 4.0}, "picks-0")
        tiles.open_film("heat-1995", "picks-0")
    assert not path.exists()
    assert page.state.logged.answers == {}


def test_a_shelf_is_told_once_for_as_long_as_it_stays(visit, horror_link, host):
    path = host()
    page = visit("for_you", p=horror_link)
    page.run()
    assert "we learn from what you make of it" in page.words()
    (slate,) = events(path)
    assert (slate.kind, slate.visit, slate.model) == (SLATE, page.state.number, "blend")
    assert list(slate.films) == [tile["slug"] for tile in page.tiles("picks-0")]
    assert slate.slot.shown == page.tiles("surprise")[0]["slug"]
    assert sum(slate.slot.probabilities) == pytest.approx(1, abs=1e-4)
    page.press("More films")
    assert [len(event.films) for event in events(path)] == [24, 48]


def test_a_shelf_without_ratings_and_two_side_by_side_have_no_slot(visit, horror_link, host):
    path = host()
    visit("for_you")
    page = visit("for_you", p=horror_link)
    page.at.selectbox(key="rival").set_value("knn")
    page.run()
    written = [(event.model, event.slot is None) for event in events(path)]
    assert written == [("popularity", True), ("blend", False), ("blend", True), ("knn", True)]


def test_films_opened_and_answers_are_told_with_their_shelf_and_what_becomes_of_them(visit, horror_link, host, inside):
    path = host()
    page = visit("for_you", p=horror_link)
    heat = app.film("heat-1995")
    with inside(page):
        tiles.open_film("heat-1995", "surprise")
        tiles.open_film("no-such-film", "surprise")
        tiles.take_answers({str(heat.number): 4.5}, "surprise")
        tiles.take_answers({str(heat.number): "set_aside"}, "picks-0")
        chrome.undo()
    page.open("rate")
    page.press("Start over")
    written = [(event.kind, event.film, event.stars, event.where) for event in events(path)[1:]]
    assert written == [
        (OPENED, "heat-1995", None, "surprise"),
        (RATED, "heat-1995", 4.5, "surprise"),
        ("set_aside", "heat-1995", None, "picks-0"),
        (RATED, "heat-1995", 4.5, ""),
        ("taken_back", "heat-1995", None, ""),
    ]


def test_what_is_imported_or_accepted_from_reviews_is_not_told(visit, host, inside):
    path = host()
    page = visit()
    page.at.button(key="sample-horror").click()
    page.run()
    with inside(page):
        answers.take({"7": 4.0}, announce=True)
        chrome.undo()
    assert not [event for event in events(path) if event.kind != SLATE]


def test_no_event_tells_who_the_visitor_is(visit, horror_link, host, inside):
    path = host()
    page = visit("for_you", p=horror_link)
    with inside(page):
        tiles.take_answers({"5": 4.0}, "picks-0")
    token = page.state.opened_with
    assert token == horror_link
    assert token not in path.read_text()
    assert app.link_token(page.profile) not in path.read_text()
    known = {"v", "t", "visit", "kind", "film", "stars", "where", "model", "films", "slot"}
    assert {key for line in path.read_text().splitlines() for key in json.loads(line)} <= known


def test_two_visits_have_two_numbers_and_a_number_is_in_no_address(visit, horror_link):
    one, other = (visit("for_you", p=horror_link) for _ in range(2))
    numbers = {page.state.number for page in (one, other)}
    assert len(numbers) == 2
    assert not any(number in tile["href"] for number in numbers for tile in one.tiles("picks-0"))


def test_a_visit_of_an_experiment_gets_its_arms_list_until_it_chooses_another(visit, horror_link, host):
    path = host("list:ease,knn")
    page = visit("for_you", p=horror_link)
    arm = app.recorder(page.state.number).variant
    assert page.at.selectbox(key="ranker").value == arm.name
    expected = app.recommend(page.profile, 24, arm.name).picks
    assert page.shelf("picks-0") == [pick.film.name for pick in expected]
    page.at.selectbox(key="ranker").set_value("ranker")
    page.run()
    first, second = events(path)
    assert (first.model, first.variant, first.experiment, first.chosen) == (arm.name, arm.name, "list:ease,knn", False)
    assert (second.model, second.variant, second.chosen) == ("ranker", arm.name, True)


def test_a_newcomer_in_an_experiment_gets_the_popular_films(visit, host):
    host("list:ease,knn")
    page = visit("for_you")
    assert page.shelf("picks-0") == [pick.film.name for pick in app.recommend(Profile(), 24).picks]


def test_a_visit_of_an_experiment_on_interviews_is_asked_by_its_arm(visit, host):
    path = host("interview:entropy,popularity")
    page = visit()
    (screen,) = EventFile(path)
    arm = app.recorder(page.state.number).variant
    assert (screen.kind, screen.model, screen.variant, screen.chosen) == (SCREEN, arm.name, arm.name, False)


def test_an_experiment_that_cannot_be_is_said_at_the_start(visit, host):
    host("list:ranker,eese")
    page = visit()
    assert "REELREC_VARIANTS names 'eese'" in page.words()


def test_about_tells_of_events_only_where_they_are_kept(visit, host):
    host(log=False)
    words = visit("about").words()
    assert "anonymous events" not in words
    assert "and nowhere else" in words
    assert "No username is written to a log, and no rating." in words
    host()
    words = visit("about").words()
    assert "This host keeps anonymous events" in words
    assert "no rating but those of the anonymous events" in words
    assert "nowhere else. The server" not in words
