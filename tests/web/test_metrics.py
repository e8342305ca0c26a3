"""What a Prometheus is told, and where."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from deploy.loopback import free_ports
from reelrec import app
from reelrec.counters import Durations
from reelrec.errors import OptionError
from reelrec.web import metrics

ROOT = Path(__file__).parents[2]


@pytest.fixture
def start(monkeypatch):
    """Set REELREC_METRICS and start; the address. The thread lives as long as this process."""

    def start(wanted: str) -> None:
        monkeypatch.setenv("REELREC_METRICS", wanted)
        metrics.start.cache_clear()
        metrics.start()

    yield start
    metrics.start.cache_clear()


def told() -> str:
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(metrics.Numbers())
    return generate_latest(registry).decode()


def values(text: str) -> dict[tuple[str, ...], float]:
    """Each sample's value, by its name and its labels' values, in the order of the labels' names."""
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(name, *(labels[key] for key in sorted(labels))): value for name, labels, value, *_ in samples}


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("", None),
        ("9100", ("127.0.0.1", 9100)),
        ("0.0.0.0:9100", ("0.0.0.0", 9100)),
        (" [::1]:9100 ", ("::1", 9100)),
    ],
)
def test_metrics_are_off_unless_asked_for_and_on_loopback_unless_told_otherwise(monkeypatch, wanted, place):
    monkeypatch.setenv("REELREC_METRICS", wanted)
    assert metrics.place() == place


@pytest.mark.parametrize("wanted", ["on", "0", "65536", "localhost:", "9100:localhost", "²"])
def test_what_names_no_port_is_refused_and_the_app_runs_without_metrics(monkeypatch, caplog, wanted):
    monkeypatch.setenv("REELREC_METRICS", wanted)
    with pytest.raises(OptionError, match="Write a port"):
        metrics.place()
    metrics.start.cache_clear()
    metrics.start()
    metrics.start.cache_clear()
    assert "There are no metrics." in caplog.text


def test_a_prometheus_reads_them_by_http(start):
    (port,) = free_ports(1)
    start(str(port))
    answer = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=5)
    assert answer.status_code == 200
    assert values(answer.text)["process_resident_memory_bytes",] > 50e6
    assert ("reelrec_gate_places",) in values(answer.text)


def test_a_port_that_is_taken_is_said_in_the_log_and_the_app_goes_on(start, caplog):
    (port,) = free_ports(1)
    start(str(port))
    start(str(port))
    assert f"REELREC_METRICS is 127.0.0.1:{port}" in caplog.text
    assert "Choose a port that is free" in caplog.text


def test_they_say_what_was_counted(monkeypatch):
    reruns = Durations()
    monkeypatch.setattr(app.counters, "RERUNS", reruns)
    for seconds in (0.03, 0.3):
        reruns.add("For you", seconds)
    before = values(told())
    app.counters.CACHE_READS.add("disk")
    app.counters.FEEDS.add("failed")
    after = values(told())
    assert after["reelrec_rerun_seconds_bucket", "0.05", "For you"] == 1
    assert after["reelrec_rerun_seconds_bucket", "+Inf", "For you"] == 2
    assert after["reelrec_rerun_seconds_count", "For you"] == 2
    assert after["reelrec_rerun_seconds_sum", "For you"] == pytest.approx(0.33)
    changed = {
        key: after[key] - before[key] for key in after if key[0].startswith("reelrec_") and after[key] != before[key]
    }
    assert changed == {("reelrec_cache_reads_total", "disk"): 1, ("reelrec_feeds_total", "failed"): 1}


def test_each_run_of_a_page_is_counted_and_nothing_of_the_visitor_is_told(tiny_artifacts, monkeypatch):
    from streamlit.testing.v1 import AppTest

    monkeypatch.setattr(app.counters, "RERUNS", Durations())
    visit = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()
    visit.run()
    text = told()
    assert values(text)["reelrec_rerun_seconds_count", "Rate"] == 2
    labels = {label for _, *labels in values(text) for label in labels if not label[-1].isdigit()}
    assert labels == {"Rate", "+Inf", "memory", "disk", "missing", "done", "mistaken", "failed"}


def test_the_dashboard_asks_for_metrics_that_there_are():
    board = json.loads((ROOT / "deploy/grafana.json").read_text())
    asked = {name for panel in board["panels"] for target in panel["targets"]
             for name in re.findall(r"\b(?:reelrec|process)_\w+", target["expr"])}  # fmt: skip
    app.counters.RERUNS.add("Rate", 0.1)
    there = {name for name, *_ in values(told())}
    assert asked <= there
    ours = {re.sub(r"_(bucket|count|sum)$", "", name) for name in there if name.startswith("reelrec_")}
    assert ours == {re.sub(r"_(bucket|count|sum)$", "", name) for name in asked if name.startswith("reelrec_")}


def test_the_library_is_loaded_only_where_a_host_wants_metrics():
    code = "import sys; from reelrec.web import server; server.options(); print('prometheus_client' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "False", done.stderr
