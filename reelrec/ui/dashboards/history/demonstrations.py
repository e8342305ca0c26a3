"""The notebook's demonstrations on ml-latest-small: films to ask about, and lists for three kinds of users."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.translation import _
from reelrec.translation import number as digits
from reelrec.ui import text
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.bars import Bar, Bars, Group
from reelrec.ui.dashboards.parts.frame import Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, Row, number, rows, string
from reelrec.ui.frame import turn

COMMAND = "python -m reelrec evaluate seed-demo"
ANYONE = "python -m reelrec recommend --data ml-latest-small --user 509 --model svd"
# The lists that the notebook printed: MovieLens' film ids with predicted stars; for nobody, film ids only.
PRINTED_KNOWN = {1223: 4.061310, 1104: 4.049562, 318: 4.034565, 3468: 4.015110, 1248: 3.995758}
PRINTED_NEW = {3468: 4.640310, 2318: 4.618084, 898: 4.616641, 1262: 4.613325, 1283: 4.609720}
PRINTED_FALLBACK = [318, 260, 527, 296, 2571]
LENGTH = 5  # of the lists


def draw() -> None:
    frame.section(
        _("Its demonstrations"),
        _(
            "The notebook then showed what its recommender does: which films it asks about, and what it recommends "
            "to somebody it knows, to somebody new, and to nobody. `{anyone}` does it for anyone in the data.",
            anyone=ANYONE,
        ),
    )
    left, right = st.columns(2)
    with left, frame.card(_("Films to ask a newcomer about")):
        frame.draw("demo-starters", lambda: starters(_report()), COMMAND, frame.RERUN)
    with right:
        with frame.card(_("A list for somebody known")):
            frame.draw("demo-known", lambda: known_user(_report()), COMMAND, frame.RERUN)
        with frame.card(_("A list for nobody")):
            frame.draw("demo-fallback", lambda: fallback(_report()), COMMAND, frame.RERUN)
        with frame.card(_("Somebody’s favourites")):
            frame.draw("demo-favourites", lambda: favourites(_report()), COMMAND, frame.RERUN)
            _titles()
    with frame.card(_("A list for somebody new")):
        frame.draw("demo-new", lambda: new_user(_report()), COMMAND, frame.RERUN)


def _report() -> Report:
    return frame.report("seed-demo")


def starters(report: Report) -> Drawing:
    """The films to ask about, by their number of ratings."""
    films = report["starters"]
    titles = [string(film["title"]) for film in films]
    counts, means = ([number(film[key]) for film in films] for key in ("n", "mean"))
    groups = [
        Group(title, [Bar(Row.exact(n), _("{n:,.0f} · ★ {mean:.2f}", n=n, mean=mean))])
        for title, n, mean in zip(titles, counts, means, strict=True)
    ]
    alt = _(
        "{films} films by number of ratings; {title} leads with {n:,.0f}.",
        films=len(films),
        title=titles[0],
        n=counts[0],
    )
    return Drawing(
        _(
            "The {films} best known films have {least:,.0f} to {most:,.0f} ratings each",
            films=len(films),
            least=min(counts),
            most=max(counts),
        ),
        _(
            "Their means go from {low:.2f} to {high:.2f} stars: most people know some of them, and most like them.",
            low=min(means),
            high=max(means),
        ),
        (Bars(groups, alt),),
    )


def known_user(report: Report) -> Drawing:
    """The list for a user in the training set."""
    person, films = report["known_user"]["user"], report["known_user"]["list"]
    return Drawing(
        _("The list for person {id} {agrees}", id=_id(person), agrees=_agrees(films, PRINTED_KNOWN)),
        _("The tuned SVD, which was trained on that person, puts {title} first.", title=_title(films[0])),
        (_list(films, _("Five films with predicted stars for person {id}.", id=_id(person))),),
    )


def fallback(report: Report) -> Drawing:
    """The list for nobody, and whether it is the notebook's."""
    films = report["fallback"]
    same = [film["film_id"] for film in films] == PRINTED_FALLBACK
    cells = [
        (_id(film["film_id"]), _title(film), digits(number(film["n"]), ",.0f"), digits(number(film["mean"]), ".2f"))
        for film in films
    ]
    return Drawing(
        _("Who has rated nothing gets the same five films as in the notebook")
        if same
        else _("Who has rated nothing gets not the same five films as in the notebook"),
        _("Films that many rated, best mean first."),
        (
            Table(
                ("Id", _("Film"), _("Ratings"), _("Mean")),
                cells,
                _("{n} films for somebody who has rated nothing.", n=len(cells)),
            ),
        ),
    )


def favourites(report: Report) -> Drawing:
    """A sentence about the films that a user rated best; a figure would add nothing."""
    loved = report["best_rated"]
    films = number(loved["films"])
    return Drawing(
        _(
            "What person {id} rated best is a {films:.0f}-way tie at {stars:.1f} stars",
            id=_id(loved["user"]),
            films=films,
            stars=number(loved["stars"]),
        ),
        _("Which of the {films:.0f} the notebook showed, and in which order, is chance.", films=films),
        (),
    )


@turn.fragment()
def _titles() -> None:
    """The films of the tie. They are a user's own ratings, so they come from the data and not from the JSON."""
    try:
        person = int(number(_report()["best_rated"]["user"]))
    except frame.BROKEN:
        return  # the sentence above says what is missing
    with st.expander(_("Which films?"), key="demo-titles", type="compact", on_change="rerun") as opened:
        if not opened.open:
            return
        films = app.best_rated(person)
        if films is None:
            st.markdown(
                _(
                    "Their titles are in MovieLens’ ratings, which are not on this machine. `{get}` fetches them.",
                    get=frame.GET,
                )
            )
        else:
            st.text(" · ".join(film["title"] for film in films))


def new_user(report: Report) -> Drawing:
    """The list for a new user: by the notebook's way, which fits the SVD again, and by folding in."""
    demonstration = report["new_user"]
    refitted, folded = demonstration["refitted"], demonstration["folded_in"]
    slow, fast = number(refitted["seconds"]), number(folded["seconds"])
    rated = [(_title(film), digits(number(film["stars"]), ".1f")) for film in demonstration["ratings"]]
    return Drawing(
        _("Folding five ratings in is {slow:,.0f} times as fast as fitting the SVD again", slow=slow / fast),
        _(
            "The notebook fitted it again for person {id}; that list {agrees}. {overlap:.0f} of the five folded in "
            "are the same.",
            id=_id(demonstration["user"]),
            agrees=_agrees(refitted["list"], PRINTED_NEW),
            overlap=number(demonstration["overlap"]),
        ),
        (
            Table(
                (_("Film"), _("Stars")),
                rated,
                _("The five ratings."),
                _("What {id} rated", id=_id(demonstration["user"])),
            ),
            _list(
                refitted["list"], _("Five films by the SVD fitted again."), _("Fitted again, {slow:.1f} s", slow=slow)
            ),
            _list(folded["list"], _("Five films by folding in."), _("Folded in, {fast:.0f} ms", fast=1000 * fast)),
        ),
        more=_chance(report),
    )


def _chance(report: Report) -> str:
    """A sentence on how much of the notebook's list another seed keeps; "" where that was not measured."""
    kept = rows(report, "overlap").get("svd-reseeded", {}).get(LENGTH)
    if kept is None:
        return ""
    keeps = _("Fitted again with another seed, the notebook’s way keeps {n:.1f} of its own five on average.",
              n=LENGTH * kept.value)  # fmt: skip
    return keeps + " " + _("After five ratings its list is mostly chance.") if kept.value < 0.5 else keeps


def _list(films: list[Report], alt: str, title: str = "") -> Table:
    cells = [(_id(film["film_id"]), _title(film), digits(number(film["stars"]), ".6f")) for film in films]
    return Table(("Id", _("Film"), _("Predicted")), cells, alt, title)


def _agrees(films: list[Report], printed: dict[int, float]) -> str:
    numbers = [(film["film_id"], round(number(film["stars"]), 6)) for film in films]
    if numbers == list(printed.items()):
        return _("agrees with the notebook’s to six decimals")
    shared = sum(film in printed for film, _stars in numbers)
    return _(
        "differs from the notebook’s, with which it shares {shared} of {printed} films",
        shared=shared,
        printed=len(printed),
    )


def _title(film: Report) -> str:
    return text.plain(string(film["title"]))


def _id(person: object) -> str:
    return digits(number(person), ".0f")
