"""The frontier between finding most and being least famous, by hand."""

import numpy as np
import pytest

from reelrec.models.lists.frontier import Measured, Panel, Place, Scores, best, learned_weights

BAR = Measured(ndcg=0.1, fame=1000.0)
POINTS = [
    ((0.0, 0.0), Measured(0.30, 1500.0)),
    ((0.1, 0.2), Measured(0.20, 990.0)),
    ((0.3, 0.2), Measured(0.19, 950.0)),
    ((0.3, 0.6), Measured(0.15, 700.0)),
]


@pytest.mark.parametrize(
    ("place", "weights"),
    [
        (Place(0.0, np.inf, 0.0), (0.0, 0.0)),
        (Place(0.5, 1.0, 0.1), (0.1, 0.2)),
        (Place(0.5, 1.0, 0.3), (0.3, 0.2)),  # it must heed the ranker more
        (Place(1.0, 0.75, 0.3), (0.3, 0.6)),
        (Place(1.0, 0.1, 0.3), (0.3, 0.6)),  # nothing is so little famous: the least famous there is
    ],
)
def test_a_place_takes_the_best_of_what_is_not_too_famous(place, weights):
    assert best(POINTS, BAR, place) == weights


def test_a_list_is_measured_by_hand():
    blocked = np.zeros((1, 200), dtype=bool)
    relevant = blocked.copy()
    blocked[0, 0], relevant[0, [1, 4]] = True, True
    panel = Panel([], blocked, relevant)
    counts = np.arange(200)
    found = panel.measure(-np.arange(200, dtype=np.float32)[None], counts)  # 1, 2, 3 …
    assert found.ndcg == pytest.approx((1 + 1 / np.log2(5)) / (1 + 1 / np.log2(3)))
    assert found.fame == np.mean(np.arange(1, 11))


def test_a_panel_shows_so_many_films_and_hides_liked_ones(people):
    panel = Panel.of(people, 3, 1000, 1)
    assert panel.shown
    assert {len(history) for history in panel.shown} == {3}
    assert panel.blocked.sum(axis=1).tolist() == [3] * len(panel.shown)
    assert (panel.relevant.sum(axis=1) > 0).all()
    assert not (panel.blocked & panel.relevant).any()


def test_every_size_and_place_has_weights_and_the_ranker_its_least(people):
    rng = np.random.default_rng(0)
    counts = people.counts()

    def scores(history):
        z = np.zeros(people.n_items, dtype=np.float32)
        return Scores(dae=rng.normal(0, 1e-3, people.n_items).astype(np.float32), ranker=z, unsigned=z - counts)

    sizes, places, table = learned_weights(scores, people, counts, 50, 1)
    assert table.shape == (len(sizes), len(places), 2)
    assert places.tolist() == [0.0, 0.5, 1.0]
    assert (table[:, 1:, 0] >= np.float32([0.1, 0.05])).all()
