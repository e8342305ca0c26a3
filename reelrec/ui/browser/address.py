"""The address of the page.

Before the `#` stands what is not personal: page, film, filters, dial, and the language where one was chosen (`lang`).
Behind it, where no server, log or Referer sees it, stands what is: the profile (`p`), the sample whose taste is looked
through (`as`), where the visitor watches films (`tv`), a list that somebody gave away (`shared`), the room they swipe
in (`room`), and on Rate the interview's screen (`ask`). The key of their seat in the room is not there, so that whoever
copies the address does not give it away: the tab's own storage has it. Streamlit does not send that part, so a session
begins without it: address.js tells it, with what the browser's storage holds. From then on the visit's copy counts, and
the address follows it. moves.js keeps the part behind the `#` when a page is left, and the place on a page when it is
come back to.

An address of the old kind has profile and questions before the `#`. It is read, and rewritten at once.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping

import streamlit as st

from reelrec import app
from reelrec.errors import ReelRecError
from reelrec.translation import LANGUAGES, N_, _, ask
from reelrec.ui import state, watching
from reelrec.ui.browser.component import component
from reelrec.ui.made import MadeToken
from reelrec.ui.visit import AskedAgain, Keeping

CARRIED = TOKEN, SAMPLE, TV, SHARED, ASK, ROOM = "p", "as", "tv", "shared", "ask", "room"  # behind the #
FILM, LANGUAGE = "id", "lang"
RATE = N_("Rate")  # the page whose address carries its questions
KEY = "address"
ROOMS = re.compile(r"[\w-]{1,64}", re.ASCII)  # addresses of rooms, and keys of seats

_runs = itertools.count()  # of this process; the first one needs care, see address.js
_address = component("address")
ask(state.language)


def begin() -> bool:
    """At the beginning of a run: whether it is known what the address holds. If not, the next run knows."""
    is_new = state.begin()
    _speak(st.query_params.get(LANGUAGE, ""))
    if is_new and TOKEN in st.query_params:
        _open(st.query_params[TOKEN], st.query_params.get(ASK, ""))
        state.visit().arrived = True
    return state.visit().arrived


def end(path: str) -> None:
    """After a page is drawn: ask for what the address holds, or let it follow the visit. path: of the page.

    A link that cannot be read stays in the address until there is something to replace it.
    """
    visit = state.visit()
    _show_language()
    asked = visit.questions if visit.page == RATE and not visit.looking else None
    run = next(_runs)
    carried = {
        TOKEN: token(),
        SAMPLE: visit.looking.sample if visit.looking else "",
        TV: watching.code(visit.watching),
        SHARED: visit.shared.token,
        ASK: app.ask_link(asked) if asked else "",
        ROOM: visit.company.room,
    }
    data = {
        "run": run,  # another one each time, so that the script is called after every run
        "first_run": run == 0,
        "session": visit.session,
        "waiting": not visit.arrived,
        "page": path,
        "film": st.query_params.get(FILM, ""),
        "carried": carried,
        "unread": bool(visit.problem) and state.own_profile().is_empty,
        "stored": _to_store(carried[TV]) if visit.keeping.on else None,
        "forget": visit.keeping.forget,
        "seat": f"{visit.company.room}.{visit.company.key}" if visit.company.key else "",
    }
    visit.keeping.forget = False
    _address(key=KEY, data=data, height=0, on_arrived_change=lambda: _arrive(st.session_state[KEY].arrived))


def token() -> str:
    """What a link carries: the visitor's own profile. It is made once for each profile."""
    visit, own = state.visit(), state.own_profile()
    made = visit.made_token
    if made is None or made.profile is not own:
        made = visit.made_token = MadeToken(profile=own, token=app.link_token(own))
    return made.token


def _to_store(services: str) -> dict[str, str]:
    visit = state.visit()
    return {"ratings": token(), "services": services, "language": visit.language if visit.language_chosen else ""}


def _speak(language: str) -> None:
    """Use a language that was chosen; what is none of ours changes nothing."""
    if language in LANGUAGES:
        state.speak(language)


def _show_language() -> None:
    """Let the address name the language that was chosen, so that a reload and a bookmark keep it."""
    visit = state.visit()
    wanted = visit.language if visit.language_chosen else None
    if st.query_params.get(LANGUAGE) == wanted:
        return
    if wanted:
        st.query_params[LANGUAGE] = wanted
    else:
        del st.query_params[LANGUAGE]


def _arrive(told: Mapping[str, object]) -> None:
    """Take what the browser tells. Where its address has a profile, that one counts, else the one that it stores."""
    visit = state.visit()
    if visit.arrived or not isinstance(told, Mapping):  # it was told twice, or by no script of ours
        return
    link, stored, sample = (str(told.get(name, "")) for name in (TOKEN, "ratings", SAMPLE))
    visit.arrived = True
    visit.watching = watching.decoded(str(told.get(TV) or told.get("services") or ""))
    if not visit.language_chosen:
        _speak(str(told.get("language", "")))
    _open(link or stored, str(told.get(ASK, "")))
    state.open_list(str(told.get(SHARED, "")))
    visit.company.room, visit.company.key = _seat(str(told.get(ROOM, "")), str(told.get("seat", "")))
    if _is_read(stored):  # what cannot be read is left alone
        mine = link in ("", stored)
        visit.keeping = Keeping(on=mine, other="" if mine else stored)
    if sample in {known.name for known in app.sample_profiles()}:
        state.look_as(sample)


def _seat(room: str, seat: str) -> tuple[str, str]:
    """The room of an address, and the key of the visitor's seat in it; each "" where there is none."""
    if not ROOMS.fullmatch(room):
        return "", ""
    of, _, key = seat.partition(".")
    return room, key if of == room and ROOMS.fullmatch(key) else ""


def open_other() -> None:
    """Take the ratings that this device keeps, in place of those of the address."""
    visit = state.visit()
    _open(visit.keeping.other, "")
    visit.looking = visit.before = None
    visit.asked_again, visit.keeping = AskedAgain(), Keeping(on=True)


def _open(link: str, ask: str) -> None:
    """Take a profile and questions; where the profile cannot be read, keep the reason."""
    visit = state.visit()
    visit.questions = app.from_ask_link(ask)
    try:
        visit.profile = app.from_link(link)
        visit.problem = None
    except ReelRecError as error:
        visit.problem = _("{error} You start without ratings.", error=error)


def _is_read(link: str) -> bool:
    """Whether a token can be read."""
    try:
        return not app.from_link(link).is_empty
    except ReelRecError:
        return False
