"""What a visitor can choose on For you: who ranks, how familiar, and which films may appear."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import streamlit as st

from reelrec import app
from reelrec.app import Filters, Pick, Shelf
from reelrec.ui import state, text
from reelrec.ui.shelf import stars
from reelrec.ui.shelf.tiles import Tile

DIAL = {"Familiar": 0.0, "A little further": 0.25, "Halfway": 0.5, "Off the path": 0.75, "Hidden gems": 1.0}
OLDEST, LONGEST = 1870, 300
NOBODY = "nobody"
WATCHLIST = {"shown": "Included", "hidden": "Left out", "only": "Only these"}
LANGUAGES = {
    "en": "English", "fr": "French", "ja": "Japanese", "es": "Spanish", "it": "Italian", "de": "German", "ko": "Korean",
    "zh": "Mandarin", "cn": "Cantonese", "hi": "Hindi", "pt": "Portuguese", "ru": "Russian", "sv": "Swedish",
    "da": "Danish", "no": "Norwegian", "fi": "Finnish", "pl": "Polish", "nl": "Dutch", "fa": "Persian",
    "tr": "Turkish", "th": "Thai", "cs": "Czech", "hu": "Hungarian", "el": "Greek", "he": "Hebrew", "ar": "Arabic",
    "id": "Indonesian", "te": "Telugu", "ta": "Tamil", "bn": "Bengali", "ro": "Romanian", "uk": "Ukrainian",
    "ml": "Malayalam", "is": "Icelandic", "tl": "Tagalog", "sr": "Serbian", "ka": "Georgian", "et": "Estonian",
    "ga": "Irish", "kn": "Kannada", "ca": "Catalan", "vi": "Vietnamese", "hr": "Croatian", "xx": "No language",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """models: one name, or two to compare; None is the default model. chosen: the first is the visitor's own choice."""

    models: tuple[str | None, ...]
    dial: float
    filters: Filters
    chosen: bool


def choose() -> Choice:
    """Draw the controls and say what is chosen."""
    models = {model.name: model for model in app.models()}
    default = app.list_model(state.visit())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="controls"):
        dial = st.select_slider(
            "From familiar to hidden gems", list(DIAL), key="dial", persist_state="session", width=320
        )
        ranker = st.selectbox(
            "Ranked by", list(models), list(models).index(default), key="ranker", format_func=label,
            persist_state="session", width=220,
            help="\n\n".join(f"**{model.label}**: {model.about}" for model in models.values()),
        )  # fmt: skip
        others = [NOBODY, *(name for name in models if name != ranker)]
        rival = st.selectbox(
            "Side by side with", others, key="rival", format_func=label, persist_state="session", width=220
        )
        with st.popover(_filter_label(), icon=":material/tune:", key="filters"):
            filters = _filters()
    usual = None if default == app.DEFAULT_MODEL or not state.profile().watched else default
    ranks = (usual if ranker == default else ranker,)
    if rival not in (NOBODY, None):
        ranks += (rival,)
    return Choice(ranks, DIAL[dial], filters, chosen=ranker != default)


def only_watchlist() -> None:
    """Let For you, when it opens, rank the watchlist and nothing else."""
    st.session_state["watchlist"] = "only"


def label(model: str) -> str:
    """What a visitor calls a model."""
    if model == NOBODY:
        return "nobody else"
    return next((choice.label for choice in app.models() if choice.name == model), model)


def tile(pick: Pick, shelf: Shelf) -> Tile:
    """The pick with its stars, how sure they are or else whose they are, and the reason."""
    sure = pick.low is not None
    note = f"{pick.low:.1f}–{pick.high:.1f}" if sure else shelf.stars_of
    theirs = shelf.stars_of == app.THEIR_STARS
    picture, chance = stars.picture(pick, theirs), stars.liking(pick, theirs)
    return Tile(pick.film, text.stars(pick.stars), note, _reason(pick, shelf), picture, chance)


def _reason(pick: Pick, shelf: Shelf) -> str:
    because = " and ".join(film.title for film in pick.because)
    if not because:
        return ""
    chosen_by_them = shelf.model == app.DEFAULT_MODEL
    return f"Because you liked {because}" if chosen_by_them else f"Close to {because}, which you liked"


def _filter_label() -> str:
    """How many filters are on, as they were chosen before this run."""
    whole = {"years": (OLDEST, datetime.date.today().year), "runtime": (0, LONGEST)}
    on = sum(bool(st.session_state.get(key)) for key in ("genres", "without", "languages"))
    on += sum(tuple(st.session_state.get(key, every)) != every for key, every in whole.items())
    on += st.session_state.get("watchlist", "shown") != "shown"
    return f"Filters ({on})" if on else "Filters"


def _filters() -> Filters:
    films = app.catalogue()
    this_year = datetime.date.today().year
    genres = st.multiselect("Only these genres", list(films.genres), key="genres", persist_state="session")
    without = st.multiselect("None of these", list(films.genres), key="without", persist_state="session")
    years = st.slider("Years", OLDEST, this_year, (OLDEST, this_year), key="years", persist_state="session")
    runtime = st.slider("Minutes", 0, LONGEST, (0, LONGEST), step=5, key="runtime", persist_state="session")
    spoken = sorted(films.languages, key=lambda code: LANGUAGES.get(code, f"~{code}"))
    languages = st.multiselect(
        "Languages",
        spoken,
        key="languages",
        format_func=lambda code: LANGUAGES.get(code, code.upper()),
        persist_state="session",
    )
    watchlist = "shown"
    if state.profile().watchlist:
        watchlist = st.segmented_control(
            "Films on my watchlist", list(WATCHLIST), key="watchlist", default="shown", required=True,
            format_func=WATCHLIST.get, persist_state="session",
        )  # fmt: skip
    return Filters(
        genres=frozenset(genres),
        without_genres=frozenset(without),
        years=None if years == (OLDEST, this_year) else years,
        runtime=None if runtime == (0, LONGEST) else (runtime[0], 10_000 if runtime[1] == LONGEST else runtime[1]),
        languages=frozenset(languages),
        watchlist=watchlist,
    )
