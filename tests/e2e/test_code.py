"""The code of our components on a line that fails."""

import pytest

pytestmark = pytest.mark.browser


def test_films_stand_also_where_their_code_comes_at_the_fourth_try(chromium, address):
    tries = []

    def refuse(route) -> None:
        tries.append(route.request.url)
        if len(tries) < 4:
            route.abort()
        else:
            route.continue_()

    with chromium.new_context() as context:
        context.route("**/code/tiles.js*", refuse)
        page = context.new_page()
        page.goto(address)
        page.locator("a.poster").first.wait_for(timeout=60_000)
    assert len(set(tries)) >= 3  # a browser does not ask again for an address that failed
