"""Many visitors click at once: the process lives, because each of their threads uses one BLAS thread."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks.visitors import Visitor, burst
from reelrec import app
from reelrec.visitor.profile import Profile
from tests.e2e.conftest import running

VISITORS, BURSTS, RATINGS = 200, 5, 1500


@pytest.mark.browser
def test_bursts_of_two_hundred_clicks_leave_the_app_alive(tmp_path):
    """The film page, whose work is mostly linear algebra where a visitor has rated much."""
    films = app.catalogue().films
    token = app.link_token(Profile(ratings={film.number: 0.5 + film.number % 10 / 2 for film in films[:RATINGS]}))
    with running(tmp_path / "log.txt", yielding=True) as address:
        in_thread(burst(address, VISITORS, BURSTS, "film", f"p={token}&id={films[RATINGS].slug}"))
        in_thread(visit(address))


def in_thread(work: Coroutine) -> None:
    """Run it in a thread of its own: the browser tests of the same process keep an event loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


async def visit(address: str) -> None:
    visitor = await Visitor.arrive(address)
    await visitor.run()
    await visitor.leave()
