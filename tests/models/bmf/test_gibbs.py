import numpy as np
import pytest

from reelrec.models.bmf import user_posterior
from reelrec.models.bmf.user_posterior import solve_user

pytestmark = pytest.mark.train


def plain_chain(dataset, seed):
    """A chain with two numbers for each person and film, and no side information."""
    from reelrec.models.bmf.gibbs import Chain

    nothing = {"user_components": np.zeros((dataset.n_users, 0)), "item_components": np.zeros((dataset.n_items, 0))}
    return Chain(dataset, 2, **nothing, features=[], seed=seed)


def test_the_sampler_draws_a_users_vector_around_that_of_the_fold_in(truth, monkeypatch):
    """The sampler's conditional and `solve_user` are one formula: without noise they give the same vectors."""
    torch = pytest.importorskip("torch")
    from reelrec.models.bmf.noise import Noise
    from reelrec.models.bmf.ratings_side import Others

    dataset, _ = truth
    chain = plain_chain(dataset, seed=0)
    for _ in range(5):
        chain.sweep()
    monkeypatch.setattr(Noise, "rows", lambda self, keys, d: torch.zeros(len(keys), d))
    monkeypatch.setattr(user_posterior, "ROUNDS", 1)  # a steadiness of 1
    scale = torch.full((dataset.n_users,), chain.precision)
    others = Others(chain.items.vectors, chain.items.weights, chain.global_mean)
    prior = chain.users.prior
    drawn, squares = chain.users.side.draw(others, scale, prior, Noise(()))
    precision = prior.precision.double().numpy()
    items_of = chain.items.vectors.double().numpy()
    design = np.hstack([np.ones((dataset.n_items, 1)), items_of[:, 1:]])
    weights = chain.precision * chain.items.weights.double().numpy()
    for user in (0, 17, 299):
        items, ratings = dataset.history(user).stars()
        target = ratings - chain.global_mean - items_of[items, 0]
        posterior = solve_user(
            design=design[None, items],
            target=target[None],
            weights=weights[items],
            precision=precision,
            pull=precision @ prior.mean[user].double().numpy(),
            freedom=1e9,
        )
        np.testing.assert_allclose(drawn[user].numpy(), posterior.vectors[0], atol=1e-4)
        errors = target - design[items] @ posterior.vectors[0]
        assert float(squares[user]) == pytest.approx((weights[items] / chain.precision * errors**2).sum(), rel=1e-3)


def test_every_row_is_in_one_batch_with_rows_of_similar_length():
    pytest.importorskip("torch")
    from reelrec.models.bmf import ratings_side

    sizes = np.random.default_rng(0).integers(0, 500, 1000)
    batches = ratings_side.length_batches(sizes)
    assert sorted(np.concatenate(batches).tolist()) == list(range(1000))
    for ids in batches:
        assert sizes[ids].max() <= max(8, ratings_side.LONGEST_BY_SHORTEST * sizes[ids].min())
        assert len(ids) == 1 or len(ids) * sizes[ids].max() <= ratings_side.RATINGS_AT_ONCE


def test_a_seed_gives_the_same_chain_again(people):
    torch = pytest.importorskip("torch")
    chains = [plain_chain(people, seed) for seed in (1, 1, 2)]
    for chain in chains:
        chain.sweep()
    first, again, other = (chain.users.vectors for chain in chains)
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
