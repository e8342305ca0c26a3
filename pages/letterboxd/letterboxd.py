import streamlit as st

from reelrec.ui import links, state
from reelrec.ui.for_you.rows import WATCHLIST
from reelrec.ui.letterboxd import bring, scales
from reelrec.ui.letterboxd.match_report import report
from reelrec.ui.letterboxd.own_picks import own_picks
from reelrec.ui.letterboxd.suggested import suggested
from reelrec.ui.links import Link

st.title("Bring your Letterboxd", anchor=False)
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
    ways = [Link("Show films for me", links.FOR_YOU, look="primary")] if profile.watched else []
    if profile.watchlist:
        wanted = f"Rank my watchlist ({len(profile.watchlist):,})"
        ways.append(Link(wanted, links.to(links.FOR_YOU, view=WATCHLIST)))
    links.links(*ways, key="onward")
    own_picks(taken.profile, taken.log.owner or ("" if bring.is_mine() else "this export"))
elif not profile.is_empty:
    st.divider()
    own_picks(profile)
    st.markdown(":small[Days, rewatches and reviews do not travel in the address; bring the export again to see them.]")
