import pytest

from reelrec.errors import OptionError
from reelrec.names import one_of

GENRES = ("Horror", "Drama", "Science Fiction")
COUNTRIES = {"Russia": 1, "United States of America": 2}


@pytest.mark.parametrize("text", ["Horror", "horror", " HORROR "])
def test_a_name_is_known_in_any_case(text):
    assert one_of(text, GENRES, "genre") == "Horror"


@pytest.mark.parametrize(
    ("text", "names", "meant"),
    [
        ("horor", GENRES, "Horror"),
        ("SCI", GENRES, "Science Fiction"),
        ("science-fiction", GENRES, "Science Fiction"),
        ("usa", COUNTRIES, "United States of America"),
        ("rusia", COUNTRIES, "Russia"),
    ],
)
def test_the_nearest_name_is_offered(text, names, meant):
    with pytest.raises(OptionError, match=f"There is no thing called '{text}'. Did you mean '{meant}'\\?"):
        one_of(text, names, "thing")


@pytest.mark.parametrize("text", ["", "  ", "x", "Musicals"])
def test_where_no_name_is_near_they_are_listed(text):
    with pytest.raises(OptionError, match=r"There is no genre called '.*'. Known: Horror, Drama, Science Fiction\."):
        one_of(text, GENRES, "genre")


def test_a_long_list_is_cut():
    with pytest.raises(OptionError) as error:
        one_of("q", [f"name {place}" for place in range(40)], "thing")
    assert "name 24." in str(error.value)
