"""Uploaded files, which are forgotten once they are read."""

from __future__ import annotations

from collections.abc import Sequence

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from reelrec import app
from reelrec.translation import _


def forget(uploads: Sequence[UploadedFile]) -> None:
    """Delete the bytes. Streamlit would keep them until the visit ends, even those of an uploader that is gone."""
    run = get_script_run_ctx()
    if run is not None and isinstance(run.uploaded_file_mgr, MemoryUploadedFileManager):
        for file in uploads:
            run.uploaded_file_mgr.remove_file(run.session_id, file.file_id)


def refused() -> str:
    """Why files of this session did not arrive, told once; "" where all did."""
    run = get_script_run_ctx()
    refused = app.take_refused(run.session_id) if run is not None else ""
    return _(refused) if refused else ""
