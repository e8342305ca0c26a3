"""The first tab of Lists: the films that the visitor wants to see, best first, and those they would probably regret."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reelrec.translation import N_, _, ngettext, number
from reelrec.ui import state, text
from reelrec.ui.browser import links
from reelrec.ui.browser.links import Link
from reelrec.ui.frame import guard
from reelrec.ui.lists import for_tonight, regrets, shelves
from reelrec.ui.mine import OFF_WATCHLIST
from reelrec.ui.shelf.tiles import SEEN, SET_ASIDE, Tile

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.serving.page.own_lists import Ordered
    from reelrec.visitor.profile import Profile

NAME = "watchlist"
FIRST, MORE = 24, 24
ONLY = "watchlist-only"  # the key of the chips
ALL, SHORT, OLD = N_("All"), N_("Under 100 minutes"), N_("Before 1970")
SHORT_MINUTES, OLD_YEAR = 99, 1969
FROM_FACTS = N_("Guessed from genres, director, cast and the like, so less sure than the films above.")
UNKNOWN = N_("Too little is known of these here, so we make no guess. They are as likely to be good as any.")
BY_STARS = N_("★ is what you would give; tap it for how sure we are, and why. + puts a film on your own list.")
NO_STARS_YET = N_("You have given no stars yet, so these are a newcomer’s. Rate a few films, and they become yours.")


def draw(profile: Profile) -> None:
    """Draw the tab."""
    done = profile.watchlist & (profile.watched | profile.set_aside)
    left = profile.watchlist - done
    if not profile.watchlist:
        _nothing()
        return
    if done:
        _done(len(done))
    if not left:
        st.info(_("You have seen or turned down all that was on it."), title=_("Nothing left on your watchlist"))
        return
    with guard.or_stop():
        films = shelves.ordered(NAME, profile, left)
    _counts(films)
    chosen = _chips(films)
    if chosen == ALL:
        for_tonight.draw(profile, films)
    _best_first(profile, films, chosen)
    regrets.draw(films)


def _nothing() -> None:
    st.info(
        _(
            "Your watchlist comes with a Letterboxd export. Films that you find here go on your own list: tap the + "
            "on a poster."
        ),
        title=_("No watchlist yet"),
    )
    links.links(
        Link(_("Bring your Letterboxd watchlist"), links.LETTERBOXD, look="primary"),
        Link(_("Find films for your list"), links.FOR_YOU),
        key="watchlist-begin",
    )


def _done(n: int) -> None:
    """Films that are on the watchlist still, and were seen or turned down here."""
    with st.container(horizontal=True, vertical_alignment="center", key="watchlist-done"):
        said = ngettext("{n} film of your watchlist is seen or turned down by now.",
                        "{n:,} films of your watchlist are seen or turned down by now.", n)  # fmt: skip
        st.markdown(said, width="content")
        st.button(_("Take off what is done"), key="watchlist-clean", on_click=_take_off_done)


def _take_off_done() -> None:
    profile = state.profile()
    done = profile.watchlist & (profile.watched | profile.set_aside)
    state.change(profile.not_wanted(done), _("{films} off your watchlist.", films=text.films(len(done))))


def _counts(films: Ordered) -> None:
    """How many films there are, how many are short, how long all of them take, and how many would be regretted."""
    every = [film for _group, film in _all(films)]
    n_regrets = len(regrets.regretted(films))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="watchlist-counts"):
        st.markdown(_count(every), width="content")
        if n_regrets:
            said = ngettext("You would probably regret {n}", "You would probably regret {n:,}", n_regrets)
            links.links(Link(said, f"#{regrets.KEY}", look="plain"), key="to-regrets")
    if films.shelf.has_stars:
        st.markdown(text.small(_(BY_STARS if films.shelf.stars_are_theirs else NO_STARS_YET)))


def _count(every: Sequence[Film]) -> str:
    """The films in numbers, in a sentence or two."""
    n = text.films(len(every))
    minutes = [film.runtime for film in every if film.runtime]
    hours = number(round(sum(minutes) / 60), ",")
    short = sum(map(_is_short, every))
    if not short or len(every) == 1 or sum(minutes) < 120:
        return _("**{films}** to see.", films=n)
    if len(minutes) < len(every):  # of some the length is not known
        return _(
            "**{films}** to see, {short:,} of them under 100 minutes. All of them take more than {hours} hours.",
            films=n,
            short=short,
            hours=hours,
        )
    return _(
        "**{films}** to see, {short:,} of them under 100 minutes. All of them take about {hours} hours.",
        films=n,
        short=short,
        hours=hours,
    )


def _chips(films: Ordered) -> str:
    """The part of the watchlist that the visitor wants to see; parts without films are not offered."""
    every = [film for _, film in _all(films)]
    counts = {name: sum(map(passes, every)) for name, passes in _parts().items()}
    offered = [name for name, n in counts.items() if 0 < n < len(every)]
    if not offered:
        return ALL
    options = [ALL, *offered]
    chosen = st.pills(
        _("Which films"), options, key=ONLY, default=ALL, required=True, persist_state="page", wrap=False,
        label_visibility="collapsed",
        format_func=lambda name: f"{_(name)} ({number(counts.get(name, len(every)), ',')})",
    )  # fmt: skip
    return chosen if chosen in options else ALL


def _parts() -> dict[str, Callable[[Film], bool]]:
    """The parts of a watchlist, and which films belong to each."""
    decade = datetime.date.today().year // 10 * 10
    return {
        SHORT: _is_short,
        _("From the {decade}s", decade=decade): lambda film: (film.year or 0) >= decade,
        OLD: lambda film: 0 < (film.year or 0) <= OLD_YEAR,
    }


def _is_short(film: Film) -> bool:
    return 0 < (film.runtime or 0) <= SHORT_MINUTES


def _all(films: Ordered) -> list[tuple[str, Film]]:
    """Every film with the part of the order that it stands in, best first."""
    ranked = [("ranked", pick.film) for pick in films.shelf.picks]
    guessed = [("facts", pick.film) for pick in films.by_facts]
    return ranked + guessed + [("unknown", film) for film in films.unknown]


def _best_first(profile: Profile, films: Ordered, chosen: str) -> None:
    """The films of the chosen part, in three shelves: by the list, by facts, and those of which too little is known."""
    passes = _parts().get(chosen, lambda film: True)
    wanted = [(part, film) for part, film in _all(films) if passes(film)]
    shown = f"watchlist {chosen}"
    n = state.films_shown(shown, FIRST)
    made = shelves.tiles_of(films, profile, [film.number for _, film in wanted[:n]])
    parts = [part for part, _ in wanted[:n]]
    _shelf(_("Best first"), "ranked", made, parts, films)
    _shelf(_("Not yet rated by many"), "facts", made, parts, films, FROM_FACTS)
    _shelf(_("No guess at these"), "unknown", made, parts, films, UNKNOWN)
    if n < len(wanted):
        st.button(
            _("More films"), icon=":material/add:", key="watchlist-more", on_click=state.show_more, args=(shown, MORE)
        )


def _shelf(title: str, part: str, tiles: Sequence[Tile], parts: Sequence[str], films: Ordered, about: str = "") -> None:
    shown = [tile for tile, its in zip(tiles, parts, strict=True) if its == part]
    if not shown:
        return
    st.header(title, anchor=False)
    if about:
        st.markdown(f":small[{_(about)}]")
    shelves.draw(
        title, shown, films, key=f"watchlist-{part}", actions=[SEEN, SET_ASIDE], announce=True,
        short=any(tile.stars for tile in shown), wants=_(OFF_WATCHLIST),
    )  # fmt: skip
