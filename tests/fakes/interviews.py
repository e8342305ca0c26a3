"""Invented measurements of interviews, and of the training of who asks."""

from __future__ import annotations

from tests.fakes.measured import difference, report, row


def interview() -> dict:
    """The learned policy ties with the design, which needs seven answers for what popularity reaches with ten."""
    losses = {"random": 1.78, "popularity": 1.79, "greedy": 1.785, "a-optimal": 1.75, "policy": 1.748}
    losses |= {"policy-2": 1.749, "policy-cold": 1.76, "a-optimal-blind": 1.77}
    rows = [row(name, "area", None, loss - 0.03) for name, loss in losses.items()]
    for name, loss in losses.items():
        rows += [row(name, "rmse", k, loss / 2 - 0.006 * k) for k in range(1, 11)]
        for k in range(1, 6):
            values = {
                "nll": loss - 0.01 * k,
                "rmse": loss / 2 - 0.005 * k,
                "recall20": 3.5 * loss - 6,
                "new_recall20": 6.5 - 3.5 * loss,
                "stars": 2 * loss,
            }
            rows += [row(name, f"screens_{metric}", k, value) for metric, value in values.items()]
            rows.append(row(name, "answers", k, 2.5 * k * loss))
    needs = {"popularity": 10, "a-optimal": 7, "policy": 7, "greedy": 10, "random": None}
    needed = [
        {"policy": name, "answers": n, "difference": difference(name, "popularity", "rmse", n or 10, -0.002)}
        for name, n in needs.items()
    ]
    others = [name for name in losses if name != "a-optimal"]
    areas = [difference(name, "a-optimal", "area", None, losses[name] - 1.75) for name in others]
    holm = [one | {"p_holm": 0.02 if real else 0.3, "stands": real} for one in areas for real in [one["value"] > 0.03]]
    pareto = [
        {"policy": name, "enjoyment": place / 4, "nll": losses[name] - 0.05 + 0.01 * place, "stars": 3.5 + 0.15 * place}
        for name in ("a-optimal", "policy")
        for place in range(5)
    ]
    said = {"promised": 0.6, "said": 0.61, "measured": 0.63}
    meter = [{"policy": name, "screens": k} | said for name in losses for k in range(1, 6)]
    worth = {"a-optimal": (0.98, 0.9), "policy": (1.0, 0.88), "greedy": (0.5, 1.0), "popularity": (0.4, 0.7)}
    worth |= {"random": (0.7, 0.8), "policy-2": (0.97, 0.89)}
    utility = [
        {"policy": name, "stars": stars, "lists": lists, "utility": both, "low": both - 0.02, "high": both + 0.03}
        for name, (stars, lists) in worth.items()
        for both in [(stars + lists) / 2]
    ]
    against = {name: [difference("a-optimal", name, "utility", None, 0.0)] for name in ("policy", "policy-2")}
    verdict = {"default": "a-optimal", "helps": False, "won": [], "utility": utility, "against": against}
    return report(*rows, needed=needed, areas={"a-optimal": holm}, verdict=verdict, pareto=pareto, meter=meter)


def policy() -> dict:
    """Three seeds from where A-optimal stands, and one from a random start."""
    ends = {"policy": (2, 1.0, 0.07), "policy-2": (1, 1.0, 0.05), "policy-3": (3, 1.0, -0.01)}
    ends |= {"policy-cold": (1, 0.3, 0.65), "policy-blind": (1, 0.95, 0.02)}
    curves = []
    for name, (seed, start, gain) in ends.items():
        worth = [(20 * place, start + gain * place / 12) for place in range(13)]
        looks = [{"updates": at, "reward": 0.01 if at else 0.0, "utility": utility} for at, utility in worth]
        curves.append({"policy": name, "seed": seed, "seconds": 400.0 + seed, "looks": looks})
    return {"protocol": "policy", "rows": [], "curves": curves}
