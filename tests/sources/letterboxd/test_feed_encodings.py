"""Feeds that name an encoding: those of texts that a feed may have are read, every other one is no feed."""

from __future__ import annotations

import encodings.aliases

import pytest

from reelrec.errors import UnexpectedAnswerError
from reelrec.sources.letterboxd.feed_items import logged_films
from tests.fakes.feeds import FILMS, entry, feed

FEED = feed([entry(FILMS[4], 0)]).decode()  # El Niño del Faro
READ = {"utf-8", "utf-16", "us-ascii", "iso-8859-1", "windows-1252"}
KNOWN = encodings.aliases.aliases
ODD = sorted({*KNOWN, *KNOWN.values(), "idna", "undefined", "", "ütf", "a" * 99})


@pytest.mark.parametrize(
    ("named", "used"),
    [("utf-8", "utf-8"), ("UTF-8", "utf-8"), ("utf-8", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-8", "utf-16"),
     ("iso-8859-1", "latin-1"), ("windows-1252", "cp1252")],
)  # fmt: skip
def test_a_feed_in_an_encoding_of_texts_is_read(named, used):
    (film,) = logged_films(FEED.replace("utf-8", named, 1).encode(used))
    assert film.title == "El Niño del Faro"


@pytest.mark.parametrize("used", ["utf-8", "utf-16", "utf-32", "cp037", "utf-7"])
def test_every_other_encoding_that_python_knows_is_no_feed(used):
    for named in ODD:
        if named.replace("_", "-") not in READ | {"utf8"}:
            with pytest.raises(UnexpectedAnswerError):
                logged_films(FEED.replace("utf-8", named, 1).encode(used, "replace"))


def test_a_feed_with_bytes_that_are_not_in_its_encoding_is_incomplete():
    with pytest.raises(UnexpectedAnswerError, match="incomplete"):
        logged_films(FEED.encode("latin-1"))


@pytest.mark.parametrize(
    "type_",
    ["<!DOCTYPE rss>", '<!DOCTYPE rss [<!ENTITY a "b">]>', "<!-- <rss --><!DOCTYPE rss []>", "<?a?><!DOCTYPE rss>"],
)
def test_a_document_type_is_refused_before_it_is_read(type_):
    with pytest.raises(UnexpectedAnswerError, match="something else than a feed"):
        logged_films(FEED.replace("?>", f"?>{type_}", 1).encode())
