import time

import pytest

from reelrec.errors import UnexpectedAnswerError
from reelrec.sources.tmdb.client import Details, Tmdb
from reelrec.sources.tmdb.films import Wanted
from tests.fakes import tmdb as faking
from tests.fakes.tmdb_films import GONE

GLASS = Wanted("The Glass Meridian", 1999, tmdb_id=603)
LONG = 10.0  # seconds, for answers that take milliseconds


@pytest.fixture
def find(client):
    """The details of one film, which must be answered."""

    def run(title: str = "", year: int | None = None, **ids) -> Details | None:
        film = Wanted(title, year, **ids)
        found = client.fetch([film], LONG)
        assert found.fault is None
        assert client.known([film]) == found.answers
        return found.answers[film]

    return run


def test_a_film_with_an_id_has_poster_and_overview(fake, find):
    images = fake.image_url
    assert find(tmdb_id=603) == Details(
        f"{images}/w342/poster-603.jpg", f"{images}/w500/poster-603.jpg", "What happens in The Glass Meridian.", 603
    )
    assert find("Some film", 2001, tmdb_id=123456789).tmdb_id == 123456789
    assert fake.paths == ["/3/configuration", "/3/movie/603", "/3/movie/123456789"]


def test_a_film_that_tmdb_does_not_have_is_none(fake, find):
    assert find("Nowhere", tmdb_id=GONE) is None
    assert fake.paths[1:] == [f"/3/movie/{GONE}"]


def test_an_id_that_was_merged_away_is_found_by_its_imdb_id(fake, find):
    assert find(tmdb_id=GONE, imdb_id=404404).tmdb_id == 405
    assert fake.asked[-1].address == "/3/find/tt0404404?external_source=imdb_id"
    assert find(imdb_id=133093).tmdb_id == 603
    assert fake.paths[-1] == "/3/find/tt0133093"


def test_an_imdb_id_that_nobody_knows_is_none(fake, find):
    assert find(imdb_id=12345678) is None
    assert fake.paths[1:] == ["/3/find/tt12345678"]


@pytest.mark.parametrize("title", ["The Glass Meridian", "the glass-meridian!", "LE MERIDIEN DE VERRE"])
def test_a_film_without_ids_is_found_by_title_and_year(fake, find, title):
    fake.trouble["/3/search/movie"] = faking.says({"results": [film.hit() for film in faking.FILMS]})
    assert find(title, 1999).tmdb_id == 603
    assert fake.asked[-1].address.startswith("/3/search/movie?primary_release_year=1999&query=")
    assert find(title, 1996) is None


def test_the_search_sends_the_title_as_it_is(fake, find):
    assert find("Le Méridien de verre", 1999).tmdb_id == 603
    assert fake.asked[-1].query == "primary_release_year=1999&query=Le+M%C3%A9ridien+de+verre"


def test_a_search_without_a_hit_is_a_film_that_tmdb_does_not_have(fake, find):
    assert find("Nobody Made This", 1999) is None
    assert fake.paths[1:] == ["/3/search/movie"] * 2


def test_a_title_that_is_only_part_of_another_is_no_hit(find):
    assert find("Paper Comet", 1993) is None


def test_two_films_of_one_title_and_year_are_none(fake, find):
    assert find("Copper Tide", 1988) is None
    assert len(fake.paths) == 2


def test_a_film_that_came_out_a_year_later_is_found_by_any_release(fake, find):
    assert find("Slow Orbit", 2020).tmdb_id == 7003
    assert [request.query for request in fake.asked[1:]] == [
        "primary_release_year=2020&query=Slow+Orbit",
        "query=Slow+Orbit&year=2020",
    ]


def test_a_hit_without_a_date_does_not_count(find):
    assert find("Unfinished Weather", 1970) is None


def test_without_a_year_a_title_is_not_searched_for(fake, find):
    assert find("The Glass Meridian") is None
    assert fake.paths == []


def test_a_film_without_a_poster_has_an_overview_alone(find):
    assert find("No Picture Hall", 1974) == Details(None, None, "What happens in No Picture Hall.", 7005)


@pytest.mark.parametrize("number", [0, -603, "603", "../603", 603.0, True, 10**30, None])
def test_an_id_that_is_no_positive_whole_number_counts_as_absent(fake, find, number):
    assert find(tmdb_id=number, imdb_id=number) is None
    assert fake.paths == []


@pytest.mark.parametrize(
    "path", ["//evil.example/x.jpg", "/../x.jpg", "/x.jpg\n", '/x".jpg', "/x.exe", "x.jpg", "", 7, ["/x.jpg"], None]
)
def test_a_poster_path_of_any_other_shape_is_no_poster(fake, find, path):
    fake.trouble["/3/movie/603"] = faking.says({"id": 603, "poster_path": path, "overview": {"no": "text"}})
    assert find(tmdb_id=603) == Details(None, None, "", 603)


def test_an_overview_is_one_line_of_bounded_length(fake, find):
    fake.trouble["/3/movie/603"] = faking.says(
        {"id": 603, "overview": "A\0 man\r\n\twaits\u202e.\ud800 " + "So long. " * 500}
    )
    overview = find(tmdb_id=603).overview
    assert overview.startswith("A man waits. So long. So")
    assert overview.endswith((" So…", " long.…"))
    assert 900 < len(overview) <= 1000
    assert overview.isprintable()


HOSTILE = [
    [], 7, "603", None, {}, {"id": "603"}, {"id": None}, {"id": 604}, {"id": [603]}, {"id": True}, {"id": -1},
    {"results": {}}, {"results": None, "movie_results": None}, {"results": "x", "movie_results": 5},
]  # fmt: skip


@pytest.mark.parametrize("answer", HOSTILE, ids=repr)
def test_an_answer_of_another_shape_is_a_fault_and_nothing_else(fake, client, answer):
    fake.trouble |= {path: faking.says(answer) for path in ("/3/movie/603", "/3/find/tt0133093", "/3/search/movie")}
    films = [Wanted("", tmdb_id=603), Wanted("", imdb_id=133093), Wanted("The Glass Meridian", 1999)]
    for film in films:
        found = client.fetch([film], LONG)
        assert found.answers == {}
        assert isinstance(found.fault, UnexpectedAnswerError)


def test_hits_of_another_shape_are_left_out(fake, find):
    good = faking.FILMS[0].hit()
    bad = [None, 5, [], {}, good | {"id": "1"}, good | {"id": 1, "title": 3, "original_title": []}]
    bad += [good | {"id": 2, "release_date": date} for date in (1999, None, "1999", "soon", "९९९९-01-01")]
    fake.trouble["/3/search/movie"] = faking.says({"results": [*bad, good, good]})
    assert find("The Glass Meridian", 1999).tmdb_id == 603


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"id":' * 50_000, b'{"id": ' + b"9" * 5000 + b"}", b"\xff\xfe\0"])
def test_json_that_cannot_be_read_is_a_fault_and_nothing_else(fake, client, body):
    fake.trouble["/3/movie/603"] = faking.Trouble(body=body)
    assert isinstance(client.fetch([GLASS], LONG).fault, UnexpectedAnswerError)


def test_the_configuration_is_asked_once_before_the_first_film(fake, client):
    client.fetch([Wanted("", tmdb_id=number) for number in range(1, 9)], LONG)
    assert fake.paths[0] == "/3/configuration"
    assert fake.paths.count("/3/configuration") == 1
    assert client.known([]) == {}


@pytest.mark.parametrize(
    ("said", "used"),
    [
        ("https://pictures.tmdb.org/t/p/", "https://pictures.tmdb.org/t/p"),
        ("http://image.tmdb.org/t/p/", "https://image.tmdb.org/t/p"),
        ("https://tmdb.org.evil.example/t/p/", "https://image.tmdb.org/t/p"),
        ("https://evil.example/.tmdb.org/", "https://image.tmdb.org/t/p"),
        ("https://me@image.tmdb.org/t/p/", "https://image.tmdb.org/t/p"),
        (None, "https://image.tmdb.org/t/p"),
    ],
)
def test_pictures_lie_where_the_configuration_says_if_that_is_a_place_of_tmdb(fake, monkeypatch, said, used):
    monkeypatch.delenv("TMDB_IMAGE_BASE_URL")
    fake.trouble["/3/configuration"] = faking.says({"images": {"secure_base_url": said}})
    for _ in range(2):  # the second client knows it from the cache
        client = Tmdb(fake.token)
        assert client.fetch([GLASS], LONG).answers[GLASS].poster == f"{used}/w342/poster-603.jpg"
        client.close()
    assert fake.paths == ["/3/configuration", "/3/movie/603"]


@pytest.mark.parametrize("configuration", [{}, {"images": []}, {"images": None}])
def test_a_configuration_of_another_shape_is_a_fault(fake, client, configuration):
    fake.trouble["/3/configuration"] = faking.says(configuration)
    assert isinstance(client.fetch([GLASS], LONG).fault, UnexpectedAnswerError)
    assert fake.paths == ["/3/configuration"]


def test_base_addresses_may_hold_the_version_and_the_image_path_or_not(fake, monkeypatch):
    monkeypatch.setenv("TMDB_BASE_URL", f"{fake.url}/3/")
    monkeypatch.setenv("TMDB_IMAGE_BASE_URL", fake.url)
    client = Tmdb(fake.token)
    assert client.fetch([GLASS], LONG).answers[GLASS].poster == f"{fake.image_url}/w342/poster-603.jpg"
    client.close()


def test_what_is_known_is_answered_without_asking(fake, client):
    unknown = Wanted("Another", 1990, tmdb_id=77)
    found = client.fetch([GLASS], LONG).answers
    n_asked = len(fake.asked)
    assert client.known([unknown, GLASS]) == found
    assert len(fake.asked) == n_asked


def test_two_hundred_known_films_are_answered_in_an_instant(client):
    films = [Wanted("", tmdb_id=number) for number in range(1, 201)]
    client.fetch(films, LONG)
    start = time.process_time()
    assert len(client.known(films)) == 200
    assert time.process_time() - start < 0.1  # some 2 ms on a slow machine
