import streamlit as st

from reelrec.translation import _
from reelrec.ui import state, text
from reelrec.ui.browser import links
from reelrec.ui.letterboxd import bring, columns, onward, scales, ways_in
from reelrec.ui.letterboxd.match_report import report, summary
from reelrec.ui.letterboxd.own_picks import own_picks
from reelrec.ui.letterboxd.suggested import suggested

st.title(_("Bring your history"), anchor=False)
bring.problem()
taken, table = bring.intake(), bring.unnamed()
profile = state.profile()
if table is not None:
    columns.draw(table)
    ways_in.another()
elif taken is not None and taken.log.asks:
    summary(taken)
    scales.question(taken)
    report(taken)
    ways_in.another()
elif taken is not None:
    summary(taken)
    scales.question(taken)
    bring.question(taken)
    onward.draw(taken)
    suggested(taken)
    report(taken)
    ways_in.another()
    with st.container(key=links.OWN_PICKS):
        own_picks(taken.profile, bring.owner())
else:
    ways_in.promise()
    ways_in.draw()
    ways_in.how()
    if not profile.is_empty:
        st.divider()
        own_picks(profile)
        st.markdown(
            text.small(_("Days, rewatches and reviews do not travel in the address; bring the export again for them."))
        )
