"""The code of our components, loaded once by a browser. Its address changes with it, so it may be kept for a year."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from reelrec.translation import ENGLISH, LANGUAGES
from reelrec.ui.browser import component

PATH = "/code/{name:str}.js"
KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}
LEFT = {"Cache-Control": "no-store"}
FIRST = ("header", "address", "links", "tiles")  # what almost every page begins with


async def answer(request: Request) -> Response:
    """The module of one component, in the version that is asked for."""
    name = request.path_params["name"]
    if name not in component.FILES:
        return PlainTextResponse("There is no such component.", 404, LEFT)
    language = request.query_params.get("language", ENGLISH)
    if language not in LANGUAGES:
        return PlainTextResponse("There is no such language.", 404, LEFT)
    code = component.code(name, language)
    if request.query_params.get("v") != code.version:  # that of a replica of another release
        return PlainTextResponse("This version of the component is not here.", 404, LEFT)
    return Response(code.module, media_type="text/javascript", headers=KEPT)


def preloaded() -> str:
    """A Link header by which a browser loads the first components beside Streamlit's own scripts."""
    return ", ".join(f"<{component.code(name).path(name)}>; rel=modulepreload" for name in FIRST)
