"""One file over HTTP: with a timeout, a size cap, and a restart where it broke off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import requests

from reelrec.errors import SourceError

TIMEOUT_SECONDS = (10.0, 30.0)  # to connect, and between two pieces
CHUNK_BYTES = 1 << 20


def download(url: str, target: Path, max_bytes: int, progress: Callable[[int, int | None], None]) -> None:
    """Write what `url` holds to `target`; `target.part` keeps what arrived if the connection breaks."""
    part = target.with_name(target.name + ".part")
    have = part.stat().st_size if part.exists() else 0
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    try:
        with requests.get(url, headers=headers, stream=True, timeout=TIMEOUT_SECONDS) as answer:
            if answer.status_code == 416:  # nothing is left to fetch, or the part is not of this file
                if answer.headers.get("Content-Range") != f"bytes */{have}":
                    part.unlink()
                    raise SourceError(f"{url} changed since the download began. Run the command again to start afresh.")
                part.rename(target)
                return
            answer.raise_for_status()
            if answer.status_code != 206:
                have = 0
            length = answer.headers.get("Content-Length")
            size = have + int(length) if length and length.isdigit() else None
            _receive(answer, part, have, size, max_bytes, progress)
    except requests.HTTPError as error:
        raise SourceError(
            f"{url} answered {error.response.status_code}, so the file cannot be fetched there."
        ) from error
    except requests.RequestException as error:
        raise SourceError(
            f"{url} could not be fetched ({type(error).__name__}). What arrived is kept: "
            "run the command again to go on."
        ) from error
    part.rename(target)


def _receive(answer, part: Path, have: int, size: int | None, max_bytes: int, progress) -> None:
    with part.open("ab" if have else "wb") as out:
        for piece in answer.iter_content(CHUNK_BYTES):
            have += len(piece)
            if have > max_bytes:
                raise SourceError(f"{answer.url} sent more than {max_bytes:,} bytes; stopped.")
            out.write(piece)
            progress(have, size)
    if size is not None and have != size:
        raise requests.ConnectionError(f"{have} of {size} bytes arrived")
