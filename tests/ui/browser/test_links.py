"""Links between pages: relative, with all that the query holds, and nothing that could break out of it."""

import json
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from reelrec.ui.browser import links


def _draw(changed: dict) -> None:
    """The script of a page that says where it is; Streamlit runs its text alone."""
    import streamlit as st

    from reelrec.ui.browser import links

    st.text(links.here(**changed))


def here(query: dict, **changed: str) -> str:
    page = AppTest.from_function(_draw, kwargs={"changed": changed})
    for name, value in query.items():
        page.query_params[name] = value
    return page.run().text[0].value


def test_this_page_keeps_what_its_query_repeats():
    query = {"genres": ["Western", "Science Fiction"], "dial": "Safe"}
    assert here(query) == "?genres=Western&genres=Science+Fiction&dial=Safe"
    assert here(query, view="Gems") == "?genres=Western&genres=Science+Fiction&dial=Safe&view=Gems"


def test_what_is_changed_takes_the_place_of_all_values():
    assert parse_qs(here({"view": ["Short", "New"], "years": ["1950", "1999"]}, view="Gems")) == {
        "?view": ["Gems"],
        "years": ["1950", "1999"],
    }


@pytest.mark.parametrize("value", ["Because of M*A*S*H", "a&p=1#p=2?x", "<script>", "É ü 映画", '"', "100 %"])
def test_whatever_a_value_holds_it_comes_back_as_it_was(value):
    assert parse_qs(here({"genres": value}, view=value).removeprefix("?")) == {"genres": [value], "view": [value]}
    assert parse_qs(links.to(links.FILM, id=value).removeprefix("film?")) == {"id": [value]}
    assert not set(links.to(links.FILM, id=value)) & set('"<>#')


def test_a_page_without_a_query_is_its_name():
    assert links.to(links.RATE) == "./"
    assert links.to(links.FOR_YOU) == "for_you"


def _draw_links() -> None:
    from reelrec.ui.browser import links

    links.links(links.Link("Here", links.RATE, current=True), links.Link("There", "about", look="plain"), key="row")


def test_links_are_handed_over_as_they_are():
    page = AppTest.from_function(_draw_links).run()
    assert not page.exception
    data = json.loads(page._tree.get_by_key("row").proto.json)
    assert data == {
        "label": "",
        "links": [
            {"label": "Here", "href": "./", "look": "button", "current": True},
            {"label": "There", "href": "about", "look": "plain", "current": False},
        ],
    }
