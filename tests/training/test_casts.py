"""Casts that the source gave to the wrong film."""

import pandas as pd
import pytest

from reelrec.training.casts import casts_of_others


def facts(*rows: dict) -> pd.DataFrame:
    """The table of `read_films`, by slug, with the casts that are left."""
    plain = {"title": "A", "year": None, "director": None, "same_as": None, "from_page": False, "n_members": 0}
    films = pd.DataFrame([plain | row for row in rows])
    borrowed = casts_of_others(films)
    films["cast"] = [() if gone else tuple(names) for names, gone in zip(films["cast"], borrowed, strict=True)]
    return films.set_index("slug")


CAST = ["Ann", "Ben", "Cem", "Dia"]


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        # A page is believed, and what only another source says is not.
        ([{"from_page": True, "director": "Q"}, {"director": "G"}], "a"),
        # Of two that nothing speaks for, neither.
        ([{"director": "Q"}, {}], ""),
        # Of two pages far apart, that of the film with more members; near ones may share a cast.
        (
            [{"from_page": True, "year": 1989, "n_members": 1}, {"from_page": True, "year": 1998, "n_members": 9}],
            "b",
        ),
        ([{"from_page": True, "year": 1916}, {"from_page": True, "year": 1917}], "ab"),
        # A director's films, a series and two rows of one film share what they share.
        ([{"director": "Q"}, {"director": "Q"}], "ab"),
        ([{"title": "Kronk", "director": "Q"}, {"title": "Kronk 2", "director": "G"}], "ab"),
        ([{}, {"same_as": "a"}], "ab"),
    ],
)
def test_a_cast_that_is_another_films_is_left_out(rows, kept):
    titles = {"a": "Tall", "b": "Short"}
    known = [{"slug": slug, "title": titles[slug], "cast": CAST} | row for slug, row in zip("ab", rows, strict=True)]
    films = facts(*known)
    assert "".join(slug for slug in "ab" if films.loc[slug, "cast"]) == kept


def test_two_names_are_shared_by_chance():
    films = facts(*({"slug": slug, "title": slug, "cast": CAST[:2]} for slug in "ab"))
    assert films["cast"].map(len).tolist() == [2, 2]
