"""The card on the Taste page, run from the entry point."""

import io

import pytest
from PIL import Image

from reelrec import app
from reelrec.visitor.profile import Profile


@pytest.fixture
def page(visit):
    page = visit("taste", taste="Card")
    page.become(app.sample_profile("horror"))
    return page


def picture(page):
    return page.at.get("image")[0].proto.imgs[0]


def name(page, typed):
    page.at.text_input(key="card-name").set_value(typed)
    page.run()


def test_the_card_is_shown_with_its_words_and_they_can_be_copied(page):
    assert picture(page).alt.startswith("My taste in films: 32 films rated")
    assert [code.value for code in page.at.code] == [picture(page).alt]


def test_a_name_and_another_shape_make_another_card(page):
    made = [page.state.made_card]
    name(page, "Ann")
    made.append(page.state.made_card)
    page.choose("card-shape", "Tall, for a story")
    made.append(page.state.made_card)
    assert len({card.png for card in made}) == 3
    assert picture(page).alt.startswith("Ann’s taste in films")
    with Image.open(io.BytesIO(made[-1].png)) as image:
        assert image.size == (1080, 1920)


def test_the_same_card_is_drawn_once(page):
    before = page.state.made_card
    page.run()
    assert page.state.made_card is before


def test_what_is_left_out_is_said(page):
    name(page, "日本")
    assert "The card has no letters for this name, so it goes without." in page.words()


def test_somebody_whose_stars_do_not_count_is_told_what_to_do(page):
    heat = app.film("heat-1995").number
    page.become(Profile(ratings={heat: 4.0}).not_counted(heat))
    assert "A card shows what your stars say. Rate a few films, and there is one." in page.words().replace("\\", "")
    assert not page.at.get("image")
    assert [link["href"] for link in page.given("card-begin")["links"]] == ["./"]
