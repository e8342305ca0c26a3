"""ReelRec's entry. The web server imports it for `app`; Streamlit runs it as the script of every visit."""

import os

# Before numpy is loaded: with more, many clicks at once end the process (reelrec/ui/frame/threads.py).
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")
# Before pyarrow is: its own allocator keeps what it has freed, some 75 MB after the catalogue was read and indexed.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

import streamlit as st

if __name__ == "__main__":
    from reelrec.translation import N_
    from reelrec.ui import run

    run.run(
        [
            st.Page("pages/rate/rate.py", title=N_("Rate"), default=True),
            st.Page("pages/for_you/for_you.py", title=N_("For you"), url_path="for_you"),
            st.Page("pages/lists/lists.py", title=N_("Lists"), url_path="lists"),
            st.Page("pages/together/together.py", title=N_("Together"), url_path="together"),
            st.Page("pages/taste/taste.py", title=N_("Taste"), url_path="taste"),
            st.Page("pages/letterboxd/letterboxd.py", title=N_("Letterboxd"), url_path="letterboxd"),
            st.Page("pages/models/models.py", title=N_("Models"), url_path="models"),
            st.Page("pages/about/about.py", title=N_("About"), url_path="about"),
            st.Page("pages/film/film.py", title=N_("Film"), url_path="film", visibility="hidden"),
        ]
    )
else:
    from reelrec.web import server

    app = st.App(__file__, **server.options())
