"""The download of one file: with timeouts, a limit on its size, and a restart where it broke off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import requests

from reelrec.errors import SourceError

TIMEOUT_SECONDS = (10.0, 30.0)  # to connect, and between two pieces
CHUNK_BYTES = 1 << 20


def download(url: str, target: Path, max_bytes: int, progress: Callable[[int, int | None], None]) -> None:
    """Write the file at `url` to `target`. If the connection breaks, `target.part` keeps the bytes that arrived.

    progress: called with the bytes received and the size of the file, None where it is unknown. Raises SourceError.
    """
    part = target.with_name(target.name + ".part")
    have = part.stat().st_size if part.exists() else 0
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    try:
        with requests.get(url, headers=headers, stream=True, timeout=TIMEOUT_SECONDS) as answer:
            if answer.status_code == 416:  # the part is complete, or it is of another file
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


def _receive(
    answer: requests.Response,
    part: Path,
    have: int,
    size: int | None,
    max_bytes: int,
    progress: Callable[[int, int | None], None],
) -> None:
    """Append the body of an answer to a file that has so many bytes. Raises SourceError or ConnectionError."""
    with part.open("ab" if have else "wb") as out:
        for piece in answer.iter_content(CHUNK_BYTES):
            have += len(piece)
            if have > max_bytes:
                raise SourceError(f"{answer.url} sent more than {max_bytes:,} bytes; stopped.")
            out.write(piece)
            progress(have, size)
    if size is not None and have != size:
        raise requests.ConnectionError(f"{have} of {size} bytes arrived")
