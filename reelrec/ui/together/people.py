"""Who is here: the visitor first, then those who were added, each with a button to take them away again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import state, text

if TYPE_CHECKING:
    from reelrec.serving.together.people import Person
    from reelrec.visitor.profile import Profile

NAME = "together-name"  # the key of the visitor's own name
YOU = N_("You")


def known(profile: Profile) -> bool:
    """Whether a profile has a film that models know."""
    return bool(profile.known(app.catalogue().n_items).watched)


def here(profile: Profile) -> list[Person]:
    """The people of whom something is known. The visitor is one of them if they rated or saw a film."""
    me = [app.together.Person(own_name(), profile)] if known(profile) else []
    return [*me, *state.visit().company.others]


def own_name(untyped: str = "") -> str:
    """What the visitor is called here. untyped: where they have typed no name; "" for "You"."""
    typed = st.session_state.get(NAME) or untyped or _(YOU)
    return app.together.clean_name(typed, [person.name for person in state.visit().company.others])


def add(name: str, profile: Profile) -> None:
    """Let somebody in, or keep the reason why not."""
    company = state.visit().company
    taken = [own_name(), *(person.name for person in company.others)]
    name = app.together.clean_name(name, taken)
    if len(company.others) >= app.together.MOST - 1:
        company.problem = _("There is room for {n} people, and all are here.", n=app.together.MOST)
    elif not known(profile):
        company.problem = _(
            "There are no films in it that ReelRec knows, so nothing can be said for {name}.", name=name
        )
    else:
        company.problem = ""
        company.others += (app.together.Person(name, profile),)


def draw(profile: Profile) -> None:
    """Draw them in a row."""
    company = state.visit().company
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="together-people"):
        st.text_input(
            _("Your name here"), key=NAME, max_chars=app.together.MOST_LETTERS, placeholder=_(YOU), width=180,
            autocomplete="off", persist_state="page",
        )  # fmt: skip
        for place, person in enumerate(company.others):
            films = text.films(len(person.profile.watched))
            st.button(
                f"{text.plain(person.name)}, {films}", key=f"together-person-{place}", icon=":material/close:",
                help=_("Take {name} away", name=text.plain(person.name)), on_click=_remove, args=(person,),
            )  # fmt: skip


def _remove(person: Person) -> None:
    company = state.visit().company
    company.others = tuple(other for other in company.others if other is not person)
    company.problem = ""
