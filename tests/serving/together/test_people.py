import pytest

from reelrec.serving.together.people import MOST_LETTERS, clean_name


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (" Ann \n Lee ", "Ann Lee"),
        ("\u202eevil\u0000", "evil"),
        ("", "Guest"),
        ("\u200b\u2066", "Guest"),
        ("\u200d", "Guest"),
        ("\u3164\u2800", "Guest"),
        ("\ufe0f\U000e0100\u034f", "Guest"),
        ("\u0301", "Guest"),
        ("\ud800", "Guest"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("<b>Zoé</b>", "<b>Zoé</b>"),
        ("李小龍", "李小龍"),
        ("x" * 500, "x" * MOST_LETTERS),
    ],
)
def test_a_name_is_one_short_line_without_what_nobody_sees(typed, shown):
    assert clean_name(typed) == shown


def test_two_of_one_name_are_told_apart():
    assert clean_name("ann", ["Ann"]) == "ann 2"
    assert clean_name("Ann", ["Ann", "ANN 2"]) == "Ann 3"
    long = "x" * MOST_LETTERS
    assert clean_name(long, [long]) == "x" * (MOST_LETTERS - 2) + " 2"


@pytest.mark.parametrize("typed", ["Ann\u200d", "\u200cAnn", "Ann\ufe0f", "\uff21nn", "Ann\u3164", "A\u034fnn"])
def test_a_name_that_looks_like_another_one_is_told_apart(typed):
    assert clean_name(typed, ["Ann"]).endswith(" 2")


def test_a_number_stands_behind_one_space():
    name = "x" * (MOST_LETTERS - 3) + " yy"
    assert clean_name(name, [name]) == "x" * (MOST_LETTERS - 3) + " 2"
