"""A small export about films of the shipped catalogue: three rated, one rated unreadably, one that nobody knows."""

from tests.fakes.exports import NAMED, RATED, film, packed, table

EXPORT = packed({
    "ratings.csv": table(RATED, [
        film("Heat", 1995, "1", "5"), film("Alien", 1979, "2", "4.5"), film("Cats", 2019, "3", "0.5"),
        film("Nothing Anybody Knows", 2011, "4", "3"), film("Paris, Texas", 1984, "5", "many"),
    ]),
    "watchlist.csv": table(NAMED, [film("Possession", 1981, "6")]),
    "likes/films.csv": table(NAMED, [film("Heat", 1995, "1")]),
})  # fmt: skip
