"""The codes of boxd.it links: ten times Letterboxd's film id, in base 62."""

from __future__ import annotations

import string

DIGITS = string.digits + string.ascii_lowercase + string.ascii_uppercase
PLACES = {digit: place for place, digit in enumerate(DIGITS)}
MAX_CHARS = 12  # a longer code names no film


def code(letterboxd_id: int) -> str:
    """The code of a film."""
    number, digits = 10 * letterboxd_id, ""
    while number:
        number, place = divmod(number, len(DIGITS))
        digits = DIGITS[place] + digits
    return digits


def film_id(code: str) -> int | None:
    """The id of the film with this code; None for a code of something else, such as an entry of a diary."""
    if not code or len(code) > MAX_CHARS or not PLACES.keys() >= set(code):
        return None
    number = 0
    for digit in code:
        number = len(DIGITS) * number + PLACES[digit]
    letterboxd_id, rest = divmod(number, 10)
    return letterboxd_id if letterboxd_id and not rest else None
