"""What the tests with several workers share."""

import os
from pathlib import Path

import pytest

from reelrec.cluster.engine import ENVIRONMENT, ONLY_HERE
from tests.fakes.parts import write_parts

os.environ.update(ENVIRONMENT | ONLY_HERE)  # before any test imports ray


@pytest.fixture
def parts(tiny_artifacts, films, tmp_path) -> Path:
    """Forty people in two parts, on the fourteen films."""
    return write_parts(tmp_path / "parts", films, people=40)
