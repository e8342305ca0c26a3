"""Random numbers that follow from what they are for: a seed, a person's id, a film, the number of a sweep.

    u  =  mix(... mix(mix(key_1) + key_2) ... + key_k) / 2^64

No generator is passed on, so a person gets the same numbers wherever their ratings lie, and the number of workers
changes no draw. Source of the mixing: the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom
Number Generators", OOPSLA 2014). How we differ: keys of any number are mixed in one after the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import numpy as np

GOLDEN, FIRST, SECOND = (np.uint64(key) for key in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
KEPT = 52  # bits: with half a step more, a float64 holds every number exactly

Keys = Any  # whole numbers, or arrays of them that broadcast


def keys_of(ids: Iterable[Any]) -> np.ndarray:
    """(n,) uint64: a key for each id. Whole numbers are their own keys; of a text it is a part of its checksum."""
    array = np.asarray(ids)
    if array.dtype.kind in "iu":
        return array.astype(np.uint64)
    texts = (hashlib.blake2b(str(one).encode(), digest_size=8).digest() for one in array.tolist())
    return np.frombuffer(b"".join(texts), dtype="<u8").astype(np.uint64)


def bits(*keys: Keys) -> np.ndarray:
    """Random 64-bit numbers, uint64, in the shape to which the keys broadcast. Scalar keys cost least at the front."""
    state: np.ndarray = np.zeros((), dtype=np.uint64)
    with np.errstate(over="ignore"):  # the arithmetic is modulo 2^64
        for key in keys:
            state = (state ^ np.asarray(key).astype(np.uint64)) + GOLDEN
            state = (state ^ (state >> np.uint64(30))) * FIRST
            state = (state ^ (state >> np.uint64(27))) * SECOND
            state = state ^ (state >> np.uint64(31))
    return state


def uniforms(*keys: Keys) -> np.ndarray:
    """Random numbers between 0 and 1, both left out, float64."""
    kept = bits(*keys) >> np.uint64(64 - KEPT)
    numbers: np.ndarray = (kept.astype(np.float64) + 0.5) * 2.0**-KEPT
    return numbers


def shorts(n: int, *keys: Keys) -> np.ndarray:
    """(..., n) uint16: so many random numbers below 2^16 for each of the keys, four of one of `bits`. The first ones
    are the same for every n.
    """
    words = bits(*(np.asarray(key)[..., None] for key in keys), np.arange(-(-n // 4)))
    return words.astype("<u8", copy=False).view("<u2")[..., :n]


def normals(n: int, *keys: Keys) -> np.ndarray:
    """(..., n) float32: so many standard normal numbers for each of the keys, by the method of Box and Muller."""
    words = bits(*(np.asarray(key)[..., None] for key in keys), np.arange((n + 1) // 2))
    size = (words >> np.uint64(32)).astype(np.float32)
    radius = np.sqrt(-2 * np.log((size + np.float32(0.5)) * np.float32(2.0**-32)))
    angle = words.astype(np.uint32).astype(np.float32) * np.float32(2.0**-31 * np.pi)
    return np.concatenate([radius * np.cos(angle), radius * np.sin(angle)], axis=-1)[..., :n]


def gammas(shapes: np.ndarray, *keys: Keys) -> np.ndarray:
    """Numbers of the gamma distribution with scale 1, float64, one for each of the keys. shapes: 1 or more; broadcast.

    Source: Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", ACM TOMS 2000. Proposals that are
    rejected, one in twenty at most, are drawn again.
    """
    own = bits(*keys)
    lows, drawn = np.broadcast_to(shapes, own.shape) - 1 / 3, np.empty(own.shape)
    waiting, attempt = np.ones(own.shape, dtype=bool), 0
    while waiting.any():
        low, key = lows[waiting], own[waiting]
        normal = normals(1, 2 * attempt, key)[..., 0].astype(np.float64)
        cubes = np.maximum(1 + normal / np.sqrt(9 * low), 0.0) ** 3
        with np.errstate(divide="ignore"):  # a proposal below zero has no chance
            log_chances = 0.5 * normal**2 + low * (1 - cubes + np.log(cubes))
        drawn[waiting] = low * cubes
        waiting[waiting] = np.log(uniforms(2 * attempt + 1, key)) >= log_chances
        attempt += 1
    return drawn
