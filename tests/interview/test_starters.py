from reelrec.data.catalogue import Catalogue
from reelrec.interview.starters import starters


def test_the_best_known_film_comes_first_and_twins_never(films):
    chosen = starters(films, 14)
    assert chosen[0].number == 0
    assert 9 not in {film.number for film in chosen}
    assert len(chosen) == 13  # of all but the twin, each once
    assert len(set(chosen)) == 13


def test_one_catalogue_always_gives_the_same_screen_and_more_films_extend_it(many_films):
    assert starters(many_films, 24) == starters(many_films, 24)
    assert starters(many_films, 48)[:24] == starters(many_films, 24)


def test_films_of_one_series_one_director_or_one_kind_give_way_to_others(make_film):
    same = {"genres": ("Drama",), "director": "Ada Moss"}
    films = Catalogue(
        [
            make_film(0, title="Quay", n_ratings=1000, **same),
            make_film(1, title="Quay: Part II", n_ratings=990, **same),
            make_film(2, title="Quay 3", n_ratings=980, **same),
            make_film(3, title="Another", n_ratings=600, genres=("Horror",), director="Ben Hale", year=1975),
            make_film(4, title="Third", n_ratings=500, genres=("Comedy",), director="Cleo Finch", year=1985),
        ]
    )
    assert [film.number for film in starters(films, 3)] == [0, 3, 4]


def test_only_well_known_films_are_asked_about_however_different_a_rare_one_is(make_film):
    common = [make_film(i, n_ratings=5000, director="Ada Moss", genres=("Drama",)) for i in range(600)]
    rare = make_film(600, n_ratings=4999, director="Zoé", genres=("Western",), year=1930)
    assert 600 not in {film.number for film in starters(Catalogue([*common, rare]), 30)}
