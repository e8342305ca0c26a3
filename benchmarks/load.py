"""Many visitors at once, each speaking Streamlit's own protocol on loopback.

python -m benchmarks.load burst     everybody clicks at the same moment, again and again
python -m benchmarks.load steady    everybody clicks every few seconds
python -m benchmarks.load soak      visitors come and go for an hour: what becomes of the memory

Each starts as many processes of the app as --replicas says, and spreads the visitors over them; --address names a proxy
in front of processes that run already. A click is a rating on Rate, For you, a film, or Rate again (see CLICKS).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
import websockets

from benchmarks.first_poster import resident_megabytes, server, wait_for_server
from benchmarks.visitors import Run, Visitor, burst

CLICKS = {"rating": 0.55, "for_you": 0.2, "film": 0.15, "rate": 0.1}
STARS = [1.0, 2.0, 3.0, 3.5, 4.0, 4.5, 5.0]
LONGEST_SECONDS = 120.0  # that a visitor waits for one run
STAY = 12  # clicks of a visitor of the soak


@dataclass(slots=True)
class Figures:
    """What was measured. seconds: of each run, by kind of click. told: runs that said they were busy."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    problems: list[str] = field(default_factory=list)
    told: int = 0

    def note(self, click: str, run: Run) -> None:
        """Count a run."""
        self.seconds[click].append(run.seconds)
        self.problems += run.problems
        self.told += run.told

    def rows(self) -> dict[str, Any]:
        """Runs and percentiles, of all and by kind of click."""
        every = [second for seconds in self.seconds.values() for second in seconds]
        shown = {"all": every, **self.seconds}
        return {
            "runs": len(every),
            "told_busy": self.told,
            "problems": sorted(set(self.problems)),
            "seconds": {name: percentiles(values) for name, values in shown.items() if values},
        }


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """The middle, the 95th percentile and the worst."""
    cuts = statistics.quantiles(values, n=20, method="inclusive") if len(values) > 1 else [values[0]] * 19
    return {"n": len(values), "p50": round(cuts[9], 3), "p95": round(cuts[18], 3), "max": round(max(values), 3)}


async def visit(address: str, until: float, pause: float, clicks: int, figures: Figures, rng: random.Random) -> None:
    """One visitor, who comes to Rate with nothing and clicks until the time or the number of clicks is up."""
    await asyncio.sleep(rng.random() * pause)
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            visitor = await Visitor.arrive(address, {"Cookie": f"route={rng.getrandbits(64):x}"})
            figures.note("come", await visitor.come())
        while time.monotonic() < until and clicks > 0:
            await asyncio.sleep(pause * (0.5 + rng.random()))
            (click,) = rng.choices(list(CLICKS), list(CLICKS.values()))
            async with asyncio.timeout(LONGEST_SECONDS):
                figures.note(click, await clicked(visitor, click, rng))
            clicks -= 1
        await visitor.leave()
    except (TimeoutError, OSError, websockets.WebSocketException) as error:
        figures.problems.append(f"{type(error).__name__}: {error}"[:200])


async def clicked(visitor: Visitor, click: str, rng: random.Random) -> Run:
    """One click. A rating is given where the visitor is on Rate, else they go there first, uncounted."""
    if click == "rating":
        if not visitor.sees("interview"):
            await visitor.run("")
        if all(film["answer"] is not None for film in visitor.given("interview")["films"]):
            return await visitor.run("for_you")
        return await visitor.give("interview", rng.choice(STARS))
    if click == "film":
        from reelrec import app

        return await visitor.run("film", f"id={rng.choice(app.catalogue().films[:2000]).slug}")
    return await visitor.run({"rate": ""}.get(click, click))


async def steady(addresses: Sequence[str], visitors: int, pause: float, seconds: float) -> Figures:
    """So many visitors for so long."""
    figures, until = Figures(), time.monotonic() + seconds
    await asyncio.gather(
        *(visit(addresses[i % len(addresses)], until, pause, 10**9, figures, random.Random(i)) for i in range(visitors))
    )
    return figures


async def soak(
    addresses: Sequence[str], visitors: int, pause: float, seconds: float, pids: Sequence[int]
) -> tuple[Figures, list[float]]:
    """Visitors who leave and are followed by others. Returns also the megabytes of all processes, minute by minute."""
    figures, begun, megabytes = Figures(), time.monotonic(), []

    async def seat(i: int) -> None:
        rng = random.Random(i)
        while time.monotonic() - begun < seconds:
            await visit(addresses[i % len(addresses)], begun + seconds, pause, STAY, figures, rng)

    async def watch() -> None:
        while time.monotonic() - begun < seconds:
            await asyncio.sleep(min(60.0, seconds / 10))
            megabytes.append(round(sum(map(resident_megabytes, pids)), 1))

    await asyncio.gather(watch(), *(seat(i) for i in range(visitors)))
    return figures, megabytes


def cpu_seconds(pid: int) -> float:
    """Seconds of processor time of a process, Linux only."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def wait_until_ready(address: str) -> None:
    """Return when the app says that its models are loaded."""
    wait_for_server(address)
    for _ in range(600):
        with suppress(requests.RequestException):
            if requests.get(f"{address}/readyz", timeout=5).ok:
                return
        time.sleep(0.1)
    raise TimeoutError(f"{address} does not become ready.")


def measured(options: argparse.Namespace, addresses: list[str], pids: list[int]) -> dict[str, Any]:
    """The figures of one kind of load."""
    if options.load == "burst":
        from reelrec import app

        films = app.catalogue().films
        token = app.link_token(app.sample_profile("horror"))
        figures = Figures()
        for _ in range(options.times):
            query = f"p={token}&id={films[0].slug}"
            for run in asyncio.run(burst(addresses[0], options.visitors, 1, options.page, query)):
                figures.note(options.page or "rate", run)
        return figures.rows()
    if options.load == "steady":
        return asyncio.run(steady(addresses, options.visitors, options.pause, options.seconds)).rows()
    figures, megabytes = asyncio.run(soak(addresses, options.visitors, options.pause, options.seconds, pids))
    tenth = megabytes[min(9, len(megabytes) - 1)]
    return figures.rows() | {"megabytes": megabytes, "end_to_tenth": round(megabytes[-1] / tenth, 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("load", choices=("burst", "steady", "soak"))
    parser.add_argument("--visitors", type=int, default=200)
    parser.add_argument("--replicas", type=int, default=1)
    parser.add_argument("--address", help="of a proxy on loopback; nothing is started then")
    parser.add_argument("--pause", type=float, default=3.0, help="seconds between two clicks of a visitor")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--times", type=int, default=20, help="bursts")
    parser.add_argument("--page", default="for_you", help="of a burst")
    options = parser.parse_args()
    with ExitStack() as servers:
        if options.address:
            pids, addresses = [], [options.address]
        else:
            started = [servers.enter_context(server()) for _ in range(options.replicas)]
            pids, addresses = [pid for pid, _ in started], [address for _, address in started]
            for address in addresses:
                wait_until_ready(address)
        before, begun = [cpu_seconds(pid) for pid in pids], time.monotonic()
        result = measured(options, addresses, pids)
        took = time.monotonic() - begun
        used = [round((cpu_seconds(pid) - first) / took, 2) for pid, first in zip(pids, before, strict=True)]
        result |= {
            "load": options.load,
            "visitors": options.visitors,
            "replicas": options.replicas,
            "runs_a_second": round(result["runs"] / took, 1),
            "cores_used": used,
            "megabytes_at_the_end": [round(resident_megabytes(pid)) for pid in pids],
        }
        print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
