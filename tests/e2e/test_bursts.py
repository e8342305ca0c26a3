"""Many visitors click at once: the process lives, because each of their threads uses one BLAS thread."""

import asyncio

import pytest

from reelrec import app
from reelrec.visitor.profile import Profile
from tests.e2e.conftest import running
from tests.e2e.visitors import Visitor, burst

VISITORS, BURSTS, RATINGS = 200, 5, 1500


@pytest.mark.browser
def test_bursts_of_two_hundred_clicks_leave_the_app_alive(tmp_path):
    """The film page, whose work is mostly linear algebra where a visitor has rated much."""
    films = app.catalogue().films
    token = app.link_token(Profile(ratings={film.number: 0.5 + film.number % 10 / 2 for film in films[:RATINGS]}))
    with running(tmp_path / "log.txt", yielding=True) as address:
        asyncio.run(burst(address, VISITORS, BURSTS, "film", f"p={token}&id={films[RATINGS].slug}"))
        asyncio.run(visit(address))


async def visit(address: str) -> None:
    visitor = await Visitor.arrive(address)
    await visitor.run()
    await visitor.leave()
