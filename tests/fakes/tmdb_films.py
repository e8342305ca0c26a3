"""The invented films of the fake TMDB, in the shapes in which TMDB shows a film, and the picture of all of them."""

from __future__ import annotations

import struct
from dataclasses import dataclass

GONE = 404_404  # an id that was merged away; tt0404404 still finds the film
MISSING_PICTURE = "/missing.jpg"


@dataclass(frozen=True, slots=True)
class FakeFilm:
    """`released`: further years in which it came out somewhere, as the search's `year` counts them."""

    id: int
    title: str
    date: str
    imdb_id: str | None = None
    poster: str | None = ""
    original_title: str = ""
    released: tuple[str, ...] = ()

    def hit(self) -> dict:
        """As a search and a find show it."""
        return {
            "adult": False, "backdrop_path": None, "genre_ids": [18], "id": self.id, "original_language": "en",
            "original_title": self.original_title or self.title, "overview": f"What happens in {self.title}.",
            "popularity": 7.5, "poster_path": f"/poster-{self.id}.jpg" if self.poster == "" else self.poster,
            "release_date": self.date, "title": self.title, "video": False, "vote_average": 7.1, "vote_count": 321,
        }  # fmt: skip

    def details(self) -> dict:
        """As its own address shows it."""
        hit = self.hit()
        del hit["genre_ids"]
        return hit | {
            "imdb_id": self.imdb_id, "runtime": 101, "genres": [{"id": 18, "name": "Drama"}], "status": "Released",
            "belongs_to_collection": None, "budget": 0, "homepage": "", "revenue": 0, "tagline": "",
        }  # fmt: skip


FILMS = (
    FakeFilm(603, "The Glass Meridian", "1999-03-31", "tt0133093", original_title="Le Méridien de verre"),
    FakeFilm(405, "A Harbour Moved", "1962-05-04", "tt0404404"),
    FakeFilm(7001, "Copper Tide", "1988-02-01"),
    FakeFilm(7002, "Copper Tide", "1988-10-09"),
    FakeFilm(7003, "Slow Orbit", "2021-02-19", released=("2020", "2021")),
    FakeFilm(7004, "Unfinished Weather", ""),
    FakeFilm(7005, "No Picture Hall", "1974-06-06", poster=None),
    FakeFilm(7006, "Torn Reel", "1955-01-01", poster=MISSING_PICTURE),
    FakeFilm(7007, "Paper Comet II", "1993-07-07"),
)


def is_hit(film: FakeFilm, given: dict[str, str]) -> bool:
    """As TMDB searches: every word somewhere in a title, in any case."""
    titles = f"{film.title} {film.original_title}".casefold()
    if not all(word in titles for word in given.get("query", "?").casefold().split()):
        return False
    if not film.date:
        return True
    if "primary_release_year" in given:
        return film.date.startswith(given["primary_release_year"])
    return "year" not in given or given["year"] in (film.date[:4], *film.released)


def jpeg(width: int, height: int) -> bytes:
    """A grey picture, written out by hand: one table each, and two zero bits for every block of 8 x 8."""
    n_blocks = -(-width // 8) * -(-height // 8)
    bits = "0" * (2 * n_blocks)
    bits += "1" * (-len(bits) % 8)
    scan = int(bits, 2).to_bytes(len(bits) // 8, "big")
    one_code = bytes([1, *[0] * 15, 0])  # one code, a single zero bit: "no difference", "end of block"
    parts = (
        (0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        (0xDB, bytes([0, *[16] * 64])),
        (0xC0, struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)),
        (0xC4, b"\x00" + one_code),
        (0xC4, b"\x10" + one_code),
        (0xDA, bytes([1, 1, 0, 0, 63, 0])),
    )
    return b"\xff\xd8" + b"".join(struct.pack(">BBH", 0xFF, m, len(p) + 2) + p for m, p in parts) + scan + b"\xff\xd9"


PICTURE = jpeg(40, 60)
