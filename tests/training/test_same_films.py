"""Rows of the source that are one film."""

from reelrec.artifacts.store import shipped_store
from reelrec.training import catalogue, same_films


def test_films_with_one_tmdb_id_one_code_or_equal_facts_are_one_film(sources):
    day = {"release_date": "2001-02-03", "runtime": 90, "title": "Same Facts"}
    facts = {
        "a": {"tmdb_id": 7},
        "b": {"tmdb_id": 7},
        "c": {"boxd_code": "xyz"},
        "d": {"boxd_code": "xyz"},
        "e": day,
        "f": day | {"title": "Same facts!"},
        "g": day | {"runtime": 91},
        "h": {},
    }
    sources(facts, [(user, slug, 3.0) for rank, slug in enumerate("bacdefgh") for user in range(8 - rank)])
    films = catalogue.build_catalogue(None)
    twins = {film.slug: films.films[film.same_as].slug for film in films.films if film.same_as is not None}
    assert twins == {"a": "b", "d": "c", "f": "e"}  # the lesser known one is the twin
    assert [film.slug for film in films.films] == list("bacdefgh")


def test_rows_joined_by_hand_are_one_film_with_the_facts_of_both(sources):
    known, other = same_films.SAME_FILM[0]
    facts = {known: {"director": "Ada Moss", "title": "One Title"}, other: {"title": "Another", "imdb_id": 77}}
    sources(facts, [(user, slug, 3.0) for rank, slug in enumerate((other, known)) for user in range(8 - rank)])
    films = catalogue.build_catalogue(None)
    leader = films.films[films.by_slug[other]]
    assert films.films[films.by_slug[known]].same_as == leader.number
    assert (leader.title, leader.director, leader.imdb_id) == ("Another", "Ada Moss", 77)
    assert films.find("One Title", leader.year).number == leader.number


def test_rows_joined_by_hand_are_one_film_in_the_catalogue_that_ships():
    films = shipped_store().load_catalogue()
    for pair in same_films.SAME_FILM:
        assert len({int(films.canonical[films.by_slug[slug]]) for slug in pair}) == 1, pair
