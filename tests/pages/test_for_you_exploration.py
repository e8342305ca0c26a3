"""The exploration on For you: one film drawn at random beside the films of the page."""

from reelrec import app
from reelrec.ui.for_you import rows
from reelrec.ui.for_you.exploration import odds

LIST = {"view": "Full list"}


def test_one_film_beyond_the_list_is_the_exploration_and_its_odds_are_told(visit, horror_link):
    page = visit("for_you", p=horror_link, **LIST)
    (exploration,) = page.tiles("surprise")
    shelf, drawn = app.recommend_and_explore(page.profile, 24, page.state.number)
    assert exploration["slug"] == drawn.pick.film.slug
    assert exploration["slug"] not in {tile["slug"] for tile in page.tiles("picks-0")}
    assert exploration["stars"].startswith("★ ")
    assert [pick.film.slug for pick in shelf.picks] == [tile["slug"] for tile in page.tiles("picks-0")]
    assert "A surprise" in page.headings()
    assert f"the chance was {odds(drawn.probability)}." in page.words()
    assert "we learn from" not in page.words()


def test_beside_the_rows_it_is_none_of_their_films_and_its_odds_are_told(visit, horror_link):
    page = visit("for_you", p=horror_link)
    on_page = {pick.film.number for row in app.rows(page.profile, rows.EACH) for pick in row.picks}
    _, drawn = app.recommend_and_explore(page.profile, 24, page.state.number, on_page)
    assert page.numbers("surprise") == [drawn.pick.film.number]
    assert drawn.pick.film.number not in on_page
    assert f"the chance was {odds(drawn.probability)}." in page.words()


def test_odds_are_told_in_words():
    assert [odds(probability) for probability in (0.05, 0.0052, 0.3, 0.9)] == [
        "1 in 20",
        "1 in 192",
        "1 in 3",
        "1 in 2",
    ]


def test_the_exploration_stays_while_the_visit_lasts(visit, horror_link):
    page = visit("for_you", p=horror_link)
    before = page.shelf("surprise")
    page.run()
    page.open("about")
    page.open("for_you")
    assert page.shelf("surprise") == before


def test_there_is_no_exploration_without_films_nor_between_two_models(visit, horror_link):
    assert not visit("for_you").tiles("surprise")
    page = visit("for_you", p=horror_link)
    page.choose("beside", "knn")
    assert not page.tiles("surprise")


def test_there_is_none_beside_a_single_row_nor_tonight(visit, horror_link):
    for view in ("Gems", "Tonight"):
        assert not visit("for_you", p=horror_link, view=view).tiles("surprise")
