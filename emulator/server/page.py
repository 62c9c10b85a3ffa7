"""The page: static files from the package, the same for everybody."""

import hashlib
from pathlib import Path

from aiohttp import web

FILES = Path(__file__).resolve().parent.parent / "page"
POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


def routes() -> list[web.RouteDef]:
    """List the routes of the page and its files."""
    return [web.get("/", _index), web.get("/page/{name:[a-z0-9_.-]+}", _file)]


async def _index(request: web.Request) -> web.StreamResponse:
    return _send(request, "index.html")


async def _file(request: web.Request) -> web.StreamResponse:
    return _send(request, request.match_info["name"])


def _send(request: web.Request, name: str) -> web.StreamResponse:
    """Send a file, or 304 when the browser has this very one."""
    path = FILES / name
    kind = KINDS.get(path.suffix)
    if kind is None or not path.is_file():
        raise web.HTTPNotFound
    content = path.read_bytes()
    tag = hashlib.sha256(content).hexdigest()[:16]
    if any(known.value == tag for known in request.if_none_match or ()):
        return web.Response(status=304, headers={**HEADERS, "ETag": f'"{tag}"'})
    headers = {**HEADERS, "ETag": f'"{tag}"'}
    return web.Response(body=content, content_type=kind, charset="utf-8", headers=headers)
