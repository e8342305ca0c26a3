"""The protocols that `evaluate` knows."""

from __future__ import annotations

from enum import StrEnum


class Protocol(StrEnum):
    seed_svd = "seed-svd"
    seed_demo = "seed-demo"
    new_users = "new-users"
    top_n = "top-n"
    dial = "dial"
    splits = "splits"
    ml_100k = "ml-100k"
    new_films = "new-films"
    seed_deepfm = "seed-deepfm"
    seed_gpt = "seed-gpt"
    reviews = "reviews"
    interview = "interview"
    ab = "ab"
    ope = "ope"
