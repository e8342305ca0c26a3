"""How to come by one's history at other sites than Letterboxd, in a fold."""

from __future__ import annotations

import streamlit as st

from reelrec.translation import N_, _
from reelrec.ui import text

# The site, and what to do there. Where a site's menus are known to change, only what to look for is said.
HOW = {
    "IMDb": N_(
        "On a computer, open **Your ratings** or **Your watchlist** and choose **Export** in the menu of "
        "three dots. Bring both files together."
    ),
    "Trakt": N_(
        "Under **Settings, Data**, ask for your export: a ZIP of JSON files. The CSV files that VIPs get will do too."
    ),
    "TMDB": N_(
        "Export your ratings, your watchlist and your favourites as CSV, and keep the names of the files: "
        "they look alike inside."
    ),
    "MovieLens": N_(
        "Under **Settings, Import/Export**, choose **export ratings**; the wishlist from there is read too."
    ),
    "Simkl": N_(
        "Download your backup as JSON or CSV at simkl.com/apps/backup, which needs a paid plan. Bring it, or the"
        " ZIP with it."
    ),
    "TV Time": N_(
        "It closed in July 2026. Bring the ZIP of its GDPR page, unpacked first if it has a password, or the"
        " file of TV Time Liberator or TV Time Out. Series in it are told and left out."
    ),
    "Criticker": N_(
        "Export your ratings as XML or CSV. Everybody there has a scale of their own, so you are asked for yours."
    ),
    "FilmAffinity": N_(
        "It has no export of its own. The free programs filmaffinity-backup, filmaffinity-scraper and"
        " fa-scraper write your votes to a CSV file: bring that as it is."
    ),
    "Filmweb": N_(
        "It has no export of its own. The free programs filmweb-export, FilmwebExporter and filmweb-csv write"
        " your votes to a CSV or JSON file: bring that as it is."
    ),
    N_("Anything else"): N_(
        "Bring a CSV file, as any spreadsheet saves it, with a column of titles. Years, ratings, days and"
        " the numbers of IMDb or TMDB help. You are asked which column is what."
    ),
}


def draw() -> None:
    """Draw the fold."""
    with st.expander(
        _("From IMDb, Trakt, TMDB and others: how to get your file"), icon=":material/help:", key="other-sites"
    ):
        for site, what in HOW.items():
            st.markdown(f"**{_(site)}.** {_(what)}")
        st.markdown(
            text.small(_("Several files of one site go in together. Files of two sites go in one after the other."))
        )
