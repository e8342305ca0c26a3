import math
import random
from xml.etree import ElementTree

import pytest

from reelrec.serving.portrait.card import svg
from reelrec.serving.posters.motifs import by_genre

MOTIFS = {motif.__name__: motif for motifs in by_genre.MOTIFS.values() for motif in motifs}
RED, BLUE, INK, PAPER = "#ff0000", "#0000ff", "#000000", "#ffffff"


def corners(points):
    return {(round(point.real, 3), round(point.imag, 3)) for point in points}


@pytest.mark.parametrize("name", sorted(MOTIFS))
def test_every_motif_is_drawn_in_its_colours(name):
    image = svg.picture(MOTIFS[name](random.Random(3), RED, BLUE, INK), 200, PAPER)
    assert image.size == (200, 180)
    colours = {colour: n for n, colour in image.getcolors(40_000)}
    assert colours.get((255, 0, 0), 0) + colours.get((0, 0, 255), 0) > 1_000
    assert len(colours) > 1


def test_shapes_lie_where_they_are_said_to():
    shapes = (
        '<rect x="0" y="0" width="100" height="90" fill="#ff0000"/><circle cx="150" cy="135" r="30" fill="#0000ff"/>'
    )
    image = svg.picture(shapes, 200, PAPER)
    assert [image.getpixel(at) for at in ((50, 45), (150, 135), (150, 100), (50, 135))] == [
        (255, 0, 0), (0, 0, 255), (255, 255, 255), (255, 255, 255),
    ]  # fmt: skip


def test_a_turned_shape_is_turned():
    image = svg.picture(
        '<rect x="80" y="85" width="40" height="10" transform="rotate(90 100 90)" fill="#ff0000"/>', 200, PAPER
    )
    assert image.getpixel((100, 75)) == (255, 0, 0)
    assert image.getpixel((85, 90)) == (255, 255, 255)


def test_a_mirrored_group_is_mirrored():
    image = svg.picture(
        '<g transform="translate(200 0) scale(-1 1)"><rect x="0" y="0" width="40" height="40" fill="#ff0000"/></g>',
        200,
        PAPER,
    )
    assert image.getpixel((180, 20)) == (255, 0, 0)
    assert image.getpixel((20, 20)) == (255, 255, 255)


def test_a_path_of_lines_has_their_ends():
    assert corners(svg.path("M10 20L30 20V50")) == {(10, 20), (30, 20), (30, 50)}


@pytest.mark.parametrize(("sweep", "middle"), [(1, (20, 0)), (0, (20, 40))])
def test_half_a_circle_bends_to_the_side_that_is_said(sweep, middle):
    points = svg.path(f"M0 20a20 20 0 0 {sweep} 40 0z")
    assert all(math.isclose(abs(point - (20 + 20j)), 20, abs_tol=1e-9) for point in points)
    assert middle in corners(points)


def test_curves_end_where_they_are_said_to_and_pass_their_middle():
    assert complex(50, 50) in [complex(*pair) for pair in corners(svg.path("M0 0Q50 100 100 0"))]
    points = svg.path("M0 0C0 10 10 10 10 0S20 -10 20 0")
    assert points[-1] == 20 + 0j
    assert min(point.imag for point in points) == pytest.approx(-7.5)


def test_another_kind_of_shape_is_no_motif():
    with pytest.raises(KeyError):
        svg.outline(ElementTree.fromstring("<text x='1' y='2'>no</text>"))
    with pytest.raises(KeyError):
        svg.path("M0 0H20")
