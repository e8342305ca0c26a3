import streamlit as st

from reelrec import app
from reelrec.ui import address, events, state
from reelrec.ui.for_you import controls, filters, unrated
from reelrec.ui.for_you.exploration import exploration
from reelrec.ui.frame import guard
from reelrec.ui.shelf import stars
from reelrec.ui.shelf.tiles import SEEN, SET_ASIDE, tiles

RATE = "pages/rate/rate.py"
SHOWN = "for you"  # names the count of films shown
FIRST, MORE, MOST = 24, 24, 192

st.title("For you")
profile = state.profile()
known = profile.known(app.catalogue().n_items)  # what the list and the stars can follow
n = state.films_shown(SHOWN, FIRST)
choice = controls.choose()
drawn = None
with guard.or_stop():
    if len(choice.models) > 1:
        shelves = [app.recommend(profile, n, model, choice.dial, choice.filters) for model in choice.models]
    else:
        shelf, drawn = app.recommend_and_explore(
            profile, n, state.visit().number, choice.models[0], choice.dial, choice.filters
        )
        shelves = [shelf]

about = ""
if not known.watched:
    popular = shelves[0].model == "popularity" and choice.dial <= app.MIDDLE
    made = "This is what most people watch." if popular else "This list was made without your ratings."
    more = "Rate films that many people know" if profile.watched else "Rate a film or two"
    st.info(f"{made} {more} and it becomes yours.", title="Not personal yet")
    st.page_link(RATE, label="Rate films", icon=":material/star:", query_params=address.params())
elif not known.ratings:
    st.info("You have given no stars yet, so these are a newcomer’s who has seen the same. The list follows that too.")
elif shelves[0].model == app.DEFAULT_MODEL and shelves[0].picks:
    average = sum(profile.ratings.values()) / len(profile.ratings)
    about = (
        "What you are most likely to love, with room for the less famous. The stars are what you would give; "
        f"you give {average:.1f} on average. "
    )
if shelves[0].picks and shelves[0].picks[0].low is not None:
    about += stars.sureness(len(known.ratings), "within the bar below")
st.markdown(about)

columns = st.columns(len(shelves)) if len(shelves) > 1 else [st.container()]
for place, (column, shelf) in enumerate(zip(columns, shelves, strict=True)):
    with column:
        if len(shelves) > 1:
            st.subheader(controls.label(shelf.model))
        if not shelf.picks:
            filters.nothing_left(choice.filters)
            continue
        shown = [controls.tile(pick, shelf) for pick in shelf.picks]
        tiles(
            f"Picks by {controls.label(shelf.model)}",
            shown,
            key=f"picks-{place}",
            actions=[SEEN, SET_ASIDE],
            announce=True,
        )
if drawn:
    exploration(drawn, shelves[0])
unrated.rows(profile, choice.filters)
events.slates(shelves, drawn, choice.chosen)

with st.container(horizontal=True):
    if n < MOST and any(len(shelf.picks) == n for shelf in shelves):
        st.button("More films", icon=":material/add:", on_click=state.show_more, args=(SHOWN, MORE))
    if shelves[0].picks:
        st.download_button(
            "CSV for a Letterboxd list",
            shelves[0].letterboxd_list(),
            "reelrec-list.csv",
            "text/csv",
            on_click="ignore",
            help="On Letterboxd: New list, then Import. It marks nothing as watched.",
        )
