"""The catalogue from small tables of films and ratings."""

from reelrec.artifacts.store import ArtifactStore
from reelrec.training import catalogue

RATINGS = [
    (10, "b", 4.0), (11, "b", 5.0), (12, "b", 4.5), (10, "a", 3.0), (13, "a", 2.0), (17, "c", 0.5),
    (18, "a", 5.0), (19, "a", 5.0), (18, "d", 5.0),
]  # fmt: skip


def test_films_are_numbered_by_popularity_and_counted_from_train_users(sources):
    sources({slug: {} for slug in "abcde"}, RATINGS)
    films = catalogue.build_catalogue(None)
    assert [film.slug for film in films.films] == ["b", "a", "c", "d"]  # only a tune user rated d; nobody rated e
    assert [film.n_ratings for film in films.films] == [3, 2, 1, 0]
    assert [film.mean for film in films.films] == [4.5, 2.5, 0.5, None]
    assert films.films[0].histogram == (0, 0, 0, 0, 0, 0, 0, 1, 1, 1)
    assert films.films[2].histogram == (1, 0, 0, 0, 0, 0, 0, 0, 0, 0)


def test_a_rebuilt_catalogue_keeps_the_old_numbers(sources):
    sources({slug: {} for slug in "abc"}, RATINGS)
    old = catalogue.build_catalogue(None)
    sources({slug: {} for slug in ("a", "b", "new", "older")}, [*RATINGS, *((u, "new", 5.0) for u in range(8))])
    films = catalogue.build_catalogue(old)
    assert [film.slug for film in films.films] == ["b", "a", "c", "new"]
    assert [film.number for film in films.films] == [0, 1, 2, 3]
    assert films.films[3].n_ratings == 8
    assert (films.films[2].n_ratings, films.films[2].mean) == (0, None)  # gone from the source, kept in the links
    again = catalogue.build_catalogue(films)
    assert again.fingerprint == films.fingerprint


def test_facts_come_over_and_what_is_unknown_is_none(sources):
    facts = {"title": "Ünï", "year": 1999, "runtime": 88, "tmdb_id": 5, "language": "fr", "cast": ["X", "Y"]}
    sources({"a": facts | {"genres": ["Drama"], "countries": ["France"]}, "b": {"year": None}}, RATINGS)
    bare, film = (catalogue.build_catalogue(None).films[i] for i in (0, 1))
    assert (film.title, film.year, film.runtime, film.tmdb_id, film.language) == ("Ünï", 1999, 88, 5, "fr")
    assert (film.genres, film.countries, film.cast) == (("Drama",), ("France",), ("X", "Y"))
    assert {type(value) for value in (film.year, film.runtime, film.tmdb_id)} == {int}
    assert (bare.year, bare.runtime, bare.tmdb_id, bare.director, bare.boxd_code) == (None,) * 5


def test_a_catalogue_is_written_and_written_again_with_its_numbers(sources, tmp_path):
    sources({slug: {} for slug in "abc"}, RATINGS)
    store = ArtifactStore(tmp_path)
    catalogue.train(store)
    first = store.load_catalogue()
    sources({slug: {} for slug in "abcd"}, [*RATINGS, *((u, "c", 5.0) for u in (20, 21, 22, 23))])
    catalogue.train(store)
    second = store.load_catalogue()
    assert [film.slug for film in second.films[:3]] == [film.slug for film in first.films]
    assert store.manifest().catalogue["fingerprint"] == second.fingerprint
