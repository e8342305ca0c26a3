"""The map that ships: what its regions are called is true of the films in them."""

from __future__ import annotations

import re

import numpy as np
import pytest

from reelrec.artifacts.store import shipped_store

BEST = 10
# Words of names, with the genres of which a film has one at least, or all.
ONE_OF = {
    "action and adventure": {"Action", "Adventure"}, "comedy and romance": {"Comedy", "Romance"},
    "horror and thrillers": {"Horror", "Thriller"}, "crime and thrillers": {"Crime", "Thriller"},
    "family and animation": {"Family", "Animation"}, "cinema": set(),
}  # fmt: skip
ALL_OF = {
    "family animation": {"Family", "Animation"}, "family comedy": {"Family", "Comedy"}, "family films": {"Family"},
    "romantic comedy": {"Romance", "Comedy"}, "horror": {"Horror"}, "comedy": {"Comedy"}, "action": {"Action"},
    "adventures": {"Adventure"}, "animation": {"Animation"}, "drama": {"Drama"}, "romance": {"Romance"},
    "thrillers": {"Thriller"}, "crime films": {"Crime"}, "documentaries": {"Documentary"}, "westerns": {"Western"},
}  # fmt: skip
LANGUAGES = {
    "East Asian": {"ja", "ko", "zh", "cn", "th"}, "Indian": {"hi", "ta", "te", "ml", "bn", "kn"}, "Japanese": {"ja"},
    "Korean": {"ko"}, "French": {"fr"}, "Italian": {"it"}, "German": {"de"}, "Spanish-language": {"es"},
}  # fmt: skip
NAME = re.compile(r"(?P<what>.*?)(, (?P<first>\d{4})s(–(?P<last>\d{2,4})s)?)?( around (?P<film>.*))?")


def is_true(words: str, film) -> bool:
    """Whether a name of facts is true of a film. Raises KeyError for a name of which this test knows nothing."""
    parts = NAME.fullmatch(words)
    if parts["first"]:
        last = parts["last"] or parts["first"]
        end = int(last if len(last) == 4 else f"19{last}") + 9
        if not (film.year and int(parts["first"]) <= film.year <= end):
            return False
    what = parts["what"]
    if what == "Shorts and specials":
        return film.kind in ("short", "special")
    if what.startswith("Classic Hollywood"):
        if not (film.year and film.year < 1970 and "United States of America" in film.countries):
            return False
        what = what.removeprefix("Classic Hollywood").strip() or "cinema"
    origin = next((origin for origin in (*LANGUAGES, "World") if what.startswith(f"{origin} ")), None)
    if origin:
        what = what.removeprefix(f"{origin} ")
        if film.language is None or (
            film.language == "en" if origin == "World" else film.language not in LANGUAGES[origin]
        ):
            return False
    what, genres = what.lower(), set(film.genres)
    return (not ONE_OF[what] or bool(ONE_OF[what] & genres)) if what in ONE_OF else ALL_OF[what] <= genres


@pytest.fixture(scope="module")
def shipped():
    """For each name of a region, the films of it, the best known first."""
    store = shipped_store()
    films, shipped_map = store.load_catalogue(), store.load("map")
    order = np.argsort(-films.n_ratings[: len(shipped_map)], kind="stable")
    order = order[films.shown[order]]
    return {
        str(name): [films.films[item] for item in order[shipped_map.region[order] == place]]
        for place, name in enumerate(shipped_map.names_)
    }


def test_a_name_of_facts_is_true_of_the_ten_best_known_films_and_of_all_others(shipped):
    named = {name: films for name, films in shipped.items() if not name.startswith("Around ")}
    assert len(named) >= 12
    for name, films in named.items():
        wrong = [film.name for film in films[:BEST] if not is_true(name, film)]
        assert not wrong, f"{name}: {wrong}"
        assert all(is_true(name, film) for film in films), name


def test_the_truth_of_a_name_is_told_from_what_is_wrong(shipped):
    films = {film.name: film for there in shipped.values() for film in there}
    dancing, busan = films["Dirty Dancing (1987)"], films["Train to Busan (2016)"]
    assert not is_true("Action", dancing)
    assert not is_true("Japanese animation, 1990s–2010s", busan)
    assert not is_true("East Asian animation", busan)
    assert is_true("East Asian cinema around Oldboy", busan)
    assert not is_true("Horror, 1980s–90s", busan)


def test_a_region_named_after_a_film_holds_it_and_no_region_is_empty(shipped):
    for name, films in shipped.items():
        title = re.search(r"[Aa]round (.*)", name)
        assert len(films) >= 20, name
        if title:
            assert title[1] in [film.title for film in films], name
