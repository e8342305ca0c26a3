"""What a visitor can choose on For you: the model that ranks, how safe its list is, and which films may appear."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.ui import events, state, text
from reelrec.ui.shelf import stars
from reelrec.ui.shelf.tiles import Tile

if TYPE_CHECKING:
    from reelrec.serving.filters import Filters
    from reelrec.serving.predictions import Pick
    from reelrec.serving.shelf import Shelf

# Keys of the widgets.
DIAL_KEY, RANKER_KEY, RIVAL_KEY = "dial", "ranker", "rival"
GENRES_KEY, WITHOUT_KEY, YEARS_KEY, RUNTIME_KEY = "genres", "without", "years", "runtime"
LANGUAGES_KEY, WATCHLIST_KEY, ALSO_KEY = "languages", "watchlist", "also"
DIAL = {"Safe": 0.0, "Mostly safe": 0.25, "Balanced": 0.5, "Mostly specific": 0.75, "Specific": 1.0}
BALANCED = "Balanced"
OLDEST, LONGEST = 1870, 300
NOBODY = "nobody"  # ranks beside the first model
NO_LIMIT = 10_000  # minutes
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
    """What was chosen. models: one name, or two to compare; None is the default model. chosen: the visitor chose the
    first model themselves.
    """

    models: tuple[str | None, ...]
    dial: float
    filters: Filters
    chosen: bool


def choose() -> Choice:
    """Draw the controls; what is chosen with them."""
    models = {model.name: model for model in app.models()}
    default = events.recorder().list_model
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="controls"):
        dial = st.select_slider(
            "From safe to specific", list(DIAL), BALANCED, key=DIAL_KEY, persist_state="session", width=320,
            help="Safe: what is most likely to please you. Specific: what people with just your taste love, and others "
            "pass by.",
        )  # fmt: skip
        ranker = st.selectbox(
            "Ranked by", list(models), list(models).index(default), key=RANKER_KEY, format_func=label,
            persist_state="session", width=220,
            help="\n\n".join(f"**{model.label}**: {model.about}" for model in models.values()),
        )  # fmt: skip
        others = [NOBODY, *(name for name in models if name != ranker)]
        rival = st.selectbox(
            "Side by side with", others, key=RIVAL_KEY, format_func=label, persist_state="session", width=220
        )
        with st.popover(_filter_label(), icon=":material/tune:", key="filters"):
            filters = _filters()
    usual = None if default == app.DEFAULT_MODEL or not state.profile().watched else default
    ranks: list[str | None] = [usual if ranker == default else ranker]
    if rival not in (NOBODY, None):
        ranks.append(rival)
    return Choice(models=tuple(ranks), dial=DIAL[dial], filters=filters, chosen=ranker != default)


def only_watchlist() -> None:
    """Let For you, when it opens, rank the watchlist and nothing else."""
    st.session_state[WATCHLIST_KEY] = "only"


def label(model: str) -> str:
    """The label of a model on the page."""
    if model == NOBODY:
        return "nobody else"
    return next((choice.label for choice in app.models() if choice.name == model), model)


def tile(pick: Pick, shelf: Shelf) -> Tile:
    """The pick as a tile: its stars, how sure they are or else whose they are, and the reason."""
    theirs = shelf.stars_are_theirs
    return Tile(
        pick.film,
        stars=text.stars(pick.stars),
        note=shelf.stars_of if pick.low is None else f"{pick.low:.1f}–{pick.high:.1f}",
        why=_reason(pick, shelf),
        picture=stars.picture(pick, theirs),
        chance=stars.liking(pick, theirs),
    )


def _reason(pick: Pick, shelf: Shelf) -> str:
    because = " and ".join(reason.film.title for reason in pick.because)
    if not because:
        return ""
    by_default_model = shelf.model == app.DEFAULT_MODEL  # whose own reasons these are
    return f"Because you liked {because}" if by_default_model else f"Close to {because}, which you liked"


def _filter_label() -> str:
    """The popover's label: how many filters are on, as they were chosen before this run."""
    whole = {YEARS_KEY: (OLDEST, datetime.date.today().year), RUNTIME_KEY: (0, LONGEST)}
    on = sum(bool(st.session_state.get(key)) for key in (GENRES_KEY, WITHOUT_KEY, LANGUAGES_KEY, ALSO_KEY))
    on += sum(tuple(st.session_state.get(key, every)) != every for key, every in whole.items())
    on += st.session_state.get(WATCHLIST_KEY, "shown") != "shown"
    return f"Filters ({on})" if on else "Filters"


def _filters() -> Filters:
    films = app.catalogue()
    this_year = datetime.date.today().year
    genres = st.multiselect("Only these genres", list(films.genres), key=GENRES_KEY, persist_state="session")
    without = st.multiselect("None of these", list(films.genres), key=WITHOUT_KEY, persist_state="session")
    years = st.slider("Years", OLDEST, this_year, (OLDEST, this_year), key=YEARS_KEY, persist_state="session")
    runtime = st.slider("Minutes", 0, LONGEST, (0, LONGEST), step=5, key=RUNTIME_KEY, persist_state="session")
    spoken = sorted(films.languages, key=lambda code: LANGUAGES.get(code, f"~{code}"))
    languages = st.multiselect(
        "Languages",
        spoken,
        key=LANGUAGES_KEY,
        format_func=lambda code: LANGUAGES.get(code, code.upper()),
        persist_state="session",
    )
    also = st.multiselect(
        "Besides films, show", list(app.KINDS_APART), key=ALSO_KEY, format_func=text.kinds, persist_state="session"
    )
    watchlist = "shown"
    if state.profile().watchlist:
        watchlist = st.segmented_control(
            "Films on my watchlist", list(WATCHLIST), key=WATCHLIST_KEY, default="shown", required=True,
            format_func=WATCHLIST.__getitem__, persist_state="session",
        )  # fmt: skip
    shortest, longest = runtime
    return app.filters(
        genres=frozenset(genres),
        without_genres=frozenset(without),
        years=None if years == (OLDEST, this_year) else years,
        runtime=None if runtime == (0, LONGEST) else (shortest, NO_LIMIT if longest == LONGEST else longest),
        languages=frozenset(languages),
        watchlist=watchlist,
        also=also,
    )
