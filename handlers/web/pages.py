"""HTML of the pages: one plain layout, readable on a phone, without scripts or anything from elsewhere."""

from __future__ import annotations

from html import escape

from aiohttp import web

_STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:2rem auto;padding:0 1rem;"
    "color:#1c1c1e;background:#fff}button{font:inherit;padding:.7rem 1.4rem;border:0;border-radius:.6rem;"
    "background:#0b63ce;color:#fff}label{display:block;margin:1rem 0 .3rem}input{font:inherit;padding:.5rem;"
    "width:100%;box-sizing:border-box}@media(prefers-color-scheme:dark){body{color:#eee;background:#111}}"
)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
}
"""No script runs, the signed address leaks to nobody, nothing is kept by a shared cache."""


def page(language: str, title: str, body: str, *, status: int = 200) -> web.Response:
    """Wrap a body of ready HTML."""
    text = (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
    return web.Response(text=text, content_type="text/html", status=status, headers=HEADERS)


def paragraph(words: str) -> str:
    """Wrap ready words; Telegram's HTML is HTML."""
    return f"<p>{words}</p>"


def form(button: str, fields: str = "", action: str = "") -> str:
    """Make a form with one button; without an action it posts to its own address."""
    target = f' action="{escape(action)}"' if action else ""
    return f'<form method="post"{target}>{fields}<p><button>{escape(button)}</button></p></form>'


def field(name: str, label: str, kind: str, complete: str) -> str:
    """Make a labelled input."""
    return (
        f'<label for="{name}">{escape(label)}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" autocomplete="{complete}">'
    )


def document(html: str) -> str:
    """Lay a document out in paragraphs."""
    return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in html.split("\n\n"))
