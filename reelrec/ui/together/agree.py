"""How two of the people agree: in words, and by the films that join and divide them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _, number
from reelrec.ui import text
from reelrec.ui.frame import guard, turn

if TYPE_CHECKING:
    from reelrec.serving.together.agreement import Agreement, Between
    from reelrec.serving.together.outlook import Star
    from reelrec.serving.together.people import Person

PAIR = "together-pair"
# From this likeness on: a short word, and a sentence.
LIKENESS = (
    (0.6, N_("much the same"), N_("{first} and {second} have much the same taste.")),
    (0.25, N_("alike in part"), N_("{first} and {second} agree in part.")),
    (-0.25, N_("their own ways"), N_("{first} and {second} go their own ways.")),
    (-1.01, N_("the opposite"), N_("{first} and {second} often want the opposite.")),
)


@turn.fragment()
def draw(people: Sequence[Person]) -> None:
    """Draw a table of every two, where there are several, and the card of two."""
    with guard.or_stop():
        pairs = app.together.agreements(people)
    st.header(_("How you agree"), anchor=False)
    place = 0
    if len(pairs) > 1:
        st.table(
            [_row(people, pair) for pair in pairs], border="horizontal", hide_index=True,
            alt=_("Every two of you, who are most alike first"),
        )  # fmt: skip
        place = st.selectbox(
            _("Look closer at"), range(len(pairs)), format_func=lambda number: _names(people, pairs[number]), key=PAIR,
            width=320,
        )  # fmt: skip
    _card(people, pairs[min(place or 0, len(pairs) - 1)])


def _names(people: Sequence[Person], pair: Agreement) -> str:
    return _("{first} and {second}", first=people[pair.first].name, second=people[pair.second].name)


def _row(people: Sequence[Person], pair: Agreement) -> dict[str, str]:
    taste = _("cannot be said")
    if pair.likeness is not None:
        taste = next(_(word) for least, word, _sentence in LIKENESS if pair.likeness > least)
    return {
        _("Who"): text.plain(_names(people, pair)),
        _("Taste"): taste,
        _("Both rated"): text.films(pair.shared),
        _("Stars apart"): _("too few to say") if pair.apart is None else number(pair.apart, ".1f"),
    }


def _card(people: Sequence[Person], pair: Agreement) -> None:
    first, second = people[pair.first].name, people[pair.second].name
    with st.container(border=True, key="together-pair-card"):
        st.markdown(f"**{_taste(pair, text.plain(first), text.plain(second))}** {_both_rated(pair)}")
        left, right = st.columns(2, gap="medium")
        with left:
            st.subheader(_("What joins you"), anchor=False)
            _films(pair.joins, first, second, _("No film that both of you would love is known yet."))
        with right:
            st.subheader(_("What divides you"), anchor=False)
            _films(pair.divides, first, second, _("No film is known about which you are a star apart."))
        st.markdown(text.small(_("Stars in bold were given; the others are what we expect.")))


def _taste(pair: Agreement, first: str, second: str) -> str:
    if pair.likeness is None:
        return _("Too little is known to say how {first} and {second} agree.", first=first, second=second)
    sentence = next(sentence for least, _word, sentence in LIKENESS if pair.likeness > least)
    return _(sentence, first=first, second=second)


def _both_rated(pair: Agreement) -> str:
    if pair.shared == 0:
        return _("They have rated no film in common, so this goes by what we expect of each.")
    if pair.apart is None or pair.same_side is None:
        return _(
            "Both rated {films}, which is too few, so this goes by what we expect of each.",
            films=text.films(pair.shared),
        )
    return _(
        "Both rated {films}: {apart:.1f} stars apart on average, and of one mind about liking them in {share}.",
        films=text.films(pair.shared),
        apart=pair.apart,
        share=text.share(pair.same_side),
    )


def _films(films: Sequence[Between], first: str, second: str, none: str) -> None:
    if not films:
        st.markdown(none)
        return
    first = app.together.clean_name(first, [_("Film")])  # a heading names one column
    second = app.together.clean_name(second, [_("Film"), first])
    one, other = (text.plain(name) for name in (first, second))
    rows = [
        {_("Film"): text.plain(film.film.name), one: _star(film.first), other: _star(film.second)} for film in films
    ]
    st.table(rows, border="horizontal", hide_index=True)


def _star(star: Star) -> str:
    if star.stars is None:
        return "–"
    return f"**{number(star.stars, 'g')}**" if star.given else number(star.stars, ".1f")
