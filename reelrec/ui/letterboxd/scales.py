"""What ratings are out of: asked before any star counts where no file says it, else after its values told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import events, state, text
from reelrec.ui.letterboxd import bring

if TYPE_CHECKING:
    from reelrec.sources.scales import ScaleQuestion
    from reelrec.visitor.intake import Intake

LABELS = {5: N_("5 stars"), 10: "10", 100: "100", app.history.LETTERS: N_("Letters, A+ to F")}


def question(taken: Intake) -> None:
    """Ask about ratings whose scale is not known, and about each file whose ratings were converted."""
    if taken.log.asks:
        _ask(taken.log.asks)
    if not taken.log.scales:
        return
    with st.container(border=True, key="scales"):
        for sentence in taken.log.scales:
            st.markdown(f"**{text.plain(sentence)}** " + _("Is that right?"))
        with st.container(horizontal=True):
            st.button(_("Right"), on_click=confirm, icon=":material/check:")
            st.button(_("No, leave the stars out"), on_click=leave_out, icon=":material/star_outline:")


def choice(asked: ScaleQuestion, key: str, has_heading: bool = False) -> int | None:
    """Let the visitor say what ratings are out of, and show what becomes of some; None until they did.

    has_heading: what is asked stands above.
    """
    options = list(LABELS)
    guess = options.index(asked.guess.out_of) if asked.guess else None
    out_of = st.radio(
        _("What are the ratings out of?"),
        options,
        guess,
        format_func=lambda out_of: _(LABELS[out_of]),
        horizontal=True,
        key=key,
        label_visibility="collapsed" if has_heading else "visible",
    )
    if out_of is None:
        shown = ", ".join(text.plain(example) for example in asked.examples)
        st.markdown(
            _("The ratings look like no scale that is known here: {shown}. Choose one, or leave them out.", shown=shown)
        )
        return None
    examples = app.history.GRADES if out_of == app.history.LETTERS else asked.examples
    became = [(example, app.history.stars(asked, out_of, example)) for example in examples]
    st.markdown(
        " · ".join(
            _(
                "{rating} is {stars}",
                rating=text.plain(example),
                stars=text.half_stars(stars) if stars else _("no rating"),
            )
            for example, stars in became
        )
    )
    return out_of


def _ask(asked: ScaleQuestion) -> None:
    with st.container(border=True, key="scale-asked"):
        st.markdown(_("**What are these ratings out of?** The files do not say it, and no star counts before you do."))
        out_of = choice(asked, "scale-of", has_heading=True)
        with st.container(horizontal=True):
            st.button(
                _("Use this scale"),
                on_click=bring.scale,
                args=(out_of,),
                disabled=out_of is None,
                icon=":material/check:",
            )
            st.button(_("Leave the stars out"), on_click=bring.scale, args=(None,), icon=":material/star_outline:")


def confirm() -> None:
    """Ask no more."""
    taken = bring.intake()
    if taken is not None:
        state.visit().letterboxd.intake = taken.scale_confirmed()


def leave_out() -> None:
    """Take the films as seen without stars."""
    taken = bring.intake()
    if taken is None:
        return
    left, profile = app.without_rescaled(taken, state.profile())
    if bring.is_mine():
        state.change(profile, _("The stars were left out; the films count as seen."), lasting=True)
        events.profile_changed()
    state.visit().letterboxd.intake = left
