"""The parts of a card: each is drawn into a box, whichever shape the card has."""

from __future__ import annotations

from dataclasses import replace

from reelrec.data.film import Film
from reelrec.data.half_stars import HALF_STARS
from reelrec.serving.portrait.card import letters, svg, words
from reelrec.serving.portrait.card.canvas import Box, Canvas
from reelrec.serving.portrait.card.contents import Apart, Card, Favourite, Standout
from reelrec.serving.portrait.card.faces import HEADING
from reelrec.serving.portrait.card.setting import Style, width
from reelrec.serving.posters.drawing import MOTIF_SHARE, drawing
from reelrec.translation import _, number

# The colours of the light pages, on a darker paper, so that the card has an edge on a white page.
PAPER, INK, QUIET_INK, ACCENT, BRAND = "#f6efe2", "#211d18", "#5e564b", "#d0573a", "#9c2f1f"
BAR, EDGE, PALE = "#d8cdb9", "#d8cdb9", "#f6d9cd"
CORNERS = 0.035  # of a poster's width
CREDIT, LEAST_CREDIT = 0.056, 13  # a poster's year and director: in poster widths, and at least in pixels


def sizes(largest: int, smallest: int) -> range:
    """Type sizes from the largest to the smallest, in pixels."""
    return range(largest, smallest - 1, -1 if largest < 40 else -2)


def signature(canvas: Canvas, box: Box) -> None:
    """Draw our sign and our name, as high as the box."""
    sign = round(box.height * 0.92)
    canvas.reel(Box(box.left, box.top + (box.height - sign) // 2, sign, sign), BRAND, PAPER)
    text = Box(box.left + round(box.height * 1.25), box.top, box.width - round(box.height * 1.25), box.height)
    canvas.write("ReelRec", text, Style(BRAND, [round(box.height * 0.95)], HEADING, 650))


def histogram(canvas: Canvas, card: Card, box: Box, size: int) -> None:
    """Draw the visitor's share of each half-star over everybody's. size: of the words, in pixels."""
    highest = max(*card.own, *card.everyones)
    legend, axis = round(size * 1.7), round(size * 1.6)
    floor, high = box.bottom - axis, box.height - axis - legend
    step = box.width / len(card.own)
    for place, (own, everyones) in enumerate(zip(card.own, card.everyones, strict=True)):
        left = box.left + place * step
        canvas.bar(left + step * 0.06, floor - high * everyones / highest, left + step * 0.94, floor, BAR)
        canvas.bar(left + step * 0.27, floor - high * own / highest, left + step * 0.73, floor, ACCENT)
        if HALF_STARS[place] % 1 == 0:
            number = Box(round(left + step / 2 - size), floor + round(size * 0.3), size, round(size * 1.3))
            end = canvas.write(f"{HALF_STARS[place]:g}", number, Style(QUIET_INK, [size], align="right")).right
            canvas.star(end + size * 0.62, number.top + size * 0.65, size * 0.42, QUIET_INK)
    canvas.bar(box.left, floor, box.right, floor + 2, INK)
    x = box.left
    for colour, whose in ((ACCENT, words.whose(card)), (BAR, _("Everybody’s"))):
        canvas.bar(x, box.top + size * 0.3, x + size * 0.75, box.top + size * 1.05, colour)
        text = Box(round(x + size * 1.1), box.top, round(size * 9), round(size * 1.35))
        x = canvas.write(whose, text, Style(QUIET_INK, [size])).right + size


def poster(canvas: Canvas, favourite: Favourite, box: Box) -> None:
    """Draw a film's poster, as the shelves have it."""
    drawn, wide = drawing(favourite.film), box.width
    sheet = Canvas(wide, box.height, drawn.paper)
    motif = svg.picture(drawn.motif, wide, drawn.paper)
    split = min(round(box.height * MOTIF_SHARE), motif.height)
    sheet.image.paste(motif.crop((0, 0, wide, split)), (0, box.height - split if drawn.top else 0))
    radius = max(4, round(wide * CORNERS))
    canvas.rounded(Box(box.left - 1, box.top - 1, wide + 2, box.height + 2), EDGE, radius + 1)
    canvas.paste(sheet.image, box, radius)
    margin, height = round(wide * 0.07), round(box.height * 0.34)
    top = box.top + margin if drawn.top else box.bottom - round(wide * 0.06) - height
    room = Box(box.left + margin, top, wide - 2 * margin, height)
    credit = max(round(wide * CREDIT), LEAST_CREDIT)
    line = room.cut(0 if drawn.top else height - round(credit * 1.3), round(credit * 1.3))
    _credit(canvas, favourite.film, line, Style(drawn.ink, [credit]))
    used = line.height + round(wide * 0.03)
    room = room.cut(used if drawn.top else 0, height - used)
    style = Style(drawn.ink, sizes(round(wide * 0.19), max(12, round(wide * 0.06))), HEADING, 700, 1.05, lines=6)
    canvas.write(favourite.title, room, style, low=drawn.top)


def _credit(canvas: Canvas, film: Film, line: Box, style: Style) -> None:
    """Draw the film's year, and beside it its director, where the whole name can be drawn and has room."""
    year = canvas.write(str(film.year or "–"), line, style)
    director = letters.words(film.director or "")
    if director and width(director, style) <= line.right - year.right - line.width * 0.06:
        canvas.write(director, line, replace(style, align="right"))


def standout(canvas: Canvas, group: Standout, box: Box) -> None:
    """Draw a group's lift in stars, and the group below, in light colours."""
    number = round(box.height * 0.58)
    big, small = round(number * 0.9), round(box.height * 0.27)
    end = canvas.write(words.lift(group), box.cut(0, number), Style(PAPER, [big], HEADING, 650)).right
    canvas.star(end + big * 0.38, box.top + number * 0.53, big * 0.24, PAPER)
    name = box.cut(number, box.height - number)
    style = Style(PAPER, sizes(small, 11), weight=600, leading=1.12, lines=2, alone=13)
    canvas.write(words.group(group), name, style)


def unusual(canvas: Canvas, card: Card, box: Box) -> None:
    """Draw the film that only the visitor loves, and the one that only they do not, a line for each."""
    rows = rows_of(card)
    line = box.height // max(len(rows), 1)
    size = round(line * 0.58)
    bold, plain = (Style(INK, [size], weight=weight) for weight in (700, 500))
    first = max((width(label, bold) for label, _, _ in rows), default=0) + size * 0.6
    for place, (label, film, colour) in enumerate(rows):
        room = box.cut(place * line, line)
        canvas.write(label, room, replace(bold, colour=colour))
        given, others = number(film.stars, "g"), _("others {mean:.1f}", mean=film.others)
        told = canvas.write(others, room, replace(plain, colour=QUIET_INK, align="right"))
        star = told.left - size * 1.0
        canvas.star(star, room.top + line * 0.5, size * 0.4, INK)
        end = round(star - size * 0.55)
        figure = canvas.write(given, Box(room.left, room.top, end - room.left, line), replace(bold, align="right"))
        name = Box(round(room.left + first), room.top, figure.left - round(room.left + first + size * 0.6), line)
        canvas.write(film.title, name, replace(bold, weight=600, sizes=sizes(size, round(size * 0.75))))


def rows_of(card: Card) -> list[tuple[str, Apart, str]]:
    """What `unusual` draws: a word, a film, and the word's colour."""
    rows = ((_("Loves"), card.loves, BRAND), (_("Cool on"), card.dislikes, QUIET_INK))
    return [(label, film, colour) for label, film, colour in rows if film]


def tile(canvas: Canvas, card: Card, box: Box) -> None:
    """Draw the groups that stand out, one below the other, as large as a poster."""
    inner = _panel(canvas, box, round(box.width * 0.1), round(box.width * 0.09))
    high = min(inner.height // len(card.groups), round(inner.height * 0.5))
    for place, group in enumerate(card.groups):
        standout(canvas, group, inner.cut(place * high + round(high * 0.08), round(high * 0.92)))


def band(canvas: Canvas, card: Card, box: Box) -> None:
    """Draw the groups that stand out, one beside the other, as wide as the card."""
    inner = _panel(canvas, box, round(box.height * 0.14), round(box.height * 0.13))
    if len(card.groups) == 1:
        _one(canvas, card.groups[0], inner)
        return
    step = inner.width // len(card.groups)
    for place, group in enumerate(card.groups):
        room = inner.cut(round(inner.height * 0.06), inner.height)._replace(left=inner.left + place * step)
        standout(canvas, group, room._replace(width=step - inner.width // 30))


def _one(canvas: Canvas, group: Standout, box: Box) -> None:
    """Draw a group's lift, and the group at its right, as high as the box."""
    number, name = (Style(PAPER, sizes(round(box.height * share), 20), HEADING, 650) for share in (0.78, 0.5))
    end = canvas.write(words.lift(group), box, number).right + box.height * 0.3
    canvas.star(end, box.top + box.height * 0.5, box.height * 0.2, PAPER)
    left = round(end + box.height * 0.5)
    canvas.write(words.group(group), Box(left, box.top, box.right - left, box.height), name)


def _panel(canvas: Canvas, box: Box, margin: int, size: int) -> Box:
    """Draw the ground and the heading of what stands out; returns what is left below. size: of the heading."""
    canvas.rounded(box, BRAND, max(4, round(min(box.width, box.height) * CORNERS)))
    inner = Box(box.left + margin, box.top + margin, box.width - 2 * margin, box.height - 2 * margin)
    canvas.write(_(words.STANDS_OUT), inner.cut(0, round(size * 1.4)), Style(PALE, [size]))
    return inner.cut(round(size * 1.7), inner.height - round(size * 1.7))


def brand_tile(canvas: Canvas, box: Box) -> None:
    """Draw our sign as large as a poster."""
    canvas.rounded(box, BRAND, max(4, round(box.width * CORNERS)))
    side = round(box.width * 0.42)
    canvas.reel(Box(box.left + (box.width - side) // 2, box.top + round(box.height * 0.24), side, side), PAPER, BRAND)
    size = round(box.width * 0.17)
    line = Box(box.left, box.top + round(box.height * 0.6), box.width, round(size * 1.3))
    canvas.write("ReelRec", line, Style(PAPER, [size], HEADING, 650, align="middle"))
