"""How many films of a history were found, which were not and why, and a way to say which film is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _, ngettext
from reelrec.ui import text
from reelrec.ui.letterboxd import bring

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.visitor.intake import Intake, Unmatched
    from reelrec.visitor.match_report import MatchReport

WHY = {
    "unknown": N_("not here"),
    "television": N_("television"),
    "ambiguous": N_("several fit"),
    "no year": N_("no year"),
}
MOST_FAULTS = 20
MOST_FILES = 5
CANDIDATES = 12
MOST_CHARS = 100  # of a search
FORMULA = tuple("=+-@＝＋－＠")  # a spreadsheet takes a cell that begins with one of these for a formula


def summary(taken: Intake) -> None:
    """How many films are here, in a line: rated, seen and wanted ones apart; and what the line rests on."""
    counted = app.match_report(taken)
    groups = (
        (counted.rated, N_("{found:,} of {read:,} rated films are here"), N_("{found:,} of {read:,} rated films")),
        (
            counted.seen,
            N_("{found:,} of {read:,} seen without stars films are here"),
            N_("{found:,} of {read:,} seen without stars"),
        ),
        (counted.watchlist, N_("{found:,} of {read:,} wanted films are here"), N_("{found:,} of {read:,} wanted")),
    )
    parts: list[str] = []
    for count, alone, more in groups:
        if count.read:
            parts.append(_(more if parts else alone, found=count.found, read=count.read))
    if parts:
        st.markdown(f"**{', '.join(parts)}.**")
    if taken.log.rows:
        read = ngettext("{n} row was read.", "{n:,} rows were read.", taken.log.rows)
        told = " ".join(map(text.plain, taken.log.told))
        st.markdown(text.small(f"{text.plain(bring.site(taken))}: {read} {told}"))
    if taken.log.origin == "rss":
        st.markdown(
            text.small(
                ":material/rss_feed: "
                + _(
                    "Based on the last {films} that {owner} logged, which is all the feed "
                    "has. The export has everything.",
                    films=text.films(len(taken.log.films)),
                    owner=text.plain(taken.log.owner),
                )
            )
        )
    _files(counted)


def report(taken: Intake) -> None:
    """Folded: the films that were not found, and what is to be said of rows."""
    if taken.unmatched:
        with st.expander(
            _("{films} not found: see which, and why", films=text.films(len(taken.unmatched))),
            icon=":material/search_off:", key="unmatched",
        ):  # fmt: skip
            _not_found(taken.unmatched)
    _remarks(app.match_report(taken))


def _files(counted: MatchReport) -> None:
    """The files that could not be read, each with its reason."""
    faults = [file.fault for file in counted.files if file.fault]
    if faults:
        more = [_("{n:,} more files were not read.", n=len(faults) - MOST_FILES)] if len(faults) > MOST_FILES else []
        st.warning("  \n".join(map(text.plain, [*faults[:MOST_FILES], *more])), icon=":material/draft:")


def _remarks(counted: MatchReport) -> None:
    """What is to be said of rows, and of how files were read."""
    files = {file.fault for file in counted.files}
    faults = [fault for fault in counted.faults if fault not in files]
    n_rows = counted.n_rows
    if not faults:
        return
    title = ngettext("{n} row not read whole", "{n:,} rows not read whole", n_rows)
    if not n_rows:
        title = _("How the files were read")
    with st.expander(title, icon=":material/warning:", key="faults"):
        for fault in faults[:MOST_FAULTS]:
            st.text(fault)
        if len(faults) > MOST_FAULTS:
            st.text(_("and {n:,} more.", n=len(faults) - MOST_FAULTS))


def _not_found(unmatched: tuple[Unmatched, ...]) -> None:
    """The films that were not found, rated ones first, and the choice of the film that one of them is."""
    lost_films = sorted(unmatched, key=lambda lost: (lost.film.stars is None, lost.film.title))
    by_place = {lost.place: lost for lost in lost_films}
    rows = [
        {
            _("Film"): _cell(lost.film.title),
            _("Year"): str(lost.film.year or ""),
            _("Yours"): _yours(lost),
            _("Why"): _(WHY[lost.why]),
        }
        for lost in lost_films
    ]
    st.dataframe(rows, height=min(38 + 35 * len(rows), 320), hide_index=True, alt=_("The films that were not found"))
    st.write(
        _(
            "What is not here is too little known, too new, or television. If one of these is here under another name, "
            "say which it is."
        )
    )
    place = st.selectbox(
        _("Which of them?"), list(by_place), None, format_func=lambda place: by_place[place].film.name, key="lost",
        placeholder=_("Choose one of your films"),
    )  # fmt: skip
    if place not in by_place:
        return
    lost = by_place[place]
    named = lost.film.title[:MOST_CHARS]
    query = st.text_input(
        _("Search all films"), named, key=f"lost-search-{place}", type="search", live="300ms", max_chars=MOST_CHARS
    )
    options = app.search(query, CANDIDATES)
    if query == named:
        options = list(lost.candidates) or app.search(named, CANDIDATES)
    if not options:
        st.markdown(text.small(_("No film is like that. Try fewer words, or the original title.")))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        meant = st.selectbox(
            _("It is really"), options, None, format_func=_credit, key=f"lost-film-{place}", width=420,
            placeholder=_("Choose the film that it is"),
        )  # fmt: skip
        st.button(_("This is the one"), on_click=bring.fix, args=(place, meant), disabled=meant is None)


def _cell(title: str) -> str:
    """The title in quotes where a spreadsheet would take it for a formula; the table can be saved as CSV."""
    return f"“{title}”" if title.startswith(FORMULA) else title


def _yours(lost: Unmatched) -> str:
    logged = lost.film
    if logged.stars is not None:
        return text.half_stars(logged.stars)
    return _("liked") if logged.liked else _("seen") if logged.seen else _("watchlist")


def _credit(film: Film) -> str:
    return f"{film.name} · {film.director}" if film.director else film.name
