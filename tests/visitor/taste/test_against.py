"""What a visitor gives to films that others think alike of."""

from reelrec.data.catalogue import Catalogue
from reelrec.visitor.taste.against import Given, given
from reelrec.visitor.taste.beside import beside


def test_films_of_one_cell_are_counted_and_the_best_known_named(make_film):
    means, stars = (3.1, 3.0, 2.9, 3.05, 4.0), (4.0, 4.0, 4.0, 4.0, 2.0)
    films = Catalogue([make_film(n, mean=mean, n_ratings=100 * (n + 1)) for n, mean in enumerate(means)])
    cells = given(beside(dict(enumerate(stars)), films), films)
    assert cells == (
        Given(stars=4.0, others=3.0, n=4, titles=("Film 3", "Film 2", "Film 1")),
        Given(stars=2.0, others=4.0, n=1, titles=("Film 4",)),
    )


def test_nothing_rated_has_no_cells(films):
    assert given(beside({}, films), films) == ()
