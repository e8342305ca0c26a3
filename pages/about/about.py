import streamlit as st

from reelrec import app

people, ratings = app.training_data()
films = len(app.catalogue())

st.title("About ReelRec")
page = st.container(width=760)
page.write(
    "ReelRec tells a film lover what to watch next, how good it will be for them, and why. You rate a few films "
    "you have seen; the models on this machine do the rest, in milliseconds. There is no account and nothing to "
    "install."
)
page.subheader("How it works")
page.write(
    f"The models learned from {ratings:,} ratings of {films:,} films by {people:,} people. One model makes the "
    "list: from what people with your taste watched and loved. Another predicts the stars you would give. They "
    "are two jobs: a list in the order of predicted stars holds fewer of the films that people went on to love "
    "than plain popularity does. The dial on **For you** goes from films that many know to films that few do, "
    "and where films of yours speak for a pick, it names them."
)
page.subheader("What it does not know")
page.write(
    "With few ratings the stars are hardly better than everybody’s average; the bar on **Rate** says how far off "
    "they typically are. A film that nobody here rated cannot be recommended. The people it learned from watch "
    "more films than most, and a rating is not the same as a good evening. It knows nothing of your age, sex or "
    "country, and does not ask."
)
page.subheader("Your privacy")
page.write(
    "Your ratings are in the address of the page and nowhere else. The server keeps them in memory while the "
    "page is open and forgets them afterwards; there is no cookie with your name, no log of what you rate, and "
    "no request to anybody else’s server. Whoever has your link sees your ratings, so send it only to people who "
    "may."
)
page.subheader("Data and credits")
page.write(
    "The ratings are public ones gathered by others; they are not part of ReelRec, only what the models learned "
    "from them. Facts about films (title, year, people, length) come from public film databases. The posters are "
    "drawn by ReelRec. The typefaces are Fraunces and Inter, under the SIL Open Font License."
)
