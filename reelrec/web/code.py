"""The code of our components, loaded once by a browser. Its address changes with it, so it may be kept for a year."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from reelrec.ui import component
from reelrec.web.headers import YEAR_SECONDS

PATH = "/code/{name:str}.js"


async def answer(request: Request) -> Response:
    """The module of one component."""
    code = component.code(request.path_params["name"])
    if code is None:
        return PlainTextResponse("There is no such component.", 404)
    kept = {"Cache-Control": f"public, max-age={YEAR_SECONDS}, immutable"}
    return Response(code, media_type="text/javascript", headers=kept)
