"""What the app asks about several people, over the catalogue and the models that this process has loaded."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reelrec.serving import resources
from reelrec.serving.picks.filters import EVERYTHING, Filters
from reelrec.serving.together import agreement
from reelrec.serving.together import shelf as shelves
from reelrec.serving.together.agreement import Agreement as Agreement
from reelrec.serving.together.outlook import Seen as Seen
from reelrec.serving.together.people import LEAST as LEAST
from reelrec.serving.together.people import MOST as MOST
from reelrec.serving.together.people import MOST_LETTERS as MOST_LETTERS
from reelrec.serving.together.people import Person as Person
from reelrec.serving.together.people import clean_name as clean_name
from reelrec.serving.together.rooms import ROOMS as ROOMS  # those of this process
from reelrec.serving.together.shelf import EVENINGS as EVENINGS
from reelrec.serving.together.shelf import ORDERS as ORDERS
from reelrec.serving.together.shelf import GroupPick as GroupPick
from reelrec.serving.together.swiping import MOST_FILMS as MOST_FILMS
from reelrec.serving.together.swiping import on_one_screen as on_one_screen

if TYPE_CHECKING:
    from reelrec.serving.together.qr import QR


def shelf(
    people: Sequence[Person],
    n: int,
    order: str = "average",
    seen: Seen = "nobody",
    filters: Filters = EVERYTHING,
) -> tuple[GroupPick, ...]:
    """At most n films for all. Raises OptionError or ArtifactError. The arguments are those of `shelf.shelf`."""
    return shelves.shelf(resources.served(), people, n, order, seen, filters)


def agreements(people: Sequence[Person]) -> tuple[Agreement, ...]:
    """How every two of them agree, the most alike first. Raises ArtifactError."""
    return agreement.agreements(resources.served(), people)


def replica() -> str:
    """What the proxy calls this process, by $REELREC_REPLICA; "" where there is one alone."""
    name = os.environ.get("REELREC_REPLICA", "")
    return name if name.isascii() and name.isalnum() else ""


def qr(text: str) -> QR:
    """An address as a QR code."""
    from reelrec.serving.together.qr import qr as drawn  # brings segno, which no other page needs

    return drawn(text)
