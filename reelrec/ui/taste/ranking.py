"""Which model knows the visitor best, or that none clearly does; and, folded away, a table of all models."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _, listed, number
from reelrec.ui import text

if TYPE_CHECKING:
    from reelrec.serving.portrait.backtest import Backtest, Scored

READING = 760  # px
UNKNOWN = "–"
FOLD = N_("All the ways we guess, side by side")
# What the models do, in plain words. Their names on other pages stand behind.
PLAIN = {
    "bmf": N_("Films and people in a few numbers"), "stack": N_("A blend of several"),
    "deepfm": N_("Reads each film’s facts"), "gpt": N_("Reads your ratings one by one"),
    "svd": N_("The method of the notebook"), "knn": N_("Looks at films rated alike"),
    "baseline": N_("The film’s mean and how kind you are"), "film-mean": N_("The film’s mean alone"),
    "blend": N_("The list of For you"), "dae": N_("What people like you loved"),
    "ranker": N_("What people like you saw"),
    "ease": N_("Films that are watched together"), "popularity": N_("What everybody watches"),
}  # fmt: skip


def draw(result: Backtest) -> None:
    """Draw the verdict, and the table in a fold."""
    finding, rest = verdict(result)
    st.subheader(finding, anchor=False)
    st.container(width=READING).markdown(rest)
    with st.expander(_(FOLD), key="backtest-models"):
        table(result)


def verdict(result: Backtest) -> tuple[str, str]:
    """A finding and what there is to say about it, as Markdown."""
    best, labels = result.best, _labels()
    if best is None:
        if len(set(result.stars)) == 1:
            return (
                _("You gave every film the same stars"),
                _(
                    "All have {stars:g}, so a guess can only be near to that or not. Which of your films you like "
                    "more, and which method knows it best, nothing here can tell.",
                    stars=result.stars[0],
                ),
            )
        return _("Only one method predicts stars today"), _("So there is nothing to compare it with.")
    first = labels[best.name]
    if best.is_sure:
        return (
            _("{model} knows you best", model=first),
            _(
                "It is ahead of each of the {n} other ways to guess your stars, and not by luck.",
                n=len(result.of_stars) - 1,
            ),
        )
    return (
        _("No method knows you clearly better"),
        _(
            "{model} comes first, but only just: with your {ratings:,} ratings, {n} of {of} ways to guess your stars "
            "are as good as each other.",
            model=first,
            ratings=len(result.films),
            n=len(best.level_with) + 1,
            of=len(result.of_stars),
        ),
    )


def _order(result: Backtest) -> str:
    """Which model puts films in order best, where that is another one; "" where it is not."""
    best = result.best_order
    if best is None or result.best is None or best.name == result.best.name:
        return ""
    model = _labels()[best.name]
    if best.is_sure:
        return _("{model} puts most films in your order, by more than chance.", model=model)
    return _("{model} puts most films in your order, but by no more than chance.", model=model)


def table(result: Backtest) -> None:
    """Draw a row a model: how far off it is, how often it foretells a like, and the order of two films."""
    labels, best = _labels(), result.best
    level = {best.name, *best.level_with} if best else set()
    makers = sorted(
        (scored for scored in result.models if scored.said is None), key=lambda scored: -(scored.concordance or 0)
    )
    rows = [_row(scored, _plain(scored.name, labels), scored.name in level) for scored in (*result.of_stars, *makers)]
    alt = _("All models on your ratings.")
    if rows:
        alt += " " + _("{model} is first.", model=rows[0][_("Method")].strip("*"))
    st.table(rows, border="horizontal", hide_index=True, alt=alt)
    notes = [_("Bold: as good as the first, up to chance.")] if 0 < len(level) < len(result.of_stars) else []
    notes += [
        _(
            "Order: of two hidden films that you gave different stars, how often the one with more came first; "
            "guessing gets 50\u00a0%."
        ),
        _order(result),
        _("Those without stars make lists and mind what you watch, too.") if makers else "",
    ]
    if result.left_out:
        notes.append(_("Cannot be used today: {models}.", models=listed([labels[name] for name in result.left_out])))
    st.markdown(f":small[{' '.join(filter(None, notes))}]")


def _row(scored: Scored, label: str, may_be_best: bool) -> dict[str, str]:
    return {
        _("Method"): f"**{label}**" if may_be_best else label,
        _("Stars off"): UNKNOWN if scored.mae is None else number(scored.mae, ".2f"),
        _("Likes right"): UNKNOWN if scored.likes is None else text.share(scored.likes),
        _("Order right"): UNKNOWN if scored.concordance is None else text.share(scored.concordance),
    }


def _plain(name: str, labels: dict[str, str]) -> str:
    """What a model does, and its name."""
    return f"{_(PLAIN[name])} · {labels[name]}" if name in PLAIN else labels[name]


def _labels() -> dict[str, str]:
    """What each model is called, as Markdown."""
    return {option.name: text.plain(_(option.label)) for option in app.models()}
