"""What the first tab begins with: films and people, and what the visitor gave, in a few sentences of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelrec import app
from reelrec.ui import state, text
from reelrec.ui.taste import asked_again
from reelrec.ui.taste.pictures.words import PHRASES

if TYPE_CHECKING:
    from reelrec.visitor.portrait import Group, Portrait
    from reelrec.visitor.profile import Profile

MOST = 3  # sentences
WORTH = 1.5  # stars of a guess that is worth a sentence
LOOKED_AT = 4  # of our worst guesses, of which some may be told as a love or a dislike
MILD = 2.5  # stars from which a film does not leave somebody cold
LIKES, DISLIKES = 4.0, 2.75  # a mean at or above which a group is liked, and one below which it is not


def story(profile: Profile, portrait: Portrait) -> list[str]:
    """At most MOST sentences: a series or a person, our worst guess if it is known, and the most unusual films."""
    groups = [_group(group) for group in portrait.telling]
    shown = [*groups[:1], _guess(profile, portrait), *groups[1:2], _unusual(portrait)]
    found = [sentence for sentence in shown if sentence]
    return [*found[: MOST - 1], *found[-1:]] if len(found) > MOST else found


def _group(group: Group) -> str:
    """What a series or a person gets, and what is expected."""
    of = {"actor": "films with ", "director": "films by "}.get(group.kind, "")
    name = f"{of}**{text.plain(PHRASES.get(group.kind, str)(group.name))}**"
    numbers = f"**{group.mean:.1f}** over {text.films(group.n)}, where we would expect {group.expected:.1f}"
    if group.lift > 0:
        says = f"You have a soft spot for {name}" if group.mean >= LIKES else f"You are kind to {name}"
    else:
        says = f"You do not care for {name}" if group.mean < DISLIKES else f"You are hard on {name}"
    return f"{says}: {numbers}."


def _guess(profile: Profile, portrait: Portrait) -> str:
    """The film that we were most wrong about, if that is worked out and not to be kept from the visitor."""
    made = state.visit().made_backtest
    if made is None or made.profile != profile or made.result is None or asked_again.is_open():
        return ""
    shown = made.result.shown
    told = {unusual.film.number for unusual in (*portrait.loves[:1], *portrait.dislikes[:1])}
    for miss in app.taste.misses(made.result, shown.said or (), LOOKED_AT) if shown else ():
        if miss.film not in told and abs(miss.given - miss.said) >= WORTH:
            name = text.plain(app.catalogue().films[miss.film].name)
            return f"We would never have guessed **{name}**: you gave it {miss.given:g}, we said {miss.said:.1f}."
    return ""


def _unusual(portrait: Portrait) -> str:
    """The film that the visitor loves most unlike others, and the one they dislike so."""
    love, dislike = (
        f"**{text.plain(films[0].film.name)}** ({films[0].stars:g} from you, {films[0].others:.1f} from others)"
        if films
        else ""
        for films in (portrait.loves, portrait.dislikes)
    )
    colder = portrait.dislikes and portrait.dislikes[0].stars >= MILD
    cold = f"{dislike} {'means less to you than to others' if colder else 'leaves you cold'}"
    if love and dislike:
        return f"You love {love}, and {cold}."
    return f"Few love {love} as you do." if love else f"{cold}." if dislike else ""
