"""Every mistake in a call is one line on stderr and exit code 2, and never a traceback."""

import json
import re

import pytest

from reelrec import app


@pytest.fixture(autouse=True)
def _small(tiny_artifacts):
    """Every test here runs on the fourteen films."""


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--rate", "Night Ferry (1979)=6"), "6 is not a rating"),
        (("--rate", "Night Ferry (1979)=3.3"), "3.3 is not a rating"),
        (("--rate", "Night Ferry (1979)=nan"), "nan is not a rating"),
        (("--rate", "Night Ferry (1979)"), "is not a rating"),
        (("--rate", "No Such Film (1999)=4"), "is not among the 14 films"),
        (("--rate", "No\nSuch Film (1999)=4"), "No Such Film"),
        (("--rate", "Night Ferry=5"), '"Night Ferry" may be any of 2 films, and none stands out. Write its year or'),
        (("--rate", "Nosuchfilm=5"), '"Nosuchfilm" is not among the 14 films'),
        (("--rate", "=5"), "'=5' is not a rating. Write the film"),
        (("--rate", ""), "'' is not a rating. Write the film"),
        (("--rate",), "--rate needs a value after it. A rating, such as"),
        (("--rate", "Twin Rivers (1988)=5"), "fits 2 films"),
        (("--model", "nope"), "no model called 'nope'"),
        (("--model", "eas"), "no model called 'eas'. Did you mean 'ease'?"),
        (("--model", ""), "no model called ''. Known: "),
        (("--genre", "Musicals"), "no genre called 'Musicals'"),
        (("--genre", "horor"), "no genre called 'horor'. Did you mean 'Horror'?"),
        (("--genre", ""), "no genre called ''. Known: Drama, "),
        (("--also", "shrt"), "no kind called 'shrt'. Did you mean 'short'?"),
        (("--watchlist", "hiden"), "called 'hiden'. Did you mean 'hidden'?"),
        (("--without-genre", "Musicals"), "no genre called 'Musicals'"),
        (("--language", "xx"), "no language called 'xx'"),
        (("--years", "1999-1980"), "upside down"),
        (("--years", "1999"), "is not a range"),
        (("--runtime", "long-longer"), "is not a range"),
        (("--dial", "7"), "The dial goes from 0 (safe) to 1 (specific), not to 7."),
        (("--dial", "x"), "--dial cannot be 'x': it takes a number."),
        (("-n", "0"), "-n cannot be '0': the least is 1."),
        (("-n", "ten"), "-n cannot be 'ten': it takes a whole number."),
        (("-n", "9" * 5000), "it takes a smaller number."),
        (("--least-ratings", "-1"), "--least-ratings cannot be '-1': the least is 0."),
        (("--no-such-option",), "There is no option called '--no-such-option'."),
        (("--genere", "Horror"), "There is no option called '--genere'. Did you mean '--genre'?"),
        (("-genre", "Horror"), "There is no option called '-g'. Did you mean '--genre'?"),
        (("--json=yes",), "--json is a switch and takes no value"),
        (("Heat=4",), "recommend does not take 'Heat=4'"),
        (("--export", "no-such-file.zip"), "no-such-file.zip cannot be read. Give the file of an export"),
        (("--export", ""), "cannot be read. Give the file of an export"),
        (("--data", ""), "Say whose list is wanted"),
        (("--user", "ann"), "go with --ratings"),
        (("--all",), "go with --ratings"),
        (("--ratings", "no-such-file.csv"), "There is no file no-such-file.csv"),
    ],
)
def test_a_mistake_is_one_line_on_stderr_and_exit_code_2(command, words, says):
    code, out, err = command("recommend", *words)
    assert code == 2
    assert out == ""
    assert says in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "cannot be read as CSV"),
        ("user_id,film_id,rating\n", "holds no rating"),
        ("user,film,stars\n1,a,3\n", "missing: user_id, film_id, rating"),
        ("user_id,film_id,rating\n1,night-ferry,7\n", "not half-stars"),
    ],
)
@pytest.mark.parametrize("words", [("recommend", "--all", "--csv", "out.csv"), ("evaluate", "top-n")])
def test_a_bad_ratings_file_is_one_line_on_stderr_and_exit_code_2(command, ratings_file, words, text, says):
    code, out, err = command(*words, "--ratings", ratings_file(text))
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("evaluate", "top-n", "--data", "nope"), "no evaluation data called 'nope'"),
        (("data", "describe", "nope"), "no data set called 'nope'"),
        (("train", "nope"), "no model called 'nope'"),
        (("bench", "nope"), "no bench called 'nope'"),
    ],
)
def test_unknown_names_are_mistakes_in_every_command(command, words, says):
    code, _, err = command(*words)
    assert code == 2
    assert says in " ".join(err.split())
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("recomend",), "There is no command called 'recomend'. Did you mean 'recommend'?"),
        (("data", "lst"), "There is no command called 'lst'. Did you mean 'list'?"),
        (
            ("--verson",),
            "There is no option called '--verson'. Did you mean '--version'? See: python -m reelrec --help",
        ),
        (("train",), "train needs NAME. Models, catalogue,"),
        (("evaluate",), "evaluate needs PROTOCOL. Which protocol, such as new-users."),
        (("match",), "match needs FILE. A Letterboxd export"),
        (("data", "get"), "get needs NAME. Which data set"),
        (("evaluate", "top-n", "--people", "0"), "--people cannot be '0': the least is 1."),
        (("bench", "serv"), "no bench called 'serv'. Did you mean 'serve'?"),
        (("data", "get", "ml-100"), "no data set called 'ml-100'. Did you mean 'ml-100k'?"),
        (("data", "get", "ml-100k", "--from", "no-such-folder"), "There is no folder no-such-folder."),
        (("data", "check", "no-such-file"), "no-such-file cannot be read as parquet."),
        (("match", "no-such-file"), "no-such-file cannot be read."),
        (("train", "popularity", "--out", __file__), "is a file. Name a folder"),
        (("bench", "--json", "/no/such/folder/x.json"), "There is no folder /no/such/folder"),
        (("evaluate", "top-n", "--json", "/"), "/ is a folder. Name a file."),
    ],
)
def test_a_mistake_in_any_command_is_one_line_that_says_what_to_write(command, words, says):
    code, out, err = command(*words)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1
    assert not re.search("Error:|Usage:|Invalid value|Input should|argument|Traceback|[╭│]", err)


@pytest.mark.parametrize("words", [(), ("--",), ("data",)])
def test_without_a_command_the_help_is_shown_and_the_commands_are_named(command, words):
    code, out, err = command(*words)
    assert code == 2
    assert "Usage: python -m reelrec" in out
    assert ("list, get, describe, check, shard, synth." if words == ("data",) else "recommend, match, evaluate") in err
    assert err.count("\n") == 1


def test_a_zip_that_is_none_is_a_mistake(command, tmp_path):
    path = tmp_path / "letterboxd.zip"
    path.write_text("no zip")
    code, _, err = command("recommend", "--export", path)
    assert code == 2
    assert "it is damaged, or it is no ZIP" in err
    assert err.count("\n") == 1


def test_a_file_that_the_system_refuses_is_a_fault_in_one_line(command, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "some.file")

    monkeypatch.setattr(app, "recommend", refuse)
    code, _, err = command("recommend")
    assert (code, err) == (1, "some.file could not be read or written: Permission denied.\n")


def test_names_are_known_in_any_case(command):
    words = ("--genre", "horror", "--model", "EASE", "--language", "EN", "--also", "Short", "--watchlist", "SHOWN")
    code, out, _ = command("recommend", *words, "--rate", "harbour=5", "--json")
    assert code == 0
    assert json.loads(out)["model"] == "ease"
    assert {film["title"] for film in json.loads(out)["films"]} == {"Night Ferry"}
    assert command("Data", "List")[0] == 0


def test_the_film_that_a_title_alone_names_is_said_on_stderr(command):
    code, out, err = command("recommend", "--rate", "the lantern=5", "--json")
    assert code == 0
    assert json.loads(out)["model"] == "blend"
    assert err == '"the lantern" is taken as The Lantern (1994) by Ada Moss.\n'


def test_a_csv_that_cannot_be_written_is_one_line(command, ratings_file):
    words = ("--all", "--csv", "/no/such/folder/out.csv")
    code, _, err = command(
        "recommend", "--ratings", ratings_file("user_id,film_id,rating\nann,night-ferry,5\n"), *words
    )
    assert code == 2
    assert err.count("\n") == 1
