"""What one model would have said: a picture of guessed against given stars, and the films it was most wrong about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from reelrec import app
from reelrec.translation import _
from reelrec.ui import text
from reelrec.ui.dashboards.parts.figures import SECOND, axis, layout
from reelrec.ui.figure import draw_figure
from reelrec.ui.shelf.tiles import Tile, tiles

if TYPE_CHECKING:
    from reelrec.serving.portrait.backtest import Backtest, Scored
    from reelrec.serving.portrait.misses import Miss, OfStars

N_MISSES = 8  # films
ENOUGH = 3  # films with equal stars, to be an example in words
DARING = 0.75  # stars from what was given, within which a guess at the extremes is near
LINE, HEIGHT = "#7b8190", 330


def chosen(result: Backtest) -> Scored:
    """Let the visitor choose a model of stars; at first it is the one whose stars the pages show."""
    labels = {option.name: _(option.label) for option in app.models()}
    names = [scored.name for scored in result.of_stars]
    shown = result.shown
    assert shown is not None
    place = names.index(shown.name)
    name = st.selectbox(_("Guessed by"), names, index=place, format_func=labels.__getitem__, key="backtest-model")
    return result.model(str(name)) or shown


def picture(result: Backtest, scored: Scored) -> None:
    """Draw what it would have said against what was given."""
    spreads = app.taste.by_stars(result, scored.said or ())
    st.subheader(finding(spreads), anchor=False)
    draw_figure(figure(spreads), "backtest-picture", _alt(spreads))
    st.markdown(
        text.small(_("A dot is our mean guess, its line holds 8 of 10 guesses. On the dotted line we are right."))
    )


def misses(result: Backtest, scored: Scored) -> None:
    """Draw the films it was most wrong about."""
    st.subheader(_("Where we were most wrong"), anchor=False)
    shown = [_tile(miss) for miss in app.taste.misses(result, scored.said or (), N_MISSES)]
    tiles(_("Where we were most wrong"), shown, key="backtest-misses", rate=False, layout="strip", width="12rem")


def figure(spreads: tuple[OfStars, ...]) -> dict[str, Any]:
    """The guesses for each number of stars given: the mean, and a line that holds 8 of 10."""
    given = [spread.stars for spread in spreads]
    hover = [
        _(
            "{films} you gave {stars:g}: we said {mean:.1f}, mostly {low:.1f} to {high:.1f}",
            films=text.films(spread.n),
            stars=spread.stars,
            mean=spread.mean,
            low=spread.low,
            high=spread.high,
        )
        for spread in spreads
    ]
    ends = [0.25, 5.25]
    return {
        "data": [
            {
                "type": "scatter", "mode": "lines", "x": ends, "y": ends, "hoverinfo": "skip",
                "line": {"color": LINE, "width": 1.5, "dash": "dot"},
            },
            {
                "type": "scatter", "mode": "markers", "x": given, "y": [spread.mean for spread in spreads],
                "marker": {"size": 11, "color": SECOND}, "hoverinfo": "text", "hovertext": hover,
                "error_y": {
                    "type": "data", "symmetric": False, "thickness": 4, "width": 0, "color": SECOND,
                    "array": [max(spread.high - spread.mean, 0) for spread in spreads],
                    "arrayminus": [max(spread.mean - spread.low, 0) for spread in spreads],
                },
            },
        ],
        "layout": layout(
            HEIGHT,
            margin={"l": 0, "r": 8, "t": 8, "b": 0},
            xaxis=axis(_("stars you gave"), range=ends, tickvals=[1, 2, 3, 4, 5], showgrid=False),
            yaxis=axis(_("stars we would have said"), range=ends, tickvals=[1, 2, 3, 4, 5]),
        ),
    }  # fmt: skip


def finding(spreads: tuple[OfStars, ...]) -> str:
    """How far the guesses follow the stars from one end of the scale to the other."""
    examples = [spread for spread in spreads if spread.n >= ENOUGH]
    if len(examples) < 2:
        return _("What you gave, and what we would have said")
    low, high = examples[0], examples[-1]
    found = {"most": _stars(high), "high": high.mean, "least": _stars(low), "low": low.mean}
    if high.stars - high.mean > DARING and low.mean - low.stars > DARING:
        return _("Your {most} we put at {high:.1f}, your {least} at {low:.1f}: we are too timid at both ends", **found)
    return _("Your {most} we put at {high:.1f}, your {least} at {low:.1f}", **found)


def _stars(spread: OfStars) -> str:
    return text.half_stars(spread.stars)


def _alt(spreads: tuple[OfStars, ...]) -> str:
    each = ", ".join(_("{stars:g} given, {mean:.1f} said", stars=spread.stars, mean=spread.mean) for spread in spreads)
    return _("Mean stars that we would have said, by the stars you gave: {each}.", each=each)


def _tile(miss: Miss) -> Tile:
    film = app.catalogue().films[miss.film]
    others = _("Others give it {mean:.1f} on average.", mean=film.mean) if film.mean is not None else ""
    return Tile(
        film, stars=_("you gave {given:g}", given=miss.given), word=_("we said {said:.1f}", said=miss.said), why=others
    )
