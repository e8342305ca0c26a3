"""Films that an export has a review of and no stars: the stars the visitor may have meant, to accept or to change.

The texts are in the visit's Intake and go nowhere else; only what is accepted becomes a rating.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.errors import ReelRecError
from reelrec.translation import N_, _
from reelrec.ui import events, state, text
from reelrec.ui.browser import answers
from reelrec.ui.browser.component import component
from reelrec.ui.dashboards.parts.frame import BROKEN
from reelrec.ui.dashboards.parts.reading import measured_at, rows
from reelrec.ui.letterboxd import bring
from reelrec.ui.made import MadeSuggestions
from reelrec.ui.shelf import stars

if TYPE_CHECKING:
    from reelrec.serving.review_stars import Suggestion
    from reelrec.visitor.intake import Intake

KEY, FOLD = "reviewed", N_("Reviewed without stars: what you may have meant")
SHOWN = "reviews"  # names the count of films shown
FIRST = 5  # films shown, and how many more are shown at a time
EXCERPT = 120  # characters of a review
UNHEARD = N_("Your words tell us nothing here, so only your other ratings count.")
HALF_STARS = app.HALF_STARS[::-1]
BOTH = "ratings-and-words"
_range = component("suggested")


def suggested(taken: Intake) -> None:
    """Folded, a line a film, newest first; nothing where all have stars, or the films are not the visitor's."""
    rated, n_items = state.profile().ratings, app.catalogue().n_items  # the models know no others
    waiting = any(number < n_items and number not in rated for number in taken.reviews)
    if not waiting or not bring.is_mine() or not app.can_suggest():
        return
    # The label stays as it is while reviews are accepted: the fold of another label would be closed.
    fold = st.expander(_(FOLD), icon=":material/rate_review:", key=KEY, on_change="rerun")
    if fold.open:
        with fold:
            _lines(taken)


def _lines(taken: Intake) -> None:
    rated = state.profile().ratings
    try:
        made = {suggestion.guess.film.number: suggestion for suggestion in _made(taken)}
    except ReelRecError:
        st.info(_("No stars can be suggested for your reviews today."))
        return
    waiting = [number for number in made if number not in rated]  # the models may not know every film
    shown = waiting[: state.films_shown(SHOWN, FIRST)]
    st.markdown(
        _(
            "{films} in all. What you may have meant counts only when you accept it; change the stars first where they "
            "are wrong.",
            films=text.films(len(waiting)),
        )
        + f" {how_good()}"
    )
    for number in shown:
        _line(made[number])
    with st.container(horizontal=True):
        if len(shown) > 1:
            st.button(_("Accept all {n}", n=len(shown)), on_click=_accept, args=(shown,), icon=":material/done_all:")
        if left := len(waiting) - len(shown):
            st.button(_("Show more ({n:,})", n=left), on_click=state.show_more, args=(SHOWN, FIRST))


def how_good() -> str:
    """What the suggestions rest on, and their error where it was measured; "" where it was not."""
    try:
        report = app.metrics("reviews") or {}
        errors = measured_at(rows(report, "mae_median"), "all")
        alone, both, people = errors[app.REVIEWS_MODEL], errors[BOTH], len(report["accounts"])
    except BROKEN:
        return ""
    return _(
        "They rest on your words and your other ratings together: for {n:,} reviews by {people} people who "
        "wrote many, that was off by {both:.2f} stars on average, the other ratings alone by {alone:.2f}.",
        n=both.n,
        people=people,
        both=both.value,
        alone=alone.value,
    )


def _made(taken: Intake) -> Sequence[Suggestion]:
    """The suggestions, made once for these reviews and the visitor's other ratings."""
    others: Mapping[int, float] = {
        number: given for number, given in state.profile().ratings.items() if number not in taken.reviews
    }
    visit = state.visit()
    made = visit.made_suggestions
    if made is None or made.intake is not taken or made.others != others:
        made = visit.made_suggestions = MadeSuggestions(
            intake=taken, others=others, suggestions=app.suggest(visit.profile, taken.reviews)
        )
    return made.suggestions


def _line(suggestion: Suggestion) -> None:
    guess, number = suggestion.guess, suggestion.guess.film.number
    in_words = _(
        "{stars:.1f} stars, most likely between {low:.1f} and {high:.1f}",
        stars=guess.stars,
        low=guess.low,
        high=guess.high,
    )
    with st.container(border=True, key=f"reviewed-{number}"):
        st.markdown(f"**{text.plain(guess.film.name)}**")
        st.markdown(f"“{text.plain(_excerpt(suggestion.review))}”")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            with st.container(width="stretch"):
                st.markdown(in_words if suggestion.heard else f"{in_words}. {_(UNHEARD)}")
                _range(key=f"meant-{number}", data=(stars.picture(guess, True) or {}) | {"says": in_words})
            st.selectbox(
                _("Your stars"), HALF_STARS, HALF_STARS.index(suggestion.half_star), text.half_stars, key=_key(number),
                width=150,
            )  # fmt: skip
            st.button(_("Accept"), on_click=_accept, args=([number],), key=f"accept-{number}", icon=":material/check:")


def _accept(numbers: Sequence[int]) -> None:
    if answers.take({str(number): st.session_state[_key(number)] for number in numbers}, announce=True):
        events.profile_changed()


def _key(number: int) -> str:
    return f"meant-stars-{number}"


def _excerpt(review: str) -> str:
    """The beginning of a review, cut between words."""
    if len(review) <= EXCERPT:
        return review
    return f"{review[:EXCERPT].rsplit(maxsplit=1)[0]} …"
