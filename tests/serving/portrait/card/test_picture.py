import io
import socket
import struct
import time

import pytest
from PIL import Image

from reelrec.errors import ArtifactError
from reelrec.serving.portrait.card import faces, picture, words
from tests.serving.portrait.card.cards import LONG, favourites, full_card


def chunks(png: bytes) -> list[bytes]:
    """The kinds of chunks in a PNG file, in their order."""
    kinds, at = [], 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        kinds.append(kind)
        at += 12 + length
    return kinds


@pytest.mark.parametrize(("tall", "size"), [(False, (1200, 630)), (True, (1080, 1920))])
def test_a_card_is_a_small_picture_that_holds_its_words_and_nothing_else(tall, size):
    card = full_card(name="Ελένη")
    png = picture.png(card, words.alt(card), tall)
    with Image.open(io.BytesIO(png)) as image:
        image.load()
        assert (image.size, image.mode, image.info) == (size, "RGB", {"Description": words.alt(card)})
    assert set(chunks(png)) == {b"IHDR", b"iTXt", b"IDAT", b"IEND"}
    assert len(png) < 400_000


@pytest.mark.parametrize("tall", [False, True])
def test_the_same_card_gives_the_same_bytes_and_another_one_others(tall):
    first, again, other = (picture.png(full_card(name=name), "", tall) for name in ("Ann", "Ann", "Anne"))
    assert first == again != other


@pytest.mark.parametrize("tall", [False, True])
def test_a_card_takes_less_than_a_second_and_asks_nobody(tall, monkeypatch):
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a request")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    faces._font.cache_clear()
    faces._file.cache_clear()
    began = time.process_time()
    assert picture.png(full_card(name="W" * 60, favourites=favourites(5, LONG)), "", tall)
    assert time.process_time() - began < 1


def test_where_no_font_can_be_read_it_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(faces, "FONTS", tmp_path)
    faces._font.cache_clear()
    faces._file.cache_clear()
    with pytest.raises(ArtifactError, match="typefaces cannot be read"):
        picture.png(full_card(), "", tall=False)
    faces._file.cache_clear()
