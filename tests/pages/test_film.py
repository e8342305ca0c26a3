import pytest

from reelrec import app


def test_a_deep_link_shows_the_film_with_facts_and_similar_films(visit):
    page = visit("film", id="heat-1995")
    assert page.at.title[0].value.replace("\\", "") == "Heat (1995)"
    assert "Michael Mann" in page.words()
    assert len(page.tiles("similar-" + str(app.film("heat-1995").number))) == 12
    assert [metric.label for metric in page.at.metric] == ["A newcomer would give it", "People give it"]


def test_with_ratings_it_says_what_the_visitor_would_give(visit, horror_link):
    page = visit("film", id="the-thing", p=horror_link)
    expected = app.predict(app.sample_profile("horror"), app.film("the-thing")).stars
    assert page.at.metric[0].value == f"★ {expected:.1f}"


@pytest.mark.parametrize("slug", ["", "no-such-film", "../../etc/passwd", "<script>alert(1)</script>", "x" * 5000])
def test_an_unknown_film_is_a_sentence_and_a_way_back(visit, slug):
    page = visit("film", id=slug)
    assert page.at.title[0].value == "No such film"
    assert "There is no such film here" in page.words()


def test_a_twin_address_opens_the_film_it_is_a_twin_of(visit):
    twin = next(film for film in app.catalogue().films if film.same_as is not None)
    main = app.catalogue().films[twin.same_as]
    assert visit("film", id=twin.slug).at.title[0].value.replace("\\", "") == main.name
