import numpy as np
import pytest

from reelrec import app
from reelrec.data.catalogue import Catalogue
from reelrec.data.half_stars import half_star
from reelrec.errors import OptionError
from reelrec.visitor import samples
from reelrec.visitor.profile import Profile
from reelrec.visitor.samples import FILMS_EACH, LOWEST, OTHER_STARS, OTHERS

HORROR = samples.SAMPLES[0]


def test_a_sample_loves_its_kind_in_the_public_s_order_and_not_what_all_others_watch(make_film):
    means = np.linspace(2.0, 4.0, 30)
    films = [make_film(i, genres=("Horror",), mean=m, n_ratings=1000 - i) for i, m in enumerate(means)]
    films += [make_film(30 + i, genres=("Drama",), mean=4.5, n_ratings=2000 - i) for i in range(OTHERS + 3)]
    ratings = samples.profile(HORROR, Catalogue(films)).ratings
    loved, others = list(ratings)[:FILMS_EACH], list(ratings)[FILMS_EACH:]
    assert loved == list(range(FILMS_EACH))  # the best known ones
    assert others == list(range(30, 30 + OTHERS))
    assert (ratings[0], ratings[FILMS_EACH - 1]) == (LOWEST, 5.0)
    stars = [ratings[film] for film in loved]
    assert stars == sorted(stars)
    assert all(half_star(value) for value in stars)
    assert {ratings[film] for film in others} == {OTHER_STARS}


def test_each_sample_loves_only_its_kind_and_no_twin(films):
    loved = [
        {film for film, stars in samples.profile(sample, films).ratings.items() if stars > OTHER_STARS}
        for sample in samples.SAMPLES
    ]
    assert loved == [{1, 2}, {5, 10, 12, 13}, {13}]


def test_horror_with_jokes_and_films_without_a_mean_are_not_loved(make_film):
    films = Catalogue(
        [
            make_film(0, genres=("Horror",)),
            make_film(1, genres=("Horror", "Comedy")),
            make_film(2, genres=("Horror",), mean=None),
            make_film(3, genres=("Horror",), same_as=0),
        ]
    )
    assert samples.profile(HORROR, films).ratings == {0: LOWEST, 1: OTHER_STARS}


def test_a_catalogue_without_its_kind_gives_an_empty_profile(make_film):
    assert samples.profile(HORROR, Catalogue([make_film(0)])) == Profile()


def test_an_unknown_sample_is_refused():
    with pytest.raises(OptionError, match=r"no sample called 'noir'\. Known: horror, world-cinema, family-night"):
        samples.named("noir")


@pytest.mark.parametrize(
    ("name", "belongs", "least"),
    [
        ("horror", lambda film: {"Horror", "Thriller"} & {*film.genres}, 12),
        ("world-cinema", lambda film: film.language != "en", 11),
        ("family-night", lambda film: {"Family", "Animation"} & {*film.genres}, 12),
    ],
)
def test_the_list_of_a_sample_is_of_its_kind(name, belongs, least):
    picks = [pick.film for pick in app.recommend(app.sample_profile(name), 12).picks]
    assert belongs(picks[0])
    assert sum(bool(belongs(film)) for film in picks) >= least
    assert "Parasite" not in [film.title for film in picks]
