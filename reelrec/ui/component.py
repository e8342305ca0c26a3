"""A component of our own, made of files: the styles and scripts that it is put together from.

Streamlit sends a component's code with each of its elements in every run, 24 kB for each shelf of films. So what it
sends here is a stub, which loads the code once from the web server (`reelrec.web.code`), as a module that all share.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

UI = Path(__file__).parent
EXPORT = "export default function"
# Around the files of a component. The styles are shared by all of its elements.
MODULE = """const sheet = new CSSStyleSheet()
sheet.replaceSync(%(css)s)
export default function (element) {
  const root = element.parentElement.getRootNode()
  if (root.adoptedStyleSheets && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet)
  return drawn(element)
}
%(js)s"""
STUB = """const address = new URL('./code/%(name)s.js?v=%(version)s', document.baseURI).href
const later = () => new Promise(done => setTimeout(done, 1000))
const code = import(address).catch(() => later().then(() => import(`${address}&again`)))
export default function (element) {
  code.then(({ default: draw }) => draw(element))
}"""

_code: dict[str, str] = {}


def component(name: str, *files: str) -> Callable[..., Any]:
    """Declare a component. files: CSS and JavaScript, below reelrec/ui, each kind in the order given."""

    def joined(kind: str) -> str:
        return "\n".join((UI / file).read_text(encoding="utf-8") for file in files if file.endswith(kind))

    script = joined(".js").replace(EXPORT, "function drawn")
    _code[name] = MODULE % {"css": json.dumps(joined(".css")), "js": script}
    version = hashlib.sha256(_code[name].encode()).hexdigest()[:12]
    return st.components.v2.component(f"reelrec.{name}", js=STUB % {"name": name, "version": version})


def code(name: str) -> str | None:
    """The module of a component; None where there is none of that name, or none was declared yet."""
    return _code.get(name)
