"""Criticker, Simkl, TV Time, FilmAffinity and Filmweb as a visitor brings them: files in, a log or a question out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reelrec import app
from reelrec.errors import ExportError
from reelrec.sources.log import NO_FILMS, Log
from reelrec.sources.others.registry import READERS, read_history
from reelrec.visitor import intake
from tests.fakes import more_sites as fakes
from tests.fakes.exports import packed
from tests.fakes.more_cases import BY_NAME, films, hundred
from tests.fakes.more_sites import BAD, FEW, GOOD, ROWS

ASKED = {"Criticker ratings.xml", "Criticker ratings.csv", "Filmweb movies_rated.csv"}


def history(*uploads: tuple[str, bytes], scale: int | None = None) -> Log:
    log = read_history(uploads, scale)
    assert isinstance(log, Log)
    return log


@pytest.mark.parametrize(("site", "name", "make", "out_of"), BY_NAME)
def test_the_scale_is_known_or_asked_and_no_star_counts_before(site, name, make, out_of):
    log = history((name, make()))
    assert (log.origin, log.rows) == (site.NAME, ROWS - FEW if name == "activity_history.csv" else ROWS)
    assert (log.asks is not None) == (f"{site.NAME} {name}" in ASKED)
    if log.asks:
        assert not any(film.stars for film in log.films)
        assert log.asks.guess.out_of == out_of
    else:
        assert sum(film.stars is not None for film in log.films if not film.television) == GOOD
        assert log.told
        assert any(f"“{BAD}”" in fault for fault in log.faults)


@pytest.mark.parametrize(("site", "name", "make", "out_of"), BY_NAME)
def test_once_the_scale_is_said_stars_are_exact_and_every_film_is_found(site, name, make, out_of):
    taken = intake.take_in(history((name, make())), app.catalogue())
    if taken.log.asks:
        assert not taken.profile.ratings
        taken = intake.on_scale(taken, app.catalogue(), out_of)
    given = {one.imdb: int(one.rating) for one in films(5 if out_of == 5 else 10)}
    wanted = {app.catalogue().number_by_id(imdb_id=imdb): rating for imdb, rating in given.items()}
    stars = {number: rating if out_of == 5 else rating / 2 for number, rating in wanted.items()}
    assert taken.profile.ratings == stars
    assert len(taken.profile.ratings) == GOOD


def test_the_documents_have_the_counts_of_each_format():
    """Rows, films found, with stars, not found, rows left out; out of what the member used, where that is asked."""
    uploads = {f"{case.values[0].NAME}, {case.values[1]}": case.values[1:] for case in BY_NAME}
    uploads["TV Time, its ZIP"] = ("gdpr-data.zip", lambda: packed(fakes.tv_time(films(5), odd_votes=False)), 5)
    measured = {}
    for of, (name, make, out_of) in uploads.items():
        taken = intake.take_in(history((name, make())), app.catalogue())
        taken = intake.on_scale(taken, app.catalogue(), out_of) if taken.log.asks else taken
        unread = taken.log.rows - len(taken.log.films) - (GOOD if of.endswith("ZIP") else 0)  # a film is in two files
        measured[of] = (
            taken.log.rows, taken.matched, len(taken.profile.ratings), len(taken.unmatched), unread,
        )  # fmt: skip
    text = Path("docs/imports.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\| (.+?) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    written = {name: tuple(map(int, numbers)) for name, *numbers in lines}
    assert {name: written.get(name) for name in measured} == measured


@pytest.mark.parametrize(("site", "name", "make", "out_of"), BY_NAME)
def test_no_other_reader_takes_the_file(site, name, make, out_of):
    log = history(("file", make()))
    assert [reader.NAME for reader in READERS if log.origin == reader.NAME] == [site.NAME]


def test_the_zip_of_tv_time_is_one_log_with_stars_by_film():
    given = films(5)
    log = history(("gdpr-data.zip", packed(fakes.tv_time(given))))
    assert log.origin == "TV Time"
    assert log.asks is None
    assert {file.name: file.why for file in log.files if not file.read_as} == {
        "access_token.csv": NO_FILMS, "ip_address.csv": NO_FILMS,
    }  # fmt: skip
    taken = intake.take_in(log, app.catalogue())
    wanted = {app.catalogue().number_by_id(imdb_id=one.imdb): float(one.rating) for one in given}
    assert taken.profile.ratings == wanted
    assert {one.why for one in taken.unmatched} == {"unknown"}
    told = " ".join(log.faults)
    assert "185 episodes of series were left out." in told
    assert "192.0.2.7" not in told
    assert "not for anybody" not in told
    assert len([fault for fault in log.faults if "none of TV Time" in fault]) == FEW


def test_a_score_out_of_what_the_visitor_says():
    uploads = (("ratings.xml", fakes.criticker_xml(hundred())),)
    by_scale = {}
    for scale in (5, 10, 100):
        log = history(*uploads, scale=scale)
        by_scale[scale] = sum(film.stars is not None for film in log.films if not film.television)
    assert by_scale == {5: 0, 10: sum(one.rating == "10" for one in hundred()), 100: GOOD}


def test_a_rating_over_a_known_scale_is_asked_and_not_bent():
    odd = fakes.filmaffinity_scraper(films(10)).replace(b",7\n", b",70\n")
    log = history(("votaciones_1.csv", odd))
    assert log.asks is not None
    assert not any(film.stars for film in log.films)


def test_files_of_two_sites_are_refused_together_and_nothing_is_lost():
    simkl, filmweb = fakes.simkl_csv(films(10)), fakes.filmweb_export_csv(films(10))
    with pytest.raises(ExportError, match="Simkl and Filmweb"):
        history(("a.csv", simkl), ("b.csv", filmweb))
    assert len(history(("a.csv", simkl)).films) == len(history(("a.zip", packed({"a.csv": simkl}))).films)


@pytest.mark.parametrize("pack", [False, True])
def test_an_export_of_letterboxd_beside_another_sites_is_not_lost_in_silence(pack):
    letterboxd = b"Date,Name,Year,Letterboxd URI,Rating\n2020-01-01,Heat,1995,https://boxd.it/2a,4\n"
    files = {"ratings.csv": letterboxd, "SimklBackup.csv": fakes.simkl_csv(films(10))}
    with pytest.raises(ExportError, match="Letterboxd and Simkl"):
        history(*([("both.zip", packed(files))] if pack else files.items()))


@pytest.mark.parametrize(
    ("kind", "film"),
    [
        ("Movie", False), ("Film", False), ("TV Movie", False), ("Telefilm", False), ("TV Series", True),
        ("Mini serie TV", True), ("Série télévisée", True), ("Minissérie de televisão", True), ("Fernsehserie", True),
        ("Épisode télévisé", None), ("Episodio de TV", None), ("TV-Folge", None), ("tvEpisode", None),
        ("Videogioco", None), ("Jeu vidéo", None), ("Video", False), ("TV Pilot", True), ("Podcast Series", None),
    ],
)  # fmt: skip
def test_types_of_imdb_are_known_in_several_languages(kind, film):
    """film: whether it is television; None: it is left out."""
    data = f"Const,Your Rating,Title,Title Type,Year\ntt1,8,Ran,{kind},1985\ntt2,8,Heat,Movie,1995\n"
    log = history(("ratings.csv", data.encode()))
    assert [one.television for one in log.films if one.title == "Ran"] == ([] if film is None else [film])


def test_a_file_made_for_letterboxd_is_letterboxds():
    fa_scraper = b"Title,Year,Directors,WatchedDate,Rating,Rating10\nHeat,1995,Michael Mann,2021-11-11,3.5,7\n"
    filmweb = b'"Title","Year","Rating10","WatchedDate"\n"Heat","1995","7","2021-11-11"\n'
    for data in (fa_scraper, filmweb):
        log = history(("x.csv", data))
        assert (log.origin, [film.stars for film in log.films]) == ("export", [3.5])


def test_a_file_of_filmweb_without_votes_says_what_to_call_it():
    unrated = b"title;original_title;year;date;rate\nX;Heat;1995;2020-01-01;0\n"
    with pytest.raises(ExportError, match=r"Name it movies_watchlist\.csv"):
        history(("films.csv", unrated))
    assert [film.watchlist for film in history(("movies_watchlist.csv", unrated)).films] == [True]
