import streamlit as st

from reelrec.app import Profile
from reelrec.ui import bring, state
from reelrec.ui.match_report import report
from reelrec.ui.own_picks import own_picks

FOR_YOU = "pages/for_you/for_you.py"

bring.begin()
st.title("Bring your Letterboxd")
bring.ways_in()
taken = bring.intake()
profile = state.profile()
if taken is not None:
    st.divider()
    bring.question(taken)
    report(taken)
    if profile.watched:
        st.page_link(FOR_YOU, label="Show my films", icon=":material/arrow_forward:", query_params=state.params())
    own_picks(taken.profile, f"{taken.log.owner}’s" if taken.log.owner else "Your")
elif profile != Profile():
    st.divider()
    own_picks(profile, "Your")
