"""The difference of any two models of a report, from the differences that were measured on the same users."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from reelrec.ui.dashboards.parts.reading import Known, Report, Row, interval, string

Pairs = Mapping[tuple[str, str], Row]  # (model, than): model minus than


def gaps(report: Report, metric: str, k: Known) -> dict[tuple[str, str], Row]:
    """Model minus another model at one k, in both directions. Raises LookupError, ValueError or TypeError.

    Where two models were not compared directly, they are compared through a third one: the intervals of both steps add
    up, and are never narrower than a measured one. Of several ways the one with the narrowest interval counts.
    """
    measured: dict[tuple[str, str], Row] = {}
    for entry in [*report["differences"], *report.get("beside_parts", ())]:
        if (entry["metric"], entry["k"]) == (metric, k):
            model, than = string(entry["model"]), string(entry["than"])
            gap = interval(entry)
            measured[model, than] = gap
            measured[than, model] = Row(value=-gap.value, low=-gap.high, high=-gap.low)
    return _joined(measured)


def _joined(measured: Pairs) -> dict[tuple[str, str], Row]:
    pairs = dict(measured)
    models = list(dict.fromkeys(model for model, _ in measured))
    for via, model, than in product(models, repeat=3):  # all pairs through `via` are known before the next is tried
        first, second = pairs.get((model, via)), pairs.get((via, than))
        if model == than or (model, than) in measured or first is None or second is None:
            continue
        joined = Row(value=first.value + second.value, low=first.low + second.low, high=first.high + second.high)
        known = pairs.get((model, than))
        if known is None or joined.high - joined.low < known.high - known.low:
            pairs[model, than] = joined
    return pairs
