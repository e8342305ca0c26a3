import streamlit as st

from reelrec import app
from reelrec.ui import address, events, state
from reelrec.ui.rate import keep
from reelrec.ui.rate.guesses import guesses
from reelrec.ui.rate.interview import interview
from reelrec.ui.rate.meter import meter
from reelrec.ui.shelf.tiles import UNSEEN, Tile, tiles

SHOWN = "rate"  # names the count of films shown
FIRST, MORE, MOST = 24, 12, 240
FOR_YOU = "pages/for_you/for_you.py"
WAYS = {"screens": "Screen by screen", "list": "One list for all"}

profile = state.profile()
st.title("Rate a few films")
st.write("Tap the stars of films you have seen; half stars count. One rating is enough to begin, ten make it yours.")
known = st.container()  # filled when the screen is known
guessed = st.container()  # filled last, so that nobody who goes on rating waits for it
with st.container(horizontal=True, vertical_alignment="center"):
    if profile.ratings:
        st.page_link(FOR_YOU, label="Show my films", icon=":material/arrow_forward:", query_params=address.params())
    else:
        st.markdown("Just looking? See it through somebody else’s eyes:", width="content")
        for sample in app.sample_profiles():
            if st.button(sample.title, key=f"sample-{sample.name}", help=sample.about):
                state.change(app.sample_profile(sample.name), f"You are looking as “{sample.title}”: {sample.about}.")
                events.profile_changed()
                state.ask_anew()
                st.switch_page(FOR_YOU, query_params=address.params())

query = st.text_input(
    "Search all films",
    key="search",
    type="search",
    live="300ms",
    max_chars=100,
    placeholder="A title, a director, a year",
)
if query.strip():
    matches = app.search(query)
    if matches:
        tiles("Films found", [Tile(film) for film in matches], key="found", actions=[UNSEEN])
    else:
        st.info("No film is like that. Try fewer words, or the original title.", title="Nothing found")
    st.divider()

row = st.container(horizontal=True, vertical_alignment="center", gap="small", key="ways")
way = row.segmented_control(
    "Films to rate", list(WAYS), key="way", default="screens", required=True, format_func=WAYS.__getitem__,
    label_visibility="collapsed", persist_state="session",
)  # fmt: skip
screen = interview(profile, row) if way == "screens" else None
if screen is None:
    n = state.films_shown(SHOWN, FIRST)
    films = [film for film in app.starters(n + len(profile.unseen)) if film.number not in profile.unseen][:n]
    tiles("Films to rate", [Tile(film) for film in films], key="starters", actions=[UNSEEN])
    if n < MOST and len(films) == n:
        st.button("More films", icon=":material/add:", on_click=state.show_more, args=(SHOWN, MORE))

with st.expander("Your ratings: change, keep, bring back", icon=":material/inventory_2:", key="keep"):
    keep.ratings(profile)

with known:
    meter(profile, screen)
with guessed:
    guesses(profile)
