"""What the sections of the Models page hold: their pictures, the commands that make these, and the files they read."""

from dataclasses import dataclass, field

LETTERBOXDS = (
    *(
        f"evaluate {name}"
        for name in ("new-", "top-n", "dial", "contrast", "reviews", "seed-gpt", "seed-deepfm", "interview")
    ),
    "train policy",
)
SHARED = {"Two sets of ratings", "The stars of both", "Ratings per person and per film", "Time against ratings"}


@dataclass(frozen=True)
class Section:
    """module: below reelrec.ui.dashboards. commands: by the heading of each picture, in the page's order.

    pictures: how many pictures need each measurement.
    """

    module: str
    commands: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, int] = field(default_factory=dict)

    def is_closed(self, heading: str) -> bool:
        """Whether a picture needs ratings that may not be shared."""
        return heading in SHARED or self.commands[heading].startswith(LETTERBOXDS)


SECTIONS = (
    Section(
        "notebook",
        {
            "Five models, two measures": "evaluate seed-svd",
            "The same in bars": "evaluate seed-svd",
            "The search behind the tuned SVD": "evaluate seed-svd --search",
        },
        {"seed-svd": 2, "seed-svd-grid": 1},
    ),
    Section(
        "demonstrations",
        {
            "Films to ask a newcomer about": "evaluate seed-demo",
            "A list for somebody known": "evaluate seed-demo",
            "A list for nobody": "evaluate seed-demo",
            "Somebody’s favourites": "evaluate seed-demo",
            "A list for somebody new": "evaluate seed-demo",
        },
        {"seed-demo": 5},
    ),
    Section(
        "talk.deepfm",
        {
            "Learned by heart": "evaluate seed-deepfm",
            "The talk’s table, there and here": "evaluate seed-deepfm",
            "Five causes, one at a time": "evaluate seed-deepfm",
            "The same question to ReelRec": "evaluate seed-deepfm",
        },
        {"seed-deepfm": 4},
    ),
    Section(
        "talk.gpt",
        {
            "Liked or not, after so many films": "evaluate seed-gpt",
            "Which of it is no accident?": "evaluate seed-gpt",
            "What shared windows do": "evaluate seed-gpt",
            "Stars predicted and stars given": "evaluate seed-gpt",
            "Why the talk’s way fell short": "evaluate seed-gpt",
        },
        {"seed-gpt": 5},
    ),
    Section(
        "datasets",
        {
            "Two sets of ratings": "data describe letterboxd",
            "MovieLens’ stars, as the notebook drew them": "data describe ml-latest-small",
            "The stars of both": "data describe letterboxd",
            "Ratings per person and per film": "data describe letterboxd",
        },
        {"data-ml-latest-small": 4, "data-letterboxd": 3},
    ),
    Section(
        "new_users",
        {
            "What each further rating brings": "evaluate new-users",
            "Which differences are real?": "evaluate new-users",
            "From when on does a model pay?": "evaluate new-users",
        },
        {"new-users": 3},
    ),
    Section(
        "when",
        {
            "How far apart they are": "evaluate new-users",
            "Who speaks in the blend": "bench models --json artifacts/metrics/cost.json",
            "What it costs": "bench models --json artifacts/metrics/cost.json",
        },
        {"new-users": 2, "cost": 2},
    ),
    Section(
        "doubt",
        {
            "Do the ranges hold what they say?": "evaluate new-users",
            "You’ll like it: how often is it true?": "evaluate new-users",
            "What is its doubt worth?": "evaluate new-users",
            "Well-known films and obscure ones": "evaluate new-users",
        },
        {"new-users": 4},
    ),
    Section(
        "splits",
        {
            "The notebook’s split, with what came since": "evaluate seed-svd",
            "Does the order of the models hold?": "evaluate splits",
            "The benchmark of the papers: ml-100k": "evaluate ml-100k",
            "A film that nobody has rated": "evaluate new-films",
        },
        {"seed-svd": 1, "splits": 1, "ml-100k": 1, "new-films": 1},
    ),
    Section(
        "lists.shelves",
        {
            "Hits near the top": "evaluate top-n",
            "Lists for somebody who told less": "evaluate top-n",
            "Which of these differences are real?": "evaluate top-n",
            "What the lists draw on": "evaluate top-n",
            "The price of the dial": "evaluate dial",
            "Does the list obey the stars?": "evaluate contrast",
        },
        {"top-n": 4, "dial": 1, "contrast": 1},
    ),
    Section(
        "reviews",
        {
            "The words of a stranger": "evaluate reviews",
            "What words add to ratings": "evaluate reviews",
            "Is that more than chance?": "evaluate reviews",
        },
        {"reviews": 3},
    ),
    Section(
        "interview.section",
        {
            "For stars, and for the list": "evaluate interview",
            "What training taught it": "train policy",
            "After so many films they had seen": "evaluate interview",
            "After so many screens": "evaluate interview",
            "To learn, or to enjoy?": "evaluate interview",
            "What each part is worth": "evaluate interview",
            "Does the meter tell the truth?": "evaluate interview",
        },
        {"interview": 6, "policy": 1},
    ),
    Section(
        "speed",
        {
            "Time against ratings": "bench train --json artifacts/metrics/train.json",
            "The same from a known library": "bench train --json artifacts/metrics/train.json",
        },
        {"train": 2},
    ),
)
