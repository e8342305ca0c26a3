"""SVG shapes as text, on a field 200 wide and 180 high. Numbers and our own colours go in, nothing else."""

from __future__ import annotations

from random import Random

WIDTH, HEIGHT = 200, 180


def circle(x: float, y: float, r: float, fill: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{fill}"/>'


def ring(x: float, y: float, r: float, stroke: str, width: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="none" stroke="{stroke}" stroke-width="{width}"/>'


def rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"/>'


def polygon(points: list[tuple[float, float]], fill: str) -> str:
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="{fill}"/>'


def zigzag(chance: Random, edge: float, depth: float, fill: str) -> str:
    """A row of teeth from an edge inwards."""
    points, x = [(0.0, edge)], 0.0
    while x < WIDTH:
        wide = chance.uniform(16, 30)
        points += [(x + wide / 2, edge + depth * chance.uniform(0.55, 1.0)), (x + wide, edge + depth * 0.15)]
        x += wide
    return polygon([*points, (x, edge)], fill)
