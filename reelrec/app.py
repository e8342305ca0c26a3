"""What a page or the terminal may call: plain functions and frozen dataclasses over one shared, read-only engine."""

from __future__ import annotations

import contextlib
import csv
import functools
import io
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reelrec.artifacts import store
from reelrec.data.film import Film
from reelrec.errors import ArtifactError, OptionError, UnknownFilmError
from reelrec.errors import ReelRecError as ReelRecError  # for pages, which import nothing but app and ui
from reelrec.interview import link as interview_link
from reelrec.interview import screens
from reelrec.interview import starters as fixed_starters
from reelrec.interview.link import Questions as Questions
from reelrec.interview.screens import DEFAULT_POLICY, POLICY_WORDS, Screen
from reelrec.interview.screens import SLIDING as SLIDING
from reelrec.models.corrections.gpt import GPT
from reelrec.models.registry import BUILDS_ON
from reelrec.serving import attention, engine, exploration, recorder, resources, review_stars
from reelrec.serving.engine import Pick, Prediction
from reelrec.serving.exploration import Exploration as Exploration
from reelrec.serving.figures import everyones_histogram as everyones_histogram
from reelrec.serving.figures import training_data as training_data
from reelrec.serving.figures import typical_error as typical_error
from reelrec.serving.filters import EVERYTHING, Filters
from reelrec.serving.recorder import keeps_events as keeps_events
from reelrec.serving.recorder import list_model as list_model
from reelrec.serving.recorder import variant as variant
from reelrec.serving.resources import catalogue as catalogue
from reelrec.serving.resources import metrics as metrics
from reelrec.serving.review_stars import Suggestion
from reelrec.telemetry.variants import Variant as Variant
from reelrec.visitor import intake, samples
from reelrec.visitor import link as profile_link
from reelrec.visitor import own_picks as picks
from reelrec.visitor import profile_file as profile_files
from reelrec.visitor.intake import Intake
from reelrec.visitor.intake import Unmatched as Unmatched
from reelrec.visitor.own_picks import OwnPicks
from reelrec.visitor.profile import Profile, merge

MODEL_WORDS = {
    "ranker": ("ReelRec’s picks", "What people with your taste watched and loved."),
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
DEFAULT_MODEL, STARS_MODEL = engine.LIST_MODEL, engine.STARS_MODEL
STARS_PARTS = BUILDS_ON.get(STARS_MODEL, ())  # what the stars are a blend of
THEIR_STARS = "for you"  # what a shelf's stars are called when they follow the visitor's ratings


@dataclass(frozen=True, slots=True)
class Shelf:
    """A list of picks. personal: whether its order follows the visitor. stars_of: whose the stars are, in two words."""

    model: str
    picks: tuple[Pick, ...]
    personal: bool
    stars_of: str


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A shipped model that can rank: its name in commands, what a visitor reads, and a sentence about it."""

    name: str
    label: str
    about: str


def warm_up() -> None:
    """Load what the first visitor needs. Raises ArtifactError or OptionError with a sentence that says what to do."""
    recorder.experiment()
    for name in (engine.FALLBACK_MODEL, engine.LIST_MODEL, engine.STARS_MODEL):
        resources.model(name)
    with contextlib.suppress(ArtifactError):  # Rate does without, and says so
        resources.interviewer()


def _engine() -> engine.Engine:
    return engine.Engine(catalogue(), resources.model)


@functools.cache
def models() -> tuple[ModelChoice, ...]:
    """The shipped models, the default first."""
    shipped = store.shipped()
    names = [*(name for name in MODEL_WORDS if name in shipped), *(name for name in shipped if name not in MODEL_WORDS)]
    return tuple(ModelChoice(name, *MODEL_WORDS.get(name, (name, ""))) for name in names)


def recommend(
    profile: Profile, n: int, model: str | None = None, dial: float = 0.0, filters: Filters = EVERYTHING
) -> Shelf:
    """At most n films the visitor has not seen. Raises OptionError."""
    if n < 1:
        raise OptionError(f"A list of {n} films cannot be made; ask for one or more.")
    name, picks = engine.recommend(_engine(), profile, n, model, dial, filters)
    personal = bool(profile.watched) and name not in {"popularity", "film-mean"}
    stars_of = "on average" if name == "film-mean" else THEIR_STARS if profile.ratings else "for a newcomer"
    return Shelf(name, picks, personal, stars_of)


def recommend_and_explore(
    profile: Profile,
    n: int,
    visit: str,
    model: str | None = None,
    dial: float = 0.0,
    filters: Filters = EVERYTHING,
) -> tuple[Shelf, Exploration | None]:
    """The list of `recommend`, and a film drawn from those that follow it; none while the profile is empty."""
    if not profile.watched:
        return recommend(profile, n, model, dial, filters), None
    longer = recommend(profile, n + exploration.CANDIDATES, model, dial, filters)
    return replace(longer, picks=longer.picks[:n]), exploration.draw(longer.picks[n:], visit)


def predict(profile: Profile, film: Film) -> Prediction:
    """What the visitor would give this film."""
    return engine.predict(_engine(), profile, film)


def looked_at(profile: Profile, film: Film) -> tuple[tuple[Film, float], ...]:
    """The visitor's films that the GPT-style rater looked at most, with their shares; empty where it does not ship."""
    if GPT.name not in store.shipped():
        return ()
    return attention.looked_at(catalogue(), resources.model(GPT.name), profile, film)


def similar(film: Film, n: int) -> tuple[Film, ...]:
    return engine.similar(_engine(), film, n)


def film(slug: str) -> Film:
    """The film at this address. Raises UnknownFilmError."""
    films = catalogue()
    if slug not in films.by_slug:
        raise UnknownFilmError(
            "There is no such film here. The address may be mistyped, or the film is too little known."
        )
    return films.films[int(films.canonical[films.by_slug[slug]])]


def search(text: str, n: int = 12) -> list[Film]:
    return catalogue().search(text[:100], n)


def near(title: str, n: int) -> list[Film]:
    """Films whose title has something of this one, where none has all of it."""
    return catalogue().near(title[:100], n)


@functools.cache
def _asking() -> tuple[list[Film], Iterator[Film]]:
    """The films to ask about that were wanted so far, and the rest, worked out as it is wanted."""
    return [], fixed_starters.ordered(catalogue())


def starters(n: int) -> tuple[Film, ...]:
    """The first n films to ask a newcomer about; fewer where the pool ends."""
    with resources.loading:
        known, rest = _asking()
        known.extend(itertools.islice(rest, max(0, n - len(known))))
        return tuple(known[:n])


def policies() -> tuple[ModelChoice, ...]:
    """Who may ask, the default first."""
    names = [DEFAULT_POLICY, *(name for name in resources.policies() if name != DEFAULT_POLICY)]
    return tuple(ModelChoice(name, POLICY_WORDS[name].label, POLICY_WORDS[name].about) for name in names)


def ask(profile: Profile, policy: str | None = None, enjoyment: float = 0.0, seed: int = 0) -> Screen:
    """The films to ask about next. Raises OptionError. The arguments are those of `asking.ask`."""
    who = policy or DEFAULT_POLICY
    return screens.ask(catalogue(), resources.interviewer(), resources.policies(), profile, who, enjoyment, seed)


def ask_again(profile: Profile, numbers: Sequence[int], policy: str | None = None, enjoyment: float = 0.0) -> Screen:
    """The screen of these films once more, without those that nobody asks about. Raises OptionError."""
    who = policy or DEFAULT_POLICY
    return screens.again(catalogue(), resources.interviewer(), resources.policies(), profile, numbers, who, enjoyment)


def ask_link(asked: Questions) -> str:
    """What the address of an interview carries; "" where no film is asked about."""
    return interview_link.encode(asked)


def from_ask_link(text: str) -> Questions | None:
    """The interview in such an address; None where it cannot be read."""
    try:
        return interview_link.decode(text, resources.policies(), len(catalogue()))
    except ArtifactError:  # of a policy; Rate, which alone needs one, says so
        return None


def sample_profiles() -> tuple[samples.Sample, ...]:
    return samples.SAMPLES


def sample_profile(name: str) -> Profile:
    """The ratings of a sample visitor. Raises OptionError."""
    known = {sample.name: sample for sample in samples.SAMPLES}
    if name not in known:
        raise OptionError(f"There is no sample called {name!r}. Known: {', '.join(known)}.")
    return samples.profile(known[name], catalogue())


def link_token(profile: Profile) -> str:
    """What a link carries; "" for an empty profile."""
    return profile_link.encode(profile)


def from_link(token: str) -> Profile:
    """The profile in a link. Raises TokenError."""
    return profile_link.decode(token, len(catalogue()))


def profile_file(profile: Profile) -> str:
    """The profile as a JSON file to keep."""
    return profile_files.to_file(profile, catalogue())


def from_profile_file(data: bytes) -> tuple[Profile, list[str]]:
    """The profile in such a file, and the films in it that are unknown here. Raises ProfileFileError."""
    return profile_files.from_file(data, catalogue())


def read_export(uploads: Sequence[tuple[str, bytes]]) -> Intake:
    """A Letterboxd export, as names and contents of one ZIP or of loose CSV files. Raises ExportError."""
    from reelrec.sources.letterboxd_export import read_export as read

    return intake.take_in(read(uploads), catalogue())


def read_feed(username: str) -> Intake:
    """A member's newest logged films. Raises UsernameError, NothingLoggedError or SourceError."""
    from reelrec.sources.letterboxd_feed import read_feed as read  # brings requests, which no other page needs

    return intake.take_in(read(username), catalogue())


def with_fix(taken: Intake, place: int, film: Film) -> tuple[Intake, Profile]:
    """The same log with the film at that place said to be this one, and what that adds to a profile."""
    return intake.take_in(taken.log, catalogue(), dict(taken.fixes) | {place: film.number}), intake.profile_of(
        taken.log, [(film.number, taken.log.films[place])]
    )


def suggest(profile: Profile, reviews: Mapping[int, str]) -> tuple[Suggestion, ...]:
    """Stars for films reviewed without any. reviews: film number to the visitor's words. Raises ArtifactError."""
    return review_stars.suggest(
        catalogue(), resources.model(review_stars.STARS_MODEL), resources.reviews(), profile, reviews
    )


def own_picks(profile: Profile, n: int) -> OwnPicks:
    return picks.own_picks(profile, catalogue(), n)


def letterboxd_list(picks: tuple[Pick, ...]) -> str:
    """A CSV in rank order that Letterboxd imports as a list: ids, title and year, nothing that marks a film as seen."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("tmdbID", "imdbID", "Title", "Year"))
    for pick in picks:
        film = pick.film
        imdb = f"tt{film.imdb_id:07d}" if film.imdb_id else ""
        writer.writerow((film.tmdb_id or "", imdb, film.title, film.year or ""))
    return out.getvalue()


def fits_link(profile: Profile) -> bool:
    """Whether a link can hold all of the profile."""
    return profile_link.fits(profile)


def best_rated(user: int) -> list[dict] | None:
    """film_id, title and stars of what a MovieLens person rated best; None where that data is not on this machine."""
    from reelrec.evaluation.notebook import seed_demo  # brings the training of models, which no other page needs

    try:
        return seed_demo.best_rated(user)
    except ReelRecError:
        return None


def merged(old: Profile, new: Profile) -> Profile:
    """Both together; where they differ about a film, the new one counts."""
    return merge(old, new)
