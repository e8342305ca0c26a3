import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import events, state, text
from reelrec.ui.browser import links
from reelrec.ui.for_you import controls, picks, rows, tonight, unrated
from reelrec.ui.for_you.exploration import exploration
from reelrec.ui.frame import guard
from reelrec.ui.why import asked

FIRST, MORE, MOST = 24, 24, 192
WHOSE = {
    "for you": N_("The stars are for you."),
    "for a newcomer": N_("The stars are for a newcomer."),
    "on average": N_("The stars are on average."),
}

profile = state.profile()
known = profile.known(app.catalogue().n_items)  # what the list and the stars can follow


def chips() -> dict[str, str]:
    """The labels of the chips, by what they choose."""
    whole = {controls.LIST: _(controls.LIST)}
    if not app.makes_rows():
        return whole
    if known.watched:
        return {view: _(view) for view in (controls.ROWS, controls.TONIGHT)} | rows.chips(profile) | whole
    return whole | ({rows.WATCHLIST: _(rows.WATCHLIST)} if profile.watchlist else {})


choice = controls.choose(chips)
view = choice.view if choice.usual or choice.view != controls.ROWS else controls.LIST
shown = f"for you {view}"  # names the count of films shown
n = state.films_shown(shown, FIRST)

with guard.or_stop():
    page = app.rows(profile, rows.EACH, choice.filters) if view == controls.ROWS else ()
    shelves, drawn = picks.made(profile, n, choice, rows.numbers(page))

if not known.watched:
    popular = shelves[0].model == "popularity" and choice.dial <= app.MIDDLE
    made = _("This is what most people watch.") if popular else _("This list was made without your ratings.")
    if profile.watched:
        more = _("Rate films that many people know and it becomes yours.")
    else:
        more = _("Rate a film or two and it becomes yours.")
    st.info(f"{made} {more} {_(WHOSE[shelves[0].stars_of])}", title=_("Not personal yet"))
    links.links(links.Link(_("Rate films"), links.RATE, look="primary"), key="to-rate")
elif not known.ratings:
    st.info(
        _("You have given no stars yet, so these are a newcomer’s who has seen the same. The list follows that too.")
    )
elif shelves[0].has_stars:
    st.markdown(text.small(_("★ is what you would give; tap it for how sure we are, and why.")))

if view == controls.TONIGHT:
    tonight.draw(profile, choice.filters, shelves[0])
elif view == controls.ROWS:
    shelves = [rows.draw(profile, page, shelves[0], choice.filters)]
elif view == controls.LIST:
    picks.draw(shelves, choice.filters)
else:
    shelves = [rows.draw_one(profile, view, n, choice.filters, shelves[0])]
if view in (controls.ROWS, controls.LIST):
    if drawn:
        exploration(drawn, shelves[0])
    unrated.rows(profile, choice.filters, shelves[0])
    events.slates(shelves, drawn, choice.chosen)

with st.container(horizontal=True, vertical_alignment="center"):
    full = any(len(shelf.picks) == n for shelf in shelves)
    if view not in (controls.ROWS, controls.TONIGHT) and n < MOST and full:
        st.button(_("More films"), icon=":material/add:", on_click=state.show_more, args=(shown, MORE))
    if shelves[0].picks and view != controls.TONIGHT:
        picks.download(shelves[0])
asked.answer(profile)
