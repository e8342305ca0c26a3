"""Time that passes only when somebody sleeps or a test says so."""

from __future__ import annotations


class Clock:
    """`now`: seconds. `slept`: each sleep that was asked for."""

    def __init__(self) -> None:
        self.now = 5_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
