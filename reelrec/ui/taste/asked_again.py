"""How much of our error is the visitor's own: what studies found, and a round of ten films rated once more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _, number
from reelrec.ui import state, text
from reelrec.ui.dashboards.parts.bars import Bar, Bars, Group
from reelrec.ui.dashboards.parts.figures import SECOND
from reelrec.ui.dashboards.parts.reading import Row
from reelrec.ui.shelf.tiles import Apart, Tile, tiles

if TYPE_CHECKING:
    from reelrec.serving.portrait.backtest import Scored
    from reelrec.serving.portrait.rerating import Measured
    from reelrec.ui.visit import AskedAgain
    from reelrec.visitor.profile import Profile

READING = 760  # px
OURS, THEIRS = "#b1589f", SECOND
ENOUGH = 5  # films rated again, before a round may be ended
KEY = "asked-again"


def draw(profile: Profile, shown: Scored) -> None:
    """Draw the floor under every error, and the round. shown: the model whose error it is the floor of."""
    assert shown.rmse is not None
    asked, own = state.visit().asked_again, state.visit().looking is None
    pairs = [film for film in asked.first if film in asked.second and film not in asked.open]
    measured = _noise(asked, pairs) if pairs and own else None
    low, high = app.taste.studied()
    st.subheader(_("How much of it is you?"), anchor=False)
    st.container(width=READING).markdown(_sentence(shown.rmse, low, high))
    with st.container(width=640):
        _bars(shown.rmse, (low, high), measured, len(pairs)).draw("backtest-floor")
    if measured:
        st.container(width=READING).markdown(_yours(asked, pairs, measured, shown.rmse))
    if own:
        _round(profile, asked)


def is_open() -> bool:
    """Whether films are being asked about again, whose first stars are not to be seen."""
    return bool(state.visit().asked_again.open) and state.visit().looking is None


def _sentence(rmse: float, low: float, high: float) -> str:
    share, least, most = (_share(noise, rmse) for noise in ((low + high) / 2, low, high))
    return (
        _(
            "Nobody gives a film the same stars every time. So a good part of our misses is no fault of the guess, "
            "but your own mood on the day: **about {share}**.",
            share=share,
        )
        + "\n\n"
        + text.small(
            _(
                "{least} to {most} of the squared error: asked twice, people in a study were {low:.2f} to {high:.2f} "
                "stars off themselves at each rating, and no model can be nearer.",
                least=least,
                most=most,
                low=low,
                high=high,
            )
        )
    )


def _bars(rmse: float, studied: tuple[float, float], measured: Measured | None, n: int) -> Bars:
    low, high = studied
    groups = [
        Group(_("Our guesses, large misses weighing more"), [Bar(Row.exact(rmse), number(rmse, ".2f"), OURS)]),
        Group(
            _("One rating by itself, in a study"),
            [Bar(Row((low + high) / 2, low, high), _("{low:.2f} to {high:.2f}", low=low, high=high))],
        ),
    ]
    if measured:
        says = _("{value:.2f} ({low:.2f} to {high:.2f})", value=measured.value, low=measured.low, high=measured.high)
        high = min(measured.high, max(2 * rmse, measured.value))
        groups.append(
            Group(
                _("Yours, from {films}", films=text.films(n)),
                [Bar(Row(measured.value, measured.low, high), says, THEIRS)],
            )
        )
    ends = "; ".join(f"{group.label} {bar.says}" for group in groups for bar in group.bars)
    return Bars(groups, _("Stars off: {ends}.", ends=ends))


def _noise(asked: AskedAgain, pairs: list[int]) -> Measured:
    return app.taste.noise([asked.first[film] for film in pairs], [asked.second[film] for film in pairs])


def _yours(asked: AskedAgain, pairs: list[int], measured: Measured, rmse: float) -> str:
    """What the round found."""
    apart = [abs(asked.first[film] - asked.second[film]) for film in pairs]
    same, near = apart.count(0), apart.count(0.5)
    further = len(apart) - same - near
    parts = (
        (same, N_("{n} got the same stars as before")),
        (near, N_("{n} got half a star more or less")),
        (further, N_("{n} moved further")),
    )
    counted = [_(words, n=n) for n, words in parts if n]
    share, least, most = (_share(noise, rmse) for noise in measured)
    said = [
        _("**Of {films}, {what}.**", films=text.films(len(pairs)), what=", ".join(counted)),
        _(
            "So one rating of yours is about {stars:.2f} stars off, and about {share} of our misses is your own mood.",
            stars=measured.value,
            share=share,
        ),
    ]
    n = len(pairs)
    if least == most:
        said.append(_("{n} films are few: but even so it would be all.", n=n))
    else:
        said.append(_("{n} films are few: it may be {least} as well as {most}.", n=n, least=least, most=most))
    remarks = _("Shares are of the squared error. Whoever remembers their old stars looks steadier than they are.")
    return f"{' '.join(said)}\n\n{text.small(remarks)}"


def _share(noise: float, rmse: float) -> str:
    return text.share(app.taste.share_of_error(noise, rmse))


def _round(profile: Profile, asked: AskedAgain) -> None:
    """The films that are asked, or the button that asks."""
    if not asked.open:
        films = app.taste.films_to_rate_again(profile, state.visit().number, asked.first.keys())
        if len(films) < ENOUGH:
            return
        again = _("Ask me about more films") if asked.first else _("Ask me about {n} films again", n=len(films))
        st.button(again, key="ask-again", on_click=begin, args=(films,))
        return
    rated = sum(film in asked.second for film in asked.open)
    st.markdown(
        _(
            "**{n} of {of}.** Give each the stars you feel today. They change nothing in your ratings.",
            n=rated,
            of=len(asked.open),
        )
    )
    shown = [Tile(app.catalogue().films[film]) for film in asked.open]
    tiles(_("Rate these once more"), shown, key=KEY, apart=Apart(asked.second, take), width="8rem")
    if rated >= ENOUGH:
        st.button(_("See what it says"), key="asked-enough", on_click=end)


def begin(films: Sequence[int]) -> None:
    """Ask about these films, and keep the stars that they have now."""
    asked, ratings = state.visit().asked_again, state.profile().ratings
    asked.open = tuple(film for film in films if film in ratings)
    asked.first |= {film: ratings[film] for film in asked.open}


def end() -> None:
    """Ask no further; films that were not rated again are as if they had not been asked about."""
    asked = state.visit().asked_again
    asked.first = {film: stars for film, stars in asked.first.items() if film in asked.second}
    asked.open = ()


def take(answers: Mapping[str, object]) -> None:
    """Keep stars given anew, film number to stars; a browser sends them, so anything else takes the stars back."""
    asked = state.visit().asked_again
    for film in asked.open:
        if str(film) not in answers:
            continue
        stars = answers[str(film)]
        if isinstance(stars, int | float) and stars in app.HALF_STARS:
            asked.second[film] = float(stars)
        else:
            asked.second.pop(film, None)
