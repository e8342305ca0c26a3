"""The one door to ReelRec for its pages, commands and benchmarks: plain functions over one shared, read-only engine.
More of them are in `app.tmdb`, `app.taste`, `app.lists`, `app.together` and `app.history`, by their subject."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

from reelrec import counters as counters
from reelrec.artifacts.store import shipped_store
from reelrec.data import half_stars
from reelrec.data.catalogue import Catalogue
from reelrec.data.film import APART, Film, Kind
from reelrec.errors import ReelRecError, UnknownFilmError
from reelrec.interview import link, screens
from reelrec.interview.screens import Screen
from reelrec.models.corrections.gpt import GPT
from reelrec.models.registry import MODELS
from reelrec.serving import choices, engine, resources, review_stars, shelf
from reelrec.serving import history as history  # its functions are the app's too
from reelrec.serving import lists as lists  # its functions are the app's too
from reelrec.serving import recorder as recording
from reelrec.serving import starters as fixed_list
from reelrec.serving import taste as taste  # its functions are the app's too
from reelrec.serving import tmdb as tmdb  # its functions are the app's too
from reelrec.serving import unrated as by_facts
from reelrec.serving.figures import everyones_histogram as everyones_histogram
from reelrec.serving.figures import training_data as training_data
from reelrec.serving.figures import typical_error as typical_error
from reelrec.serving.limits.gate import GATE as GATE  # the one gate of the process
from reelrec.serving.limits.refused import note_refused as note_refused
from reelrec.serving.limits.refused import take_refused as take_refused
from reelrec.serving.limits.token_bucket import TokenBucket as TokenBucket
from reelrec.serving.page import rows as page_rows
from reelrec.serving.page import tonight as evening
from reelrec.serving.parts import can_make_lists as can_make_lists
from reelrec.serving.parts import can_suggest as can_suggest
from reelrec.serving.parts import is_whole as is_whole
from reelrec.serving.parts import makes_rows as makes_rows
from reelrec.serving.parts import missing as missing
from reelrec.serving.parts import warm_up as warm_up
from reelrec.serving.picks import exploration
from reelrec.serving.picks.fallbacks import first_usable
from reelrec.serving.picks.filters import EVERYTHING, FEATURES, Filters
from reelrec.serving.picks.predictions import Pick, Prediction
from reelrec.serving.posters import drawing as drawing  # what a drawn poster shows
from reelrec.serving.resources import not_ready as not_ready
from reelrec.serving.resources import served
from reelrec.serving.together import together as together  # its functions are the app's too
from reelrec.serving.why import attention
from reelrec.serving.why.explain import place as place
from reelrec.serving.why.explain import why as why
from reelrec.sources.budget import Budget
from reelrec.translation import _
from reelrec.visitor import changes as profile_changes
from reelrec.visitor import intake, samples
from reelrec.visitor import link as profile_link
from reelrec.visitor import match_report as match_reports
from reelrec.visitor import own_picks as picks
from reelrec.visitor import profile_file as profile_files
from reelrec.visitor import sample_export as sample_exports
from reelrec.visitor.profile import Profile

DEFAULT_MODEL, STARS_MODEL, REVIEWS_MODEL = engine.LIST_MODEL, engine.STARS_MODEL, review_stars.STARS_MODEL
HALF_STARS, STARS_PARTS = tuple(half_stars.HALF_STARS.tolist()), MODELS[STARS_MODEL].builds_on  # 0.5 … 5.0; blended
MIDDLE, MAX_LINK_RATINGS, KINDS_APART = engine.MIDDLE, profile_link.MAX_RATINGS, APART  # APART: only when asked for
link_token, fits_link = profile_link.encode, profile_link.fits  # what a link carries, and whether it can hold all


@functools.cache
def models() -> tuple[choices.Option, ...]:
    """The shipped models, the default first, whether they can be used or not."""
    return choices.models(shipped_store().models())


def policies(every: bool = False) -> tuple[choices.Option, ...]:
    """The interview policies that can ask here, or every one that was measured. Raises ArtifactError."""
    return choices.policies() if every else choices.policies(resources.policies())


def metrics(name: str) -> dict[str, Any] | None:
    """The measurement in artifacts/metrics/NAME.json; None where it is missing or broken."""
    return resources.metrics(name)


def recorder(visit: str) -> recording.Recorder:
    """The host's events and experiment, as they concern one visit."""
    return recording.Recorder(visit)


def catalogue() -> Catalogue:
    """All films. Raises ArtifactError."""
    return resources.catalogue()


def film(slug: str) -> Film:
    """The film at this address. Raises UnknownFilmError."""
    if (number := catalogue().number(slug)) is None:
        raise UnknownFilmError(
            _("There is no such film here. The address may be mistyped, or too little is known of it.")
        )
    return catalogue().films[number]


def search(text: str, n: int = 12) -> list[Film]:
    """At most n films that the text may mean, the likeliest first: by title, director, cast and year."""
    return resources.search(text[:100], n)


def similar(film: Film, n: int) -> tuple[Film, ...] | None:
    """At most n films that people who love this one also love; None where no model knows."""
    return engine.similar(served(), film, n)


def recommend(
    profile: Profile, n: int, model: str | None = None, dial: float = MIDDLE, filters: Filters = EVERYTHING
) -> shelf.Shelf:
    """At most n films that the visitor has not seen. Raises OptionError."""
    return shelf.recommend(served(), profile, n, model, dial, filters)


def recommend_and_explore(
    profile: Profile, n: int, visit: str, shown: Collection[int] = (), **options: Any
) -> tuple[shelf.Shelf, exploration.Exploration | None]:
    """The list of `recommend`, whose options it takes, and a film drawn from those that follow it, but for `shown`."""
    return shelf.recommend_and_explore(served(), profile, n, visit, shown, **options)


def rows(profile: Profile, n: int, filters: Filters = EVERYTHING) -> tuple[page_rows.Row, ...]:
    """The rows of For you, each of at most n films, no film twice. Raises OptionError."""
    return page_rows.rows(served(), profile, n, filters)


def row(profile: Profile, kind: str, n: int, filters: Filters = EVERYTHING, film: Film | None = None) -> page_rows.Row:
    """One row alone, of at most n films. Raises OptionError. The arguments are those of `rows.row`."""
    return page_rows.row(served(), profile, kind, n, filters, film)


def loved_films(profile: Profile) -> list[Film]:
    """The films whose lovers rows of kind "loved" follow, the most loved first."""
    return page_rows.loved_films(served(), profile)


def tonight(profile: Profile, gone: Collection[int] = (), filters: Filters = EVERYTHING) -> tuple[evening.Choice, ...]:
    """Up to three films for this evening. gone: numbers of films that were swapped away. Raises OptionError."""
    return evening.tonight(served(), profile, gone, filters)


def filters(also: Iterable[str] = (), **fields: Any) -> Filters:
    """Which films a list may have. also: of KINDS_APART. fields: those of `Filters`; what is left out lets all pass."""
    return Filters(kinds=FEATURES | frozenset(cast(Iterable[Kind], also)), **fields)


def narrowed(profile: Profile, filters: Filters) -> engine.Narrowed:
    """What these filters leave out, and what it would bring to loosen one of them. Raises OptionError."""
    return engine.narrowed(served(), profile, filters)


def unrated_films(profile: Profile, n: int, filters: Filters = EVERYTHING) -> Mapping[str, tuple[Pick, ...]]:
    """At most n films for each row of films without ratings; {} where their model does not ship."""
    return by_facts.rows(served(), facts, profile, n, filters) if (facts := resources.facts()) else {}


def predict(profile: Profile, film: Film) -> Prediction | None:
    """What the visitor would give this film; None for a film of which too little is known, or without stars here."""
    if film.number < catalogue().n_items:
        return engine.predict(served(), profile, film)
    return by_facts.predict(served(), facts, profile, film) if (facts := resources.facts()) else None


def looked_at(profile: Profile, film: Film) -> tuple[tuple[Film, float], ...]:
    """The visitor's films that the GPT-style rater attended to most, with their shares; () where it is not shipped."""
    model = first_usable(resources.model, [GPT.name])
    return attention.looked_at(catalogue(), cast(GPT, model), profile, film) if model else ()


def suggest(profile: Profile, reviews: Mapping[int, str]) -> tuple[review_stars.Suggestion, ...]:
    """Stars for films reviewed without any. reviews: film number to the visitor's words. Raises ArtifactError."""
    model = cast(Any, resources.model(REVIEWS_MODEL))
    return review_stars.suggest(catalogue(), model, resources.reviews(), profile, reviews)


def own_picks(profile: Profile, n: int) -> picks.OwnPicks:
    """The visitor's own films under six headings, at most n under each."""
    return picks.own_picks(profile, catalogue(), n)


def best_rated(user: int) -> list[dict[str, Any]] | None:
    """film_id, title and stars of what a MovieLens user rated best; None where that data is not on this machine."""
    from reelrec.evaluation.notebook import seed_demo  # brings the training of models, which no other page needs

    with contextlib.suppress(ReelRecError):
        return seed_demo.best_rated(user)
    return None


def starters(n: int) -> tuple[Film, ...]:
    """The first n films of the fixed list to rate; fewer where it ends."""
    return fixed_list.first(catalogue(), n)


def questions(policy: str, enjoyment: float = 0.0) -> link.Questions:
    """An interview by this policy, before its first screen."""
    return link.Questions(policy, enjoyment)


def ask(profile: Profile, policy: str | None = None, enjoyment: float = 0.0, seed: int = 0) -> Screen:
    """The next screen of films to ask about. Raises OptionError. The arguments are those of `screens.ask`."""
    who = policy or resources.default_policy()
    return screens.ask(catalogue(), resources.interviewer(), resources.policies(), profile, who, enjoyment, seed)


def ask_again(profile: Profile, numbers: Sequence[int], policy: str | None = None, enjoyment: float = 0.0) -> Screen:
    """The screen of these films once more, without those that are in no pool. Raises OptionError."""
    who = policy or resources.default_policy()
    return screens.again(catalogue(), resources.interviewer(), resources.policies(), profile, numbers, who, enjoyment)


def ask_link(asked: link.Questions) -> str:
    """What the address of an interview carries; "" where no film is asked about."""
    return link.encode(asked)


def from_ask_link(text: str) -> link.Questions | None:
    """The interview in such an address; None where it cannot be read."""
    return link.decode(text, resources.policies(), catalogue().canonical)


def sample_profiles() -> tuple[samples.Sample, ...]:
    """The made-up visitors."""
    return samples.SAMPLES


def sample_profile(name: str) -> Profile:
    """The ratings of a made-up visitor. Raises OptionError."""
    return samples.profile(samples.named(name), catalogue())


def from_link(token: str) -> Profile:
    """The profile in a link; an empty one in "". Raises TokenError."""
    return profile_link.decode(token, len(catalogue())).joined(catalogue().canonical)


def profile_file(profile: Profile) -> str:
    """The profile as a JSON file to keep."""
    return profile_files.to_file(profile, catalogue())


def from_profile_file(data: bytes) -> tuple[Profile, list[str]]:
    """The profile in such a file, and the films in it that are unknown here. Raises ProfileFileError."""
    return profile_files.from_file(data, catalogue())


def read_export(uploads: Sequence[tuple[str, bytes]], scale: int | None = None) -> intake.Intake:
    """A Letterboxd export: names and contents. scale: of ratings, 5, 10 or 100; None: guess. Raises ExportError."""
    from reelrec.sources.letterboxd.export import read_export as read

    films, budget = catalogue().indexed(), Budget()
    return intake.take_in(read(uploads, scale, budget), films, budget=budget)


def sample_export() -> tuple[str, intake.Intake]:
    """The export of an invented member, read; and the sample visitor whose ratings it has."""
    return sample_exports.SAMPLE, read_export(sample_exports.files(catalogue()))


def read_feed(username: str) -> intake.Intake:
    """A member's newest logged films. Raises UsernameError, NothingLoggedError or SourceError."""
    from reelrec.sources.letterboxd.feed import read_feed as read  # brings requests, which no other page needs

    with counters.FEEDS.outcome(), GATE.outside():
        log = read(username)
    return intake.take_in(log, catalogue())


def without_rescaled(taken: intake.Intake, profile: Profile) -> tuple[intake.Intake, Profile]:
    """The same without the stars that were converted from another scale, and a profile that took them without them."""
    return intake.without_rescaled(taken, catalogue(), profile)


def changes(before: Profile, after: Profile) -> profile_changes.Changes:
    """How many films a profile gained, and how many got stars."""
    return profile_changes.changes(before, after)


def match_report(taken: intake.Intake) -> match_reports.MatchReport:
    """What was read and found, counted: films with stars, seen and wanted."""
    return match_reports.match_report(taken)


def with_fix(taken: intake.Intake, place: int, film: Film) -> tuple[intake.Intake, Profile]:
    """The same log with the film at that place said to be this one, and what that adds to a profile."""
    return intake.with_fix(taken, catalogue(), place, film)
