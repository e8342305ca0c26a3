"""How the visitor's stars moved with the years in which they watched films."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from reelrec.translation import N_, _
from reelrec.ui import text
from reelrec.ui.browser import links
from reelrec.ui.browser.links import Link
from reelrec.ui.figure import draw_figure
from reelrec.ui.film import charts
from reelrec.ui.taste.pictures import words

if TYPE_CHECKING:
    from reelrec.visitor.portrait import Portrait, YearOfRatings

LEAST = 5  # films of a year that is drawn
TALL = 1.0  # stars that the chart is high at least, so that chance does not look like a change
NO_DATES = N_("When you watched films is not known here. The export of Letterboxd has the days.")


def draw(portrait: Portrait) -> None:
    """Draw the years; where they are not known or one alone is, a sentence."""
    st.header(_("Over the years"), anchor=False)
    years = [year for year in portrait.by_year if year.n >= LEAST]
    if not portrait.by_year:
        st.markdown(_(NO_DATES))
        links.links(Link(_("Bring Letterboxd"), links.LETTERBOXD), key="taste-dates")
    elif len(years) < 2:
        st.markdown(_one(portrait.by_year))
    else:
        _chart(years)
        st.markdown(_said(portrait))


def _one(years: Sequence[YearOfRatings]) -> str:
    if len(years) > 1:
        return _(
            "Too few of your films have a day to draw them by year: {n} in each of two years are needed.",
            n=LEAST,
        )
    year = years[0]
    given = _("you gave {mean} on average, others {others:.1f}", mean=words.stars(year.mean), others=year.others)
    return _(
        "All your films with a day are of {year}: {films}; {given}.",
        year=year.year, films=text.films(year.n), given=given,
    )  # fmt: skip


def _chart(years: Sequence[YearOfRatings]) -> None:
    names = [str(year.year) for year in years]
    yours, others = [year.mean for year in years], [year.others for year in years]
    counts = [text.films(year.n) for year in years]
    middle = (min(*yours, *others) + max(*yours, *others)) / 2
    reach = max(TALL / 2, max(*yours, *others) - middle + 0.1)
    figure: dict[str, Any] = {
        "data": [
            _line(_("Others, of the same films"), names, others, counts, charts.QUIET, "dot", "square"),
            _line(_("You"), names, yours, counts, charts.ACCENT, "solid", "circle"),
        ],
        "layout": {
            "height": 260, "margin": {"l": 0, "r": 0, "t": 8, "b": 0},
            "xaxis": {"type": "category", "fixedrange": True, "showgrid": False},
            "yaxis": {"fixedrange": True, "range": [middle - reach, middle + reach],
                      "title": {"text": _("stars")}, "tickformat": ".1f", "nticks": 5},
            "legend": {"orientation": "h", "y": 1.15},
        },
    }  # fmt: skip
    first, last = years[0], years[-1]
    alt = _(
        "Mean stars by the year of watching: in {first} you gave {yours:.1f} and others {others:.1f}, in {last} "
        "you {later:.1f} and others {others_later:.1f}.",
        first=first.year,
        yours=first.mean,
        others=first.others,
        last=last.year,
        later=last.mean,
        others_later=last.others,
    )
    draw_figure(figure, "taste-years", alt)


def _line(
    name: str, x: Sequence[str], y: Sequence[float], counts: Sequence[str], colour: str, dash: str, symbol: str
) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines+markers", "name": name, "x": list(x), "y": list(y), "customdata": counts,
        "line": {"color": colour, "dash": dash, "width": 2.5}, "marker": {"color": colour, "symbol": symbol, "size": 8},
        "hovertemplate": f"{name}: %{{y:.2f}}, %{{x}}, %{{customdata}}<extra></extra>", "cliponaxis": False,
    }  # fmt: skip


def _said(portrait: Portrait) -> str:
    """What the later half of the films has that the earlier had not, and what the days are."""
    change = portrait.change
    said = []
    if change is not None and not change.stands_out:
        said.append(_("You are as kind as ever."))
    if change is not None and abs(change.others) >= words.LATELY:
        apart = words.stars(abs(change.others))
        if change.others > 0:
            said.append(_("The films of the later half are better liked by others, by {stars}.", stars=apart))
        else:
            said.append(_("The films of the later half are less liked by others, by {stars}.", stars=apart))
    said.append(_("A film’s day is that of your diary, or else the one on which you gave the stars."))
    return f":small[{' '.join(said)}]"
