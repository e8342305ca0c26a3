"""Bring the catalogues of texts up to date with the source: `python3 dev.py texts`.

Every text of the pages and below them goes into reelrec/locales/reelrec.pot; each reelrec/locales/LANGUAGE.po keeps its
translations, gets the new texts without one, and loses those that are gone. `--check` writes nothing, and fails where
something would change or a text has no translation.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from reelrec.translation import CATALOGUES, ENGLISH, LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
METHODS = [("reelrec/**.py", "python"), ("reelrec/ui/**.js", "javascript"), ("pages/**.py", "python"),
           ("streamlit_app.py", "python")]  # fmt: skip
FORMS = {"fr": "n > 1"}  # when a language has its second form, where that is not for all but 1
TEMPLATE = CATALOGUES / "reelrec.pot"
HEADER = "# The texts of ReelRec. Written by `python3 dev.py texts`; what to know of them is in docs/translating.md."


def main() -> int:
    """Write or check the catalogues; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail where something is missing")
    check = parser.parse_args().check
    changed, missing = [], []
    for path, catalogue in catalogues():
        written = in_a_file(catalogue)
        if not path.exists() or path.read_bytes() != written:
            changed.append(path.name)
            if not check:
                path.write_bytes(written)
        if path != TEMPLATE and (left := untranslated(catalogue)):
            missing.append(f"{path.name}: {left:,} of {len(catalogue):,} texts have no translation")
    for line in missing:
        print(line)
    if check and changed:
        print(f"Not up to date: {', '.join(changed)}. Run: python3 dev.py texts", file=sys.stderr)
    return int(check and bool(changed or missing))


def catalogues() -> Iterator[tuple[Path, Catalog]]:
    """The template and the catalogue of each language, as they are to be, with their files."""
    template = extracted()
    yield TEMPLATE, template
    for language in LANGUAGES:
        if language != ENGLISH:
            path = CATALOGUES / f"{language}.po"
            yield path, updated(path, language, template)


def extracted() -> Catalog:
    """Every text of the source, in the order of its files."""
    catalogue = Catalog(project="ReelRec", header_comment=HEADER, fuzzy=False)
    for file, line, text, comments, context in extract_from_dir(
        ROOT, METHODS, comment_tags=("Translators:",), strip_comment_tags=True
    ):
        catalogue.add(text, None, [(Path(file).as_posix(), line)], auto_comments=comments, context=context)
    return catalogue


def updated(path: Path, language: str, template: Catalog) -> Catalog:
    """The catalogue of a language with the texts of the template, and no others."""
    before = path.read_bytes() if path.exists() else head(language).encode()
    catalogue = read_po(io.BytesIO(before), locale=language)
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=True, update_creation_date=False)
    catalogue.fuzzy = False
    return catalogue


def untranslated(catalogue: Catalog) -> int:
    """How many texts have no translation, or lack one of its forms."""
    forms = (message.string if isinstance(message.string, tuple) else (message.string,) for message in catalogue)
    return sum(not all(form) for form in forms)


def in_a_file(catalogue: Catalog) -> bytes:
    """A catalogue as it is written: by file, without line numbers and dates, so that little of it changes."""
    file = io.BytesIO()
    write_po(
        file, catalogue, width=120, sort_by_file=True, ignore_obsolete=True, include_lineno=False, omit_header=True
    )
    return head(str(catalogue.locale)).encode() + file.getvalue()


def head(language: str) -> str:
    """How the catalogue of a language begins, with the rule for its plural forms; "None" is the template."""
    lines = ["Content-Type: text/plain; charset=utf-8"]
    if language in LANGUAGES:
        lines += [f"Language: {language}", f"Plural-Forms: nplurals=2; plural=({FORMS.get(language, 'n != 1')});"]
    return "\n".join([HEADER, 'msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in lines), "", ""])


if __name__ == "__main__":
    raise SystemExit(main())
