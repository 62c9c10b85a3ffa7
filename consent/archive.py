"""The file a person gets: one ZIP with JSON for programs and one HTML page for eyes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

import orjson

Sections = Mapping[str, Sequence[Mapping[str, Any]]]

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem;font-size:.9rem}"
    "th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "pre{white-space:pre-wrap}"
)


def pack(
    sections: Sections,
    texts: Mapping[str, str],
    labels: Mapping[str, str],
    at: datetime,
    *,
    title: str,
    language: str,
) -> bytes:
    """Pack `data.json`, `data.html` and the documents that were shown (`texts`: file name -> Markdown)."""
    buffer = io.BytesIO()
    stamp = at.timetuple()[:6]
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(name: str, content: str | bytes) -> None:
            archive.writestr(zipfile.ZipInfo(name, stamp), content, zipfile.ZIP_DEFLATED)

        whole = {"made_at": at.isoformat(), "data": sections}
        add("data.json", orjson.dumps(whole, option=orjson.OPT_INDENT_2))
        add("data.html", page(sections, labels, title=title, language=language))
        for name, text in sorted(texts.items()):
            add(f"documents/{name}", text)
    return buffer.getvalue()


def page(sections: Sections, labels: Mapping[str, str], *, title: str, language: str) -> str:
    """Write all sections as tables; what a column holds is shown as it is stored."""
    parts = [_section(labels.get(name, name), rows) for name, rows in sections.items()]
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{escape(title)}</h1>{''.join(parts)}</body></html>"
    )


def _section(name: str, rows: Sequence[Mapping[str, Any]]) -> str:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    lines = "".join(
        "<tr>" + "".join(f"<td>{_cell(row.get(column))}</td>" for column in columns) + "</tr>"
        for row in rows
    )
    return f"<h2>{escape(name)} ({len(rows)})</h2><table><tr>{head}</tr>{lines}</table>"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return f"<pre>{escape(orjson.dumps(value).decode())}</pre>" if value else ""
    return escape(str(value))
