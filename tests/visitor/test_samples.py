import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.half_stars import half_star
from reelrec.visitor import samples
from reelrec.visitor.profile import Profile


def test_a_sample_gives_its_favourites_five_stars_and_its_failures_two(make_film):
    means = np.linspace(2.0, 4.0, 30)
    films = Catalogue(make_film(i, genres=("Horror",), mean=m, n_ratings=1000 - i) for i, m in enumerate(means))
    ratings = samples.profile(samples.SAMPLES[0], films).ratings
    assert list(ratings) == list(range(samples.FILMS_EACH))  # the best known ones
    assert ratings[0] == 2.0
    assert ratings[samples.FILMS_EACH - 1] == 5.0
    assert sorted(ratings.values()) == list(ratings.values())  # the public's order
    assert all(half_star(stars) for stars in ratings.values())


def test_each_sample_rates_only_its_kind_and_no_twin(films):
    horror, world, family = (samples.profile(sample, films).ratings for sample in samples.SAMPLES)
    assert set(horror) == {1, 2}
    assert set(world) == {5, 10, 12, 13}
    assert set(family) == {13}


def test_horror_with_jokes_and_films_without_a_mean_are_left_out(make_film):
    films = Catalogue(
        [
            make_film(0, genres=("Horror",)),
            make_film(1, genres=("Horror", "Comedy")),
            make_film(2, genres=("Horror",), mean=None),
            make_film(3, genres=("Horror",), same_as=0),
        ]
    )
    assert set(samples.profile(samples.SAMPLES[0], films).ratings) == {0}


def test_a_catalogue_without_its_kind_gives_an_empty_profile(make_film):
    assert samples.profile(samples.SAMPLES[0], Catalogue([make_film(0)])) == Profile()
