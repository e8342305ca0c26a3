"""What the process loads once, and that nobody waits for what they do not need."""

from __future__ import annotations

import ctypes
import threading

import pytest

from reelrec.serving import memory, resources


@pytest.fixture(autouse=True)
def _small(tiny_artifacts):
    """Every test here runs on the fourteen films."""


def test_the_catalogue_does_not_wait_for_a_model_that_is_being_loaded():
    got = []
    with resources.lock("ranker"):
        asker = threading.Thread(target=lambda: got.append(resources.catalogue()), daemon=True)
        asker.start()
        asker.join(10)
    assert len(got) == 1


def test_a_model_is_waited_for_by_whoever_needs_it():
    got = []
    with resources.lock("ranker"):
        asker = threading.Thread(target=lambda: got.append(resources.model("ranker")), daemon=True)
        asker.start()
        asker.join(0.2)
        assert not got
    asker.join(10)
    assert len(got) == 1


def test_a_model_loaded_ahead_is_the_one_that_pages_get(monkeypatch):
    resources.load_ahead("ranker")
    resources.wait_for_loader()
    loaded = []
    monkeypatch.setattr(resources, "shipped_store", lambda: loaded.append("asked"))
    assert resources.model("ranker").name == "ranker"
    assert not loaded


@pytest.mark.parametrize("error", [OSError, AttributeError, TypeError])
def test_where_memory_cannot_be_given_back_it_is_kept(monkeypatch, error):
    def no_library(name: str | None) -> None:
        raise error

    monkeypatch.setattr(ctypes, "CDLL", no_library)
    memory.settle()
