"""What stands out about a visitor, in a few sentences of Markdown made from the portrait's numbers.

What is told of films and people stands before it (`story.py`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reelrec.ui import text

if TYPE_CHECKING:
    from reelrec.visitor.portrait import Group, Portrait, Unusual

USUAL = (0.3, 0.7)  # between these shares of other people, somebody is as most are
FAR = 0.75  # the share of other people from which a habit is worth a sentence, and what is left of 1
MOST = 6  # sentences
NAMED = 3  # groups in a sentence
# What one calls the films of a group in a sentence.
PHRASES: Mapping[str, Callable[[str], str]] = {
    "series": lambda name: name if name.endswith("Saga") else f"the {name.removeprefix('The ')} films",
    "genre": lambda name: "animated films" if name == "Animation" else f"{name.lower()} films",
    "decade": lambda name: f"the {name}",
    "country": lambda name: f"films from {'the ' if name.startswith('United') else ''}{name}",
    "language": lambda name: "films without words" if name == "No language" else f"films in {name}",
    "length": lambda name: f"films of {name}",
}
LATELY = 0.2  # stars by which the films of late are better
MANY = 20  # ratings without half-stars that are a habit
ALIKE = "All your stars are the same so far: they say which films you rated, and not which of them you like."
HINT = 0.1  # stars of a lift that is worth a hint
MAIN = ("genre", "decade", "director")  # kinds that a hint is given of


def sentences(portrait: Portrait) -> list[str]:
    """At most MOST sentences or pairs of them, as Markdown, the most telling first; without what `telling` has."""
    shown = [
        _generosity(portrait),
        _habits(portrait),
        _groups(portrait, above=True),
        _groups(portrait, above=False),
        _change(portrait),
        _hint(portrait),
    ]
    return [sentence for sentence in shown if sentence][:MOST]


def stars(value: float, digits: int = 1) -> str:
    """ "1 star", "3.2 stars"."""
    number = f"{value:.{digits}f}" if digits else f"{value:g}"
    return f"{number} star{'' if float(number) == 1 else 's'}"


def signed(lift: float) -> str:
    """ "+0.3", "−0.3", or "0.0"."""
    return "0.0" if abs(lift) < 0.05 else f"{'+' if lift > 0 else '−'}{abs(lift):.1f}"


def of_hundred(share: float) -> str:
    """ "84 of 100 people"; never all of them, and never none."""
    return f"{min(max(round(100 * share), 1), 99)} of 100 people"


def alike(film: Unusual, loved: bool) -> str:
    """How many people went as far."""
    n = round(100 * film.alike)
    return f"{n if n else 'Fewer than 1'} of 100 people gave it {'as much' if loved else 'as little'}."


def phrase(group: Group) -> str:
    """What one calls the films of a group in a sentence, as Markdown."""
    return f"**{text.plain(PHRASES.get(group.kind, str)(group.name))}**"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"."""
    return f" {last} ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def standing_out(groups: Iterable[Group], above: bool) -> list[Group]:
    """The groups that stand out on one side, the furthest first."""
    found = [group for group in groups if group.stands_out and (group.lift > 0) == above]
    return sorted(found, key=lambda group: -abs(group.lift))


def _generosity(portrait: Portrait) -> str:
    if portrait.mean is None:
        return ""
    if portrait.crowd is None:
        return f"You give **{stars(portrait.mean)}** on average. Nobody else here has rated these films."
    given = f"You give **{stars(portrait.mean)}** on average; others give the same films **{portrait.crowd:.1f}**."
    if portrait.compared == 1:
        return f"You gave **{stars(portrait.mean)}** to the one film here; others give it **{portrait.crowd:.1f}**."
    share = portrait.more_generous_than
    if share is None:
        return given
    if USUAL[0] <= share <= USUAL[1]:
        return f"{given} That is as generous as most people are."
    said = f"more generous than {of_hundred(share)}" if share > 0.5 else f"harsher than {of_hundred(1 - share)}"
    return f"{given} That is {said}."


def are_alike(portrait: Portrait) -> bool:
    """Whether all stars are the same."""
    return max(portrait.histogram) == 1


def _habits(portrait: Portrait) -> str:
    if are_alike(portrait):
        return ALIKE if portrait.n > 1 else ""
    said = [*_spread(portrait.more_spread_than), *_agreement(portrait.more_agreeing_than)]
    halves = sum(portrait.histogram[::2])  # 0.5, 1.5 …
    return " ".join([*said, "You give whole stars only."] if portrait.n >= MANY and not halves else said)


def _spread(share: float | None) -> Iterator[str]:
    if share is not None and share >= FAR:
        yield f"Your stars lie further apart than those of {of_hundred(share)}: you make clear differences."
    elif share is not None and share <= 1 - FAR:
        yield f"Your stars lie closer together than those of {of_hundred(1 - share)}: little is bad or great to you."


def _agreement(share: float | None) -> Iterator[str]:
    if share is not None and share >= FAR:
        yield f"You agree with everybody more than {of_hundred(share)} do."
    elif share is not None and share <= 1 - FAR:
        yield f"You go your own way: {of_hundred(1 - share)} agree with everybody more than you do."


def _groups(portrait: Portrait, above: bool) -> str:
    """The groups of all kinds that stand out on one side, at most one of a kind before others have their turn."""
    told = {(group.kind, group.name) for group in portrait.telling}
    by_kind = [
        [group for group in standing_out(groups, above) if (group.kind, group.name) not in told]
        for groups in portrait.groups.values()
    ]
    turns = [group for turn in range(NAMED) for groups in by_kind for group in groups[turn : turn + 1]]
    named = sorted(turns[:NAMED], key=lambda group: -abs(group.lift))
    if not named:
        return ""
    parts = [f"{phrase(group)} ({signed(group.lift)})" for group in named]
    return f"{'More' if above else 'Fewer'} stars from you than we would expect: {listed(parts)}."


def _hint(portrait: Portrait) -> str:
    """What comes nearest to standing out, where nothing does."""
    if are_alike(portrait) or any(group.stands_out for groups in portrait.groups.values() for group in groups):
        return ""
    tried = [portrait.groups.get(kind, ()) for kind in MAIN]
    hints = [group for groups in tried if len(groups) > 1 for group in groups[:1] if abs(group.lift) >= HINT]
    said = "A first hint" if len(hints) == 1 else "First hints"
    return f"{said}: {listed([f'{phrase(group)} ({signed(group.lift)})' for group in hints])}." if hints else ""


def _change(portrait: Portrait) -> str:
    """How the later films differ from the earlier ones."""
    change = portrait.change
    if change is None or not change.stands_out:
        return ""
    said = "more" if change.stars > 0 else "fewer"
    return (
        f"Since {_month(change.since)} you give films **{stars(abs(change.stars))} {said}** than before, beside what "
        "others give them."
    )


def _month(iso: str) -> str:
    day = datetime.date.fromisoformat(iso)
    return f"{day:%B %Y}"
