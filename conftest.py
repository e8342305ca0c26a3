"""Which tests run: those marked `train` only with --train, and they say so when they do not."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--train", action="store_true", help="run also what needs torch or scikit-surprise")
    parser.addoption("--record", action="store_true", help="write again what tests without torch compare with")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--train"):
        return
    left_out = pytest.mark.skip(reason="needs torch or scikit-surprise. Run: python3 dev.py test --train")
    for item in items:
        if item.get_closest_marker("train"):
            item.add_marker(left_out)
