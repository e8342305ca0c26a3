"""What a visitor can choose: the models that rank and the policies that ask, with the words a page has for them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from reelrec.interview.screens import POLICY_WORDS, SLIDING, default_policy
from reelrec.translation import N_

# Label and sentence of each model, in the order of the list.
MODEL_WORDS = {
    "blend": (
        N_("ReelRec’s picks"),
        N_("What you are most likely to love, from the next two and your predicted stars."),
    ),
    "dae": (
        N_("Likely to please"),
        N_("What people who gave such stars went on to love (a network for short histories)."),
    ),
    "ranker": (N_("Watched and loved"), N_("What people with your taste watched and loved (EASE with popularity).")),
    "ease": (
        N_("What goes together"),
        N_("The same from fewer ties between films, and no heed to how much you rated (EASE)."),
    ),
    "bmf": (N_("Predicted stars"), N_("What you would rate highest, with how sure that is (Bayesian MF).")),
    "stack": (N_("Blended stars"), N_("Predicted stars of several models, weighted by how much you have rated.")),
    "deepfm": ("DeepFM", N_("Predicted stars, put right by a network that reads each film’s facts.")),
    "gpt": (N_("GPT rater"), N_("Predicted stars, put right by a decoder that reads your ratings one by one.")),
    "svd": (N_("Tuned SVD"), N_("As the notebook ranked: highest predicted stars first.")),
    "knn": (N_("Nearest neighbours"), N_("Stars from films rated alike (item kNN).")),
    "popularity": (N_("Popularity"), N_("The same list for everybody: most rated first.")),
    "baseline": (N_("Film and person bias"), N_("Best average first, moved by how strict you are.")),
    "film-mean": (N_("Film mean"), N_("Best average first, whoever asks.")),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a list to choose from: its name in commands, its label on pages and a sentence about it, in English.

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
