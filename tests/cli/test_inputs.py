import pytest

from reelrec.cli import inputs
from reelrec.errors import AmbiguousFilmError, RatingError, UnknownFilmError
from reelrec.visitor.profile import Profile


@pytest.fixture(autouse=True)
def _small(tiny_artifacts):
    """Every test here runs on the fourteen films."""


def test_ratings_are_read_from_words():
    profile, taken = inputs.profile_of(["Night Ferry (1979)=4.5", "film/elodie-a-paris = 3"])
    assert profile == Profile(ratings={1: 4.5, 5: 3.0})
    assert taken == []


def test_of_one_film_named_twice_the_last_rating_counts():
    assert inputs.profile_of(["Night Ferry (1979)=1", "film/night-ferry=5"])[0].ratings == {1: 5.0}


@pytest.mark.parametrize(
    "text", ["Night Ferry (1979)", "Night Ferry (1979)=", "Night Ferry (1979)=four", "=", "", "=5", "  =5"]
)
def test_words_without_stars_or_without_a_film_are_no_rating(text):
    with pytest.raises(RatingError, match=r"is not a rating. Write the film"):
        inputs.profile_of([text])


@pytest.mark.parametrize("stars", ["6", "3.3", "0", "-1", "nan", "inf", "1e9"])
def test_stars_must_be_half_stars(stars):
    with pytest.raises(RatingError, match="is not a rating"):
        inputs.profile_of([f"Night Ferry (1979)={stars}"])


def test_films_must_be_known_and_told_from_their_namesakes():
    with pytest.raises(UnknownFilmError):
        inputs.profile_of(["No Such Film (1999)=4"])
    with pytest.raises(AmbiguousFilmError):
        inputs.profile_of(["Night Ferry=4"])


def test_a_film_that_is_named_by_its_title_alone_is_said_with_its_year_and_director():
    profile, taken = inputs.profile_of(["harbour =4", "Grey Dawn (1990)=2", "film/elodie-a-paris=1"])
    assert profile.ratings == {6: 4.0, 12: 2.0, 5: 1.0}
    assert taken == ['"harbour" is taken as The Harbour (2003) by Ada Moss.']


@pytest.fixture
def two_people(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(
        "user_id,film_id,rating\nann,night-ferry,5\nann,the-harbour,4\n=cmd,elodie-a-paris,1\nann,lost,2\nzoe,lost,2\n"
    )
    return path


def test_a_file_is_read_into_a_profile_for_each_person_and_unknown_films_are_counted(two_people):
    people, dropped = inputs.profiles_of(two_people)
    assert people == {
        "ann": Profile(ratings={1: 5.0, 6: 4.0}),
        "=cmd": Profile(ratings={5: 1.0}),
        "zoe": Profile(),  # who rated only unknown films still gets a list
    }
    assert dropped == 2
