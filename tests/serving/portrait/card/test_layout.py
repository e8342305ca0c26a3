"""Where things stand on a card: no text leaves its box or the card, and none lies on another."""

from dataclasses import replace
from itertools import combinations

import pytest

from reelrec.serving.portrait.card import faces, tall, wide
from reelrec.serving.portrait.card.contents import Apart, Standout
from reelrec.serving.portrait.card.faces import HEADING, Type
from reelrec.serving.portrait.card.setting import END, Style, set_text
from tests.serving.portrait.card.cards import LONG, favourites, full_card

LOOSE = 0.3  # type sizes by which marks above letters may reach out of a line
LONG_GROUPS = tuple(
    Standout(kind, name, lift)
    for kind, name, lift in (
        ("director", "Florian Maria Georg Christian Graf Henckel von Donnersmarck", 1.0),
        ("genre", "Science Fiction", 0.5),
        ("language", "Haitian, Haitian Creole", -1.25),
    )
)
NOTHING = {"groups": (), "loves": None, "dislikes": None, "favourites": ()}
LONG_NAMED = tuple(
    replace(favourite, film=replace(favourite.film, director=LONG_GROUPS[0].name)) for favourite in favourites(5, LONG)
)
LEAST_CHART = {wide: 50, tall: 90}  # pixels between the words over the chart and those below it
LEAST_SIZE = {wide: 11, tall: 13}  # pixels
CARDS = {
    "full": full_card(),
    "no name": full_card(name=""),
    "60 wide letters": full_card(name="W" * 60),
    "60 letters": full_card(name="Maximiliana Theodora Alexandrine von Hohenstein-Breitenbach I"[:60]),
    "another script": full_card(name="Ярослав Константинопольский"),
    "marks": full_card(name="Ễ" * 30),
    "long titles": full_card(
        favourites=LONG_NAMED, loves=Apart(LONG, 4.5, 2.0), dislikes=Apart(LONG, 0.5, 4.4), groups=LONG_GROUPS
    ),
    "one long word": full_card(favourites=favourites(5, "Donaudampfschifffahrtsgesellschaft" * 2)),
    "nothing but stars": full_card(**NOTHING),
    "nothing known": full_card(**NOTHING, apart=None, n=1, name=""),
    "no group": full_card(groups=()),
    "one group": full_card(groups=LONG_GROUPS[:1]),
    "two groups": full_card(groups=LONG_GROUPS[:2]),
    "no dislike": full_card(dislikes=None),
} | {f"{n} films": full_card(favourites=favourites(n)) for n in range(5)} | {
    f"{n} films alone": full_card(**NOTHING | {"favourites": favourites(n)}) for n in range(1, 6)
}  # fmt: skip


@pytest.mark.parametrize("shape", [wide, tall])
@pytest.mark.parametrize("name", CARDS)
def test_every_text_stands_in_its_box_on_the_card_and_on_no_other_text(name, shape):
    canvas = shape.draw(CARDS[name])
    edge = shape.MARGIN - 12
    for text in canvas.written:
        left, top, right, bottom = text.ink
        loose = LOOSE * text.size
        assert text.size >= LEAST_SIZE[shape], text
        assert text.box.left - 1 <= left, text
        assert right <= text.box.right + 1, text
        assert text.box.top - loose <= top, text
        assert bottom <= text.box.bottom + loose, text
        assert edge <= left, text
        assert right <= shape.WIDTH - edge, text
        assert shape.TOP - edge / 2 <= top, text
        assert bottom <= shape.BOTTOM + edge / 2, text
    legend, number = (next(text.ink for text in canvas.written if text.text == said) for said in ("Everybody’s", "1"))
    assert number[1] - legend[3] >= LEAST_CHART[shape]
    for one, other in combinations(canvas.written, 2):
        across = min(one.ink[2], other.ink[2]) - max(one.ink[0], other.ink[0])
        down = min(one.ink[3], other.ink[3]) - max(one.ink[1], other.ink[1])
        is_next_line = one.box == other.box  # where the mark of a letter may touch the line above
        assert across <= 0 or down <= (0.2 * one.size if is_next_line else 0), (one, other)


@pytest.mark.parametrize("shape", [wide, tall])
def test_all_that_is_known_is_written(shape):
    written = " ".join(text.text for text in shape.draw(full_card()).written)
    for part in (
        "Ann’s taste", "412 films rated", "half a star harsher", "Horror", "1970s", "in French", "+0.4", "ReelRec",
        "Speed Racer", "others 2.9", "Amélie", "0.5", "Barbie", "Parasite", "Heat", "Alien", "Ridley Scott",
    ):  # fmt: skip
        assert part in written


@pytest.mark.parametrize("shape", [wide, tall])
@pytest.mark.parametrize("name", CARDS)
def test_no_half_of_a_card_is_empty(name, shape):
    image = shape.draw(CARDS[name]).image
    paper = image.getpixel((0, 0))
    across, down = shape.WIDTH // 2, shape.HEIGHT // 3
    parts = [(0, 0, across, shape.HEIGHT), (across, 0, shape.WIDTH, shape.HEIGHT)]
    parts += [(0, third * down, shape.WIDTH, (third + 1) * down) for third in range(3)]
    for part in parts:
        cut = image.crop(part)
        other = sum(n for n, colour in cut.getcolors(1 << 22) if colour != paper) / (cut.width * cut.height)
        assert other > 0.01, (part, other)


def test_a_text_is_as_large_as_its_box_lets_it_be():
    style = Style("#000", range(60, 19, -1), HEADING, 650, lines=3)
    narrow, broad = (set_text("A text of a few words", style, width, 200) for width in (200, 700))
    assert 20 < narrow.type.size < broad.type.size == 60
    assert all(narrow.type.width(line) <= 200 for line in narrow.lines)
    assert " ".join(narrow.lines) == "A text of a few words"


def test_a_text_that_fits_at_no_size_ends_with_a_sign_that_there_is_more():
    setting = set_text(LONG, Style("#000", [30], lines=2), 200, 200)
    assert len(setting.lines) == 2
    assert setting.lines[-1].endswith(END)
    assert all(setting.type.width(line) <= 200 for line in setting.lines)


def test_lines_are_about_as_long_as_each_other():
    lines = set_text("one two three four five", Style("#000", [30], lines=2), 300, 200).lines
    assert lines == ["one two", "three four five"] or lines == ["one two three", "four five"]
    widths = [Type(faces.TEXT, 30, 500).width(line) for line in lines]
    assert min(widths) > max(widths) / 2


def test_a_text_without_letters_is_not_drawn():
    with pytest.raises(ValueError, match="No face"):
        set_text("日本", Style("#000", [30]), 300, 200)
