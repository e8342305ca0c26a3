from dataclasses import replace

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.errors import AmbiguousFilmError, UnknownFilmError


def test_a_boxd_code_wins_over_a_tmdb_id_and_both_over_the_title(films):
    assert films.find("Grey Dawn", 1990, tmdb_id=501, boxd_code="aaaa").number == 0
    assert films.find("Grey Dawn", 1990, tmdb_id=501, boxd_code="unknown").number == 1
    assert films.find("Grey Dawn", 1990, tmdb_id=999, boxd_code="unknown").number == 12


def test_the_ids_of_a_twin_lead_to_the_film_that_is_shown(films):
    assert films.find("whatever", tmdb_id=509).number == 0
    assert films.named("film/the-lantern-1").number == 0
    assert films.named("https://letterboxd.com/film/the-lantern-1/").number == 0


def test_one_title_in_two_years_is_told_apart_by_the_year(films):
    assert films.find("Night Ferry", 1979).number == 1
    assert films.find("Night Ferry", 2011).number == 2


def test_a_year_that_is_one_off_finds_the_film_if_only_one_fits(films):
    assert films.find("Night Ferry", 1980).number == 1
    assert films.find("The Harbour", 2004).number == 6
    with pytest.raises(UnknownFilmError):
        films.find("Grey Dawn", 1991)  # 1990 and 1992 are both one off
    with pytest.raises(UnknownFilmError):
        films.find("Grey Dawn", 1993)  # the other one is only three years off
    with pytest.raises(UnknownFilmError):
        films.find("The Harbour", 2005)


def test_a_year_early_is_forgiven_only_to_a_title_that_is_hardly_anyone_elses(films):
    assert films.find("Élodie à Paris", 2000).number == 5
    with pytest.raises(UnknownFilmError):
        films.find("The Harbour", 2002)


def test_a_year_off_is_forgiven_only_to_the_best_known_film_of_the_title(films):
    with pytest.raises(UnknownFilmError):
        films.find("Night Ferry", 2012)


def test_without_a_year_a_title_is_ambiguous_and_the_candidates_are_named(films):
    with pytest.raises(AmbiguousFilmError, match="has no year") as error:
        films.find("Night Ferry")
    assert "Night Ferry (1979)" in str(error.value)
    assert "Night Ferry (2011)" in str(error.value)
    assert "film/night-ferry-2011" in str(error.value)
    with pytest.raises(AmbiguousFilmError, match=r"Élodie à Paris \(2001\)"):
        films.find("Elodie a Paris")  # even when a single film has that title


def test_one_title_twice_in_a_year_is_ambiguous_and_its_address_decides(films):
    with pytest.raises(AmbiguousFilmError, match="fits 2 films") as error:
        films.find("Twin Rivers", 1988)
    assert "Dora Lind" in str(error.value)
    assert "Emil Stone" in str(error.value)
    assert films.named("film/twin-rivers-1988-1").number == 4


def of_titles(make_film, *titles: tuple[str, int]) -> Catalogue:
    """Films with these titles and numbers of ratings, a year apart."""
    return Catalogue(
        make_film(number, title=title, year=1990 + number, n_ratings=n_ratings)
        for number, (title, n_ratings) in enumerate(titles)
    )


@pytest.mark.parametrize(
    ("titles", "text", "number"),
    [
        ((("Parasite", 1), ("Parasite", 9)), "parasite", 1),
        ((("Parasite", 1), ("Parasite", 8)), "Parasite", None),
        ((("Heat", 900), ("The Heat", 500), ("Heat", 0)), "Heat", 0),  # its own title goes before one that is like it
        ((("Batman", 900), ("The Batman", 1_000)), "Batman", None),  # but not before a better known one
        ((("Godfather", 0), ("The Godfather", 1)), "Godfather", 1),  # unless nobody rated it
        ((("Ring", 0), ("The Ring", 60), ("A Ring", 40)), "Ring", None),
        ((("Only One", 0),), "the only one", 0),
        ((("Two", 0), ("Two", 0)), "Two", None),
    ],
)
def test_a_title_alone_means_the_film_that_has_nine_tenths_of_the_ratings(make_film, titles, text, number):
    films = of_titles(make_film, *titles)
    if number is not None:
        assert films.named(text).number == number
        return
    with pytest.raises(AmbiguousFilmError, match=f"may be any of {len(titles)} films, and none stands out") as error:
        films.named(text)
    for film in films.films:
        assert f'"{film.name}" [film/{film.slug}]' in str(error.value)


def test_a_film_known_elsewhere_by_that_title_is_meant_where_it_stands_out(make_film):
    facts = {"title": "Gisaengchung", "other_titles": ("Parasite",), "n_ratings": 100}
    alone = make_film(0, **facts)
    assert Catalogue([alone]).named("Parasite").number == 0
    with pytest.raises(AmbiguousFilmError):
        Catalogue([alone, make_film(1, title="Parasite", n_ratings=1)]).named("Parasite")


def test_a_title_that_no_film_has_comes_with_hints(films):
    with pytest.raises(UnknownFilmError, match=r'"Ferry" is not among the 14 films .* Near it: "Night Ferry \(1979\)"'):
        films.named("Ferry")


def test_an_unknown_film_comes_with_hints(films):
    with pytest.raises(UnknownFilmError, match="Ferry") as error:
        films.find("Ferry", 1950)
    assert "Night Ferry (1979)" in str(error.value)
    with pytest.raises(UnknownFilmError, match="14 films"):
        films.find("No Such Thing", 1950)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("elodie a paris (2001)", 5),
        ("Harbour, The (2003)", 6),
        ("SALT AND SMOKE (2015)", 7),
        ("Orsteds Dream (2016)", 10),
        ("Night Ferry (Ferry of Night) (1979)", 1),
    ],
)
def test_accents_articles_case_and_ampersands_do_not_matter(films, text, number):
    assert films.named(text).number == number


def test_part_of_a_title_is_enough_only_with_the_exact_year(films):
    assert films.named("Star Quay (1983)").number == 8
    assert films.named("Star Quay: Episode II (1983)").number == 8
    assert films.named("Gus Orr's Star Quay: Episode II - The Return (1983)").number == 8
    assert films.named("Tales of the Sea: Élodie à Paris (2001)").number == 5
    with pytest.raises(UnknownFilmError):
        films.named("Star Quay (1984)")
    with pytest.raises(UnknownFilmError):
        films.find("Star Quay")


@pytest.mark.parametrize("text", ["The Return (1983)", "The Harbour: Storm Season (2003)", "Dream (2016)"])
def test_a_part_that_is_mostly_another_films_title_is_not_enough(films, text):
    with pytest.raises(UnknownFilmError):
        films.named(text)


def test_the_first_film_with_the_year_of_a_sequel_is_not_the_sequel(make_film):
    films = Catalogue([make_film(0, title="Thor", year=2011), make_film(1, title="Thor: The Dark World", year=2013)])
    assert films.match("Thor", 2013) == []
    assert [film.number for film in films.match("Thor: The Dark World", 2013)] == [1]


def test_a_short_or_an_episode_is_not_known_by_part_of_its_title(make_film):
    episode = {"title": "Black Glass: The Long Night", "year": 2016}
    assert Catalogue([make_film(0, **episode, runtime=39)]).match("Black Glass", 2016) == []
    assert Catalogue([make_film(0, **episode, runtime=None)]).match("Black Glass", 2016) == []
    assert len(Catalogue([make_film(0, **episode, runtime=40)]).match("Black Glass", 2016)) == 1


@pytest.mark.parametrize(
    ("title", "number"),
    [("Ring", 0), ("Ringu", 1), ("RINGU", 1), ("Reality", 2), ("Reality+", 3), ("Dracula", 4), ("Drácula", 5)],
)
def test_of_films_that_fold_alike_the_one_whose_own_title_it_is_goes_first(make_film, title, number):
    titles = ("Ring", "Ringu (Ring)", "Reality", "Reality+", "Dracula", "Drácula")
    films = Catalogue(make_film(i, title=name, n_ratings=i) for i, name in enumerate(titles))
    assert [film.number for film in films.match(title, 2000)] == [number]


def test_a_code_goes_before_an_id_and_an_id_before_an_address_and_a_title_gives_all_that_fit(films):
    assert films.by_key(boxd_code="aaaa", tmdb_id=501).number == 0
    assert films.by_key(tmdb_id=501, slug="the-harbour").number == 1
    assert films.by_key(slug="the-lantern-1").number == 0
    assert films.by_key(slug="no-such-film") is None
    assert [film.number for film in films.match("Twin Rivers", 1988)] == [3, 4]
    assert [film.number for film in films.match("Night Ferry")] == [1, 2]
    assert films.match("No Such Thing", 1950) == []


def test_a_title_that_only_a_twin_has_leads_to_the_film_that_is_shown(make_film):
    films = Catalogue(
        [make_film(0, title="Nikita", year=1990), make_film(1, title="La Femme N.", year=1991, same_as=0)]
    )
    assert [film.number for film in films.match("La Femme N.", 1991)] == [0]
    assert [film.number for film in films.match("La Femme N.")] == [0]


def test_search_ignores_case_and_accents_keeps_to_the_year_and_hides_twins(films):
    assert [film.number for film in films.search("ELODIE", 5)] == [5]
    assert [film.number for film in films.search("night ferry (2011)", 5)] == [2]
    assert [film.number for film in films.search("lantern", 5)] == [0]
    assert films.search("  !? ", 5) == []
    assert len(films.search("e", 3)) > 0


def test_facts_are_arrays_that_nobody_can_change(films):
    assert films.year[11] == 0  # unknown
    assert films.runtime[5] == 110
    assert list(np.flatnonzero(~films.shown)) == [9]
    assert films.canonical[9] == 0
    assert list(np.flatnonzero(films.genres["Horror"])) == [1, 2]
    assert next(iter(films.languages)) == "en"
    for array in (films.year, films.n_ratings, films.shown, films.genres["Drama"]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_the_fingerprint_depends_on_which_film_has_which_number(films):
    swapped = [replace(films.films[1], number=0), replace(films.films[0], number=1), *films.films[2:]]
    assert Catalogue(swapped).fingerprint != films.fingerprint
    changed = [replace(films.films[0], title="Another"), *films.films[1:]]
    assert Catalogue(changed).fingerprint == films.fingerprint
