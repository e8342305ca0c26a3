"""The Taste page, run from the entry point. What a browser does with it is in tests/e2e."""


def test_somebody_without_stars_is_told_where_to_begin(visit):
    page = visit("taste")
    assert "Give some, or bring them from Letterboxd" in page.words()
    assert [link["href"] for link in page.given("taste-begin")["links"]] == ["./", "letterboxd"]
