"""Together in a browser: a shelf for several, and two phones that find a film."""

import re

import pytest

from reelrec import app
from tests.e2e.test_axe import violations

pytestmark = pytest.mark.browser
# Streamlit fades what a run has not drawn again yet.
SETTLED = """() => !document.querySelector('[data-stale="true"]')
  && document.getAnimations().every(animation => animation.playState === 'finished')"""
INSIDE = re.compile(r"^Room ")


@pytest.fixture
def together(browse, address):
    def open_window(**window):
        return browse(f"{address}/together#p={app.link_token(app.sample_profile('horror'))}", **window)

    return open_window


@pytest.fixture
def add(ready):
    """Add an invented visitor."""

    def add(page, title: str, name: str) -> None:
        if page.locator(".st-key-together-add details").get_attribute("open") is None:
            page.get_by_text("Add somebody").click()
        page.get_by_role("radio", name="An invented visitor").click()
        page.get_by_label("Which one?").click()
        page.get_by_role("option", name=title).click()
        page.get_by_role("textbox", name="Name", exact=True).fill(name)
        page.get_by_role("button", name="Add", exact=True).click()
        page.get_by_role("button", name=f"{name}, ").wait_for()
        ready(page)

    return add


def open_room(page, ready) -> str:
    """Open a room for two; its link."""
    page.get_by_role("button", name="Open a room").click()
    page.get_by_role("button", name="Copy the link").wait_for()
    ready(page)
    return page.locator("code").inner_text()


def join(page, name: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Join").click()
    page.get_by_role("button", name="Want").wait_for()


def swipe(page, button: str) -> None:
    """Swipe the film that is shown, and wait for what follows."""
    at = page.get_by_text(re.compile(r"^Film \d+ of")).inner_text()
    page.get_by_role("button", name=button).click()
    page.wait_for_function("at => !document.body.innerText.includes(at)", arg=at)


def test_two_browsers_find_a_film_and_one_of_them_is_loaded_again_in_the_middle(together, browse, ready):
    host = together()
    guest = browse(open_room(host, ready), width=390, height=844, touch=True)
    word = host.get_by_text(INSIDE).locator("strong").first.inner_text()
    assert guest.get_by_text("The room is called").locator("strong").inner_text() == word
    join(guest, "Zoé")
    host.get_by_text("Zoé: 0 of 20").wait_for()  # without a click of the host's
    swipe(guest, "Want")
    swipe(guest, "Not tonight")
    guest.reload()
    guest.get_by_text("Film 3 of 20.").wait_for()
    assert "Zoé: 2 of 20" in guest.get_by_text(INSIDE).inner_text()
    third = guest.get_by_role("list", name="The film").locator("a.poster").get_attribute("aria-label")
    swipe(host, "Not tonight")
    swipe(host, "Want")
    swipe(host, "Want")
    assert host.get_by_text("Film 4 of 20.").is_visible()
    guest.get_by_role("button", name="Want").click()
    for page in (guest, host):
        page.get_by_role("heading", name=f"All of you want {third}").wait_for()
        assert page.get_by_role("list", name="Tonight’s film").locator("a.poster").get_attribute("aria-label") == third
    host.get_by_role("button", name="Leave the room").click()
    host.get_by_text("Bring one to five others").wait_for()
    ready(host)
    assert "room=" not in host.url
    assert "#p=" in host.url


DRAG = """([dx, dy]) => {
  const card = document.querySelector('.st-key-together-swipe')
  const { x, y } = card.getBoundingClientRect()
  const at = (type, part) => card.dispatchEvent(new PointerEvent(type, {
    bubbles: true, composed: true, pointerType: 'touch', clientX: x + 20 + part * dx, clientY: y + 20 + part * dy,
  }))
  at('pointerdown', 0)
  at('pointermove', 0.5)
  const way = card.style.transform
  at('pointerup', 1)
  return way
}"""


def test_a_finger_swipes(together, browse, ready):
    guest = browse(open_room(together(), ready), width=390, height=844, touch=True)
    join(guest, "Zoé")
    ready(guest)
    assert "translateX(20px)" in guest.evaluate(DRAG, [40, 0])  # not far enough
    guest.evaluate(DRAG, [120, 300])  # the page is scrolled
    guest.evaluate(DRAG, [120, 10])
    guest.get_by_text("Film 2 of 20.").wait_for()
    guest.evaluate(DRAG, [-120, 0])
    guest.get_by_text("Film 3 of 20.").wait_for()
    assert guest.evaluate("document.querySelector('.st-key-together-swipe').style.transform") == ""


def test_the_address_that_somebody_copies_does_not_give_their_seat_away(together, browse, ready):
    host = together()
    open_room(host, ready)
    seat = host.evaluate("sessionStorage.getItem('reelrec.seat')")
    room, key = seat.split(".")
    assert f"room={room}" in host.url
    assert key not in host.url
    assert key not in host.content()
    stranger = browse(host.url)
    stranger.get_by_role("heading", name="You are invited to choose a film").wait_for()


def test_a_dead_link_is_one_sentence_and_the_way_on(browse, address, ready):
    token = app.link_token(app.sample_profile("horror"))
    page = browse(f"{address}/together#p={token}&room=bm90LWEtcm9vbS1hdC1hbGw")
    page.get_by_role("alert").get_by_text("This room is closed").wait_for()
    page.get_by_role("button", name="Look for a film without it").click()
    page.get_by_text("Bring one to five others").wait_for()
    ready(page)
    assert page.url.endswith(f"#p={token}")


def test_the_code_leads_to_the_room(together, ready):
    page = together()
    link = open_room(page, ready)
    code = page.get_by_role("img", name="QR code of the link into the room")
    made = app.together.qr(link)
    assert code.get_attribute("viewBox") == f"0 0 {made.size} {made.size}"
    assert code.locator("path").get_attribute("d") == made.path


def test_no_request_of_a_room_names_it(together, browse, ready):
    host = together()
    asked = []
    host.on("request", lambda request: asked.append(request.url + str(request.headers)))
    link = open_room(host, ready)
    room = link.partition("#room=")[2]
    assert len(room) == 22  # 128 bits
    host.reload()
    host.get_by_text("Film 1 of 20.").wait_for()
    assert asked
    assert not [url for url in asked if room in url]


def test_the_keyboard_swipes_and_a_new_view_begins_at_its_top(together, add, ready):
    page = together()
    add(page, "Family night", "Ann")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("heading", name="You: do you want").wait_for()
    ready(page)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.keyboard.press("ArrowRight")
    page.get_by_role("heading", name="Ann: do you want").wait_for()
    page.keyboard.press("ArrowLeft")
    page.get_by_text("Film 2 of").wait_for()


def test_a_screen_reader_hears_what_a_film_is_to_everybody(together, add):
    page = together()
    add(page, "Family night", "Ann")
    film = page.get_by_role("list", name="Films for all of you").locator("li").first
    terms, said = film.locator("dt"), film.locator("dd .heard")
    assert terms.all_inner_texts() == ["You", "Ann"]
    assert all(re.fullmatch(r"\d\.\d stars, most likely between .*", text) for text in said.all_inner_texts())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_reaches_past_the_side(together, browse, add, ready, width, scheme):
    page = together(width=width, scheme=scheme)

    def clean(page) -> None:
        ready(page)
        page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")  # the header covers nothing
        page.wait_for_function(SETTLED)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    for way in ("Their ReelRec link", "A file", "A username"):
        page.get_by_role("radio", name=way).click()
        clean(page)
    add(page, "World cinema", "Ann of quite a long name")
    add(page, "Family night", "Ben")
    clean(page)
    page.get_by_role("radio", name="Fair over evenings").click()
    ready(page)
    page.get_by_role("list", name="Films for all of you").locator("button.line").first.click()
    clean(page)
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("heading", name="You: do you want").wait_for()
    clean(page)
    for _ in range(3):
        page.get_by_role("button", name="Want").click()
        ready(page)
    page.get_by_role("heading", name="All of you want").wait_for()
    clean(page)
    page.get_by_role("button", name="Back to your shelf").click()
    page.get_by_role("radio", name="Each on their own phone").click()
    guest = browse(open_room(page, ready), width=width, scheme=scheme)
    clean(page)
    clean(guest)
    join(guest, "Zoé")
    clean(guest)
