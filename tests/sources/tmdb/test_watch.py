import pytest

from reelrec.errors import CredentialError, UnexpectedAnswerError
from reelrec.sources.cache import Cache
from reelrec.sources.tmdb import watch
from reelrec.sources.tmdb.client import Tmdb
from reelrec.sources.tmdb.films import Wanted
from reelrec.sources.tmdb.watch import Offers, OffersIn, Service, TrailerOf
from tests.fakes.tmdb import DOWN, says
from tests.fakes.tmdb_films import GONE

LONG = 10.0  # seconds, for answers that take milliseconds
LANTERN, OTTER, FREE, SHOP = (
    Service(8, "Lantern+"), Service(337, "Otter Kino"), Service(73, "Free Reel"), Service(2, "Shop of Films")
)  # fmt: skip


def film(tmdb_id: int | None, **facts) -> Wanted:
    return Wanted(title=f"Film {tmdb_id}", tmdb_id=tmdb_id, **facts)


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("US", Offers(stream=(LANTERN, FREE), rent=(SHOP,), buy=(SHOP,))),
        ("DE", Offers(stream=(OTTER, LANTERN), buy=(SHOP,))),
        ("JP", Offers(rent=(LANTERN,))),
        ("FR", Offers()),
    ],
)
def test_who_has_a_film_is_told_by_country_and_way(client, country, expected):
    about, one = OffersIn(country), film(12)
    found = client.fetch_of([one], about, LONG)
    assert found.answers == client.known_of([one], about) == {one: expected}
    assert found.fault is None


def test_each_country_of_a_film_is_asked_and_kept_apart(fake, client, tmp_path):
    one = film(12)
    for country in ("US", "DE", "US", "DE"):
        client.fetch_of([one], OffersIn(country), LONG)
    assert fake.paths == ["/3/movie/12/watch/providers"] * 2
    client.close()
    again = Tmdb(fake.token, cache=Cache(tmp_path / "cache" / "tmdb"))
    assert again.known_of([one], OffersIn("DE"))[one] == Offers(stream=(OTTER, LANTERN), buy=(SHOP,))
    again.close()


def test_films_that_nobody_offers_and_that_tmdb_does_not_have_are_told_apart(client):
    nowhere, gone, without = film(20), film(GONE), Wanted(title="No such title at all", year=1901)
    found = client.fetch_of([nowhere, gone, without], OffersIn("US"), LONG)
    assert found.answers == {nowhere: Offers(), gone: Offers(), without: None}


def test_a_film_without_an_id_is_found_first(fake, client):
    glass = Wanted(title="The Glass Meridian", year=1999)
    assert client.fetch_of([glass], OffersIn("JP"), LONG).answers[glass] == Offers(rent=(LANTERN,))
    assert fake.paths[-1] == "/3/movie/603/watch/providers"


@pytest.mark.parametrize("country", ["", "de", "DEU", "D1", "../", "D\n"])
def test_what_is_no_country_is_refused(country):
    with pytest.raises(ValueError, match="two capital letters"):
        OffersIn(country)
    with pytest.raises(ValueError, match="two capital letters"):
        watch.services_in(country)


@pytest.mark.parametrize(
    "answer",
    [
        {}, {"results": []}, {"results": None}, [],
    ],
)  # fmt: skip
def test_an_answer_of_another_shape_is_a_fault(fake, client, answer):
    fake.trouble["/3/movie/12/watch/providers"] = says(answer)
    found = client.fetch_of([film(12)], OffersIn("US"), LONG)
    assert found.answers == {}
    assert isinstance(found.fault, UnexpectedAnswerError)


def test_of_an_answer_only_what_is_well_formed_is_taken(fake, client):
    bad = [None, 7, {"provider_id": "8", "provider_name": "Text"}, {"provider_id": 9}, {"provider_id": -1}]
    bad += [{"provider_id": 10, "provider_name": name} for name in ("", "\u202eevil", "line\nbreak", "x" * 61)]
    good = {"provider_id": 11, "provider_name": "Good <b>One</b>", "display_priority": "first"}
    fake.trouble["/3/movie/12/watch/providers"] = says({"results": {"US": {"flatrate": [*bad, good], "rent": 5}}})
    one = film(12)
    assert client.fetch_of([one], OffersIn("US"), LONG).answers == {
        one: Offers(stream=(Service(11, "Good <b>One</b>"),))
    }


@pytest.mark.parametrize(("tmdb_id", "code"), [(12, "trailer0012"), (18, "teaser00018"), (19, ""), (GONE, "")])
def test_the_official_trailer_comes_before_others(client, tmdb_id, code):
    one = film(tmdb_id)
    assert client.fetch_of([one], TrailerOf(), LONG).answers == {one: code}
    assert client.known_of([one], TrailerOf()) == {one: code}


@pytest.mark.parametrize("key", ["javascript:alert(1)", "a b", "", 7, None, "x" * 21])
def test_a_code_that_youtube_would_not_give_is_no_trailer(fake, client, key):
    fake.trouble["/3/movie/12/videos"] = says({"results": [{"site": "YouTube", "type": "Trailer", "key": key}]})
    assert client.fetch_of([film(12)], TrailerOf(), LONG).answers == {film(12): ""}


def test_the_tables_are_in_their_order(fake, client):
    question = watch.countries()
    named = client.ask(question, LONG).answers[question.key]
    assert list(named.items()) == [
        ("FR", "France"), ("DE", "Germany"), ("JP", "Japan"), ("US", "United States of America")
    ]  # fmt: skip
    here = watch.services_in("DE")
    assert client.ask(here, LONG).answers[here.key] == (OTTER, LANTERN, SHOP)
    assert client.ask(here, LONG).answers[here.key] == (OTTER, LANTERN, SHOP)
    assert fake.paths == ["/3/watch/providers/regions", "/3/watch/providers/movie"]


def test_a_fault_is_told_and_a_refused_key_too(fake, client):
    fake.trouble["/3/movie/12/watch/providers"] = DOWN
    found = client.fetch_of([film(12), film(13)], OffersIn("US"), LONG)
    assert found.answers.keys() == {film(13)}
    assert found.failed == {film(12)}
    assert "TMDB" in str(found.fault)
    other = Tmdb("eyJ-another", cache=client._cache)
    assert isinstance(other.fetch_of([film(14)], OffersIn("US"), LONG).fault, CredentialError)
    other.close()


@pytest.mark.parametrize("kept", [None, 5, [], {"stream": [[8]]}, {"stream": 1, "rent": [], "buy": []}, [[8, ""]]])
def test_what_is_kept_in_another_shape_counts_as_missing(kept):
    assert OffersIn("US")(12).unpacked(kept) is None
