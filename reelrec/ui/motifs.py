"""The drawings of the posters: one for each kind of film, on a field 200 wide and 180 high.

Each takes a source of chance, two colours and the ink, and returns SVG shapes. Nothing from outside is ever in them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

WIDTH, HEIGHT = 200, 180

Motif = Callable[[Random, str, str, str], str]


def draw(genres: tuple[str, ...], chance: Random, first: str, second: str, ink: str) -> str:
    """The motif of the first genre that has one."""
    motif = next((MOTIFS[genre] for genre in genres if genre in MOTIFS), arches)
    return motif(chance, first, second, ink)


def orbits(chance: Random, first: str, second: str, ink: str) -> str:
    """Science fiction: rings round a planet."""
    x, y = chance.uniform(60, 140), chance.uniform(70, 110)
    rings = "".join(_ring(x, y, r, first if i % 2 else second, 3.5) for i, r in enumerate(range(36, 190, 17)))
    angle, far = chance.uniform(0, math.tau), 36 + 17 * chance.choice((2, 3))
    return rings + _circle(x, y, 24, first) + _circle(x + far * math.cos(angle), y + far * math.sin(angle), 8, ink)


def teeth(chance: Random, first: str, second: str, ink: str) -> str:
    """Horror: a moon behind a jaw."""
    moon = _circle(chance.uniform(60, 140), chance.uniform(60, 90), chance.uniform(38, 52), first)
    return moon + _zigzag(chance, 0, 70, second) + _zigzag(chance, HEIGHT, -62, second)


def blinds(chance: Random, first: str, second: str, ink: str) -> str:
    """Crime: light through a blind."""
    slats = "".join(_rect(0, y, WIDTH, 7, second) for y in range(6, HEIGHT, 15))
    x = chance.uniform(55, 145)
    return _polygon([(x - 30, 0), (x + 30, 0), (x + 95, HEIGHT), (x - 15, HEIGHT)], first) + slats


def keyhole(chance: Random, first: str, second: str, ink: str) -> str:
    """Mystery: a keyhole in narrowing frames."""
    frames = "".join(
        _rect(i * 16, i * 14, WIDTH - i * 32, HEIGHT - i * 28, first if i % 2 else second) for i in range(5)
    )
    return frames + _circle(100, 80, 14, ink) + _polygon([(94, 84), (106, 84), (113, 120), (87, 120)], ink)


def shards(chance: Random, first: str, second: str, ink: str) -> str:
    """Action: slashes across the field."""
    out, x = [], -60.0
    while x < WIDTH + 40:
        wide = chance.uniform(8, 34)
        out.append(
            _polygon([(x, HEIGHT), (x + wide, HEIGHT), (x + wide + 90, 0), (x + 90, 0)], chance.choice((first, second)))
        )
        x += wide + chance.uniform(6, 20)
    return "".join(out) + _circle(chance.uniform(50, 150), chance.uniform(50, 110), 22, ink)


def spiral(chance: Random, first: str, second: str, ink: str) -> str:
    """Thriller: a vortex of turned squares."""
    turn = chance.choice((-1, 1)) * chance.uniform(7, 12)
    return "".join(
        f'<rect x="{100 - s / 2:.1f}" y="{90 - s / 2:.1f}" width="{s:.1f}" height="{s:.1f}" '
        f'transform="rotate({i * turn:.1f} 100 90)" fill="{(first, second)[i % 2]}"/>'
        for i, s in enumerate(260 * 0.8**i for i in range(12))
    )


def chevrons(chance: Random, first: str, second: str, ink: str) -> str:
    """War: stripes of rank."""
    down = chance.choice((-1, 1))
    return "".join(
        _polygon([(0, y), (100, y + 44 * down), (200, y), (200, y + 17), (100, y + 17 + 44 * down), (0, y + 17)],
                 first if i % 2 else second)
        for i, y in enumerate(range(-50, 230, 26))
    )  # fmt: skip


def hearts(chance: Random, first: str, second: str, ink: str) -> str:
    """Romance: two circles that meet, and where they meet."""
    apart, y = chance.uniform(26, 38), 90
    radius = chance.uniform(56, 64)
    left, right = 100 - apart, 100 + apart
    top = math.sqrt(radius**2 - apart**2)
    arc = f"A{radius:.1f} {radius:.1f} 0 0 1 100"
    lens = f"M100 {y - top:.1f}{arc} {y + top:.1f}{arc} {y - top:.1f}Z"
    return _circle(left, y, radius, first) + _circle(right, y, radius, second) + f'<path d="{lens}" fill="{ink}"/>'


def dots(chance: Random, first: str, second: str, ink: str) -> str:
    """Comedy: a grid of dots with one out of step."""
    odd = chance.randrange(20)
    out = []
    for i in range(20):
        x, y = 20 + (i % 5) * 40, 24 + (i // 5) * 44
        out.append(
            _circle(
                x,
                y + (9 if i == odd else 0),
                19 if i == odd else 14,
                ink if i == odd else (first, second)[(i + i // 5) % 2],
            )
        )
    return "".join(out)


def confetti(chance: Random, first: str, second: str, ink: str) -> str:
    """Family and animation: building blocks."""
    out = []
    for row in range(4):
        for column in range(4):
            x, y, colour = column * 50, row * 45, chance.choice((first, second, ink, first, second))
            shape = chance.randrange(4)
            if shape == 0:
                out.append(_circle(x + 25, y + 22.5, 18, colour))
            elif shape == 1:
                out.append(_polygon([(x + 6, y + 40), (x + 25, y + 5), (x + 44, y + 40)], colour))
            elif shape == 2:
                out.append(f'<path d="M{x + 5} {y + 38}a20 20 0 0 1 40 0z" fill="{colour}"/>')
            else:
                out.append(_rect(x + 8, y + 6, 34, 34, colour))
    return "".join(out)


def hills(chance: Random, first: str, second: str, ink: str) -> str:
    """Adventure and fantasy: ranges under a moon."""
    out = [_circle(chance.uniform(45, 155), chance.uniform(38, 62), chance.uniform(20, 30), first)]
    for base, colour in ((88, second), (118, ink), (150, first)):
        points, x = [(0, HEIGHT), (0, base + chance.uniform(-10, 10))], 0.0
        while x < WIDTH:
            x += chance.uniform(24, 46)
            points.append((min(x, WIDTH), base + chance.uniform(-34, 22)))
        out.append(_polygon([*points, (WIDTH, HEIGHT)], colour))
    return "".join(out)


def sunset(chance: Random, first: str, second: str, ink: str) -> str:
    """Western: the sun going down in stripes."""
    y = chance.uniform(92, 112)
    sun = _circle(100, y, 66, first)
    return sun + "".join(_rect(0, y + i * 15, WIDTH, 3 + i * 2.2, second) for i in range(6))


def bars(chance: Random, first: str, second: str, ink: str) -> str:
    """Music: levels."""
    return "".join(
        _rect(14 + i * 22, HEIGHT - h, 14, h, (first, second, ink)[i % 3])
        for i, h in enumerate(chance.uniform(40, 165) for _ in range(8))
    )


def blocks(chance: Random, first: str, second: str, ink: str) -> str:
    """Documentary: a divided plane."""
    x, y = chance.choice((60, 80, 120, 140)), chance.choice((50, 70, 110))
    lines = _rect(x - 3, 0, 6, HEIGHT, ink) + _rect(0, y - 3, WIDTH, 6, ink)
    return (
        _rect(0, 0, x, y, first)
        + _rect(x, y, WIDTH - x, HEIGHT - y, second)
        + lines
        + _circle((x + WIDTH) / 2, y / 2, 14, first)
    )


def columns(chance: Random, first: str, second: str, ink: str) -> str:
    """History: a colonnade under a sun."""
    sun = _circle(100, chance.uniform(44, 58), 30, second)
    pillars = "".join(_rect(22 + i * 36, 74, 16, 92, first) for i in range(5))
    return sun + _rect(10, 62, 180, 12, ink) + pillars + _rect(10, 166, 180, 14, ink)


def arches(chance: Random, first: str, second: str, ink: str) -> str:
    """Drama: nested arches, a door left open."""
    x = chance.choice((70, 100, 130))
    colours = [first, second, ink, first, second]
    return "".join(
        f'<path d="M{x - r} {HEIGHT}V{100}a{r} {r} 0 0 1 {2 * r} 0V{HEIGHT}z" fill="{colour}"/>'
        for r, colour in zip((94, 76, 58, 40, 22), colours, strict=True)
    )


def waves(chance: Random, first: str, second: str, ink: str) -> str:
    """Drama again: tides."""
    out = []
    for i in range(7):
        y, swing = 14 + i * 27, chance.uniform(8, 18)
        out.append(
            f'<path d="M-10 {y}C40 {y - swing * 2:.1f} 60 {y + swing * 2:.1f} 105 {y}S170 {y - swing * 2:.1f} 215 {y}" '
            f'fill="none" stroke="{(first, second, ink)[i % 3]}" stroke-width="12"/>'
        )
    return "".join(out)


def window(chance: Random, first: str, second: str, ink: str) -> str:
    """Drama: one window lit."""
    lit = chance.randrange(9)
    return "".join(
        _rect(25 + (i % 3) * 55, 14 + (i // 3) * 54, 40, 44, first if i == lit else second) for i in range(9)
    ) + _rect(25 + (lit % 3) * 55 + 17, 14 + (lit // 3) * 54 + 14, 6, 30, ink)


def steps(chance: Random, first: str, second: str, ink: str) -> str:
    """Drama: a staircase and somebody at its head."""
    rise = 28
    treads = "".join(
        _rect(i * 40, HEIGHT - (i + 1) * rise, 200 - i * 40, rise, second if i % 2 else first) for i in range(5)
    )
    turned = treads if chance.random() < 0.5 else f'<g transform="translate(200 0) scale(-1 1)">{treads}</g>'
    x = 180 if turned is treads else 20
    return turned + _circle(x, HEIGHT - 5 * rise - 14, 11, ink)


def _drama(chance: Random, first: str, second: str, ink: str) -> str:
    return chance.choice((arches, waves, window, steps))(chance, first, second, ink)


MOTIFS: dict[str, Motif] = {
    "Science Fiction": orbits,
    "Horror": teeth,
    "Western": sunset,
    "War": chevrons,
    "Music": bars,
    "Documentary": blocks,
    "History": columns,
    "Romance": hearts,
    "Animation": confetti,
    "Family": confetti,
    "Fantasy": hills,
    "Adventure": hills,
    "Action": shards,
    "Crime": blinds,
    "Mystery": keyhole,
    "Thriller": spiral,
    "Comedy": dots,
    "Drama": _drama,
}


def _circle(x: float, y: float, r: float, fill: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{fill}"/>'


def _ring(x: float, y: float, r: float, stroke: str, width: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="none" stroke="{stroke}" stroke-width="{width}"/>'


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"/>'


def _polygon(points: list[tuple[float, float]], fill: str) -> str:
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="{fill}"/>'


def _zigzag(chance: Random, edge: float, depth: float, fill: str) -> str:
    """A row of teeth from an edge inwards."""
    points, x = [(0.0, edge)], 0.0
    while x < WIDTH:
        wide = chance.uniform(16, 30)
        points += [(x + wide / 2, edge + depth * chance.uniform(0.55, 1.0)), (x + wide, edge + depth * 0.15)]
        x += wide
    return _polygon([*points, (x, edge)], fill)
