"""What stands around every page: its style, what it says of whose ratings these are, and its foot."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from reelrec import app
from reelrec.translation import LANGUAGES, _
from reelrec.ui import events, state, text
from reelrec.ui.browser import address, links
from reelrec.ui.browser.links import Link

OTHER_WORDS = """
[data-testid="stFileUploaderDropzone"] button p { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button p::after { content: "%s"; font-size: 1rem; }
[data-testid="stFileUploaderDropzoneInstructions"], [data-testid="InputInstructions"] { display: none; }
"""
STYLE = (Path(__file__).with_name("page.css")).read_text(encoding="utf-8")


def style() -> None:
    """Let the header stay at the top, and leave no room above it."""
    st.html(f"<style>{STYLE}{_of_streamlit()}</style>")


def _of_streamlit() -> str:
    """What Streamlit itself says on fields, in another language than its own English: it has no setting for that."""
    word = _("Upload")
    return OTHER_WORDS % word if word != "Upload" else ""


def banners() -> None:
    """Say what is missing here, whose ratings these are where they are not the visitor's own, why a link is unread."""
    visit = state.visit()
    if missing := app.missing():
        with st.container(key="missing"):
            st.markdown(f":small[{' '.join(missing)}]")
    if visit.looking:
        _looking(visit.looking.sample)
    if visit.problem and visit.profile.is_empty:
        st.warning(visit.problem, icon=":material/link_off:")
    if visit.keeping.other:
        _other(len(app.from_link(visit.keeping.other).ratings))


def foot() -> None:
    """The links to what not every visitor needs."""
    st.divider()
    links.links(
        Link(_("How good the models are"), links.MODELS, look="plain", current=state.visit().page == "Models"),
        Link(_("About ReelRec"), links.ABOUT, look="plain", current=state.visit().page == "About"),
        key="page-foot",
        label=_("More"),
    )
    spoken = state.visit().language
    links.links(
        *(Link(name, links.here(lang=code), look="plain", current=code == spoken) for code, name in LANGUAGES.items()),
        key="page-languages",
        label=_("Languages"),
    )


def _looking(name: str) -> None:
    sample = next(sample for sample in app.sample_profiles() if sample.name == name)
    with st.container(horizontal=True, vertical_alignment="center", key="looking"):
        st.markdown(
            _("You are looking through the eyes of **{who}**: {about}.", who=_(sample.title), about=_(sample.about)),
            width="content",
        )
        back = _("Back to my ratings") if not state.own_profile().is_empty else _("Back to myself")
        st.button(back, icon=":material/undo:", key="look-back", on_click=state.look_as_oneself)


def _other(n: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="other-ratings"):
        st.markdown(
            _("You opened a link. This device keeps other ratings ({films}).", films=text.films(n)), width="content"
        )
        st.button(_("Open those"), key="open-other", on_click=_open_other)
        st.button(_("Stay with these"), key="keep-these", type="tertiary", on_click=_stay)


def _open_other() -> None:
    address.open_other()
    events.profile_changed()


def _stay() -> None:
    state.visit().keeping.other = ""
