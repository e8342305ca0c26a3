import pytest

from reelrec.ui import text


@pytest.mark.parametrize(
    "title", ["M*A*S*H", "*batteries not included", ":smile:", "[x](javascript:alert(1))", "$9.99"]
)
def test_markdown_in_a_title_is_taken_off_its_force(title):
    escaped = text.plain(title)
    assert escaped.replace("\\", "") == title
    for mark in "*_[]()$:":
        assert all(escaped[i - 1] == "\\" for i, c in enumerate(escaped) if c == mark)


@pytest.mark.parametrize(("value", "shown"), [(0.5, "½"), (3.0, "★★★"), (4.5, "★★★★½")])
def test_half_stars_are_drawn_as_letterboxd_does(value, shown):
    assert text.half_stars(value) == shown


@pytest.mark.parametrize(
    "title", ["www.evil.example", "https://evil.example/a.csv", "HTTP://x.y", "somebody@evil.example"]
)
def test_no_bare_address_becomes_a_link(title):
    escaped = text.plain(title)
    assert escaped.replace("\\", "").replace(text.WORD_JOINER, "") == title
    assert text.WORD_JOINER in escaped


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.0, "under 5"),
        (0.049, "under 5"),
        (0.05, "5"),
        (0.555, "56"),
        (0.95, "95"),
        (0.951, "over 95"),
        (1, "over 95"),
    ],
)
def test_nothing_is_quite_sure(chance, said):
    assert text.percent(chance) == f"{said}\u00a0%"


@pytest.mark.parametrize(("part", "said"), [(0.0, "0"), (0.004, "0"), (0.04, "4"), (0.555, "56"), (1.0, "100")])
def test_a_share_is_told_as_it_is(part, said):
    assert text.share(part) == f"{said}\u00a0%"


@pytest.mark.parametrize(("n", "said"), [(0, "0 films"), (1, "1 film"), (1700, "1,700 films")])
def test_films_are_counted(n, said):
    assert text.films(n) == said
