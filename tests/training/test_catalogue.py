"""The catalogue from small tables of films and ratings."""

import pytest

from reelrec.artifacts.store import ArtifactStore
from reelrec.errors import ContradictionError
from reelrec.training import catalogue

RATINGS = [
    (10, "b", 4.0), (11, "b", 5.0), (12, "b", 4.5), (10, "a", 3.0), (13, "a", 2.0), (17, "c", 0.5),
    (18, "a", 5.0), (19, "a", 5.0), (18, "d", 5.0),
]  # fmt: skip


def slugs(films) -> list[str]:
    return [film.slug for film in films.films]


def test_items_are_numbered_by_popularity_and_counted_from_train_users_and_the_others_follow(sources):
    sources({slug: {} for slug in "eabcd"}, RATINGS)
    films = catalogue.build_catalogue(None)
    assert slugs(films) == ["b", "a", "c", "d", "e"]  # only a tune user rated d; nobody rated e
    assert films.n_items == 4
    assert [film.n_ratings for film in films.films] == [3, 2, 1, 0, 0]
    assert [film.mean for film in films.films] == [4.5, 2.5, 0.5, None, None]
    assert films.films[0].histogram == (0, 0, 0, 0, 0, 0, 0, 1, 1, 1)
    assert films.films[2].histogram == (1, 0, 0, 0, 0, 0, 0, 0, 0, 0)


def test_a_rated_series_is_no_item_and_keeps_its_counts(sources):
    sources({"a": {}, "b": {"kind": "series"}}, RATINGS)
    films = catalogue.build_catalogue(None)
    assert (slugs(films), films.n_items) == (["a", "b"], 1)
    assert films.films[1].n_ratings == 3
    assert not films.listed[1]


def test_a_rebuilt_catalogue_keeps_the_old_numbers(sources):
    sources({slug: {} for slug in "abc"}, RATINGS)
    old = catalogue.build_catalogue(None)
    sources({slug: {} for slug in ("a", "b", "new", "older")}, [*RATINGS, *((u, "new", 5.0) for u in range(8))])
    films = catalogue.build_catalogue(old)
    assert slugs(films) == ["b", "a", "c", "new", "older"]
    assert films.n_items == 3  # what models know is numbered anew only where there is no catalogue
    assert films.films[3].n_ratings == 8
    assert (films.films[2].n_ratings, films.films[2].mean) == (0, None)  # gone from the source, kept in the links
    again = catalogue.build_catalogue(films)
    assert (again.fingerprint, slugs(again)) == (old.fingerprint, slugs(films))


def test_facts_come_over_and_what_is_unknown_is_none(sources):
    facts = {
        "title": "Ünï", "year": 1999, "runtime": 88, "tmdb_id": 5, "language": "fr", "cast": ["X", "Y"],
        "letterboxd_id": 51994, "kind": "short", "other_titles": ["Uni"], "other_years": [1998],
        "genres": ["Drama"], "countries": ["France"],
    }  # fmt: skip
    sources({"a": facts, "b": {"year": None}}, RATINGS)
    bare, film = (catalogue.build_catalogue(None).films[i] for i in (0, 1))
    assert (film.title, film.year, film.runtime, film.tmdb_id, film.language) == ("Ünï", 1999, 88, 5, "fr")
    assert (film.genres, film.countries, film.cast) == (("Drama",), ("France",), ("X", "Y"))
    assert (film.kind, film.boxd_code, film.other_titles, film.other_years) == ("short", "2bg8", ("Uni",), (1998,))
    assert {type(value) for value in (film.year, film.runtime, film.tmdb_id)} == {int}
    assert (bare.year, bare.runtime, bare.tmdb_id, bare.director, bare.boxd_code) == (None,) * 5


def test_two_rows_of_one_film_count_as_one_and_know_what_either_knows(sources):
    facts = {
        "a": {"title": "One Title", "same_as": "b", "director": "Ada Moss", "year": 1999, "other_titles": ["Uno"]},
        "b": {"title": "Another", "imdb_id": 77, "letterboxd_id": 4},
    }
    sources(facts, [*RATINGS, (17, "b", 2.0)])
    films = catalogue.build_catalogue(None)
    main, twin = films.films[0], films.films[1]
    assert (main.slug, twin.same_as) == ("b", 0)
    assert (main.title, main.director, main.imdb_id, main.n_ratings) == ("Another", "Ada Moss", 77, 5)
    assert (main.other_titles, main.other_years) == (("One Title", "Uno"), (1999,))
    assert (twin.n_ratings, sum(twin.histogram)) == (0, 0)
    assert main.histogram == (0, 0, 0, 2, 0, 0, 0, 1, 1, 1)  # user 10 rated both: the main row's 4.0 counts, not 3.0
    assert films.find("Uno", 2000).number == 0
    assert films.find("One Title", 1999).number == 0


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"a": {"tmdb_id": 7}, "b": {"tmdb_id": 7}}, "a, b: these main rows share tmdb_id 7"),
        ({"a": {"letterboxd_id": 7}, "b": {"letterboxd_id": 7}}, "share letterboxd_id 7"),
        ({"a": {"letterboxd_id": 51994, "boxd_code": "2bg9"}}, "a: the code 2bg9 is not that of"),
        ({"a": {"boxd_code": "2bg8"}}, "a: the code 2bg8 is not that of"),
        ({"a": {"year": 2027}}, "a: it is of 2027"),
        ({"a": {"year": 1873}}, "a: it is of 1873"),
        ({"a": {"same_as": "c"}}, "a: it is said to be c, which is no main row"),
        ({"a": {"same_as": "b"}, "b": {"same_as": "a"}}, "which is no main row"),
        ({"a": {"title": " "}}, "a: it has no title"),
        ({"a": {"kind": "opera"}}, "a: its kind is opera"),
    ],
)
def test_contradictions_are_refused_with_a_list(sources, facts, said):
    sources(facts, RATINGS)
    with pytest.raises(ContradictionError, match=said):
        catalogue.build_catalogue(None)


def test_twins_may_share_an_id_and_the_last_year_is_that_of_the_data(sources):
    sources({"a": {"tmdb_id": 7, "year": 2026}, "b": {"tmdb_id": 7, "same_as": "a", "year": 1874}}, RATINGS)
    assert len(catalogue.build_catalogue(None)) == 2


def test_a_catalogue_is_written_and_written_again_with_its_numbers(sources, tmp_path):
    sources({slug: {} for slug in "abc"}, RATINGS)
    store = ArtifactStore(tmp_path)
    catalogue.train(store)
    first = store.load_catalogue()
    sources({slug: {} for slug in "abcd"}, [*RATINGS, *((u, "c", 5.0) for u in (20, 21, 22, 23))])
    catalogue.train(store)
    second = store.load_catalogue()
    assert slugs(second)[:3] == slugs(first)
    assert store.manifest().catalogue["fingerprint"] == second.fingerprint
    assert (store.manifest().catalogue["films"], store.manifest().catalogue["items"]) == (4, 3)
