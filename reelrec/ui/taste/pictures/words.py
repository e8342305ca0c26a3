"""What stands out about a visitor, in a few sentences of Markdown made from the portrait's numbers.

What is told of films and people stands before it (`story.py`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from reelrec import app
from reelrec.translation import N_, _, country, date, listed, ngettext, number
from reelrec.ui import text

if TYPE_CHECKING:
    from reelrec.visitor.portrait import Group, Portrait, Unusual

USUAL = (0.3, 0.7)  # between these shares of other people, somebody is as most are
FAR = 0.75  # the share of other people from which a habit is worth a sentence, and what is left of 1
MOST = 6  # sentences
NAMED = 3  # groups in a sentence
SAGA = "Saga"  # a series that is called so needs no more words
GENRES = {
    "Action": N_("action films"), "Adventure": N_("adventure films"), "Animation": N_("animated films"),
    "Comedy": N_("comedy films"), "Crime": N_("crime films"), "Documentary": N_("documentary films"),
    "Drama": N_("drama films"), "Family": N_("family films"), "Fantasy": N_("fantasy films"),
    "History": N_("history films"), "Horror": N_("horror films"), "Music": N_("music films"),
    "Mystery": N_("mystery films"), "Romance": N_("romance films"), "Science Fiction": N_("science fiction films"),
    "Thriller": N_("thriller films"), "TV Movie": N_("tv movie films"), "War": N_("war films"),
    "Western": N_("western films"),
}  # fmt: skip
# What one calls the films of a group in a sentence.
PHRASES: Mapping[str, Callable[[str], str]] = {
    "series": lambda name: name if name.endswith(SAGA) else _("the {series} films", series=name.removeprefix("The ")),
    "genre": lambda name: _(GENRES[name]) if name in GENRES else name,
    "decade": lambda name: _("the {decade}s", decade=name.removesuffix("s")),
    "country": lambda name: (
        _("films from the {country}", country=country(name))
        if name.startswith("United")
        else _("films from {country}", country=country(name))
    ),
    "language": lambda name: (
        _("films without words")
        if name == "No language"
        else _("films in {language}", language=app.taste.in_sentence(name))
    ),
    "length": lambda name: _("films of {length}", length=_(name)),
}
LATELY = 0.2  # stars by which the films of late are better
MANY = 20  # ratings without half-stars that are a habit
ALIKE = N_("All your stars are the same so far: they say which films you rated, and not which of them you like.")
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
    spec = f".{digits}f" if digits else "g"
    shown = float(format(value, spec))
    n = 1 if shown == 1 else 0 if shown < 2 else 2  # what is not one but under two is as none, in French too
    return ngettext("{stars} star", "{stars} stars", n, stars=number(value, spec))


def signed(lift: float) -> str:
    """ "+0.3", "−0.3", or "0.0"."""
    return number(0 if abs(lift) < 0.05 else lift, ".1f" if abs(lift) < 0.05 else "+.1f").replace("-", "−")


def of_hundred(share: float) -> str:
    """ "84 of 100 people"; never all of them, and never none."""
    return _("{n} of 100 people", n=min(max(round(100 * share), 1), 99))


def alike(film: Unusual, loved: bool) -> str:
    """How many people went as far."""
    n = round(100 * film.alike)
    if n:
        said = N_("{n} of 100 people gave it as much.") if loved else N_("{n} of 100 people gave it as little.")
        return _(said, n=n)
    if loved:
        return _("Fewer than 1 of 100 people gave it as much.")
    return _("Fewer than 1 of 100 people gave it as little.")


def phrase(group: Group) -> str:
    """What one calls the films of a group in a sentence, as Markdown."""
    return f"**{text.plain(PHRASES.get(group.kind, str)(group.name))}**"


def standing_out(groups: Iterable[Group], above: bool) -> list[Group]:
    """The groups that stand out on one side, the furthest first."""
    found = [group for group in groups if group.stands_out and (group.lift > 0) == above]
    return sorted(found, key=lambda group: -abs(group.lift))


def _generosity(portrait: Portrait) -> str:
    if portrait.mean is None:
        return ""
    if portrait.crowd is None:
        return _("You give **{mean}** on average. Nobody else here has rated these films.", mean=stars(portrait.mean))
    given = _(
        "You give **{mean}** on average; others give the same films **{crowd:.1f}**.",
        mean=stars(portrait.mean),
        crowd=portrait.crowd,
    )
    if portrait.compared == 1:
        return _(
            "You gave **{mean}** to the one film here; others give it **{crowd:.1f}**.",
            mean=stars(portrait.mean),
            crowd=portrait.crowd,
        )
    share = portrait.more_generous_than
    if share is None:
        return given
    if USUAL[0] <= share <= USUAL[1]:
        return given + " " + _("That is as generous as most people are.")
    if share > 0.5:
        return given + " " + _("That is more generous than {people}.", people=of_hundred(share))
    return given + " " + _("That is harsher than {people}.", people=of_hundred(1 - share))


def are_alike(portrait: Portrait) -> bool:
    """Whether all stars are the same."""
    return max(portrait.histogram) == 1


def _habits(portrait: Portrait) -> str:
    if are_alike(portrait):
        return _(ALIKE) if portrait.n > 1 else ""
    said = [*_spread(portrait.more_spread_than), *_agreement(portrait.more_agreeing_than)]
    halves = sum(portrait.histogram[::2])  # 0.5, 1.5 …
    return " ".join([*said, _("You give whole stars only.")] if portrait.n >= MANY and not halves else said)


def _spread(share: float | None) -> Iterator[str]:
    if share is not None and share >= FAR:
        yield _(
            "Your stars lie further apart than those of {people}: you make clear differences.",
            people=of_hundred(share),
        )
    elif share is not None and share <= 1 - FAR:
        yield _(
            "Your stars lie closer together than those of {people}: little is bad or great to you.",
            people=of_hundred(1 - share),
        )


def _agreement(share: float | None) -> Iterator[str]:
    if share is not None and share >= FAR:
        yield _("You agree with everybody more than {people} do.", people=of_hundred(share))
    elif share is not None and share <= 1 - FAR:
        yield _("You go your own way: {people} agree with everybody more than you do.", people=of_hundred(1 - share))


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
    if above:
        return _("More stars from you than we would expect: {groups}.", groups=listed(parts))
    return _("Fewer stars from you than we would expect: {groups}.", groups=listed(parts))


def _hint(portrait: Portrait) -> str:
    """What comes nearest to standing out, where nothing does."""
    if are_alike(portrait) or any(group.stands_out for groups in portrait.groups.values() for group in groups):
        return ""
    tried = [portrait.groups.get(kind, ()) for kind in MAIN]
    hints = [group for groups in tried if len(groups) > 1 for group in groups[:1] if abs(group.lift) >= HINT]
    named = listed([f"{phrase(group)} ({signed(group.lift)})" for group in hints])
    if len(hints) > 1:
        return _("First hints: {groups}.", groups=named)
    return _("A first hint: {groups}.", groups=named) if hints else ""


def _change(portrait: Portrait) -> str:
    """How the later films differ from the earlier ones."""
    change = portrait.change
    if change is None or not change.stands_out:
        return ""
    month = date(datetime.date.fromisoformat(change.since), "MMMM y")
    apart = stars(abs(change.stars))
    if change.stars > 0:
        return _("Since {month} you give films **{stars} more** than before, beside what others give them.",
                 month=month, stars=apart)  # fmt: skip
    return _("Since {month} you give films **{stars} fewer** than before, beside what others give them.",
             month=month, stars=apart)  # fmt: skip
