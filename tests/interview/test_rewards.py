"""What the learned policy is rewarded for, against `evaluate interview` and by hand."""

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.evaluation import metrics
from reelrec.interview import rewards
from reelrec.interview.policies import POLICIES
from reelrec.interview.replay import SCREENS, answers, halves, interview
from reelrec.interview.rewards import Learners, gained, known, list_log_likelihood, ndcg
from tests.fakes.workers import together


@pytest.fixture
def learners(taking_part, histories) -> Learners:
    return taking_part(histories)


def test_people_answer_from_one_half_of_their_ratings_and_reward_with_the_other(
    eighty, taking_part, histories, monkeypatch
):
    monkeypatch.setattr(rewards, "HIDDEN", 10)
    learners = taking_part(histories)
    assert learners.items.shape == learners.ratings.shape == (12, 10)
    for row, history in enumerate(histories):
        shown, hidden = halves(history)
        given = ~np.isnan(learners.stars[row])
        assert set(eighty.pool.items[given].tolist()) == set(shown.items.tolist())
        kept = dict(zip(learners.items[row].tolist(), learners.ratings[row].tolist(), strict=True))
        assert len(kept) == 10
        assert kept.items() <= dict(zip(hidden.items.tolist(), hidden.ratings.tolist(), strict=True)).items()
        assert learners.seen[row].tolist() == shown.items.tolist()
        assert set(learners.relevant[row].tolist()) == set(hidden.items[hidden.ratings >= 4].tolist())
    sizes = np.array([len(halves(history)[1]) for history in histories])
    np.testing.assert_allclose(learners.shares, sizes / sizes.mean())


def test_shares_are_of_the_hidden_ratings_of_all_workers_people(crowd, taking_part, histories, learners):
    def shares(share) -> dict[int, float]:
        own = range(share.workers.rank, 12, 5)  # no two workers have as many people
        return dict(zip(own, taking_part([histories[i] for i in own], share.workers).shares.tolist(), strict=True))

    found = {person: share for own in together(5, crowd, shares) for person, share in own.items()}
    assert [found[person] for person in range(12)] == pytest.approx(learners.shares.tolist())


def test_people_are_taken_in_the_order_that_is_asked_for(learners):
    some = learners.at(np.array([5, 2, 5]))
    for name in ("keys", "stars", "items", "ratings", "shares"):
        np.testing.assert_array_equal(getattr(some, name), getattr(learners, name)[[5, 2, 5]])
    for name in ("seen", "relevant"):
        assert [part.tolist() for part in getattr(some, name)] == [
            getattr(learners, name)[i].tolist() for i in (5, 2, 5)
        ]


def test_stars_are_the_log_loss_of_all_hidden_ratings_pooled(eighty, histories, learners):
    stars = answers(eighty.pool, [halves(history)[0] for history in histories])
    for state in interview(eighty, POLICIES["a-optimal"], stars, np.random.default_rng(1)):
        losses = []
        for row, history in enumerate(histories):
            asked = state.asked[row][state.had[row]]
            person = eighty.model.fold_in(History.of(eighty.pool.items[asked], stars[row, asked]))
            _, hidden = halves(history)
            chances = eighty.model.probabilities(eighty.model.expected(person, hidden.items))
            losses += np.log(chances[np.arange(len(hidden)), (2 * hidden.ratings - 1).astype(int)]).tolist()
        assert known(eighty, state, learners, ndcg).stars.mean() == pytest.approx(np.mean(losses), rel=1e-4)


def test_the_list_is_measured_as_in_the_evaluation(eighty, histories, learners, monkeypatch):
    monkeypatch.setattr(rewards, "DEPTH", 20)
    state, *_ = interview(eighty, POLICIES["popularity"], learners.stars, np.random.default_rng(1))
    found = known(eighty, state, learners, ndcg).lists
    for row, history in enumerate(histories):
        shown, hidden = halves(history)
        score = eighty.lister.scores(state.list_belief.hidden)[row]
        first = [item for item in np.argsort(-score, kind="stable") if item not in shown.items][:20]
        relevant = hidden.items[hidden.ratings >= 4]
        expected = metrics.ndcg_at_k(np.isin(first, relevant), len(relevant), 20) if len(relevant) else 0.0
        assert found[row] == pytest.approx(expected)
    assert (found > 0).sum() > 6


def test_the_rewards_of_a_list_by_hand():
    score = np.array([0.0, -np.inf, 2.0, 1.0, -1.0])
    wanted = np.array([3, 4])  # the second and the last of four
    assert ndcg(score, wanted) == pytest.approx((1 / np.log2(3) + 1 / np.log2(5)) / (1 + 1 / np.log2(3)))
    total = np.log(1 + np.exp(2) + np.exp(1) + np.exp(-1))
    assert list_log_likelihood(score, wanted) == pytest.approx((1.0 - 1.0) / 2 - total)


@pytest.mark.parametrize("batch", [5, 100])
def test_an_interview_gains_what_is_known_after_it_less_what_was_known(eighty, learners, monkeypatch, batch):
    monkeypatch.setattr(rewards, "BATCH", batch)
    gain = gained(eighty, POLICIES["a-optimal"], learners)
    states = list(interview(eighty, POLICIES["a-optimal"], learners.stars, np.random.default_rng(0)))
    before, *after = (known(eighty, state, learners, ndcg) for state in (eighty.begin(12), *states))
    assert len(after) == SCREENS
    assert gain.stars == pytest.approx(np.mean([part.stars for part in after]) - before.stars.mean(), rel=1e-5)
    assert gain.lists == pytest.approx(np.mean([part.lists for part in after]) - before.lists.mean(), rel=1e-5)
