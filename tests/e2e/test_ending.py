"""The end of the process: it comes soon, whoever is connected and whatever answer is still awaited."""

import asyncio
import threading
import time
from contextlib import ExitStack

import pytest

from benchmarks.visitors import Visitor
from reelrec import app
from reelrec.visitor.profile import Profile
from tests.e2e.conftest import running
from tests.fakes.tmdb import FakeTmdb, slow

VISITORS, SECONDS = 20, 5.0


@pytest.mark.browser
def test_the_app_ends_in_five_seconds_with_visitors_connected_and_answers_awaited(tmp_path):
    log = tmp_path / "log.txt"
    with FakeTmdb() as tmdb, ExitStack() as server:
        tmdb.trouble[""] = slow(60)
        address = server.enter_context(running(log, environment=tmdb.environment(tmp_path / "cache")))
        visitors = threading.Thread(target=asyncio.run, args=(look(address),))
        visitors.start()
        deadline = time.monotonic() + 30
        while not tmdb.asked and time.monotonic() < deadline:
            time.sleep(0.05)
        began = time.monotonic()
        server.close()  # by SIGTERM
        assert time.monotonic() - began < SECONDS
        assert tmdb.at_once > 0, "nothing was awaited any more"
        visitors.join(10)
    assert "Traceback" not in log.read_text()


async def look(address: str) -> None:
    """Visitors look at films, of which TMDB is asked, until the app has gone."""
    token = app.link_token(Profile(ratings={film.number: 4.0 for film in app.catalogue().films[:30]}))
    visitors = await asyncio.gather(*(Visitor.arrive(address) for _ in range(VISITORS)))
    await visitors[0].run()
    for visitor in visitors:
        visitor.pages = visitors[0].pages
    films = app.catalogue().films[100:]
    looks = (visitor.run("film", f"p={token}&id={film.slug}") for visitor, film in zip(visitors, films, strict=False))
    await asyncio.gather(*looks, return_exceptions=True)
