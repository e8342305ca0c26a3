"""Rows of the source that are one film."""

from __future__ import annotations

from dataclasses import fields, replace

import pandas as pd

from reelrec.data import title_rules
from reelrec.data.film import Film

# Rows of one film that no rule of `join_twins` joins: other titles, no ids, no day. Checked by hand.
SAME_FILM = (
    ("glass-onion", "glass-onion-a-knives-out-mystery"),
    ("the-fantastic-4-first-steps", "the-fantastic-four-first-steps"),
    ("mission-impossible-dead-reckoning", "mission-impossible-dead-reckoning-part-one"),
    ("a-silent-voice", "a-silent-voice-the-movie"),
    ("three-colours-blue", "three-colors-blue"),
    ("bram-stokers-dracula", "dracula-1992"),
    ("ring-1998", "ringu"),
    ("lady-vengeance", "sympathy-for-lady-vengeance"),
    ("new-nightmare", "wes-cravens-new-nightmare"),
    ("memoria-2021", "memoria-2011"),
    ("monty-pythons-the-meaning-of-life", "the-meaning-of-life-1983"),
    ("phineas-and-ferb-the-movie-across-the-2nd", "phineas-and-ferb-the-movie-across-the-2nd-dimension"),
    ("all-the-colours-of-the-dark", "all-the-colors-of-the-dark"),
    ("lego-star-wars-holiday-special", "the-lego-star-wars-holiday-special"),
    ("the-good-the-bart-and-the-loki", "the-simpsons-the-good-the-bart-and-the-loki"),
    ("pusher-iii", "pusher-3"),
    ("house-1985", "house-1986"),
    ("around-the-world-in-eighty-days", "around-the-world-in-80-days-1956"),
)


def join_twins(films: list[Film], released: pd.Series) -> list[Film]:
    """Mark as twins all rows of a film except the one with the most ratings. They fill in the facts that it lacks.

    Rows are one film with an equal TMDB id or boxd.it code, with equal title, release day and length, or by SAME_FILM.
    released: the release day by slug.
    """
    by_hand = {slug: pair[0] for pair in SAME_FILM for slug in pair}
    leaders: dict[tuple[object, ...], Film] = {}
    joined: dict[int, Film] = {}
    for film in sorted(films, key=lambda film: (-film.n_ratings, film.number)):
        day = released.get(film.slug)
        keys: list[tuple[object, ...]] = [
            ("tmdb", film.tmdb_id), ("boxd", film.boxd_code), ("by hand", by_hand.get(film.slug)),
        ]  # fmt: skip
        if pd.notna(day) and film.runtime:
            keys.append(("facts", title_rules.fold(film.title), day, film.runtime))
        keys = [key for key in keys if key[1] is not None]
        leader = next((leaders[key] for key in keys if key in leaders), film)
        leaders.update({key: leader for key in keys if key not in leaders})
        joined[film.number] = film if leader is film else replace(film, same_as=leader.number)
        if leader is not film:
            joined[leader.number] = _completed(joined[leader.number], film)
    return [joined[number] for number in sorted(joined)]


def _completed(film: Film, twin: Film) -> Film:
    """The film with its missing facts filled in from another row of it."""
    missing = (fact.name for fact in fields(Film) if getattr(film, fact.name) in (None, ()) and fact.name != "same_as")
    return replace(film, **{name: getattr(twin, name) for name in missing})
