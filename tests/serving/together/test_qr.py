"""The QR code of an address."""

import re

import segno

from reelrec import app

ADDRESS = "https://films.example/together#room=Zm9vYmFyYmF6cXV4MTIzNA"


def test_it_is_the_code_of_the_address_with_its_margin():
    made = app.together.qr(ADDRESS)
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", made.path)}
    wanted = [list(row) for row in segno.make_qr(ADDRESS, error="m").matrix]
    assert made.size == len(wanted) + 8
    assert dark == {(x + 4, y + 4) for y, row in enumerate(wanted) for x, module in enumerate(row) if module}
    assert {(4 + i, 4) for i in range(7)} <= dark  # the edge of a finder pattern
    assert (11, 4) not in dark  # and the light module after it
