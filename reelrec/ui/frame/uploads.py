"""Uploads stay in memory: no export is written to a disk, and none is lost where no temporary file can be made.

Starlette, on which Streamlit runs, would put an upload of more than a megabyte into a temporary file.
"""

from __future__ import annotations

import streamlit as st
from starlette.formparsers import MultiPartParser

SPARE_BYTES = 1 << 20  # what stands around the file in a request


def keep_in_memory() -> None:
    """Let every upload of this process that Streamlit accepts stay in memory."""
    MultiPartParser.spool_max_size = st.get_option("server.maxUploadSize") * (1 << 20) + SPARE_BYTES
