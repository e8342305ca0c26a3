"""The readers of other sites' exports, in the order in which they look at a file."""

from __future__ import annotations

from reelrec.sources.others.site import Reader

READERS: tuple[Reader, ...] = ()
