"""The contract, for machines and for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from backend.web.docs_page import CONTENT_SECURITY_POLICY, docs_page
from backend.web.endpoint import Call, Content, Endpoint
from shared import paths


class DocsRouter:
    """``GET /openapi.json`` and ``GET /docs``. ``describe`` makes the document, once, at the first call."""

    def __init__(self, describe: Callable[[], Mapping[str, Any]]) -> None:
        self._describe = describe

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint(
                "GET", paths.OPENAPI, self._openapi, "This document", content_types=("application/json",), tag="docs"
            ),
            Endpoint("GET", paths.DOCS, self._docs, "This document to read", content_types=("text/html",), tag="docs"),
        ]

    @cached_property
    def _document(self) -> Mapping[str, Any]:
        return self._describe()

    async def _openapi(self, _: Call[None]) -> Content:
        return Content(json.dumps(self._document, ensure_ascii=False).encode(), "application/json")

    async def _docs(self, _: Call[None]) -> Content:
        headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}
        return Content(docs_page(self._document).encode(), "text/html; charset=utf-8", 200, headers)
