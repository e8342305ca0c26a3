"""Motifs that show something: a sun, a window, an eye, as SVG. Chance, two colours and the ink go in."""

from __future__ import annotations

import math
from random import Random

from reelrec.serving.posters.motifs.svg import HEIGHT, WIDTH, circle, polygon, rect, zigzag


def teeth(chance: Random, first: str, second: str, ink: str) -> str:
    """Horror: a moon behind a jaw."""
    moon = circle(chance.uniform(60, 140), chance.uniform(60, 90), chance.uniform(38, 52), first)
    return moon + zigzag(chance, 0, 70, second) + zigzag(chance, HEIGHT, -62, second)


def keyhole(chance: Random, first: str, second: str, ink: str) -> str:
    """Mystery: a keyhole in narrowing frames."""
    frames = "".join(
        rect(i * 16, i * 14, WIDTH - i * 32, HEIGHT - i * 28, first if i % 2 else second) for i in range(5)
    )
    return frames + circle(100, 80, 14, ink) + polygon([(94, 84), (106, 84), (113, 120), (87, 120)], ink)


def hearts(chance: Random, first: str, second: str, ink: str) -> str:
    """Romance: two circles that meet, and where they meet."""
    apart, y = chance.uniform(26, 38), 90
    radius = chance.uniform(56, 64)
    left, right = 100 - apart, 100 + apart
    top = math.sqrt(radius**2 - apart**2)
    arc = f"A{radius:.1f} {radius:.1f} 0 0 1 100"
    lens = f"M100 {y - top:.1f}{arc} {y + top:.1f}{arc} {y - top:.1f}Z"
    return circle(left, y, radius, first) + circle(right, y, radius, second) + f'<path d="{lens}" fill="{ink}"/>'


def hills(chance: Random, first: str, second: str, ink: str) -> str:
    """Adventure and fantasy: ranges under a moon."""
    out = [circle(chance.uniform(45, 155), chance.uniform(38, 62), chance.uniform(20, 30), first)]
    for base, colour in ((88, second), (118, ink), (150, first)):
        points, x = [(0.0, float(HEIGHT)), (0.0, base + chance.uniform(-10, 10))], 0.0
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


def columns(chance: Random, first: str, second: str, ink: str) -> str:
    """History: a colonnade under a sun."""
    sun = circle(100, chance.uniform(44, 58), 30, second)
    pillars = "".join(rect(22 + i * 36, 74, 16, 92, first) for i in range(5))
    return sun + rect(10, 62, 180, 12, ink) + pillars + rect(10, 166, 180, 14, ink)


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
