"""How far apart any two models of a report are, from the differences that were measured on the same people."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from reelrec.ui.dashboards.parts.reading import Known, Row, number, texts

Pairs = Mapping[tuple[str, str], Row]  # model and than, to model minus than


def gaps(report: dict, metric: str, k: Known) -> dict[tuple[str, str], Row]:
    """Model minus another, at one k, in both directions. Raises LookupError, ValueError or TypeError.

    Two that were not held against each other are through a third: the intervals of both steps then add up, and are
    never narrower than measuring would have made them. The narrowest way counts.
    """
    measured: dict[tuple[str, str], Row] = {}
    for one in [*report["differences"], *report.get("beside_parts", ())]:
        if (one["metric"], one["k"]) == (metric, k):
            model, than = texts(one["model"], one["than"])
            gap = Row(*(number(one[part]) for part in ("value", "low", "high")))
            measured |= {(model, than): gap, (than, model): Row(-gap.value, -gap.high, -gap.low)}
    return _joined(measured)


def is_real(gap: Row) -> bool:
    """Whether its interval leaves out 0."""
    return not gap.low <= 0 <= gap.high


def _joined(measured: Pairs) -> dict[tuple[str, str], Row]:
    found = dict(measured)
    models = list(dict.fromkeys(model for model, _ in measured))
    for via, model, than in product(models, repeat=3):  # all ways through `via` are known before the next is tried
        first, second = found.get((model, via)), found.get((via, than))
        if model == than or (model, than) in measured or first is None or second is None:
            continue
        joined = Row(first.value + second.value, first.low + second.low, first.high + second.high)
        known = found.get((model, than))
        if known is None or joined.high - joined.low < known.high - known.low:
            found[model, than] = joined
    return found
