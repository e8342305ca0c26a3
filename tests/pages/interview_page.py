"""What tests of the interview on Rate read and do."""

from reelrec import app

FIRST, SECOND = 2, 7  # places on a screen


def asked(rate) -> list[int]:
    return [tile["number"] for tile in rate.tiles("interview")]


def slugs(numbers: list[int]) -> list[str]:
    return [app.catalogue().films[number].slug.replace("-", "_") for number in numbers]


def label(rate) -> str:
    """Of the button that leads to the next screen."""
    return next(button.label for button in rate.at.button if (button.key or "").startswith("go-on-"))


def meter(rate) -> str:
    """How well the visitor is known, in words."""
    return rate.given("meter")["readings"][0]["word"]


def measured(rate) -> str:
    """What the meter says after a tap."""
    return rate.given("meter")["readings"][0]["told"]


def rate_some(rate) -> dict[int, float]:
    """Give stars to two films of the screen."""
    films = asked(rate)
    rate.rate(**dict(zip(slugs([films[FIRST], films[SECOND]]), (4.5, 2.0), strict=True)))
    return {films[FIRST]: 4.5, films[SECOND]: 2.0}


def why(rate) -> str:
    """The line above the films."""
    return rate.given("why")["why"]


def steer(rate, to: str) -> None:
    rate.at.select_slider(key="enjoyment").set_value(to)
    rate.run()


def ask_by(rate, policy: str) -> None:
    rate.at.selectbox(key="asked-by").set_value(policy)
    rate.run()


def address_of(rate) -> str:
    """What the address carries of the interview."""
    return app.ask_link(rate.state.questions)
