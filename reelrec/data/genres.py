"""The genres of films, as the facts name them; here so that the catalogue of texts has them."""

from __future__ import annotations

from reelrec.translation import N_

GENRES = (
    N_("Action"), N_("Adventure"), N_("Animation"), N_("Comedy"), N_("Crime"), N_("Documentary"), N_("Drama"),
    N_("Family"), N_("Fantasy"), N_("History"), N_("Horror"), N_("Music"), N_("Mystery"), N_("Romance"),
    N_("Science Fiction"), N_("Thriller"), N_("TV Movie"), N_("War"), N_("Western"),
)  # fmt: skip
