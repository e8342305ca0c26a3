import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.models.corrections import deepfm
from reelrec.models.corrections.deepfm import HEADS, person_fields
from reelrec.models.corrections.episodes import Evidence, evidence_of
from tests.fakes import corrections

N_ITEMS = 50
KNOWN = History.of([3, 8, 15, 20], [4.0, 1.5, 5.0, 3.0])


@pytest.fixture
def model():
    return corrections.random_deepfm(corrections.random_bmf(N_ITEMS))


def changed(model, **weights):
    """The same model with other weights."""
    model.keep(**model.weights_ | weights)
    return model


def test_without_its_last_layers_it_is_bmf(model):
    last = ("first_weight", "first_bias", "second_weight", "deep_out_weight")
    plain = changed(model, **{name: np.zeros_like(model.weights_[name]) for name in last})
    for part, same in zip(plain.predict(KNOWN), model.bmf.predict(KNOWN), strict=True):
        np.testing.assert_allclose(part, same, rtol=1e-6)


def test_the_output_by_hand(model):
    # pairs: 1*0 + 1*3 + 0*3 = 3 and 0*2 + 0*1 + 2*1 = 2. deep: twice the sum of 7 is 14, then relu(14, -14) = 14, 0
    fields = np.float32([[[1, 0], [0, 2], [3, 1]]])
    weights = {
        "first_weight": np.float32([[1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]]), "first_bias": np.float32([0.5, 0]),
        "second_weight": np.float32([[1, 10], [0, 0]]),
        "deep_hidden1_weight": np.full((1, 6), 2, np.float32), "deep_hidden1_bias": np.zeros(1, np.float32),
        "deep_hidden2_weight": np.float32([[1], [-1]]), "deep_hidden2_bias": np.zeros(2, np.float32),
        "deep_out_weight": np.float32([[0.5, 100], [0.1, 0]]),
    }  # fmt: skip
    output = changed(model, **weights)._output(fields)
    np.testing.assert_allclose(output, [[1 + 0.5 + 3 + 20 + 7, 1.4]], rtol=1e-6)


def test_attention_by_hand(model):
    """Where all keys are equal, each of n items gets 1 / (n + e^nobody)."""
    k = model.weights_["keys"].shape[1]
    equal_keys = changed(
        model,
        ask_weight=np.zeros((k, k), np.float32),
        ask_bias=np.zeros(k, np.float32),
        nobody=np.zeros(HEADS, np.float32),
    )
    evidence, _ = evidence_of(model.bmf, KNOWN)
    attended = equal_keys._attend(evidence, np.array([7, 9]))
    np.testing.assert_allclose(attended[:, k : k + HEADS], evidence.residuals.sum() / 5, rtol=1e-5)
    np.testing.assert_allclose(attended[:, k + HEADS :], 4 / 5, rtol=1e-6)
    values = model.weights_["keys"][evidence.items].astype(np.float32) @ model.weights_["value_weight"].T
    np.testing.assert_allclose(attended[0, :k], evidence.residuals @ values / 5, rtol=1e-4, atol=1e-6)


def test_without_a_history_nothing_is_attended_to(model):
    evidence, _ = evidence_of(model.bmf, History.empty())
    assert not model._attend(evidence, np.array([7, 9])).any()


def test_the_fields_of_a_user_by_hand(model):
    genres = np.array([[1, 0], [1, 1], [0, 1]], dtype=np.uint8)
    evidence = Evidence(
        items=np.array([0, 1]), ratings=np.float32([4, 2]), residuals=np.float32([1.0, -0.5]), vector=np.ones(3),
        sd=np.full(3, 0.5), steadiness=np.e,
    )  # fmt: skip
    vector, sd, own, by_genre = person_fields(model.bmf, genres, evidence).values()
    np.testing.assert_allclose(vector, 1 / np.sqrt(0.5), rtol=1e-6)
    np.testing.assert_allclose(sd, 0.5 / np.sqrt(0.5), rtol=1e-6)
    np.testing.assert_allclose(own, [np.log(3) / 6, 1.0, -0.5, 1.0], rtol=1e-6)
    np.testing.assert_allclose(by_genre, [0.5 / 7, -0.5 / 6, np.log(3) / 6, np.log(2) / 6], rtol=1e-6)


def test_many_items_are_corrected_in_pieces(model, monkeypatch):
    whole = model.predict(KNOWN)
    monkeypatch.setattr(deepfm, "AT_ONCE", 7)
    np.testing.assert_allclose(model.predict(KNOWN).mean, whole.mean, rtol=1e-6)
    assert len(model.predict(KNOWN, np.arange(0)).mean) == 0


def test_only_the_items_with_the_highest_indices_of_a_long_history_are_attended_to(model, monkeypatch):
    monkeypatch.setattr(deepfm, "MAX_KNOWN", 2)
    evidence, _ = evidence_of(model.bmf, KNOWN)
    last = evidence._replace(items=evidence.items[2:], residuals=evidence.residuals[2:])
    np.testing.assert_array_equal(model._attend(evidence, np.array([7])), model._attend(last, np.array([7])))
