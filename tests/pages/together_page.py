"""What tests of the page Together do on it."""

LINK, FILE, NAME, SAMPLE = "Their ReelRec link", "A file", "A username", "An invented visitor"


def add(page, way: str, given: object = None, name: str = "") -> None:
    page.choose("together-way", way)
    if way == SAMPLE:
        page.at.selectbox[0].set_value(given)
    elif way == FILE:
        for file in given:
            page.at.file_uploader[0].upload(*file)
    else:
        page.at.text_input[1].set_value(given)
    page.at.text_input[-1].set_value(name)
    page.press("Add")


def swipe(page, wants: bool) -> None:
    page.press("Want" if wants else "Not tonight")
