"""The protocols of `evaluate`. A new one is a file with `evaluate` and `tables`, and an entry here."""

from __future__ import annotations

from reelrec.evaluation.protocol import Protocol
from reelrec.names import one_of

ROOM = "reelrec.evaluation"
ML = "ml-latest-small"

_ALL = (
    Protocol(
        name="seed-svd",
        measures="Errors of the notebook's tuned SVD, repeated with its library.",
        module=f"{ROOM}.notebook.seed_svd",
        takes=("models", "search"),
        data=ML,
    ),
    Protocol(
        name="seed-demo",
        measures="The notebook's demonstrations, repeated figure by figure.",
        module=f"{ROOM}.notebook.seed_demo",
        data=ML,
    ),
    Protocol(
        name="new-users",
        measures="Errors of the predicted stars for new users, after k ratings.",
        module=f"{ROOM}.protocols.new_users",
        takes=("models", "data", "ratings", "people"),
        in_manifest=True,
        in_shards=True,
    ),
    Protocol(
        name="top-n",
        measures="Whether a list holds the films that a user went on to love.",
        module=f"{ROOM}.protocols.top_n",
        takes=("models", "data", "ratings", "people"),
        in_manifest=True,
        in_shards=True,
    ),
    Protocol(
        name="dial",
        measures="What turning the dial from safe to specific costs.",
        module=f"{ROOM}.protocols.dial",
        takes=("ratings", "people"),
    ),
    Protocol(
        name="backtest",
        measures="Would we have known test users? What Taste shows a visitor.",
        module=f"{ROOM}.protocols.backtest",
        takes=("models", "ratings", "people"),
    ),
    Protocol(
        name="contrast",
        measures="Whether a list follows the stars, or only which films were rated.",
        module=f"{ROOM}.protocols.contrast",
        takes=("models", "ratings", "people"),
    ),
    Protocol(
        name="reasons",
        measures="Whether the stars move by what a reason says, without that film.",
        module=f"{ROOM}.protocols.reasons",
        takes=("ratings", "people"),
    ),
    Protocol(
        name="splits",
        measures="Whether the order of the models depends on the split.",
        module=f"{ROOM}.protocols.splits",
        takes=("models",),
        data=ML,
    ),
    Protocol(
        name="ml-100k",
        measures="Errors on the five official folds of MovieLens 100K.",
        module=f"{ROOM}.protocols.ml_100k",
        takes=("models",),
        data="ml-100k",
    ),
    Protocol(
        name="new-films",
        measures="Errors for films without a rating in training.",
        module=f"{ROOM}.protocols.new_films",
        takes=("models", "data", "people"),
    ),
    Protocol(
        name="seed-deepfm",
        measures="The talk's DeepFM with and without its mistakes, beside ours.",
        module=f"{ROOM}.talk.seed_deepfm",
        takes=("models", "people"),
    ),
    Protocol(
        name="seed-gpt",
        measures="The talk's GPT-2 and ours, after 0 to 9 films.",
        module=f"{ROOM}.talk.seed_gpt",
        takes=("models", "people"),
    ),
    Protocol(
        name="reviews",
        measures="What the words of a review say about its stars.",
        module=f"{ROOM}.protocols.reviews",
        in_manifest=True,
    ),
    Protocol(
        name="interview",
        measures="How well each interview policy gets to know a new user.",
        module=f"{ROOM}.protocols.interview",
        takes=("models", "ratings", "people"),
    ),
    Protocol(
        name="habits",
        measures="How generous, spread and near to everybody users' stars are.",
        module=f"{ROOM}.protocols.habits",
    ),
    Protocol(
        name="ab",
        measures="What visits did in each arm of an experiment (a log of events).",
        module=f"{ROOM}.protocols.ab",
        needs=("log",),
    ),
    Protocol(
        name="ope",
        measures="What other exploration policies would have earned (a log).",
        module=f"{ROOM}.protocols.ope",
        needs=("log",),
    ),
)
PROTOCOLS = {protocol.name: protocol for protocol in _ALL}


def protocol(name: str) -> Protocol:
    """The protocol of that name. Raises OptionError."""
    return PROTOCOLS[one_of(name, PROTOCOLS, "protocol")]
