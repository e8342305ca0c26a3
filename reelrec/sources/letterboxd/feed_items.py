"""The films of a member's RSS feed. Every element is optional: old feeds have no ids and hearts.

The elements are Letterboxd's own and not documented. Seen in November 2026: letterboxd:filmTitle, filmYear,
memberRating, memberLike, rewatch, watchedDate; tmdb:movieId or tmdb:tvId.
"""

from __future__ import annotations

import email.utils
import re
from collections.abc import Iterable
from dataclasses import replace
from xml.etree import ElementTree

from reelrec.errors import UnexpectedAnswerError
from reelrec.sources.log import LoggedFilm, clean_day, clean_stars, clean_title, clean_year
from reelrec.translation import N_, _

EXPORT = N_("Your export has all your films: use that instead.")
NO_FEED = N_("Letterboxd answered with something else than a feed. Try again later. {export}")
INCOMPLETE = N_("The feed that Letterboxd sent is incomplete. Try again in a moment. {export}")
LETTERBOXD, TMDB = "{https://letterboxd.com}", "{https://themoviedb.org}"
HEAD_CHARS = 2_000  # in which a feed says that it is one
MOST_ITEMS = 500  # a feed has fifty
MOST_CHARS = 1_000  # of an element; the longest titles have 200
# The encodings that a feed may declare; Letterboxd's are in UTF-8.
ENCODINGS = {"utf-8", "utf8", "utf-16", "us-ascii", "iso-8859-1", "windows-1252"}
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(r"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*(?P<quote>[\"'])(?P<name>.*?)(?P=quote)", re.DOTALL)
CONTROL = dict.fromkeys(place for place in range(1, 32) if place not in b"\t\r\n")
_PROLOG = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)  # a document type could only stand behind it
_HEADING = re.compile(
    r"^(?P<title>.+?)(?:, (?P<year>\d{4}))?(?: [-–—] (?P<stars>★*½?))?(?:\s*♥)?(?:\s*\(contains spoilers\))?$",
    re.DOTALL | re.IGNORECASE,
)
_SLUG = re.compile(r"/film/([a-z0-9-]+)/")


def logged_films(xml: bytes) -> list[LoggedFilm]:
    """The films of a feed, oldest first, each once. Raises UnexpectedAnswerError for a text that is no feed."""
    return _joined(_film(item) for item in _items(xml) if _is_of_film(item))


def _items(xml: bytes) -> list[ElementTree.Element]:
    """The items, newest first, as in the feed. A document type is refused unparsed: it can define entities."""
    try:
        text = _decoded(xml)
    except UnicodeDecodeError:
        raise _unexpected(INCOMPLETE if b"<rss" in xml[:HEAD_CHARS] else NO_FEED) from None
    prolog = _PROLOG.match(text)
    if prolog is None or not text.startswith("<rss", prolog.end()):
        raise _unexpected(NO_FEED)
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError):
        raise _unexpected(INCOMPLETE) from None
    if root.tag != "rss":
        raise _unexpected(NO_FEED)
    return root.findall("./channel/item")[:MOST_ITEMS]


def _guid(item: ElementTree.Element) -> str:
    """The id of an item, which begins with its kind."""
    return _text(item, "guid")


def _decoded(xml: bytes) -> str:
    """The text of a feed, without what must not stand in XML: what is before its first sign, and control characters.

    It is decoded here, because the XML parser asks Python for any encoding that the text names, and Python has codecs
    that are none of texts. Raises UnexpectedAnswerError for such an encoding, and UnicodeDecodeError.
    """
    mark, encoding = next(((mark, name) for mark, name in _MARKS if xml.startswith(mark)), (b"", ""))
    body = xml[len(mark) :]
    head = body[: 4 * HEAD_CHARS].decode(encoding or "latin-1", "replace")
    declared = _DECLARED.match(head)
    name = declared["name"].lower() if declared else "utf-8"
    if name not in ENCODINGS:
        raise _unexpected(NO_FEED)
    return body.decode(encoding or name).translate(CONTROL).strip()


def _is_of_film(item: ElementTree.Element) -> bool:
    """Whether an item is about a film; others are lists and stories."""
    if _guid(item).startswith("letterboxd-list-"):
        return False
    link = _text(item, "link")
    return not link or "/film/" in link or bool(_text(item, f"{LETTERBOXD}filmTitle"))


def _film(item: ElementTree.Element) -> LoggedFilm | None:
    """The film of an item, from its elements and else from its heading; None without a title."""
    match = _HEADING.match(" ".join(_text(item, "title").split()))  # else the pattern would take long on spaces
    heading = match.groupdict() if match else {}
    title = clean_title(_text(item, f"{LETTERBOXD}filmTitle") or heading.get("title") or "")
    if not title:
        return None
    year = clean_year(_text(item, f"{LETTERBOXD}filmYear")) or clean_year(heading.get("year") or "")
    stars = clean_stars(_text(item, f"{LETTERBOXD}memberRating"))
    if stars is None and (drawn := heading.get("stars")):
        stars = clean_stars(str(drawn.count("★") + (0.5 if "½" in drawn else 0.0)))
    tmdb = _text(item, f"{TMDB}movieId")
    slug = _SLUG.search(_text(item, "link"))
    return LoggedFilm(
        title=title,
        year=year,
        slug=slug[1] if slug else None,
        tmdb_id=int(tmdb) if tmdb.isascii() and tmdb.isdigit() and len(tmdb) < 10 else None,
        television=not tmdb and bool(_text(item, f"{TMDB}tvId")),
        stars=stars,
        seen=True,
        liked=_text(item, f"{LETTERBOXD}memberLike").lower() == "yes",
        date=clean_day(_text(item, f"{LETTERBOXD}watchedDate")) or _published(item),
        rewatched=_text(item, f"{LETTERBOXD}rewatch").lower() == "yes",
        reviewed=_guid(item).startswith("letterboxd-review-"),
    )


def _joined(newest_first: Iterable[LoggedFilm | None]) -> list[LoggedFilm]:
    """Each film once. Of several items of a film the newest stars and heart count, and the film is rewatched."""
    films: dict[object, LoggedFilm] = {}
    for film in newest_first:
        if film is None:
            continue
        key = film.tmdb_id or (film.title, film.year)
        newer = films.get(key)
        if newer is not None:
            film = replace(
                newer,
                stars=film.stars if newer.stars is None else newer.stars,
                rewatched=True,
                reviewed=newer.reviewed or film.reviewed,
            )
        films[key] = film
    return sorted(reversed(films.values()), key=lambda film: film.date or "")


def _published(item: ElementTree.Element) -> str | None:
    """The day an item was published (ISO)."""
    try:
        return email.utils.parsedate_to_datetime(_text(item, "pubDate")).date().isoformat()
    except (ValueError, OverflowError):
        return None


def _text(item: ElementTree.Element, tag: str) -> str:
    """The text of an element, "" where there is none."""
    return (item.findtext(tag) or "")[:MOST_CHARS].strip()


def _unexpected(text: str) -> UnexpectedAnswerError:
    return UnexpectedAnswerError(_(text, export=_(EXPORT)))
