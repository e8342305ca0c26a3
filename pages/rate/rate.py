import streamlit as st

from reelrec import app
from reelrec.ui import state
from reelrec.ui.rate import keep
from reelrec.ui.rate.guesses import guesses
from reelrec.ui.rate.meter import meter
from reelrec.ui.rate.questions import interview
from reelrec.ui.shelf.tiles import UNSEEN, Tile, tiles

FIRST, MORE, MOST = 24, 12, 240
FOR_YOU = "pages/for_you/for_you.py"
WAYS = {"screens": "Screen by screen", "list": "One list for all"}

profile = state.profile()
st.title("Rate a few films")
st.write("Tap the stars of films you have seen; half stars count. One rating is enough to begin, ten make it yours.")
known = st.container()  # filled when it is known what is asked
guessed = st.container()  # filled last, so that nobody waits for it who goes on rating
with st.container(horizontal=True, vertical_alignment="center"):
    if profile.ratings:
        st.page_link(FOR_YOU, label="Show my films", icon=":material/arrow_forward:", query_params=state.params())
    else:
        st.markdown("Just looking? See it through somebody else’s eyes:", width="content")
        for sample in app.sample_profiles():
            if st.button(sample.title, key=f"sample-{sample.name}", help=sample.about):
                state.change(app.sample_profile(sample.name), f"You are looking as “{sample.title}”: {sample.about}.")
                state.ask_anew()
                st.switch_page(FOR_YOU, query_params=state.params())

query = st.text_input(
    "Search all films", key="search", type="search", live="300ms", max_chars=100, placeholder="A title, accents or not"
)
if query.strip():
    found = app.search(query)
    if found:
        tiles("Films found", [Tile(film) for film in found], key="found", actions=[UNSEEN])
    else:
        st.info("No film has that in its title. Try fewer letters, or the original title.", title="Nothing found")
    st.divider()

row = st.container(horizontal=True, vertical_alignment="center", gap="small", key="ways")
way = row.segmented_control(
    "Films to rate", list(WAYS), key="way", default="screens", required=True, format_func=WAYS.get,
    label_visibility="collapsed", persist_state="session",
)  # fmt: skip
screen = None
if way == "screens":
    try:
        screen = interview(profile, row)
    except app.ReelRecError as error:
        st.warning(f"{error} Here is one list for all instead.", title="We cannot ask screen by screen")
if screen is None:
    asked = state.count(state.ASKED, FIRST)
    films = [film for film in app.starters(asked + len(profile.unseen)) if film.number not in profile.unseen][:asked]
    tiles("Films to rate", [Tile(film) for film in films], key="starters", actions=[UNSEEN])
    if asked < MOST and len(films) == asked:
        st.button("More films", icon=":material/add:", on_click=state.more, args=(state.ASKED, MORE))

with st.expander("Your ratings: change, keep, bring back", icon=":material/inventory_2:", key="keep"):
    keep.ratings(profile)

with known:
    meter(profile, screen)
with guessed:
    guesses(profile)
