import streamlit as st

from reelrec.ui import address, state
from reelrec.ui.for_you import filters
from reelrec.ui.letterboxd import bring, scales
from reelrec.ui.letterboxd.match_report import report
from reelrec.ui.letterboxd.own_picks import own_picks
from reelrec.ui.letterboxd.suggested import suggested

FOR_YOU = "pages/for_you/for_you.py"

st.title("Bring your Letterboxd")
taken = bring.intake()
profile = state.profile()
if taken is None:
    bring.ways_in()
else:
    with st.expander("Bring another export or username", icon=":material/upload:", key="another"):
        bring.ways_in()
bring.problem()
if taken is not None:
    scales.question(taken)
    bring.question(taken)
    report(taken)
    suggested(taken)
    with st.container(horizontal=True):
        if profile.watched and st.button("Show films for me", icon=":material/arrow_forward:"):
            st.switch_page(FOR_YOU, query_params=address.params())
        if profile.watchlist and st.button(f"Rank my watchlist ({len(profile.watchlist):,})", icon=":material/sort:"):
            filters.only_watchlist()
            st.switch_page(FOR_YOU, query_params=address.params())
    own_picks(taken.profile, taken.log.owner or ("" if bring.is_mine() else "this export"))
elif not profile.is_empty:
    st.divider()
    own_picks(profile)
    st.markdown(":small[Days, rewatches and reviews do not travel in the address; bring the export again to see them.]")
