"""``/docs``: the OpenAPI document as one readable page, without scripts or anything from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from backend.web.problems import KINDS

Json = Mapping[str, Any]

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: #b5472f; }
body { font: 16px/1.55 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 6rem; }
h1 { margin: 0 0 .25rem; } h2 { margin: 2.5rem 0 .75rem; text-transform: capitalize; }
details { border: 1px solid var(--line); border-radius: .6rem; margin: .5rem 0; }
summary { cursor: pointer; padding: .7rem 1rem; display: flex; gap: .75rem; flex-wrap: wrap; align-items: baseline; }
details > div { padding: 0 1rem 1rem; } code { font: .92em ui-monospace, monospace; }
b.method { color: var(--accent); min-width: 4rem; font-family: ui-monospace, monospace; }
table { border-collapse: collapse; width: 100%; margin: .4rem 0 1rem; }
th, td { text-align: start; vertical-align: top; padding: .35rem .75rem .35rem 0; }
tr { border-bottom: 1px solid var(--line); }
tr:target { background: var(--soft); outline: 2px solid var(--accent); } .quiet { opacity: .75; }
"""
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    + "'"
)


def docs_page(document: Json) -> str:
    """``document`` is an OpenAPI document as ``backend.web.openapi`` makes it."""
    info = document["info"]
    body = "".join((*_calls(document), _schemas(document), _problems()))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(info['title'])} {escape(info['version'])}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(info['title'])}</h1><p>{escape(info['description'])}"
        ' The same for machines: <a href="/openapi.json"><code>/openapi.json</code></a>.</p>'
        f"{body}</body></html>"
    )


def _calls(document: Json) -> Iterator[str]:
    by_tag: dict[str, list[str]] = defaultdict(list)
    for path, methods in document["paths"].items():
        for method, call in methods.items():
            by_tag[call["tags"][0]].append(_call(method, path, call))
    for tag, calls in by_tag.items():
        yield f"<h2>{escape(tag)}</h2>{''.join(calls)}"


def _call(method: str, path: str, call: Json) -> str:
    parts = [f"<p>{escape(call['description'])}</p>"]
    if call["parameters"]:
        rows = ((p["name"], p["in"], _type(p["schema"]), p.get("description", "")) for p in call["parameters"])
        parts.append(_table(("Parameter", "In", "Type", ""), rows))
    if "requestBody" in call:
        bodies = ((mime, _type(media["schema"])) for mime, media in call["requestBody"]["content"].items())
        parts.append(_table(("Body", "Type"), bodies))
    answers = (
        (status, answer["description"], ", ".join(_media(answer.get("content", {}))))
        for status, answer in call["responses"].items()
    )
    parts.append(_table(("Answer", "", "Type"), answers))
    return (
        f'<details><summary><b class="method">{method.upper()}</b><code>{escape(path)}</code>'
        f'<span class="quiet">{escape(call["summary"])}</span></summary><div>{"".join(parts)}</div></details>'
    )


def _media(content: Json) -> Iterator[str]:
    for mime, media in content.items():
        yield f"{mime} {_type(media['schema'])}"


def _schemas(document: Json) -> str:
    parts = []
    for name, schema in document["components"]["schemas"].items():
        required = schema.get("required", ())
        fields = (
            (field + ("" if field in required else "?"), _type(part), _limits(part))
            for field, part in schema.get("properties", {}).items()
        )
        text = f"<p>{escape(schema.get('description', ''))}</p>"
        table = _table(("Field", "Type", "Limits"), fields) if "properties" in schema else f"<p>{escape(_type(schema))}"
        parts.append(f"<details><summary><code>{escape(name)}</code></summary><div>{text}{table}</div></details>")
    return f"<h2>Types</h2>{''.join(parts)}"


def _problems() -> str:
    rows = "".join(
        f'<tr id="{code.value}"><td><code>{code.value}</code></td><td>{kind.status}</td>'
        f"<td>{escape(kind.title)}</td><td>{'yes' if kind.retryable else ''}</td></tr>"
        for code, kind in KINDS.items()
    )
    head = "<tr><th>Code</th><th>Status</th><th>Meaning</th><th>Worth a retry</th></tr>"
    return f"<h2>Problems</h2><table>{head}{rows}</table>"


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><tr>{''.join(f'<th>{escape(name)}</th>' for name in head)}</tr>{cells}</table>"


def _type(schema: Json) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_type(part) for part in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {}))}]"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"{{name: {_type(schema['additionalProperties'])}}}"
    return " ".join(str(schema[key]) for key in ("type", "format") if key in schema)


def _limits(schema: Json) -> str:
    names = ("minimum", "maximum", "minLength", "maxLength", "maxItems", "pattern", "default")
    return ", ".join(f"{name} {schema[name]}" for name in names if name in schema)
