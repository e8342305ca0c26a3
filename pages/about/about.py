import streamlit as st

from reelrec import app
from reelrec.translation import _
from reelrec.ui import events
from reelrec.ui.about.approach import approach
from reelrec.ui.browser import links
from reelrec.ui.frame import tmdb

films, learned = len(app.catalogue()), app.training_data()

st.title(_("About ReelRec"), anchor=False)
st.container(width=760).write(
    _(
        "More films are within reach than anybody can look through, and the more there are, the longer the evening "
        "goes by in choosing. ReelRec makes the choice smaller: a short list for one person, how good each film will "
        "be for them, how far off that typically is, and why."
    )
)
st.header(_("How it works"))
approach()
page = st.container(width=760)
if learned:
    learned_from = _("The models learned from {ratings:,} ratings of {films:,} films by {people:,} people.",
                     ratings=learned[1], films=films, people=learned[0])  # fmt: skip
else:
    learned_from = _("The models learned from ratings.")
jobs = _(
    "Ranking and rating are two jobs: a list in the order of predicted stars holds fewer of the films that people went "
    "on to love than plain popularity does. So one model makes the list, from what people with your taste watched and "
    "loved, and another predicts the stars. The dial on **For you** goes from films that many know to films that few "
    "do; where films of yours speak for a pick, it names them."
)
page.write(f"{learned_from} {jobs}")
with page:
    links.links(links.Link(_("How good each model is"), links.MODELS), key="to-models")
page.header(_("Who uses it, and how"))
page.markdown(
    _(
        "- **Somebody at home** rates a few films and takes a list for the evening, or turns the dial for a "
        "discovery.\n- **A member of Letterboxd** brings their history, sees their own picks, and ranks their "
        "watchlist.\n- **A site or a cinema club** puts a row of picks on its homepage or into an e-mail: "
        "`python -m reelrec recommend --ratings FILE --all --csv OUT` writes a list for everybody.\n"
        "- **An engineer** compares the models, runs every number again, or adds a model."
    )
)
page.header(_("What counts as success"))
page.write(
    _(
        "That people like what they watch next, and would not have found it alone. We cannot sit beside them, so we "
        "measure what comes close, on people the models have never seen: how far the stars are off, how many of the "
        "films they went on to like are in the first ten, and how much two people’s lists differ. A number that no "
        "command makes is not shown."
    )
)
page.header(_("What it does not know"))
page.markdown(
    _(
        "- **Little history, little knowledge.** With few ratings the stars are hardly better than everybody’s "
        "average; the foot of **Rate** says how far off they typically are.\n"
        "- **Cold start.** A film that nobody here rated cannot be recommended, and a new one hardly.\n"
        "- **No person but their films.** It knows nothing of your age, sex or country, and does not ask.\n"
        "- **Error on paper is not enjoyment.** A rating is not the same as a good evening, and the people it learned "
        "from watch more films than most."
    )
)
page.header(_("Your privacy"))
logged = events.recorder().keeps_events
if logged:
    where = _(
        "Your ratings are in the address of the page, behind the #, which browsers send to no server; the page hands "
        "them to this one. Your device keeps them only if you ask for it on Rate. The server has them in memory while "
        "the page is open and forgets them afterwards, but for the events below; there is no account and no cookie "
        "with your name."
    )
else:
    where = _(
        "Your ratings are in the address of the page, behind the #, which browsers send to no server; the page hands "
        "them to this one and to nobody else. Your device keeps them only if you ask for it on Rate. The server has "
        "them in memory while the page is open and forgets them afterwards; there is no account and no cookie with "
        "your name."
    )
who = _(
    "Whoever has your link sees your ratings, so send it only to people who may. Where the host shows posters from "
    "TMDB, your browser fetches those images from TMDB, which therefore sees your address, but not your ratings."
)
page.write(f"{where} {who}")
if logged:
    page.write(
        _(
            "This host keeps anonymous events, to learn what helps: a random number for each visit, what was shown, "
            "and which films you open, rate, mark as seen or put aside here, with the hour. Nothing in them tells who "
            "you are: no name, no address, no link, and none of the films you bring from Letterboxd or from a file."
        )
    )
page.write(
    _(
        "A Letterboxd export is read and matched in memory, stored nowhere, and forgotten with your visit; so is "
        "what you wrote in reviews without stars, which is read for suggestions and for nothing else. If you type "
        "a username, this server asks Letterboxd for that member’s public feed and for nothing else; the answer "
        "stays in memory for 15 minutes at most, under a code from which the name cannot be read; that there is no "
        "such member is remembered for an hour."
    )
    + " "
    + (
        _("No username is written to a log, and no rating but those of the anonymous events above.")
        if logged
        else _("No username is written to a log, and no rating.")
    )
)
page.write(
    _(
        "Whom you bring to Together stays in your visit and goes with it. A room in which you swipe on several phones "
        "is in this server’s memory alone: the names that were typed, the films and the swipes, no ratings. It is gone "
        "an hour after the last swipe, and only who has its link finds it."
    )
)
page.header(_("Data and credits"))
page.write(
    _(
        "The ratings are public ones gathered by others; they are not part of ReelRec, only what the models learned "
        "from them. MovieLens latest-small, on which the notebook is repeated, comes from GroupLens at the University "
        "of Minnesota, for research. Facts about films (title, year, people, length) come from public film databases. "
        "ReelRec is neither made nor endorsed by Letterboxd, GroupLens or TMDB. The drawn posters are ReelRec’s own. "
        "The typefaces are Fraunces and Inter, under the SIL Open Font License."
    )
)
with page:
    tmdb.credit()
