"""Text from outside that means harm, in a real browser: it is shown as text, runs nowhere and reaches nobody."""

import csv
import io
import re
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from reelrec import app
from reelrec.sources.log import clean_title
from reelrec.ui import text
from tests.fakes.exports import NAMED, RATED, film, packed, table
from tests.fakes.feeds import FeedFilm, entry, feed
from tests.fakes.tmdb import says, slow

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
IMG = '<img src=x onerror="window.PWNED=1">'
SHORT = "![](//evil.io/p)"  # no longer than what is shown of a rating
FORMULAS = ("=cmd|'/c calc'!A0", "+1+1", "-2+3", "@SUM(1)")
TITLES = (
    IMG,
    "<script>window.PWNED=1</script>",
    "![](https://evil.example/p.png)",
    "[x](javascript:window.PWNED=1)",
    ":material/home: :smile: :red[x]",
    "**bold** `code` -> # *x*",
    "$\\href{javascript:window.PWNED=1}{x}$",
    "\u202egpj.live\u202c\u2066",
    f"{IMG} {'A' * 5000}",
    *FORMULAS,
)
SHOWN = [clean_title(title) for title in TITLES]
FILE_NAMES = (
    IMG, "![](https://evil.example/p.png)", "[x](javascript:window.PWNED=1)", "..\\..\\x", "\u202egpj", "A" * 200,
    "=cmd", "$\\href{javascript:window.PWNED=1}{x}$",
)  # fmt: skip
NO_NAMES = (
    IMG, "../../x", "alice/rss/?x=", "%2e%2e", "alice\r\nHost: evil.example", "alice%0d%0aX-Evil: 1",
    "https://evil.example/alice", "https://letterboxd.com@evil.example/alice", "letterboxd.com.evil.example/alice",
    "//evil.example/alice", "http://127.0.0.1:8501/alice", "file:///etc/passwd", "https://letterboxd.com/../alice",
    "https://letterboxd.com/%2e%2e/", "ａｌｉｃｅ",
)  # fmt: skip
POSTERS = (
    "/../../../../x.jpg", "https://evil.example/x.jpg", "//evil.example/x.jpg", '/a.jpg" onerror="window.PWNED=1',
    "/a.jpg 1x, https://evil.example/b.jpg", "/%2e%2e/x.jpg", "javascript:window.PWNED=1", ["/a.jpg"], 5,
)  # fmt: skip
ADDRESSES = (
    f"/letterboxd?p={quote(IMG)}%00%ff&p=javascript:window.PWNED=1",
    f"/models?{quote(IMG)}={quote(IMG)}&model={quote(TITLES[2])}",
    f"/film?id={quote(IMG + '../../etc/passwd' + 'A' * 5000)}",
    f"/?p=1{'A' * 20_000}",
    f"/?ask={quote(IMG)}&ask=a-optimal.0.{'9' * 5000}",
    f"/for_you?view={quote(IMG)}&genres={quote(IMG)}&dial=9&years=x&ranked-by={quote(TITLES[2])}",
    f"/for_you#p={quote(IMG)}%00%ff&as={quote(IMG)}&ask={quote(IMG)}",
    f"/#p=1{'A' * 20_000}&as=../../etc/passwd",
    "/about#<script>window.PWNED=1</script>&p=%E0%A4%A",
)


@pytest.fixture
def visit(browse) -> Iterator[Callable]:
    """Open an address; at the end nothing may have run or asked."""
    pages, dialogs = [], []

    def open_page(url: str):
        page = browse(url)
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        pages.append(page)
        return page

    yield open_page
    assert [page.evaluate("typeof window.PWNED") for page in pages] == ["undefined"] * len(pages)
    assert not dialogs


@pytest.fixture
def ask(ready) -> Callable:
    """Type a username, and wait until the page has taken it."""

    def submit(page, name: str) -> None:
        uploader = page.locator("[class*=st-key-export-]").get_attribute("class")  # another one after each answer
        page.get_by_label("Letterboxd username").fill(name)
        page.get_by_role("button", name="Read the feed").click()
        number = int(re.search(r"st-key-export-(\d+)", uploader)[1])
        page.locator(f".st-key-export-{number + 1}").wait_for(state="attached")
        ready(page)

    return submit


@pytest.fixture(scope="module")
def horror() -> str:
    return app.link_token(app.sample_profile("horror"))


def still_there(page) -> None:
    """The ratings that the visit began with."""
    page.get_by_text(f"{len(app.sample_profile('horror').ratings)} rated", exact=True).wait_for()


def unsaid(around, *texts: str) -> None:
    """Nothing of a visitor's, nor the key, is in the server's log; nor is any error."""
    log = around.log.read_text()
    assert not [text for text in (around.tmdb.token, "Traceback", "PWNED", *texts) if text in log], log


def every_title_is_text(page, ready, titles: list[str]) -> str:
    """In the table, in the list to choose from and in the search field; what the table is when saved as CSV."""
    report = page.locator(".st-key-unmatched")
    report.locator("summary").click()
    cells = report.locator("[data-testid=stDataFrame]")
    cells.wait_for()
    for row in range(3):  # a cell opened shows its text once more
        cells.dblclick(position={"x": 60, "y": 55 + 35 * row})
        page.keyboard.press("Escape")
    box, offered = report.locator(".st-key-lost input"), set()
    box.click()  # which brings it into sight; what opens closes when the page is scrolled
    box.press("ArrowDown")
    for key, title in (("Home", titles[0]), ("End", titles[-1])):  # only what is in sight is there at all
        box.press(key)
        page.get_by_role("option", name=f"{title} (2000)", exact=True).wait_for()
        offered |= set(page.get_by_role("option").all_inner_texts())
    assert offered == {f"{title} (2000)" for title in titles}
    box.press("Enter")
    ready(page)
    playwright.expect(box).to_have_value(f"{titles[-1]} (2000)")
    playwright.expect(report.get_by_label("Search all films").first).to_have_value(titles[-1][:100], timeout=15_000)
    assert not set("\u202e\u2066\0") & set(page.content())
    page.evaluate("window.showSaveFilePicker = undefined")  # or Chromium asks where to save
    cells.hover()
    return saved(page, lambda: page.get_by_label("Download as CSV").click())


def saved(page, click: Callable[[], None]) -> str:
    with page.expect_download() as download:
        click()
    return Path(download.value.path()).read_text(encoding="utf-8-sig")


def formulas(text: str) -> list[str]:
    """Cells that a spreadsheet would work out."""
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.fixture(scope="module")
def export() -> dict[str, bytes]:
    """Two files of an export, with a film that is found and two ratings that are none."""
    rows = [film(title, 2000, f"h{place}", "4") for place, title in enumerate(TITLES)]
    odd = [film("Jaws", 1975, "j1", IMG), film("Alien", 1979, "a1", SHORT)]
    return {
        "ratings.csv": table(RATED, [*rows, *odd, film("Heat", 1995, "1", "5")]),
        "watched.csv": table(NAMED, [film("Nul\0Nul", 2000, "n0"), *(row[:4] for row in rows)]),
    }


def test_titles_of_an_export_are_text_wherever_they_are_shown(surround, visit, drop, ready, export, horror):
    around = surround()
    page = visit(f"{around.address}/letterboxd#p={horror}")
    drop(page, ("letterboxd.zip", packed(export)))
    still_there(page)  # nothing is taken unasked
    table_csv = every_title_is_text(page, ready, [*sorted(SHOWN), "NulNul"])  # in the table's order
    assert "“=cmd|'/c calc'!A0”" in table_csv
    assert formulas(table_csv) == []
    page.locator(".st-key-faults summary").click()
    for rating in (IMG, SHORT):
        page.get_by_text(f"“{rating[:20].strip()}” is no rating").wait_for()
    with urllib.request.urlopen(f"{around.address}/_stcore/metrics") as metrics:
        assert b"UploadedFileManager" not in metrics.read()  # the bytes are let go
    unsaid(around, horror)


def test_nothing_of_a_hostile_export_is_in_what_is_taken_home(address, visit, drop, ready, export, horror):
    page = visit(f"{address}/letterboxd#p={horror}")
    drop(page, *export.items())
    page.locator(".st-key-merge").get_by_role("button", name="add").click()
    page.get_by_text("added to yours").first.wait_for()
    page.get_by_role("link", name="For you").click()
    shelf = saved(page, page.get_by_role("button", name="CSV for a Letterboxd list").click)
    assert len(shelf.splitlines()) > 25
    assert formulas(shelf) == []
    page.get_by_role("link", name=re.compile("^Rate")).click()
    page.get_by_role("heading", name="Rate films you have seen").wait_for()
    ready(page)
    page.get_by_text("Your ratings: change, keep, bring back").click()
    profile = saved(page, page.get_by_role("button", name="Download my ratings").click)
    assert "Heat (1995)" in profile
    assert not [title for title in SHOWN if title in profile]


def test_names_of_files_and_of_columns_are_text(address, visit, drop, ready, horror):
    page = visit(f"{address}/letterboxd#p={horror}")
    for name in FILE_NAMES:
        drop(page, (f"{name}.csv", b""))
        shown = f"{name}.csv".replace('"', "%22").replace("\u202e", "")  # a browser writes the quotes so
        shown = shown.replace("\\", "/")[-60:]
        shown = shown.replace("https://", f"https:{text.WORD_JOINER}//")  # or it would be a link
        page.get_by_role("alert").get_by_text(f"{shown} was not read: it is empty").wait_for()
        assert page.get_by_role("alert").get_by_role("link").count() == 0
        drop(page, (f"{name}.csv", b"a,b\n1,2\n"))  # a table: what its columns are is asked about
        asked = page.get_by_text(f"“{shown}” is no file of a site that is known here")
        asked.wait_for()
        assert asked.get_by_role("link").count() == 0
    drop(page, ("ratings.csv", table((IMG, TITLES[2], TITLES[3], FORMULAS[0]), [("Heat", "1995", "5", "x")])))
    page.get_by_text("“ratings.csv” is no file of a site that is known here").wait_for()
    ready(page)
    page.get_by_label("Title", exact=True).click()
    page.get_by_role("option").filter(has_text="<img src=x onerror=").wait_for()
    still_there(page)


def test_what_is_no_username_is_told_and_nobody_is_asked(surround, visit, ask, horror):
    around = surround()
    page = visit(f"{around.address}/letterboxd#p={horror}")
    for name in NO_NAMES:
        ask(page, name)
        page.get_by_role("alert").get_by_text("This is not a Letterboxd username").wait_for()
    ask(page, "https://letterboxd.com/film/heat-1995/")
    page.get_by_role("alert").get_by_text("not of a member").wait_for()
    ask(page, "alice" * 2_000)
    assert len(page.get_by_label("Letterboxd username").input_value()) <= 200
    page.get_by_role("alert").wait_for()
    assert around.letterboxd.asked == []
    still_there(page)
    unsaid(around, horror, "alice", "evil")


def test_a_hostile_feed_is_text(surround, visit, ask, ready, horror):
    around = surround()
    films = [entry(FeedFilm(title, 2000, 900_000_000 + n, "%3Cx"), n, stars=4.0) for n, title in enumerate(TITLES)]
    heat = entry(FeedFilm("Heat", 1995, 949, "heat-1995"), 30, stars=5.0)
    evil = feed([*films, heat]).decode()
    evil = evil.replace("<link>https://letterboxd.com/alice/film/", "<link>javascript:window.PWNED=1//film/")
    evil = evil.replace("<dc:creator>Alice", f"<dc:creator><![CDATA[{IMG}]]>")
    around.letterboxd.feeds |= {
        "mallory": evil.encode(),
        "heavy": evil.replace("<description>", "<description>" + "x" * 3_000_000, 1).encode(),
    }
    page = visit(f"{around.address}/letterboxd#p={horror}")
    ask(page, "heavy")
    page.get_by_role("alert").get_by_text("more than 2,000,000 bytes").wait_for()
    still_there(page)
    ask(page, "@Mallory")
    page.get_by_role("heading", name="mallory’s").wait_for()
    assert formulas(every_title_is_text(page, ready, sorted(SHOWN))) == []
    page.get_by_role("button", name="Use them instead of mine").click()
    page.get_by_text("1 rated", exact=True).wait_for()
    assert around.letterboxd.paths == ["/heavy/rss/", "/mallory/rss/"]
    unsaid(around, horror, page.url.partition("#p=")[2], "mallory", "Mallory", "heavy", "evil")


def test_hostile_answers_of_tmdb_are_text_or_nothing(surround, visit, horror):
    around = surround()
    first, *others = [pick.film for pick in app.recommend(app.from_link(horror), 24).picks if pick.film.tmdb_id]
    evil = f"{IMG} **bold** {TITLES[2]} {TITLES[6]} \u202e"
    for place, shown in enumerate([app.film("heat-1995"), *others]):
        answer = {"id": shown.tmdb_id, "poster_path": POSTERS[place % len(POSTERS)], "overview": evil + "A" * 100_000}
        around.tmdb.trouble[f"/3/movie/{shown.tmdb_id}"] = says(answer)
    around.tmdb.trouble["/3/configuration"] = says({"images": {"secure_base_url": "https://evil.example/t/p/"}})
    around.tmdb.trouble[f"/3/movie/{first.tmdb_id}"] = slow(1.5)  # the one honest answer, after the others
    page = visit(f"{around.address}/for_you?view=Full+list#p={horror}")
    page.locator(".st-key-picks-0 a.poster.pictured").wait_for(timeout=15_000)
    assert page.locator(".st-key-picks-0 a.poster img").evaluate_all("all => all.map(image => image.src)") == [
        f"{around.tmdb.image_url}/w342/poster-{first.tmdb_id}.jpg"
    ]
    page.goto(f"{around.address}/film?id=heat-1995#p={horror}")
    page.get_by_text(f"{IMG} **bold** {TITLES[2]}").wait_for()
    page.get_by_text("Summary by TMDB").wait_for()
    assert "A" * 1000 not in page.content()
    still_there(page)
    unsaid(around, horror)


def test_hostile_addresses_open_a_page_that_works(surround, visit, ready):
    around = surround()
    page = visit(f"{around.address}/about")
    for path in ADDRESSES:
        page.goto(f"{around.address}{path}")
        ready(page)
        page.get_by_role("heading", level=1).wait_for()
        assert page.locator("[data-testid=stException]").count() == 0
    page.get_by_role("link", name=re.compile("^Rate")).click()
    page.get_by_role("heading", name="Rate films you have seen").wait_for()
    unsaid(around, "evil", "passwd")
