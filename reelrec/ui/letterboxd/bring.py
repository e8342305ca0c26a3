"""A visitor's history: reading an export, a table or a feed, and whether its films become the visitor's.

What was read stays in the visit as an `Intake`. The uploaded bytes are deleted as soon as they were read; those of a
table whose columns are asked about, once its columns are named or another file is brought.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from reelrec import app
from reelrec.errors import ReelRecError
from reelrec.translation import _, listed, ngettext
from reelrec.ui import events, state, text
from reelrec.ui.uploads import forget, refused
from reelrec.ui.visit import IntakeUse

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.serving.history import Found
    from reelrec.sources.others.loose import LooseTable
    from reelrec.visitor.changes import Changes
    from reelrec.visitor.intake import Intake
    from reelrec.visitor.profile import Profile


def intake() -> Intake | None:
    """What was read last; None before anything was."""
    return state.visit().letterboxd.intake


def unnamed() -> LooseTable | None:
    """The table whose columns are still to be named; None where there is none."""
    return state.visit().letterboxd.table


def problem() -> None:
    """Why the last export or feed could not be read, or not all of it."""
    letterboxd = state.visit().letterboxd
    if letterboxd.refused:
        st.warning(_("Some files did not arrive. {refused}", refused=letterboxd.refused))
    reason = letterboxd.problem
    if reason:
        here = " " + _("Your ratings here are unchanged.") if state.profile().watched else ""
        st.error(text.plain(f"{reason}{here}"))


def export(uploads: Sequence[UploadedFile]) -> None:
    """Read the files of an export."""
    files = [(file.name, file.getvalue()) for file in uploads]
    _read(_("Reading your history"), lambda: app.history.read(files), uploads)


def feed(name: str) -> None:
    """Read a member's feed, unless this visitor has asked for too many."""
    if wait := state.visit().feeds.take():
        state.visit().letterboxd.problem = _(
            "That was many feeds. Ask for the next one in {wait:.0f} seconds.", wait=wait
        )
        st.rerun()
    _read(_("Asking Letterboxd for the feed"), lambda: app.history.Found(app.read_feed(name)))


def sample() -> None:
    """Read the export of an invented member, whose films do not become the visitor's."""
    letterboxd = state.visit().letterboxd
    letterboxd.sample, letterboxd.intake = app.sample_export()
    letterboxd.problem, letterboxd.use, letterboxd.table = None, IntakeUse.LOOKED_AT, None


def put_away() -> None:
    """Forget what was read."""
    letterboxd = state.visit().letterboxd
    letterboxd.sample, letterboxd.intake, letterboxd.table = "", None, None


def table(columns: Mapping[str, int], out_of: int | None) -> None:
    """Read the table, now that its columns are named. out_of: its ratings; None where it has none."""
    letterboxd = state.visit().letterboxd
    if letterboxd.table is None:
        return
    try:
        taken = app.history.of_table(letterboxd.table, columns, out_of)
    except ReelRecError as error:
        letterboxd.problem = str(error)
    else:
        _keep(app.history.Found(taken))


def scale(out_of: int | None) -> None:
    """Turn the ratings that were read into stars, now that it is known what they are out of; None leaves them out."""
    taken = intake()
    if taken is not None:
        _keep(app.history.Found(app.history.on_scale(taken, out_of)))


def _read(what: str, read: Callable[[], Found], uploads: Sequence[UploadedFile] = ()) -> None:
    """Show that something is happening, keep what was read or the reason why not, and delete the uploads."""
    letterboxd = state.visit().letterboxd
    with st.status(f"{what} …", expanded=False):
        try:
            found = read()
        except ReelRecError as error:
            letterboxd.problem = str(error)
        else:
            _keep(found)
    letterboxd.uploads += 1  # another uploader, without the bytes
    letterboxd.refused = refused()
    forget(uploads)
    st.rerun()


def _keep(found: Found) -> None:
    letterboxd = state.visit().letterboxd
    letterboxd.problem, letterboxd.use = None, IntakeUse.UNDECIDED
    letterboxd.sample, letterboxd.intake, letterboxd.table, letterboxd.asked = "", found.intake, found.table, {}
    if found.intake and state.profile().is_empty and not found.intake.log.asks:
        use()


def question(taken: Intake) -> None:
    """Ask whether the films read are added to the visitor's, replace them, or are only looked at."""
    decided = state.visit().letterboxd.use
    if decided is IntakeUse.TAKEN or not taken.matched or taken.log.asks or state.visit().letterboxd.sample:
        return
    mine = state.profile()
    with st.container(border=True, key="merge"):
        if decided is IntakeUse.LOOKED_AT:
            st.markdown(_("You are only looking: these films are not yours."))
        elif not mine.is_empty:
            st.markdown(
                _(
                    "**Are these films yours too?** You already have {mine} here; what was read has {read}. Where both "
                    "have a film, the stars just read count.",
                    mine=_contents(mine),
                    read=_contents(taken.profile),
                )
            )
        else:
            st.markdown(_("**These films are not yours yet.**"))
        with st.container(horizontal=True):
            if not mine.is_empty:
                st.button(_("Mine too: add them"), on_click=add, icon=":material/merge:")
            replace_label = _("Use these films") if mine.is_empty else _("Use them instead of mine")
            st.button(replace_label, on_click=use, icon=":material/check:")
            if decided is IntakeUse.UNDECIDED:
                st.button(_("Only look"), on_click=look, icon=":material/visibility:")


def _contents(profile: Profile) -> str:
    """ "12 films", "12 films and 3 on a watchlist" or "3 films on a watchlist"."""
    seen, wanted = len(profile.watched), len(profile.watchlist)
    if not wanted:
        return text.films(seen)
    if seen:
        return _("{films} and {wanted:,} on a watchlist", films=text.films(seen), wanted=wanted)
    return _("{films} on a watchlist", films=text.films(wanted))


def use() -> None:
    """Make the films read the visitor's, in place of those that are here."""
    taken = intake()
    if taken and taken.matched:
        seen, wanted = len(taken.profile.watched), len(taken.profile.watchlist)
        if seen:
            notice = ngettext("{n} film from {site} is yours now.", "{n:,} films from {site} are yours now.",
                              seen, site=site(taken))  # fmt: skip
        else:
            notice = ngettext("{n} film from {site} is on your watchlist now. None of them was seen.",
                              "{n:,} films from {site} are on your watchlist now. None of them was seen.",
                              wanted, site=site(taken))  # fmt: skip
        state.change(taken.profile, notice, lasting=True)
        events.profile_changed()
    state.visit().letterboxd.use = IntakeUse.TAKEN


def add() -> None:
    """Add the films read to the visitor's."""
    taken = intake()
    if taken is None:
        return
    before = state.profile()
    after = before.merged(taken.profile)
    state.change(after, _added(app.changes(before, after), site(taken)), lasting=True)
    events.profile_changed()
    state.visit().letterboxd.use = IntakeUse.TAKEN


def site(taken: Intake) -> str:
    """Where what was read came from: "Letterboxd", "IMDb", "a table"."""
    return "Letterboxd" if taken.log.origin in ("export", "rss") else _(taken.log.origin)


def _added(changes: Changes, site: str) -> str:
    """What was added to the visitor's films, in a sentence."""
    parts = [
        ngettext("{n} new film", "{n:,} new films", changes.seen) if changes.seen else "",
        _("stars for {films} seen before", films=text.films(changes.starred)) if changes.starred else "",
        _("other stars for {films}", films=text.films(changes.restarred)) if changes.restarred else "",
        _("{films} on the watchlist", films=text.films(changes.wanted)) if changes.wanted else "",
    ]
    said = [part for part in parts if part]
    if not said:
        return _("Nothing changed: all that was read was here already.")
    one = len(said) == 1 and 1 in (changes.seen, changes.wanted)
    return ngettext("From {site}, {what} was added to yours.", "From {site}, {what} were added to yours.",
                    1 if one else 2, site=site, what=listed(said))  # fmt: skip


def look() -> None:
    """Leave the visitor's films as they are."""
    state.visit().letterboxd.use = IntakeUse.LOOKED_AT


def fix(place: int, film: Film) -> None:
    """Take the visitor's word for which film the log means. place: of the film in the log."""
    taken = intake()
    if taken is None:
        return
    fixed, added = app.with_fix(taken, place, film)
    if is_mine():
        state.change(state.profile().merged(added), _("“{film}” was found.", film=film.name))
        events.profile_changed()
    state.visit().letterboxd.intake = fixed


def owner() -> str:
    """Whose films were read, as a name; "" where they are the visitor's."""
    letterboxd = state.visit().letterboxd
    if letterboxd.sample:
        return next(_(known.title) for known in app.sample_profiles() if known.name == letterboxd.sample)
    named = letterboxd.intake.log.owner if letterboxd.intake else ""
    return named or ("" if is_mine() else _("This export"))


def is_mine() -> bool:
    """Whether the visitor took what was read."""
    return state.visit().letterboxd.use is IntakeUse.TAKEN
