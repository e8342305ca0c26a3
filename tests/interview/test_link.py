"""The address of Rate: what it carries comes back, and nothing else gets in."""

import numpy as np
import pytest

from reelrec.interview import link
from reelrec.interview.link import Questions
from reelrec.interview.replay import FILMS
from reelrec.interview.screens import POLICY_WORDS

N_FILMS = 13_000
WRITTEN = "a-optimal.2.17.403.8"


def decode(text: str) -> Questions | None:
    return link.decode(text, POLICY_WORDS, np.arange(N_FILMS))


@pytest.mark.parametrize("policy", POLICY_WORDS)
@pytest.mark.parametrize("enjoyment", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_a_screen_comes_back_from_its_text(policy, enjoyment):
    screen = Questions(policy, enjoyment, tuple(range(N_FILMS - FILMS, N_FILMS)))
    assert decode(link.encode(screen)) == screen


def test_the_text_can_be_read_and_nothing_in_it_is_escaped_in_an_address():
    assert link.encode(Questions("a-optimal", 0.5, (17, 403, 8))) == WRITTEN


def test_without_films_there_is_nothing_to_carry():
    assert link.encode(Questions("a-optimal", 0.5)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a-optimal",
        "a-optimal.2",
        "nobody.2.17",
        "A-OPTIMAL.2.17",
        "a-optimal.5.17",
        "a-optimal.-1.17",
        "a-optimal.0.5.x",
        "a-optimal.2.17.17",
        "a-optimal.2.13000",
        "a-optimal.2.-17",
        "a-optimal.2.17.",
        "a-optimal.2.17\n",
        "a-optimal.2.²",
        "a-optimal.2.١٧",
        f"a-optimal.2.{'9' * 20}",
        f"a-optimal.2.{'.'.join(map(str, range(FILMS + 1)))}",
        f"a-optimal.2{'.1' * 100_000}",
        "a-optimal.2.17&ask=<script>",
    ],
)
def test_anything_else_is_nothing(text):
    assert decode(text) is None
