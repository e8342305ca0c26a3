"""What the sections of the Models page hold: their figures, the commands that make these, and the files they read."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from reelrec.ui.dashboards import tabs

LETTERBOXDS = (
    *(
        f"evaluate {name}"
        for name in (
            "new-",
            "top-n",
            "dial",
            "contrast",
            "reasons",
            "backtest",
            "reviews",
            "seed-gpt",
            "seed-deepfm",
            "interview",
        )
    ),
    "train policy",
)
SHARED = {
    "All models", "Two sets of ratings", "The stars of both", "Ratings per person and per film", "Time against ratings",
    "Many more people",
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """draws: the function that draws it, below reelrec.ui.dashboards. place: the tab, and the part of it.

    heading: None if it is a measurement. commands: by the subject of each figure, in the page's order. pictures: how
    many figures need each measurement.
    """

    draws: str
    place: tuple[str, ...]
    heading: str | None
    commands: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, int] = field(default_factory=dict)

    def is_closed(self, subject: str) -> bool:
        """Whether a figure needs ratings that may not be shared."""
        return subject in SHARED or self.commands[subject].startswith(LETTERBOXDS)

    @property
    def address(self) -> dict[str, str]:
        """What the address says where it is open."""
        return dict(parse_qsl(tabs.places()[": ".join(self.place)]))


SECTIONS = (
    Section(
        "glance.section.draw",
        ("At a glance",),
        None,
        {
            "Lists, the best first": "evaluate top-n",
            "Stars": "evaluate new-users",
            "All models": "bench models --json artifacts/metrics/cost.json",
        },
        {"top-n": 3, "new-users": 2, "cost": 1},
    ),
    Section(
        "stars.new_users.draw",
        ("Stars", "New people"),
        "New people",
        {
            "What each further rating brings": "evaluate new-users",
            "Which differences are real?": "evaluate new-users",
            "From when on does a model pay?": "evaluate new-users",
        },
        {"new-users": 3},
    ),
    Section(
        "stars.when.draw",
        ("Stars", "Which model, when"),
        "Which model, when",
        {
            "How far apart they are": "evaluate new-users",
            "Who speaks in the blend": "bench models --json artifacts/metrics/cost.json",
        },
        {"new-users": 1, "cost": 1},
    ),
    Section(
        "stars.splits.draw",
        ("Stars", "Other ways to ask"),
        "Other ways to ask",
        {
            "The notebook’s split, with what came since": "evaluate seed-svd",
            "A film that nobody has rated": "evaluate new-films",
            "Does the order of the models hold?": "evaluate splits",
            "The benchmark of the papers: ml-100k": "evaluate ml-100k",
        },
        {"seed-svd": 1, "splits": 1, "ml-100k": 1, "new-films": 1},
    ),
    Section(
        "stars.noise.draw",
        ("Stars", "How much is noise"),
        "How much is noise",
        {
            "What no model can take away": "evaluate backtest",
            "Which model knows one person best?": "evaluate backtest",
            "Is hiding a fifth an honest test?": "evaluate backtest",
        },
        {"backtest": 3},
    ),
    Section(
        "stars.reviews.draw",
        ("Stars", "Review text"),
        "Review text",
        {
            "The words of a stranger": "evaluate reviews",
            "What words add to ratings": "evaluate reviews",
            "Is that more than chance?": "evaluate reviews",
        },
        {"reviews": 3},
    ),
    Section(
        "lists.shelves.draw",
        ("Lists",),
        "Lists",
        {
            "Hits near the top": "evaluate top-n",
            "What the lists draw on": "evaluate top-n",
            "Lists for somebody who told less": "evaluate top-n",
            "Which of these differences are real?": "evaluate top-n",
            "The price of the dial": "evaluate dial",
            "Does the list obey the stars?": "evaluate contrast",
        },
        {"top-n": 4, "dial": 1, "contrast": 1},
    ),
    Section(
        "sure.doubt.draw",
        ("How sure",),
        "How sure it is",
        {
            "Do the ranges hold what they say?": "evaluate new-users",
            "You’ll like it: how often is it true?": "evaluate new-users",
            "What is its doubt worth?": "evaluate new-users",
            "Well-known films and obscure ones": "evaluate new-users",
            "Are the reasons reasons?": "evaluate reasons",
        },
        {"new-users": 4, "reasons": 1},
    ),
    Section(
        "interview.section.verdict",
        ("Questions and RL", "The verdict"),
        "Does RL help?",
        {"For stars, and for the list": "evaluate interview", "To learn, or to enjoy?": "evaluate interview"},
        {"interview": 2},
    ),
    Section(
        "interview.section.after_answers",
        ("Questions and RL", "What answers bring"),
        "What answers bring",
        {
            "After so many films they had seen": "evaluate interview",
            "After so many screens": "evaluate interview",
            "Does the meter tell the truth?": "evaluate interview",
        },
        {"interview": 3},
    ),
    Section(
        "interview.section.training",
        ("Questions and RL", "What training did"),
        "What training did",
        {"What training taught it": "train policy", "What each part is worth": "evaluate interview"},
        {"interview": 1, "policy": 1},
    ),
    Section(
        "cost.section.draw",
        ("Cost",),
        "What it costs",
        {
            "What each model costs": "bench models --json artifacts/metrics/cost.json",
            "Time against ratings": "bench train --json artifacts/metrics/train.json",
            "The same from a known library": "bench train --json artifacts/metrics/train.json",
            "Many more people": "bench scale --data PARTS --data SYNTH --json artifacts/metrics/scale.json",
        },
        {"new-users": 1, "cost": 1, "train": 2, "scale": 1},
    ),
    Section(
        "history.notebook.draw",
        ("History", "The notebook"),
        "The notebook, repeated",
        {
            "Five models, two measures": "evaluate seed-svd",
            "The same in bars": "evaluate seed-svd",
            "The search behind the tuned SVD": "evaluate seed-svd --search",
        },
        {"seed-svd": 2, "seed-svd-grid": 1},
    ),
    Section(
        "history.demonstrations.draw",
        ("History", "Its demonstrations"),
        "Its demonstrations",
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
        "history.deepfm.draw",
        ("History", "The talk’s DeepFM"),
        "The talk’s DeepFM",
        {
            "Learned by heart": "evaluate seed-deepfm",
            "The talk’s table, there and here": "evaluate seed-deepfm",
            "Five causes, one at a time": "evaluate seed-deepfm",
            "The same question to ReelRec": "evaluate seed-deepfm",
        },
        {"seed-deepfm": 4},
    ),
    Section(
        "history.gpt.draw",
        ("History", "The talk’s GPT-2"),
        "The talk’s GPT-2",
        {
            "Liked or not, after so many films": "evaluate seed-gpt",
            "What shared windows do": "evaluate seed-gpt",
            "Why the talk’s way fell short": "evaluate seed-gpt",
            "Which of it is no accident?": "evaluate seed-gpt",
            "Stars predicted and stars given": "evaluate seed-gpt",
        },
        {"seed-gpt": 5},
    ),
    Section(
        "datasets.draw",
        ("Data",),
        "The data",
        {
            "Two sets of ratings": "data describe letterboxd",
            "MovieLens’ stars, as the notebook drew them": "data describe ml-latest-small",
            "The stars of both": "data describe letterboxd",
            "Ratings per person and per film": "data describe letterboxd",
        },
        {"data-ml-latest-small": 4, "data-letterboxd": 3},
    ),
)
