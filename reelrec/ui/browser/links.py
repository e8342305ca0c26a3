"""Links between pages. A click goes there with this session; a new tab has the visitor's ratings too."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from urllib.parse import urlencode

import streamlit as st

from reelrec.ui.browser import address
from reelrec.ui.browser.component import component

RATE, FOR_YOU, LISTS, TOGETHER = "./", "for_you", "lists", "together"  # addresses
TASTE, LETTERBOXD = "taste", "letterboxd"
FILM, MODELS, ABOUT = "film", "models", "about"
OWN_PICKS = "own-picks"  # the key of a container: a link to it scrolls there
_component, _copy = component("links"), component("copy")


@dataclass(frozen=True, slots=True)
class Link:
    """One link. href: of `to`, or # and the key of a container on the page that is shown. current: it is that page.

    look: "plain", "button", "primary", or one of these and "big".
    """

    label: str
    href: str
    look: str = "button"
    current: bool = False


def to(page: str, **query: str) -> str:
    """The address of a page, relative to that of any other. page: one of the names above."""
    return f"{page}?{urlencode(query)}" if query else page


def here(**changed: str) -> str:
    """The address of this page with all that its query holds, but for what is changed."""
    query = {name: st.query_params.get_all(name) for name in st.query_params if name not in address.CARRIED}
    query |= {name: [value] for name, value in changed.items()}
    return f"?{urlencode(query, doseq=True)}"


def links(*shown: Link, key: str, label: str = "") -> None:
    """Draw links in a row. label: names the row, which is then a landmark for screen readers."""
    _component(key=key, data={"links": [asdict(link) for link in shown], "label": label}, width="content")


def copy(label: str, *, key: str, href: str = "", shows: str = "") -> None:
    """A button that copies a link. href: "" for this page with the ratings. shows: the name of a box with the link."""
    _copy(key=key, data={"label": label, "href": href, "shows": shows}, width="stretch" if shows else "content")
