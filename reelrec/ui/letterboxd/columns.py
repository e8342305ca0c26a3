"""The columns of a table that no site known here wrote: the visitor says what they are, before anything counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec.translation import N_, _, ngettext
from reelrec.ui import state, text
from reelrec.ui.letterboxd import bring, scales

if TYPE_CHECKING:
    from reelrec.sources.others.loose import LooseTable
    from reelrec.sources.scales import ScaleQuestion

LABELS = {
    "title": N_("Title"), "year": N_("Year"), "rating": N_("Rating"), "date": N_("Day it was seen or rated"),
    "imdb": N_("IMDb’s number"), "tmdb": N_("TMDB’s number"),
}  # fmt: skip
IN_A_ROW = 3
NONE = -1  # in place of a column


def draw(table: LooseTable) -> None:
    """Draw the first rows, the choice of columns and of the scale, and what to do with them."""
    st.header(_("Which column is what?"), anchor=False)
    rows = ngettext("{n} row", "{n:,} rows", table.n_rows)
    st.markdown(
        _(
            "“{name}” is no file of a site that is known here, but it is a table of {rows}. What seems right is "
            "chosen; nothing counts until you say so.",
            name=text.plain(table.name),
            rows=rows,
        )
    )
    st.dataframe(
        [dict(zip(_headings(table), row, strict=True)) for row in table.first],
        hide_index=True,
        alt=_("The table’s first rows"),
    )
    columns = _chosen(table)
    out_of = (
        scales.choice(_asked(table, columns["rating"]), f"scale-{columns['rating']}") if "rating" in columns else None
    )
    why_not = _why_not(columns, out_of)
    if why_not:
        st.markdown(why_not)
    with st.container(horizontal=True):
        st.button(
            _("Use these"), on_click=bring.table, args=(columns, out_of), disabled=bool(why_not),
            icon=":material/check:",
        )  # fmt: skip
        st.button(_("Put the table away"), on_click=bring.put_away)


def _chosen(table: LooseTable) -> dict[str, int]:
    """The place of the column for each of LABELS that the table has, as the visitor chose it."""
    names = {NONE: _("No such column")} | dict(enumerate(_headings(table)))
    options = list(names)
    chosen = {}
    for start in range(0, len(LABELS), IN_A_ROW):
        group = list(LABELS.items())[start : start + IN_A_ROW]
        for (what, label), cell in zip(group, st.columns(IN_A_ROW), strict=True):
            guess = options.index(table.guess.get(what, NONE))
            chosen[what] = cell.selectbox(_(label), options, guess, format_func=names.__getitem__, key=f"column-{what}")
    return {what: place for what, place in chosen.items() if place != NONE}


def _why_not(columns: dict[str, int], out_of: int | None) -> str:
    """Why the choice cannot be used yet, "" where it can."""
    if "title" not in columns:
        return _("Choose the column with the titles: without them no film can be found.")
    if len(set(columns.values())) < len(columns):
        return _("One column is chosen twice. Each can be one thing only.")
    return (
        _("Say what the ratings are out of, or that there is no column of ratings.")
        if "rating" in columns and out_of is None
        else ""
    )


def _asked(table: LooseTable, place: int) -> ScaleQuestion:
    """What to ask of the ratings in a column, worked out once."""
    asked = state.visit().letterboxd.asked
    if place not in asked:
        asked[place] = table.ratings(place)
    return asked[place]


def _headings(table: LooseTable) -> list[str]:
    """The names of the columns, each of them once."""
    return [
        name if table.header.index(name) == place else f"{name} ({place + 1})"
        for place, name in enumerate(table.header)
    ]
