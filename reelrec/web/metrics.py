"""What the process does, for a Prometheus that asks on a port of its own: off unless the host sets REELREC_METRICS.

No metric says anything about a visitor. The port has neither TLS nor a password, so it is for the host's own network.
"""

from __future__ import annotations

import functools
import logging
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from streamlit import runtime
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY, CACHE_MEMORY_FAMILY

from reelrec import app
from reelrec.errors import OptionError

if TYPE_CHECKING:  # else imported only where a host wants metrics
    from prometheus_client import Metric

LOOPBACK = "127.0.0.1"


def place() -> tuple[str, int] | None:
    """The host and port of REELREC_METRICS, which is "PORT" or "HOST:PORT"; None where it is not set.

    Raises OptionError.
    """
    wanted = os.environ.get("REELREC_METRICS", "").strip()
    if not wanted:
        return None
    host, _, port = wanted.rpartition(":")
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise OptionError(f"REELREC_METRICS is {wanted!r}. Write a port, such as 9100, or an address with one.")
    return host.removeprefix("[").removesuffix("]") or LOOPBACK, int(port)


@functools.cache
def start() -> None:
    """Answer a Prometheus in a thread of its own, once in a process, if the host wants that."""
    try:
        where = place()
    except OptionError as error:
        logging.getLogger("reelrec").error("There are no metrics. %s", error)
        return
    if where is None:
        return
    import prometheus_client

    registry = prometheus_client.CollectorRegistry()
    prometheus_client.ProcessCollector(registry=registry)  # memory, CPU and open files
    registry.register(Numbers())
    try:
        prometheus_client.start_http_server(where[1], where[0], registry=registry)
    except OSError as error:
        logging.getLogger("reelrec").error(
            "There are no metrics: REELREC_METRICS is %s:%s, and %s. Choose a port that is free.", *where, error
        )


class Numbers:
    """ReelRec's numbers, read anew whenever they are asked for."""

    def collect(self) -> Iterator[Metric]:
        """Every metric with its values."""
        from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

        reruns = HistogramMetricFamily(
            "reelrec_rerun_seconds", "From a click until its page is whole, by page.", labels=["page"]
        )
        bounds = [*map(str, app.counters.RERUNS.BOUNDS), "+Inf"]
        for page, (counts, seconds) in app.counters.RERUNS.values().items():
            reruns.add_metric([page], list(zip(bounds, counts, strict=True)), seconds)
        yield reruns

        reads = CounterMetricFamily(
            "reelrec_cache_reads", "Answers of TMDB that were looked for, by where they were found.", labels=["found"]
        )
        for found, times in app.counters.CACHE_READS.values().items():
            reads.add_metric([found], times)
        yield reads

        feeds = CounterMetricFamily("reelrec_feeds", "Letterboxd feeds asked for, by outcome.", labels=["outcome"])
        for outcome, times in app.counters.FEEDS.values().items():
            feeds.add_metric([outcome], times)
        yield feeds

        gate = app.GATE
        yield GaugeMetricFamily("reelrec_gate_places", "Reruns that may work at once.", gate.places)
        yield GaugeMetricFamily("reelrec_gate_working", "Reruns that work now.", gate.working)
        yield GaugeMetricFamily("reelrec_gate_waiting", "Reruns that wait for their turn.", gate.waiting)
        yield CounterMetricFamily("reelrec_gate_turned_away", "Reruns that gave up waiting.", gate.turned_away)
        yield GaugeMetricFamily(
            "reelrec_cached_answers", "Answers of TMDB in memory.", app.counters.CACHED_ANSWERS.value
        )
        yield GaugeMetricFamily("reelrec_visits", "Visits whose page is open.", _visits())
        yield GaugeMetricFamily("reelrec_uploads_bytes", "Uploads that are held in memory.", _upload_bytes())


def _visits() -> int:
    """How many browsers are connected."""
    stats = runtime.get_instance().stats_mgr.get_stats([ACTIVE_SESSIONS_FAMILY]) if runtime.exists() else {}
    return sum(getattr(stat, "value", 0) for stat in stats.get(ACTIVE_SESSIONS_FAMILY, ()))


def _upload_bytes() -> int:
    """The size of all files that Streamlit keeps of its visitors' uploads."""
    files = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    stats = files.get_stats([CACHE_MEMORY_FAMILY]) if files is not None else {}
    return sum(getattr(stat, "byte_length", 0) for stat in stats.get(CACHE_MEMORY_FAMILY, ()))
