"""Read request bodies with a bound that holds while they stream: chunked, compressed and multipart too.

aiohttp's ``client_max_size`` bounds neither a streamed multipart body nor its preamble.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from aiohttp import BodyPartReader, MultipartReader, StreamReader, web
from aiohttp.http import HttpProcessingError

from backend.errors import Refusal
from backend.web.endpoint import Upload
from backend.web.problems import BodyTooSlow
from shared.problems import ProblemCode

MULTIPART_OVERHEAD = 16 * 1024
"""Bytes that boundaries, part headers and the small fields may take beside the file."""
MAX_PARTS = 8
MAX_FIELD_BYTES = 1024


async def read_json(request: web.Request, limit: int, seconds: float) -> bytes:
    """The raw body, at most ``limit`` bytes after decompression.

    Raises:
        Refusal: unsupported_media_type, payload_too_large.
        BodyTooSlow: it took more than ``seconds``.
    """
    if request.content_type != "application/json":
        raise Refusal(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send application/json.", expected="application/json")
    _check_announced(request, limit)
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            while chunk := await request.content.readany():
                body += chunk
                if len(body) > limit:
                    raise _too_large(limit)
    except TimeoutError as error:
        raise BodyTooSlow from error
    return bytes(body)


async def read_upload(request: web.Request, name: str, fields: tuple[str, ...], limit: int, seconds: float) -> Upload:
    """The file part ``name`` (at most ``limit`` bytes) and the text parts ``fields`` of a multipart body.

    Raises:
        Refusal: unsupported_media_type, payload_too_large, malformed_json (not multipart after all),
            invalid_request (part missing, repeated or unknown).
        BodyTooSlow: it took more than ``seconds``.
    """
    if request.content_type != "multipart/form-data":
        raise Refusal(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send multipart/form-data.", expected="multipart/form-data")
    if (request.content_length or 0) > limit + MULTIPART_OVERHEAD:
        raise _too_large(limit, name)
    bounded = _BoundedStream(request.content, limit + MULTIPART_OVERHEAD, limit)
    try:
        async with asyncio.timeout(seconds):
            return await _read_parts(request, bounded, name, fields, limit)
    except TimeoutError as error:
        raise BodyTooSlow from error
    except (ValueError, KeyError, RuntimeError, AssertionError, HttpProcessingError) as error:
        # What MultipartReader raises for a missing boundary, a broken header or a part that breaks off.
        raise Refusal(ProblemCode.MALFORMED_JSON, "The body is not well-formed multipart/form-data.") from error


async def _read_parts(
    request: web.Request, stream: _BoundedStream, name: str, fields: tuple[str, ...], limit: int
) -> Upload:
    reader = MultipartReader(request.headers, cast("StreamReader", stream))
    file: Upload | None = None
    texts: dict[str, str] = {}
    for _ in range(MAX_PARTS):
        part = await reader.next()
        if part is None:
            break
        if not isinstance(part, BodyPartReader) or part.name is None or part.name in texts:
            raise Refusal(ProblemCode.INVALID_REQUEST, "A part is nested, unnamed or repeated.", reason="bad_part")
        if part.name == name and file is None:
            content = await _read_part(part, limit)
            mime_type = part.headers.get("Content-Type", "application/octet-stream").partition(";")[0].strip().lower()
            file = Upload(content, part.filename or "", mime_type, {})
        elif part.name in fields:
            raw = await _read_part(part, MAX_FIELD_BYTES)
            texts[part.name] = _text(part.name, raw)
        else:
            raise Refusal(ProblemCode.INVALID_REQUEST, field=part.name[:64], reason="extra_forbidden")
    if file is None:
        raise Refusal(ProblemCode.INVALID_REQUEST, f"The part {name!r} is missing.", field=name, reason="missing")
    return Upload(file.content, file.filename, file.mime_type, texts)


async def _read_part(part: BodyPartReader, limit: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(64 * 1024):
        content += chunk
        if len(content) > limit:
            raise _too_large(limit, part.name)
    return bytes(content)


def _text(name: str, raw: bytes) -> str:
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise Refusal(ProblemCode.INVALID_REQUEST, field=name, reason="not_utf8") from error
    if "\0" in text:
        raise Refusal(ProblemCode.INVALID_REQUEST, field=name, reason="nul_character")
    return text


def _check_announced(request: web.Request, limit: int) -> None:
    if request.content_length is not None and request.content_length > limit:
        raise _too_large(limit)


def _too_large(limit: int, field: str | None = None) -> Refusal:
    where = {"field": field} if field else {}
    return Refusal(ProblemCode.PAYLOAD_TOO_LARGE, f"At most {limit} bytes.", limit_bytes=limit, **where)


class _BoundedStream:
    """The request's stream for MultipartReader; every read checks how much has come in altogether."""

    def __init__(self, stream: StreamReader, limit: int, told_limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._told_limit = told_limit

    async def read(self, size: int = -1) -> bytes:
        self._check()
        return await self._stream.read(size)

    async def readline(self, **options: Any) -> bytes:
        self._check()
        return await self._stream.readline(**options)

    def at_eof(self) -> bool:
        return self._stream.at_eof()

    def unread_data(self, data: bytes) -> None:
        # MultipartReader depends on it; aiohttp deprecates it for everybody else.
        self._stream.unread_data(data)

    def set_read_chunk_size(self, size: int) -> None:
        self._stream.set_read_chunk_size(size)

    def _check(self) -> None:
        if self._stream.total_bytes > self._limit:
            raise _too_large(self._told_limit)
