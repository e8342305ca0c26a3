"""No page says anything that is in no catalogue: drawn with a catalogue of brackets, nothing stands outside of them."""

import re
from dataclasses import replace

import pytest

from reelrec import app, translation
from reelrec.visitor.profile import Profile
from tests.fakes.bad_zips import not_a_zip
from tests.fakes.known_export import EXPORT
from tests.pages.sections import SECTIONS
from tests.texts.bracketed import LEFT, RIGHT, Bracketed
from tests.texts.said import hard_coded, said

# No texts of ours: names of languages, each in itself; films, days and the notebook's models; and TMDB's own credit.
KEPT = {*translation.LANGUAGES.values()}
DATA = re.compile(r"\[?.+ \\?\(\d{4}\\?\)(\]\(.*\))?|\d+\s\w+\s\d{4}( · ♥)?|.*GridSearchCV.*|.*endorsed, certified.*")


@pytest.fixture(autouse=True)
def bracketed(monkeypatch):
    monkeypatch.setattr(translation, "catalogue", lambda _language: Bracketed())


def left(page, *data: str) -> list[str]:
    """What stands in no bracket. data: more of what is no text of ours."""
    return sorted(text for text in hard_coded(page) - KEPT - {*data} if not DATA.fullmatch(text))


def somebody() -> Profile:
    """Has ratings, films set aside, a watchlist and a list of their own."""
    profile = app.sample_profile("horror")
    others = [film.number for film in app.catalogue().films if film.number not in profile.ratings][:60]
    return replace(
        profile, unseen=frozenset(others[:3]), set_aside=frozenset(others[3:6]), seen=frozenset(others[6:9]),
        watchlist=tuple(others[10:40]), shortlist=tuple(others[40:45]),
    )  # fmt: skip


@pytest.mark.parametrize("page", [None, "for_you", "lists", "together", "taste", "letterboxd", "about"])
@pytest.mark.parametrize("known", [False, True], ids=["newcomer", "known"])
def test_a_page_says_nothing_that_is_in_no_catalogue(visit, page, known):
    drawn = visit(page, p=app.link_token(somebody() if known else Profile()))
    assert len([text for text in said(drawn) if LEFT in text]) > 10
    assert left(drawn) == []


@pytest.mark.parametrize("tab", ["In pictures", "Did we know you?", "Map", "Card"])
def test_a_part_of_taste(visit, tab):
    drawn = visit("taste", taste=f"{LEFT}{tab}{RIGHT}", p=app.link_token(somebody()))
    assert left(drawn) == []


@pytest.mark.parametrize("film", ["heat-1995", "inception", "paris-texas"])
def test_a_film(visit, film):
    assert left(visit("film", id=film, p=app.link_token(somebody()))) == []
    assert left(visit("film", id=film)) == []


@pytest.mark.parametrize(
    "file",
    [("letterboxd.zip", EXPORT), ("a.zip", not_a_zip()), ("a.csv", b"Name,Score\nHeat,4\n")],
    ids=["read", "no", "?"],
)
def test_what_was_read_or_not(visit, file):
    page = visit("letterboxd")
    page.upload(file)
    assert left(page, "Name", "Score", "Heat", "Nothing Anybody Knows") == []


@pytest.mark.parametrize("drawn", SECTIONS, ids=lambda drawn: drawn.draws)
def test_a_section_of_models(drawn, section):
    shown = section(drawn.draws)
    shown.unfold()
    assert left(shown) == []
