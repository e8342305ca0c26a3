"""What the first tab begins with: films and people, and what the visitor gave, in a few sentences of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelrec import app
from reelrec.translation import _, ngettext
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
    name = f"**{text.plain(PHRASES.get(group.kind, str)(group.name))}**"
    if group.kind == "actor":
        name = _("films with {name}", name=name)
    elif group.kind == "director":
        name = _("films by {name}", name=name)
    numbers = ngettext(
        "**{mean:.1f}** over {n} film, where we would expect {expected:.1f}",
        "**{mean:.1f}** over {n:,} films, where we would expect {expected:.1f}",
        group.n,
        mean=group.mean,
        expected=group.expected,
    )
    if group.lift > 0:
        if group.mean >= LIKES:
            return _("You have a soft spot for {films}: {numbers}.", films=name, numbers=numbers)
        return _("You are kind to {films}: {numbers}.", films=name, numbers=numbers)
    if group.mean < DISLIKES:
        return _("You do not care for {films}: {numbers}.", films=name, numbers=numbers)
    return _("You are hard on {films}: {numbers}.", films=name, numbers=numbers)


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
            return _(
                "We would never have guessed **{film}**: you gave it {given:g}, we said {said:.1f}.",
                film=name,
                given=miss.given,
                said=miss.said,
            )
    return ""


def _unusual(portrait: Portrait) -> str:
    """The film that the visitor loves most unlike others, and the one they dislike so."""
    love, dislike = (
        _(
            "**{film}** ({stars:g} from you, {others:.1f} from others)",
            film=text.plain(films[0].film.name),
            stars=films[0].stars,
            others=films[0].others,
        )
        if films
        else ""
        for films in (portrait.loves, portrait.dislikes)
    )
    colder = portrait.dislikes and portrait.dislikes[0].stars >= MILD
    if love and dislike:
        if colder:
            return _("You love {love}, and {dislike} means less to you than to others.", love=love, dislike=dislike)
        return _("You love {love}, and {dislike} leaves you cold.", love=love, dislike=dislike)
    if love:
        return _("Few love {film} as you do.", film=love)
    if dislike and colder:
        return _("{film} means less to you than to others.", film=dislike)
    return _("{film} leaves you cold.", film=dislike) if dislike else ""
