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
import scipy  # loads scipy.special when it is first used

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


def normals(*keys: Keys) -> np.ndarray:
    """Standard normal numbers, float32."""
    return np.asarray(scipy.special.ndtri(uniforms(*keys)), dtype=np.float32)


def gammas(shape: np.ndarray, *keys: Keys) -> np.ndarray:
    """Numbers of the gamma distribution with scale 1, float64. shape: broadcasts with the keys."""
    return np.asarray(scipy.special.gammaincinv(shape, uniforms(*keys)), dtype=np.float64)
