"""The longer texts of the layout's test."""

import pytest

from tests.texts.longer import longer


@pytest.mark.parametrize(
    "text", ["Rate films you have seen, get a list made for you", "Keep my ratings on this device"]
)
def test_a_text_is_130_percent_and_has_its_places_and_marks(text):
    assert 1.25 * len(text) <= len(longer(text, 0.3)) <= 1.4 * len(text)


def test_places_icons_links_and_code_stay():
    text = ":material/undo: {films:,.1f} `code here` [](https://example.org/abc)"
    assert longer(text, 0.3) == text
