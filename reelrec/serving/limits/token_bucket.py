"""How often something may be done: a burst at once, and then at a steady rate."""

from __future__ import annotations

import time


class TokenBucket:
    """Holds at most `burst` tokens, and gains `rate` of them a second. For one thread at a time."""

    def __init__(self, burst: float, rate: float) -> None:
        self.burst, self.rate = burst, rate
        self._tokens, self._at = burst, time.monotonic()

    def take(self) -> float:
        """Take a token. Returns 0, or the seconds after which there is one; none is taken then."""
        now = time.monotonic()
        self._tokens = min(self.burst, self._tokens + (now - self._at) * self.rate)
        self._at = now
        if self._tokens < 1:
            return (1 - self._tokens) / self.rate
        self._tokens -= 1
        return 0.0
