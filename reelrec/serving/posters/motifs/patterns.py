"""Motifs that are patterns: shapes repeated over the field, as SVG. Chance, two colours and the ink go in."""

from __future__ import annotations

import math
from random import Random

from reelrec.serving.posters.motifs.svg import HEIGHT, WIDTH, circle, polygon, rect, ring


def orbits(chance: Random, first: str, second: str, ink: str) -> str:
    """Science fiction: rings round a planet."""
    x, y = chance.uniform(60, 140), chance.uniform(70, 110)
    rings = "".join(ring(x, y, r, first if i % 2 else second, 3.5) for i, r in enumerate(range(36, 190, 17)))
    angle, far = chance.uniform(0, math.tau), 36 + 17 * chance.choice((2, 3))
    return rings + circle(x, y, 24, first) + circle(x + far * math.cos(angle), y + far * math.sin(angle), 8, ink)


def blinds(chance: Random, first: str, second: str, ink: str) -> str:
    """Crime: light through a blind."""
    slats = "".join(rect(0, y, WIDTH, 7, second) for y in range(6, HEIGHT, 15))
    x = chance.uniform(55, 145)
    return polygon([(x - 30, 0), (x + 30, 0), (x + 95, HEIGHT), (x - 15, HEIGHT)], first) + slats


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


def burst(chance: Random, first: str, second: str, ink: str) -> str:
    """Comedy, music, adventure: rays from below."""
    x, out = chance.choice((60, 100, 140)), []
    for i in range(-9, 10):
        left, right = math.radians(i * 10 - 2.6), math.radians(i * 10 + 2.6)
        ends = [(x + 300 * math.sin(angle), HEIGHT - 300 * math.cos(angle)) for angle in (left, right)]
        out.append(polygon([(x, HEIGHT), *ends], first if i % 2 else second))
    return "".join(out) + circle(x, HEIGHT, 40, ink)
