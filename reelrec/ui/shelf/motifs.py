"""The drawings of the posters: a few for each kind of film, on a field 200 wide and 180 high.

Each takes a source of chance, two colours and the ink, and returns SVG shapes. Nothing from outside is ever in them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from reelrec.ui.shelf.svg import HEIGHT, WIDTH, circle, polygon, rect, ring, zigzag

Motif = Callable[[Random, str, str, str], str]


def draw(genres: tuple[str, ...], chance: Random, first: str, second: str, ink: str) -> str:
    """A motif of the first genre that has some."""
    motifs = next((MOTIFS[genre] for genre in genres if genre in MOTIFS), MOTIFS["Drama"])
    return chance.choice(motifs)(chance, first, second, ink)


def orbits(chance: Random, first: str, second: str, ink: str) -> str:
    """Science fiction: rings round a planet."""
    x, y = chance.uniform(60, 140), chance.uniform(70, 110)
    rings = "".join(ring(x, y, r, first if i % 2 else second, 3.5) for i, r in enumerate(range(36, 190, 17)))
    angle, far = chance.uniform(0, math.tau), 36 + 17 * chance.choice((2, 3))
    return rings + circle(x, y, 24, first) + circle(x + far * math.cos(angle), y + far * math.sin(angle), 8, ink)


def teeth(chance: Random, first: str, second: str, ink: str) -> str:
    """Horror: a moon behind a jaw."""
    moon = circle(chance.uniform(60, 140), chance.uniform(60, 90), chance.uniform(38, 52), first)
    return moon + zigzag(chance, 0, 70, second) + zigzag(chance, HEIGHT, -62, second)


def blinds(chance: Random, first: str, second: str, ink: str) -> str:
    """Crime: light through a blind."""
    slats = "".join(rect(0, y, WIDTH, 7, second) for y in range(6, HEIGHT, 15))
    x = chance.uniform(55, 145)
    return polygon([(x - 30, 0), (x + 30, 0), (x + 95, HEIGHT), (x - 15, HEIGHT)], first) + slats


def keyhole(chance: Random, first: str, second: str, ink: str) -> str:
    """Mystery: a keyhole in narrowing frames."""
    frames = "".join(
        rect(i * 16, i * 14, WIDTH - i * 32, HEIGHT - i * 28, first if i % 2 else second) for i in range(5)
    )
    return frames + circle(100, 80, 14, ink) + polygon([(94, 84), (106, 84), (113, 120), (87, 120)], ink)


def shards(chance: Random, first: str, second: str, ink: str) -> str:
    """Action: slashes across the field."""
    out, x = [], -60.0
    while x < WIDTH + 40:
        wide = chance.uniform(8, 34)
        out.append(
            polygon([(x, HEIGHT), (x + wide, HEIGHT), (x + wide + 90, 0), (x + 90, 0)], chance.choice((first, second)))
        )
        x += wide + chance.uniform(6, 20)
    return "".join(out) + circle(chance.uniform(50, 150), chance.uniform(50, 110), 22, ink)


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
        polygon([(0, y), (100, y + 44 * down), (200, y), (200, y + 17), (100, y + 17 + 44 * down), (0, y + 17)],
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
    return circle(left, y, radius, first) + circle(right, y, radius, second) + f'<path d="{lens}" fill="{ink}"/>'


def dots(chance: Random, first: str, second: str, ink: str) -> str:
    """Comedy: a grid of dots with one out of step."""
    odd = chance.randrange(20)
    out = []
    for i in range(20):
        x, y = 20 + (i % 5) * 40, 24 + (i // 5) * 44
        out.append(
            circle(
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
                out.append(circle(x + 25, y + 22.5, 18, colour))
            elif shape == 1:
                out.append(polygon([(x + 6, y + 40), (x + 25, y + 5), (x + 44, y + 40)], colour))
            elif shape == 2:
                out.append(f'<path d="M{x + 5} {y + 38}a20 20 0 0 1 40 0z" fill="{colour}"/>')
            else:
                out.append(rect(x + 8, y + 6, 34, 34, colour))
    return "".join(out)


def hills(chance: Random, first: str, second: str, ink: str) -> str:
    """Adventure and fantasy: ranges under a moon."""
    out = [circle(chance.uniform(45, 155), chance.uniform(38, 62), chance.uniform(20, 30), first)]
    for base, colour in ((88, second), (118, ink), (150, first)):
        points, x = [(0, HEIGHT), (0, base + chance.uniform(-10, 10))], 0.0
        while x < WIDTH:
            x += chance.uniform(24, 46)
            points.append((min(x, WIDTH), base + chance.uniform(-34, 22)))
        out.append(polygon([*points, (WIDTH, HEIGHT)], colour))
    return "".join(out)


def sunset(chance: Random, first: str, second: str, ink: str) -> str:
    """Western: the sun going down in stripes."""
    y = chance.uniform(92, 112)
    sun = circle(100, y, 66, first)
    return sun + "".join(rect(0, y + i * 15, WIDTH, 3 + i * 2.2, second) for i in range(6))


def bars(chance: Random, first: str, second: str, ink: str) -> str:
    """Music: levels."""
    return "".join(
        rect(14 + i * 22, HEIGHT - h, 14, h, (first, second, ink)[i % 3])
        for i, h in enumerate(chance.uniform(40, 165) for _ in range(8))
    )


def blocks(chance: Random, first: str, second: str, ink: str) -> str:
    """Documentary: a divided plane."""
    x, y = chance.choice((60, 80, 120, 140)), chance.choice((50, 70, 110))
    lines = rect(x - 3, 0, 6, HEIGHT, ink) + rect(0, y - 3, WIDTH, 6, ink)
    return (
        rect(0, 0, x, y, first)
        + rect(x, y, WIDTH - x, HEIGHT - y, second)
        + lines
        + circle((x + WIDTH) / 2, y / 2, 14, first)
    )


def columns(chance: Random, first: str, second: str, ink: str) -> str:
    """History: a colonnade under a sun."""
    sun = circle(100, chance.uniform(44, 58), 30, second)
    pillars = "".join(rect(22 + i * 36, 74, 16, 92, first) for i in range(5))
    return sun + rect(10, 62, 180, 12, ink) + pillars + rect(10, 166, 180, 14, ink)


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
        rect(25 + (i % 3) * 55, 14 + (i // 3) * 54, 40, 44, first if i == lit else second) for i in range(9)
    ) + rect(25 + (lit % 3) * 55 + 17, 14 + (lit // 3) * 54 + 14, 6, 30, ink)


def steps(chance: Random, first: str, second: str, ink: str) -> str:
    """Drama: a staircase and somebody at its head."""
    rise = 28
    treads = "".join(
        rect(i * 40, HEIGHT - (i + 1) * rise, 200 - i * 40, rise, second if i % 2 else first) for i in range(5)
    )
    turned = treads if chance.random() < 0.5 else f'<g transform="translate(200 0) scale(-1 1)">{treads}</g>'
    x = 180 if turned is treads else 20
    return turned + circle(x, HEIGHT - 5 * rise - 14, 11, ink)


def balloons(chance: Random, first: str, second: str, ink: str) -> str:
    """Family and animation: balloons, one of them away."""
    out = []
    for i, x in enumerate((36, 78, 122, 164)):
        y, radius = chance.uniform(44, 104), chance.uniform(19, 25)
        colour = (first, second)[i % 2]
        out.append(f'<path d="M{x} {y + radius:.1f}V{HEIGHT}" stroke="{ink}" stroke-width="1.6"/>')
        out.append(f'<ellipse cx="{x}" cy="{y:.1f}" rx="{radius:.1f}" ry="{radius * 1.2:.1f}" fill="{colour}"/>')
    return "".join(out)


def pinwheel(chance: Random, first: str, second: str, ink: str) -> str:
    """Family and animation: a pinwheel in the wind."""
    turn, blades = chance.uniform(0, 60), []
    for i in range(6):
        colour = (first, second, ink)[i % 3]
        turned = f'transform="rotate({turn + i * 60:.1f} 100 90)"'
        blades.append(f'<path d="M100 90Q128 34 172 58Q150 92 100 90z" {turned} fill="{colour}"/>')
    return "".join(blades) + circle(100, 90, 9, ink)


def burst(chance: Random, first: str, second: str, ink: str) -> str:
    """Comedy, music, adventure: rays from below."""
    x, out = chance.choice((60, 100, 140)), []
    for i in range(-9, 10):
        left, right = math.radians(i * 10 - 2.6), math.radians(i * 10 + 2.6)
        ends = [(x + 300 * math.sin(angle), HEIGHT - 300 * math.cos(angle)) for angle in (left, right)]
        out.append(polygon([(x, HEIGHT), *ends], first if i % 2 else second))
    return "".join(out) + circle(x, HEIGHT, 40, ink)


def eye(chance: Random, first: str, second: str, ink: str) -> str:
    """Horror, mystery, thriller: somebody is looking."""
    wide, look = chance.uniform(44, 60), chance.uniform(-22, 22)
    lids = f'<path d="M12 90Q100 {90 - wide * 2:.1f} 188 90Q100 {90 + wide * 2:.1f} 12 90z" fill="{first}"/>'
    lashes = "".join(rect(22 + i * 26, 8 + abs(3 - i) * 7, 4, 20, second) for i in range(7))
    return lashes + lids + circle(100 + look, 90, wide * 0.72, second) + circle(100 + look, 90, wide * 0.3, ink)


def horizon(chance: Random, first: str, second: str, ink: str) -> str:
    """Science fiction: a grid that runs to the horizon."""
    sun = circle(chance.uniform(60, 140), 70, chance.uniform(34, 44), first)
    rows = "".join(rect(0, 92 + 88 * (i / 8) ** 1.8, WIDTH, 2.4, second) for i in range(9))
    rails = "".join(
        f'<path d="M{100 + i * 9} 92L{100 + i * 44} {HEIGHT}" stroke="{second}" stroke-width="2.4"/>'
        for i in range(-6, 7)
    )
    return sun + rows + rails


def smile(chance: Random, first: str, second: str, ink: str) -> str:
    """Comedy: half-moons that laugh."""
    out = []
    for row in range(3):
        for column in range(3):
            x, y, turn = 33 + column * 67, 30 + row * 60, chance.choice((0, 0, 0, 180))
            colour = ink if turn else (first, second)[(row + column) % 2]
            out.append(
                f'<path d="M{x - 26} {y - 8}a26 26 0 0 0 52 0z" transform="rotate({turn} {x} {y})" fill="{colour}"/>'
            )
    return "".join(out)


MOTIFS: dict[str, tuple[Motif, ...]] = {
    "Science Fiction": (orbits, horizon),
    "Horror": (teeth, eye, keyhole),
    "Western": (sunset, hills),
    "War": (chevrons, shards),
    "Music": (bars, burst),
    "Documentary": (blocks, columns),
    "History": (columns, arches),
    "Romance": (hearts, waves),
    "Animation": (confetti, balloons, pinwheel, dots),
    "Family": (balloons, pinwheel, confetti, burst),
    "Fantasy": (hills, orbits),
    "Adventure": (hills, burst),
    "Action": (shards, chevrons),
    "Crime": (blinds, window, keyhole),
    "Mystery": (keyhole, eye),
    "Thriller": (spiral, eye, blinds),
    "Comedy": (dots, smile, burst),
    "Drama": (arches, waves, window, steps),
}
