"""Every mistake in a call is one line on stderr and exit code 2, and never a traceback."""

import pytest


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
        (("--rate", "Night Ferry=5"), "has no year"),
        (("--rate", "Twin Rivers (1988)=5"), "fits 2 films"),
        (("--model", "nope"), "no model called 'nope'"),
        (("--genre", "Musicals"), "no genre called 'Musicals'"),
        (("--without-genre", "Musicals"), "no genre called 'Musicals'"),
        (("--language", "xx"), "no language called 'xx'"),
        (("--years", "1999-1980"), "upside down"),
        (("--years", "1999"), "is not a range"),
        (("--runtime", "long-longer"), "is not a range"),
        (("--dial", "2"), "dial goes from 0"),
        (("-n", "0"), "greater than or equal to 1"),
        (("-n", "ten"), "-n"),
        (("--no-such-option",), "--no-such-option"),
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


def test_a_csv_that_cannot_be_written_is_one_line(command, ratings_file):
    words = ("--all", "--csv", "/no/such/folder/out.csv")
    code, _, err = command(
        "recommend", "--ratings", ratings_file("user_id,film_id,rating\nann,night-ferry,5\n"), *words
    )
    assert code == 2
    assert err.count("\n") == 1
