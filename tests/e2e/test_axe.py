"""Automatic accessibility checks of every page, light and dark, wide and narrow."""

import pytest

from reelrec import app

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["/", "/for_you", "/film?id=heat-1995", "/film?id=none", "/about"])
def test_axe_finds_nothing(browse, address, path, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    token = app.link_token(app.sample_profile("world-cinema"))
    page = browse(f"{address}{path}{'&' if '?' in path else '?'}p={token}", width=width, scheme=scheme)
    found = axe.Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert not found, [(rule["id"], [node["html"][:200] for node in rule["nodes"][:3]]) for rule in found]
