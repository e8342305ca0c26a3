from dataclasses import replace

import pytest

from reelrec import app
from reelrec.serving.portrait.card import faces, letters

GOES_WITHOUT = "The card has no letters for this name, so it goes without."
NO_SIGNS = "The card has no picture of every sign in this name, so the name goes without them."


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("Ann", "Ann"),
        ("  Ann \n\t of  Green\u00a0Gables ", "Ann of Green Gables"),
        ("Nguyễn Văn Đức", "Nguyễn Văn Đức"),
        ("Jose\u0301", "José"),
        ("Ярослав", "Ярослав"),
        ("Ελένη O’Neil", "Ελένη O’Neil"),
        ("ＷＩＤＥ", "WIDE"),
        ("\u202eevil\u202c\u200b\u0000", "evil"),
        ("\ud800Ann", "Ann"),
        ("x" * 60, "x" * 60),
    ],
)
def test_a_name_that_has_letters_stands_as_it_is_but_for_what_nobody_sees(typed, drawn):
    assert letters.name(typed) == letters.Name(drawn)


@pytest.mark.parametrize("typed", ["日本", "عمر", "אב", "किरण", "Ann 日本", "Z̸̧̢͑a̷l̵g̴o̵", "🎬", "★★★", "..."])
def test_a_name_without_letters_is_left_out_and_that_is_said(typed):
    assert letters.name(typed) == letters.Name("", GOES_WITHOUT)


@pytest.mark.parametrize("typed", ["", "   ", "\n", "\u202e\u200f"])
def test_no_name_is_no_name_and_nothing_is_said(typed):
    assert letters.name(typed) == letters.Name("")


def test_signs_in_a_name_are_left_out_and_that_is_said():
    assert letters.name("Ann 🎬 ★ Lee") == letters.Name("Ann Lee", NO_SIGNS)


def test_a_name_of_61_letters_is_cut_and_that_is_said():
    cut = letters.name("y" * 61)
    assert cut.text == "y" * 60
    assert "first 60 letters" in cut.note


def test_every_letter_of_every_text_that_is_drawn_has_a_look_of_its_own():
    for letter in "AzÉðŞơếЖяΩΰ’–−½":
        face = faces.face_for(letter)
        assert face is not None, letter
    assert faces.face_for("日") is None
    assert faces.lacking("a日b日★") == "日★"


def test_a_heading_that_its_face_cannot_write_is_written_by_the_other():
    assert faces.face_for("Ann", faces.HEADING) == faces.HEADING
    assert faces.face_for("Ярослав", faces.HEADING) == faces.TEXT


@pytest.mark.parametrize(
    ("title", "others", "drawn"),
    [
        ("Heat", (), "Heat"),
        ("Dìdi (弟弟)", (), "Dìdi"),
        ("H₂O", (), "H2O"),
        ("[REC]⁴ Apocalypse", (), "[REC]4 Apocalypse"),
        ("Saint☆Young Men", (), "Saint Young Men"),
        ("七人の侍", ("Seven Samurai",), "Seven Samurai"),
        ("七人の侍 7", (), None),
        ("★", (), None),
    ],
)
def test_a_title_is_written_as_far_as_there_are_letters(title, others, drawn):
    assert letters.title(replace(app.film("heat-1995"), title=title, other_titles=others)) == drawn


def test_almost_every_title_of_the_catalogue_can_be_written():
    films = app.catalogue().films[:13_000:7]
    unwritten = [film.title for film in films if letters.title(film) is None]
    assert len(unwritten) <= 2


@pytest.mark.parametrize("text", ["AVATAR, To Ye", "Ярослав AV", "fi ffl Ễ"])
def test_a_line_is_as_wide_as_its_letters_together(text):
    face = faces.face_for(text, faces.HEADING)
    shape = faces.Type(face, 41, 650)
    runs = [font.getlength(run) for font, run in shape._runs(text)]
    assert shape.width(text) == pytest.approx(sum(runs), abs=0.01)
