import streamlit as st

from reelrec import app
from reelrec.translation import _
from reelrec.ui import state
from reelrec.ui.browser import links
from reelrec.ui.rate import interview, keep
from reelrec.ui.rate.guesses import guesses
from reelrec.ui.rate.meter import meter
from reelrec.ui.rate.ways import ways
from reelrec.ui.shelf.tiles import SEEN, UNSEEN, Tile, tiles

SHOWN = "rate"  # names the count of films shown
STARTERS = "starters"  # the key of the list that is the same for all
FIRST, MORE, MOST = 24, 12, 240

profile = state.profile()
st.title(_("Rate films you have seen, get a list made for you"), anchor=False)
ways()
head = interview.head()
made = interview.made(profile) if head.way == "screens" else None
more = False
if made:
    interview.draw(made, head)
else:
    head.why.markdown(_("What most people have seen, for everybody the same."))
    n = state.films_shown(SHOWN, FIRST)
    films = [film for film in app.starters(n + len(profile.unseen)) if film.number not in profile.unseen][:n]
    tiles(_("Films to rate"), [Tile(film) for film in films], key=STARTERS, actions=[SEEN, UNSEEN])
    more = n < MOST and len(films) == n
guessed = st.container()
kept = st.expander(
    _("Your ratings: change, keep, bring back"), icon=":material/inventory_2:", key="keep", on_change="rerun"
)
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="rate-foot"):
    meter(profile, interview.KEY if made else STARTERS)
    if made and made.screen.films:
        interview.next_button(made)
    elif more:
        st.button(_("{n} more", n=MORE), on_click=state.show_more, args=(SHOWN, MORE))
    if profile.ratings:
        links.links(links.Link(_("See my films"), links.FOR_YOU, look="primary"), key="see-films")
with guessed:  # after the foot, so that nobody who goes on rating waits for it
    guesses(profile)
if kept.open:
    with kept:
        keep.ratings(profile)
