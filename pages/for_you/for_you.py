import streamlit as st

from reelrec import app
from reelrec.ui import events, links, state
from reelrec.ui.for_you import controls, picks, rows, tonight, unrated
from reelrec.ui.for_you.exploration import exploration
from reelrec.ui.frame import guard
from reelrec.ui.why import asked

FIRST, MORE, MOST = 24, 24, 192

profile = state.profile()
known = profile.known(app.catalogue().n_items)  # what the list and the stars can follow
views = [controls.LIST, *([rows.WATCHLIST] if profile.watchlist else [])]
if not app.makes_rows():
    views = [controls.LIST]
elif known.watched:
    views = [controls.ROWS, controls.TONIGHT, *rows.chips(profile), controls.LIST]
choice = controls.choose(views)
view = choice.view if choice.usual or choice.view != controls.ROWS else controls.LIST
shown = f"for you {view}"  # names the count of films shown
n = state.films_shown(shown, FIRST)

with guard.or_stop():
    page = app.rows(profile, rows.EACH, choice.filters) if view == controls.ROWS else ()
    shelves, drawn = picks.made(profile, n, choice, rows.numbers(page))

if not known.watched:
    popular = shelves[0].model == "popularity" and choice.dial <= app.MIDDLE
    made = "This is what most people watch." if popular else "This list was made without your ratings."
    more = "Rate films that many people know" if profile.watched else "Rate a film or two"
    st.info(f"{made} {more} and it becomes yours. The stars are {shelves[0].stars_of}.", title="Not personal yet")
    links.links(links.Link("Rate films", links.RATE, look="primary"), key="to-rate")
elif not known.ratings:
    st.info("You have given no stars yet, so these are a newcomer’s who has seen the same. The list follows that too.")
elif shelves[0].has_stars:
    st.markdown(":small[★ is what you would give; tap it for how sure we are, and why.]")

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
        st.button("More films", icon=":material/add:", on_click=state.show_more, args=(shown, MORE))
    if shelves[0].picks and view != controls.TONIGHT:
        picks.download(shelves[0])
asked.answer(profile)
