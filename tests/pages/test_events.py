"""What a host's log of events gets to know of a visit."""

import json

import pytest

from reelrec import app
from reelrec.serving import recorder, resources
from reelrec.telemetry.events import OPENED, RATED, SCREEN, SLATE, EventFile
from reelrec.ui.letterboxd import suggested
from reelrec.visitor.profile import Profile
from tests.fakes.exports import REVIEWS, film, packed, table
from tests.fakes.known_export import EXPORT

LIST = {"view": "Full list"}


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
    return [event for event in EventFile(path) if event.kind != SCREEN] if path.exists() else []


def answers(path) -> list[tuple]:
    """What was opened and answered."""
    return [(event.kind, event.film, event.stars, event.where) for event in events(path) if event.kind != SLATE]


def test_without_a_path_nothing_is_kept(visit, horror_link, host):
    path = host(log=False)
    page = visit("for_you", p=horror_link, **LIST)
    page.answer("picks-0", heat_1995=4.0)
    page.fire("picks-0", "opened", "heat-1995")
    assert not page.given("picks-0")["logs"]
    assert not path.exists()
    assert page.state.logged.answers == {}


def test_a_shelf_is_told_once_for_as_long_as_it_stays(visit, horror_link, host):
    path = host()
    page = visit("for_you", p=horror_link, **LIST)
    page.run()
    assert "we learn from what you make of it" in page.words()
    (slate,) = events(path)
    assert (slate.kind, slate.visit, slate.model) == (SLATE, page.state.number, "blend")
    assert list(slate.films) == [tile["slug"] for tile in page.tiles("picks-0")]
    assert slate.slot.shown == page.tiles("surprise")[0]["slug"]
    assert sum(slate.slot.probabilities) == pytest.approx(1, abs=1e-4)
    page.press("More films")
    assert [len(event.films) for event in events(path)] == [24, 48]


def test_the_rows_are_told_as_one_shelf_with_their_slot(visit, horror_link, host):
    path = host()
    page = visit("for_you", p=horror_link)
    page.run()
    (slate,) = events(path)
    shown = [app.catalogue().films[number].slug for films in page.rows().values() for number in films]
    assert list(slate.films) == shown
    assert slate.slot.shown == page.tiles("surprise")[0]["slug"]
    assert not set(slate.slot.candidates) & set(shown)


@pytest.mark.parametrize("view", ["For you", "Full list", "Gems", "Tonight"])
def test_no_film_is_told_to_have_been_shown_that_was_not(visit, horror_link, host, view):
    path = host()
    page = visit("for_you", p=horror_link, view=view)
    shown = {tile["slug"] for data in page.components().values() for tile in data.get("films", ())}
    assert shown
    assert {film for event in events(path) for film in event.films} <= shown


def test_a_shelf_without_ratings_and_two_side_by_side_have_no_slot(visit, horror_link, host):
    path = host()
    visit("for_you")
    page = visit("for_you", p=horror_link)
    page.choose("beside", "knn")
    written = [(event.model, event.slot is None) for event in events(path)]
    assert written == [("popularity", True), ("blend", False), ("blend", True), ("knn", True)]


def test_films_opened_and_answers_are_told_with_their_shelf_and_what_becomes_of_them(visit, horror_link, host):
    path = host()
    page = visit("for_you", p=horror_link, **LIST)
    assert page.given("surprise")["logs"]
    page.fire("surprise", "opened", "heat-1995")
    page.fire("surprise", "opened", "no-such-film")
    page.answer("surprise", heat_1995=4.5)
    page.answer("picks-0", heat_1995="set_aside")
    page.undo()
    page.search("heat")
    page.answer("header", heat_1995=3.0)
    page.open("rate")
    page.press("Forget me")
    assert answers(path) == [
        (OPENED, "heat-1995", None, "surprise"),
        (RATED, "heat-1995", 4.5, "surprise"),
        ("set_aside", "heat-1995", None, "picks-0"),
        (RATED, "heat-1995", 4.5, ""),
        (RATED, "heat-1995", 3.0, "header"),
        ("taken_back", "heat-1995", None, ""),
    ]


def test_what_is_imported_is_not_told(visit, host):
    path = host()
    page = visit("letterboxd")
    page.upload(("letterboxd.zip", EXPORT))
    assert page.profile.ratings
    page.undo()
    assert not events(path)


def test_stars_accepted_for_a_review_are_not_told(visit, host):
    path = host()
    page = visit("letterboxd")
    review = film("Jaws", 1975, "r1", "", "", "Boring, terrible and far too long.", "", "2024-03-04")
    page.at.session_state[suggested.KEY] = True  # the fold is open
    page.upload(("e.zip", packed({"reviews.csv": table(REVIEWS, [review])})))
    jaws = app.film("jaws").number
    page.at.button(key=f"accept-{jaws}").click()
    page.run()
    assert jaws in page.profile.ratings
    page.undo()
    assert not events(path)


def test_a_sample_that_is_looked_at_says_nothing_of_the_visitor(visit, host):
    path = host()
    page = visit()
    page.answer("interview", heat_1995=4.0)
    page.at.button(key="sample-horror").click()
    page.run()
    page.press("Back to my ratings")
    assert answers(path) == [(RATED, "heat-1995", 4.0, "interview")]


def test_no_event_tells_who_the_visitor_is(visit, horror_link, host):
    path = host()
    page = visit("for_you", p=horror_link, **LIST)
    page.answer("picks-0", heat_1995=4.0)
    token = app.link_token(page.profile)
    assert token != horror_link
    written = path.read_text()
    assert not [secret for secret in (horror_link, token, page.state.session) if secret in written]
    known = {"v", "t", "visit", "kind", "film", "stars", "where", "model", "films", "slot"}
    assert {key for line in written.splitlines() for key in json.loads(line)} <= known


def test_two_visits_have_two_numbers_and_a_number_is_in_no_address(visit, horror_link):
    one, other = (visit("for_you", p=horror_link, **LIST) for _ in range(2))
    numbers = {page.state.number for page in (one, other)}
    assert len(numbers) == 2
    handed = [*one.hrefs(), json.dumps(one.given("address"))]
    assert not any(number in text for number in numbers for text in handed)


def test_a_visit_of_an_experiment_gets_its_arms_list_until_it_chooses_another(visit, horror_link, host):
    path = host("list:ease,knn")
    page = visit("for_you", p=horror_link, **LIST)
    arm = app.recorder(page.state.number).variant
    assert page.at.selectbox(key="ranked-by").value == arm.name
    expected = app.recommend(page.profile, 24, arm.name).picks
    assert page.shelf("picks-0") == [pick.film.name for pick in expected]
    page.choose("ranked-by", "ranker")
    first, second = events(path)
    assert (first.model, first.variant, first.experiment, first.chosen) == (arm.name, arm.name, "list:ease,knn", False)
    assert (second.model, second.variant, second.chosen) == ("ranker", arm.name, True)


def test_a_visit_of_an_experiment_on_lists_sees_the_list_of_its_arm_at_once(visit, horror_link, host):
    path = host("list:ease,knn")
    page = visit("for_you", p=horror_link)
    arm = app.recorder(page.state.number).variant
    assert page.shelf("picks-0") == [pick.film.name for pick in app.recommend(page.profile, 24, arm.name).picks]
    assert [event.model for event in events(path)] == [arm.name]


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
    assert "to nobody else" in words
    assert "No username is written to a log, and no rating." in words
    host()
    words = visit("about").words()
    assert "This host keeps anonymous events" in words
    assert "no rating but those of the anonymous events" in words
    assert "nobody else" not in words


def test_rate_says_that_nothing_is_stored_only_where_that_is_so(visit, host):
    host(log=False)
    assert "Nothing is stored on our side." in visit().words()
    host()
    assert "Nothing is stored on our side." not in visit().words()


def test_what_becomes_of_the_lists_is_told_to_nobody(visit, host):
    path = host()
    page = visit("for_you", p=app.link_token(app.sample_profile("horror")), **LIST)
    before = path.read_bytes()
    first = page.numbers("picks-0")[0]
    page.put("picks-0", listed={"films": {str(first): True}})
    assert page.profile.shortlist == (first,)
    page.undo()
    page.put("picks-0", listed={"films": {str(first): True}, "at": 2})
    page.open("lists", list="My list")
    page.press("Clear the list")
    assert path.read_bytes() == before
