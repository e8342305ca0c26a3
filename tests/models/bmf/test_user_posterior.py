import numpy as np

from reelrec.models.bmf.user_posterior import solve_user


def test_without_ratings_the_posterior_is_the_prior():
    precision = np.diag([2.0, 4.0])
    user = solve_user(
        design=np.ones((3, 0, 2)), target=np.ones((3, 0)), weights=np.ones(0), precision=precision,
        pull=precision @ [1.0, -1.0], freedom=5.0,
    )  # fmt: skip
    np.testing.assert_allclose(user.vectors, np.tile([1.0, -1.0], (3, 1)))
    np.testing.assert_allclose(user.covariances, np.tile(np.diag([0.5, 0.25]), (3, 1, 1)))
    np.testing.assert_allclose(user.steadiness, 1.0)


def test_with_many_degrees_of_freedom_it_is_the_ridge_solution():
    rng = np.random.default_rng(0)
    design, target, weights = rng.normal(size=(1, 9, 3)), rng.normal(size=(1, 9)), rng.uniform(0.5, 2, 9)
    user = solve_user(
        design=design, target=target, weights=weights, precision=np.eye(3), pull=np.zeros(3), freedom=1e12
    )
    gram = design[0].T @ (design[0] * weights[:, None]) + np.eye(3)
    np.testing.assert_allclose(user.covariances[0], np.linalg.inv(gram), rtol=1e-8)
    np.testing.assert_allclose(user.vectors[0], np.linalg.solve(gram, design[0].T @ (weights * target[0])), rtol=1e-8)


def test_ratings_that_scatter_move_the_vector_less_and_leave_it_less_certain():
    def solve(target):
        return solve_user(
            design=np.ones((1, 6, 1)), target=target, weights=np.ones(6), precision=np.eye(1), pull=np.zeros(1),
            freedom=5.0,
        )  # fmt: skip

    steady, erratic = solve(np.full((1, 6), 1.0)), solve(np.float64([[4, -2, 4, -2, 4, -2]]))
    assert steady.steadiness[0] > 1 > erratic.steadiness[0]
    assert steady.vectors[0, 0] > erratic.vectors[0, 0] > 0
    assert steady.covariances[0, 0, 0] < erratic.covariances[0, 0, 0]
