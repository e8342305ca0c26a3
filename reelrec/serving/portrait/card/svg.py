"""Draws the motifs of our posters with Pillow: the few kinds of SVG shapes that they are made of, as polygons.

Each shape becomes lists of points, so that turning and moving are done on points, and Pillow only fills.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from xml.etree import ElementTree

from PIL import Image, ImageDraw

from reelrec.serving.posters.motifs.svg import HEIGHT, WIDTH

FINER = 3  # drawn so many times as large, and reduced, for smooth edges
TOKENS = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?")
STEPS = 48  # points of a full circle, and of a curve half as many
Point = complex  # x + y i, so that a turn is a product
Move = Callable[[Point], Point]


def picture(motif: str, width: int, paper: str) -> Image.Image:
    """The motif on its paper. width: in pixels. Raises ElementTree.ParseError and KeyError for what is no motif."""
    height = math.ceil(width * HEIGHT / WIDTH)
    image = Image.new("RGB", (width * FINER, height * FINER), paper)
    scale = width * FINER / WIDTH
    _draw(ImageDraw.Draw(image), ElementTree.fromstring(f"<g>{motif}</g>"), lambda point: point, scale)  # our own text
    return image.reduce(FINER)


def _draw(draw: ImageDraw.ImageDraw, element: ElementTree.Element, place: Move, scale: float) -> None:
    move = _then(_transform(element.get("transform", "")), place)
    if element.tag == "g":
        for child in element:
            _draw(draw, child, move, scale)
        return
    points = [move(point) * scale for point in outline(element)]
    dots = [(point.real, point.imag) for point in points]
    if (fill := element.get("fill", "black")) != "none":
        draw.polygon(dots, fill=fill)
    if stroke := element.get("stroke"):
        wide = max(1, round(float(element.get("stroke-width", "1")) * scale))
        closed = [*dots, *dots[:2]] if element.tag == "circle" else dots
        draw.line(closed, fill=stroke, width=wide, joint="curve")


def outline(element: ElementTree.Element) -> list[Point]:
    """The points of a shape, in the motif's units. Raises KeyError for a kind of shape that no motif has."""

    def number(name: str) -> float:
        return float(element.attrib[name])

    if element.tag == "rect":
        left, top = number("x"), number("y")
        right, bottom = left + number("width"), top + number("height")
        return [complex(left, top), complex(right, top), complex(right, bottom), complex(left, bottom)]
    if element.tag in ("circle", "ellipse"):
        across, down = (number("r"), number("r")) if element.tag == "circle" else (number("rx"), number("ry"))
        turns = [math.tau * step / STEPS for step in range(STEPS)]
        return [complex(number("cx") + across * math.cos(a), number("cy") + down * math.sin(a)) for a in turns]
    if element.tag == "polygon":
        return [complex(*map(float, pair.split(","))) for pair in element.attrib["points"].split()]
    return path(element.attrib["d"])


def path(text: str) -> list[Point]:
    """The points of a path of one piece: M, V, L, C, S, Q, z and arcs of circles under half a turn, as motifs have."""
    tokens = iter(TOKENS.findall(text))
    points: list[Point] = []
    command, last = "", 0j  # last: the second control point of the curve before
    for token in tokens:
        if token.isalpha():
            command = token
            if command in "zZ":
                continue
            token = next(tokens)
        first = float(token)
        here = points[-1] if points else 0j
        if command in "ML":
            points.append(complex(first, float(next(tokens))))
        elif command == "V":
            points.append(complex(here.real, first))
        elif command in "CSQ":
            pairs = {"C": 3, "S": 2, "Q": 2}[command]
            given = [complex(first, float(next(tokens)))]
            given += [complex(float(next(tokens)), float(next(tokens))) for _ in range(pairs - 1)]
            handles = [2 * here - last, *given] if command == "S" else given
            last = handles[-2]
            points += _curve([here, *handles])
        elif command in "aA":
            _, _, _, sweep, x, y = (float(next(tokens)) for _ in range(6))
            points += _arc(here, complex(x, y) + (here if command == "a" else 0), first, bool(sweep))
        else:
            raise KeyError(command)
    return points


def _curve(handles: list[Point]) -> Iterator[Point]:
    """A Bezier curve from the first handle to the last, without its beginning (de Casteljau)."""
    for step in range(1, STEPS // 2 + 1):
        share, line = step / (STEPS // 2), handles
        while len(line) > 1:
            line = [a + share * (b - a) for a, b in pairwise(line)]
        yield line[0]


def _arc(start: Point, end: Point, radius: float, sweep: bool) -> Iterator[Point]:
    """The shorter arc of a circle, without its beginning. sweep: clockwise on the screen, where y points down."""
    half = (end - start) / 2
    radius = max(radius, abs(half))
    aside = half / abs(half) * 1j * math.sqrt(radius**2 - abs(half) ** 2)
    centre = start + half + (aside if sweep else -aside)
    first, last = ((point - centre) for point in (start, end))
    angle = math.atan2((last / first).imag, (last / first).real)
    if sweep and angle < 0:
        angle += math.tau
    if not sweep and angle > 0:
        angle -= math.tau
    steps = STEPS // 2
    for step in range(1, steps + 1):
        turned = angle * step / steps
        yield centre + first * complex(math.cos(turned), math.sin(turned))


def _transform(text: str) -> Move:
    """One of rotate(degrees x y) and "translate(x y) scale(-1 1)"."""
    numbers = [float(token) for token in TOKENS.findall(text) if not token.isalpha()]
    if text.startswith("rotate"):
        angle, centre = math.radians(numbers[0]), complex(*numbers[1:])
        turn = complex(math.cos(angle), math.sin(angle))
        return lambda point: centre + (point - centre) * turn
    if text.startswith("translate"):
        x, y, across, down = (*numbers, 1.0, 1.0)[:4]
        return lambda point: complex(x + across * point.real, y + down * point.imag)
    return lambda point: point


def _then(first: Move, second: Move) -> Move:
    return lambda point: second(first(point))
