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
