"""The end of the interview on Rate, what it does without its artifacts, and what the host learns of it."""

import json
import re

from reelrec import app
from reelrec.serving import recorder, resources
from reelrec.telemetry.variants import Experiment
from reelrec.visitor.profile import Profile
from tests.pages.interview_page import ask_by, asked, label, meter, steer


def test_when_nothing_is_left_to_ask_the_page_says_what_else_there_is(visit, tiny_artifacts):
    rate = visit()
    while asked(rate):
        before = len(rate.profile.unseen)
        rate.press(label(rate))
        assert len(rate.profile.unseen) > before
    assert "One list for all" in rate.words()
    assert rate.at.info[0].proto.title == "There is nothing left to ask"
    rate.undo()
    assert asked(rate)


def test_the_last_few_films_are_said_to_be_the_last(visit, tiny_artifacts):
    films = {film.number for film in app.catalogue().films}
    kept = {film.number for film in app.ask(Profile()).films[:2]}
    rate = visit(p=app.link_token(Profile(unseen=frozenset(films - kept))))
    assert set(asked(rate)) == kept
    assert label(rate) == "Next"
    assert rate.at.info[0].proto.title == "These are the last films to ask about"


def test_without_what_the_interview_needs_the_list_for_all_is_shown(visit, tiny_artifacts, caplog):
    (tiny_artifacts / "interview.npz").rename(tiny_artifacts / "away.npz")
    try:
        rate = visit(p=app.link_token(Profile(ratings={0: 4.0})))
        assert "Rate asks everybody about the same films today." in rate.words()
        assert "interview.npz" not in rate.words()
        assert re.search(r"interview\.npz is missing.*train", caplog.text)
        assert rate.tiles("starters")
        assert meter(rate) == "1 rated: a start"
    finally:
        (tiny_artifacts / "away.npz").rename(tiny_artifacts / "interview.npz")


def test_a_damaged_policy_stops_no_page(visit, tiny_artifacts, caplog):
    manifest = tiny_artifacts / "manifest.json"
    whole = manifest.read_text()
    manifest.write_text(json.dumps(json.loads(whole) | {"policy": {"sha256": "0" * 64}}))
    (tiny_artifacts / "policy.npz").write_bytes(b"no weights")
    for cached in (resources.policies, recorder.experiment):
        cached.cache_clear()
    try:
        rate = visit(p=app.link_token(Profile(ratings={0: 4.0})), ask="a-optimal.2.1.2")
        assert "Rate chooses its films in a simpler way than usual today." in rate.words()
        assert re.search(r"policy\.npz is damaged.*train policy", caplog.text)
        assert asked(rate)
        rate.open("for_you", view="Full list")
        assert rate.tiles("picks-0")
    finally:
        manifest.write_text(whole)
        (tiny_artifacts / "policy.npz").unlink()


def test_a_screen_and_what_was_not_seen_are_told_to_the_hosts_events_once(visit, monkeypatch):
    events = []
    monkeypatch.setattr(recorder, "keeps_events", lambda: True)
    monkeypatch.setattr(recorder, "log", events.append)
    rate = visit()
    slugs = [app.catalogue().films[number].slug for number in asked(rate)]
    rate.run()
    (screen,) = events
    assert (screen.kind, screen.model, screen.chosen, screen.films) == (
        "screen",
        resources.default_policy(),
        False,
        tuple(slugs),
    )
    rate.press(label(rate))
    marks = events[1:-1]
    assert {mark.film for mark in marks if (mark.kind, mark.where) == ("unseen", "interview")} == set(slugs)
    steer(rate, "Enjoy most")
    assert (events[-1].kind, events[-1].chosen) == ("screen", True)


def test_an_experiment_says_who_asks_unless_the_visitor_does(visit, monkeypatch):
    monkeypatch.setattr(recorder, "experiment", lambda: Experiment("interview", ("popularity",)))
    rate = visit()
    assert asked(rate) == [film.number for film in app.ask(Profile(), "popularity").films]
    ask_by(rate, resources.default_policy())
    assert asked(rate) == [film.number for film in app.ask(Profile()).films]
