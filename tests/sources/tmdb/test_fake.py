"""The fake TMDB behaves as its docstring says."""

import json
import re
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.fakes import tmdb as faking
from tests.fakes.tmdb_films import MISSING_PICTURE


def test_every_test_that_the_table_names_exists():
    named = set(re.findall(r"\btest_\w+\b", faking.__doc__.split("|", 1)[1])) - {"test_tmdb"}
    written = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert len(named) > 15
    assert named <= set(re.findall(r"^def (test_\w+)", written, re.MULTILINE))


def test_without_a_credential_the_fake_refuses(fake):
    with pytest.raises(HTTPError) as refused:
        urllib.request.urlopen(f"{fake.url}/3/movie/603")
    with refused.value as answer:
        assert answer.code == 401
        assert b'"status_code": 7' in answer.read()


def test_pictures_are_small_jpegs_and_one_is_missing(fake):
    with urllib.request.urlopen(f"{fake.image_url}/w342/poster-603.jpg") as picture:
        body = picture.read()
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert body[:2] + body[-2:] == b"\xff\xd8\xff\xd9"
    assert len(body) < 1000
    assert fake.asked[-1].authorization is None
    with pytest.raises(HTTPError, match="404") as missing:
        urllib.request.urlopen(f"{fake.image_url}/w342{MISSING_PICTURE}")
    missing.value.close()


def test_the_fake_answers_in_the_shapes_of_the_real_one(fake):
    def ask(path: str) -> dict:
        request = urllib.request.Request(fake.url + path, headers={"Authorization": f"Bearer {fake.token}"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    assert ask("/3/configuration")["images"]["secure_base_url"] == "https://image.tmdb.org/t/p/"
    page = ask("/3/search/movie?query=copper+tide&primary_release_year=1988")
    assert (page["page"], page["total_pages"], page["total_results"], len(page["results"])) == (1, 1, 2, 2)
    film = ask("/3/movie/603")
    assert film.keys() >= {"id", "imdb_id", "title", "original_title", "release_date", "runtime", "genres", "status"}
    nobody = ask("/3/find/tt0000001?external_source=imdb_id")
    assert nobody == {f"{kind}_results": [] for kind in ("movie", "person", "tv", "tv_episode", "tv_season")}
