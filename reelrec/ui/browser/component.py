"""Our components: the styles and scripts that each is put together from.

Streamlit sends a component's code with each of its elements in every run, 24 kB for each shelf of films. So what it
sends here is a stub, which loads the code once from the web server (`reelrec.web.code`), as a module that all share.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from reelrec.translation import ENGLISH, catalogue_files, language, script_texts

UI = Path(__file__).parents[1]
# CSS and JavaScript of each component, below reelrec/ui, each kind in the order given.
FILES = {
    "address": ("browser/moves.js", "browser/address.js"),
    "bars": ("dashboards/parts/bars.css", "dashboards/parts/bars.js"),
    "copy": ("browser/links.css", "rate/copy.js"),
    "film-bars": ("film/bars.css", "browser/lead.js", "film/bars.js"),
    "film-map": ("taste/map.css", "browser/make.js", "taste/map_moves.js", "taste/map_draw.js", "taste/map.js"),
    "guesses": ("shelf/range.css", "rate/guesses.css", "browser/lead.js", "shelf/range.js", "rate/guesses.js"),
    "header": (
        *("shelf/stars.css", "shelf/list_button.css", "frame/header.css"),
        *("browser/lead.js", "browser/make.js", "browser/answers.js"),
        *("shelf/stars.js", "shelf/list_button.js", "frame/header.js"),
    ),
    "images": ("frame/images.js",),
    "invite": ("together/invite.css", "browser/make.js", "together/invite.js"),
    "lifts": ("taste/pictures/lifts.css", "taste/pictures/lifts.js"),
    "links": ("browser/links.css", "browser/lead.js", "browser/links.js"),
    "meter": ("rate/meter.css", "rate/meter.js"),
    "suggested": ("shelf/range.css", "shelf/range.js", "letterboxd/suggested.js"),
    "swipe": ("together/swipe.js",),
    "sum": ("why/sum.css", "browser/lead.js", "why/sum.js"),
    "tiles": (
        *("shelf/range.css", "shelf/stars.css", "shelf/tiles.css", "shelf/list_button.css", "shelf/mine.css"),
        *("browser/lead.js", "browser/make.js", "browser/answers.js", "shelf/range.js", "shelf/stars.js"),
        *("shelf/list_button.js", "shelf/mine.js", "shelf/tiles.js"),
    ),
    "top": ("together/top.js",),
    "why": ("rate/why.css", "rate/why.js"),
}
EXPORT = "export default function"
TEXTS = "browser/texts.js"  # in the module of each component
# Around the files of a component. The styles are shared by all of its elements. One that was drawn in another language
# is drawn anew.
MODULE = """const language = %(language)s, texts = %(texts)s
const sheet = new CSSStyleSheet()
sheet.replaceSync(%(css)s)
export default function (element) {
  const root = element.parentElement.getRootNode()
  if (root.adoptedStyleSheets && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet)
  const place = element.parentElement
  if (place.reelrecLanguage && place.reelrecLanguage !== language) place.replaceChildren()
  place.reelrecLanguage = language
  return drawn(element)
}
%(js)s"""
# Where the code does not come, it is asked for again, each time under another address: a browser remembers a failure.
STUB = """const address = new URL('.%(path)s', document.baseURI).href
const pause = tries => new Promise(done => setTimeout(done, Math.min(500 * 2 ** tries, 30000)))
const load = (path, tries) =>
  import(tries ? `${path}&again=${tries}` : path).catch(() => pause(tries).then(() => load(path, tries + 1)))
const code = {}
export default function (element) {
  const language = element.data?.language
  const path = language ? `${address}&language=${language}` : address
  code[path] ??= load(path, 0)
  let end
  code[path].then(({ default: draw }) => { end = draw(element) })
  return () => end?.()
}"""


class Code(NamedTuple):
    """The module of a component. version: a hash of it and of all catalogues, the same in each language."""

    module: str
    version: str

    def path(self, name: str) -> str:
        """Its path on the web server, which changes with it."""
        return f"/code/{name}.js?v={self.version}"


def component(name: str) -> Callable[..., Any]:
    """Declare a component of FILES. It is drawn in the visitor's language."""
    drawn = st.components.v2.component(f"reelrec.{name}", js=STUB % {"path": code(name).path(name)})

    def draw(*, data: Mapping[str, Any], **options: Any) -> Any:
        spoken = language()
        return drawn(data=data if spoken == ENGLISH else {**data, "language": spoken}, **options)

    return draw


@functools.cache
def code(name: str, language: str = ENGLISH) -> Code:
    """The code of a component with its texts. Raises KeyError where there is none of that name."""

    def joined(kind: str) -> str:
        files = (TEXTS, *FILES[name])
        return "\n".join((UI / file).read_text(encoding="utf-8") for file in files if file.endswith(kind))

    js, texts = joined(".js").replace(EXPORT, "function drawn"), script_texts(language)
    module = MODULE % {
        "language": json.dumps(language),
        "texts": json.dumps({text: forms for text, forms in texts.items() if text in js}, ensure_ascii=False),
        "css": json.dumps(joined(".css")),
        "js": js,
    }
    source = module if language == ENGLISH else code(name).module
    return Code(module, hashlib.sha256(source.encode() + catalogue_files()).hexdigest()[:12])
