"""What a visitor can choose: the models that rank and the policies that ask, with the words a page has for them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from reelrec.interview.screens import POLICY_WORDS, SLIDING, default_policy

# Label and sentence of each model, in the order of the list.
MODEL_WORDS = {
    "blend": ("ReelRec’s picks", "What you are most likely to love, from the next two and your predicted stars."),
    "dae": ("Likely to please", "What people who gave such stars went on to love (a network for short histories)."),
    "ranker": ("Watched and loved", "What people with your taste watched and loved (EASE with popularity)."),
    "ease": ("What goes together", "The same from fewer ties between films, and no heed to how much you rated (EASE)."),
    "bmf": ("Predicted stars", "What you would rate highest, with how sure that is (Bayesian MF)."),
    "stack": ("Blended stars", "Predicted stars of several models, weighted by how much you have rated."),
    "deepfm": ("DeepFM", "Predicted stars, put right by a network that reads each film’s facts."),
    "gpt": ("GPT rater", "Predicted stars, put right by a decoder that reads your ratings one by one."),
    "svd": ("Tuned SVD", "As the notebook ranked: highest predicted stars first."),
    "knn": ("Nearest neighbours", "Stars from films rated alike (item kNN)."),
    "popularity": ("Popularity", "The same list for everybody: most rated first."),
    "baseline": ("Film and person bias", "Best average first, moved by how strict you are."),
    "film-mean": ("Film mean", "Best average first, whoever asks."),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a list to choose from: its name in commands, its label on pages, and a sentence about it.

    slides: whether it is a policy that the slider from learning to enjoying moves.
    """

    name: str
    label: str
    about: str
    slides: bool = False


def models(shipped: Collection[str]) -> tuple[Option, ...]:
    """The models among these names, in the order of MODEL_WORDS; a name without words comes last, as its own label."""
    known = [name for name in MODEL_WORDS if name in shipped]
    options = []
    for name in [*known, *(name for name in shipped if name not in MODEL_WORDS)]:
        label, about = MODEL_WORDS.get(name, (name, ""))
        options.append(Option(name=name, label=label, about=about))
    return tuple(options)


def policies(shipped: Collection[str] = POLICY_WORDS) -> tuple[Option, ...]:
    """The interview policies among these names, the default first."""
    default = default_policy(shipped)
    names = [default, *(name for name in shipped if name != default)]
    return tuple(
        Option(name=name, label=POLICY_WORDS[name].label, about=POLICY_WORDS[name].about, slides=name in SLIDING)
        for name in names
    )
