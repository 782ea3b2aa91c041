"""One client of the SDK for everything that is asked of OpenAI, made at its first use."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from backend.external.interfaces import (
    EngineBadResponse,
    EngineMisconfigured,
    EngineModelGone,
    EngineUnavailable,
    KeyMissing,
    KeyRefused,
    NotOffered,
)
from backend.external.openai.errors import engine_errors

if TYPE_CHECKING:
    from httpx2 import Request
    from openai import AsyncAPIResponse, AsyncOpenAI

NAME = "openai"
_BASE_URL = "https://api.openai.com/v1"
_LIST_SECONDS = 10.0
_ANY_MODEL = "whisper-1"
_LARGEST_ANSWER = 4 * 1024 * 1024
_KEPT_SECONDS = 60.0
"""A connection that nobody uses is kept so long: with the SDK's 5 s a customer who thinks pays a new handshake at each
sentence."""

M = TypeVar("M", bound=BaseModel)


class OpenAIVendor:
    """``api_key`` and ``base_url`` (``…/v1``; None: OpenAI's own) are all that decides where calls go and who pays.

    The SDK would also read OPENAI_* variables; none has an effect. A compatible server at ``base_url`` may need no key.
    """

    def __init__(self, api_key: str | None, base_url: str | None = None) -> None:
        self._api_key = (api_key or "").strip()
        self._base_url = base_url
        self._client: AsyncOpenAI | None = None
        self._making = asyncio.Lock()
        self._closed = False

    @property
    def name(self) -> str:
        return NAME

    async def list_models(self) -> Mapping[str, date | None]:
        """See ``Vendor``.

        Raises:
            NotOffered: a compatible server that has no such list.
            EngineError: anything else.
        """
        try:
            async with (
                self.calling(_LIST_SECONDS) as client,
                client.models.with_streaming_response.list(timeout=_LIST_SECONDS) as response,
            ):
                answer = await read_json(response, _ModelList)
        except EngineModelGone as error:
            raise NotOffered(*error.args) from error
        return {model.id: _day(model.shutdown_date) for model in answer.data}

    async def touch(self) -> None:
        """See ``Vendor``. The list of models has no pages, and is long: one of them is asked about."""
        with suppress(EngineModelGone):
            async with (
                self.calling(_LIST_SECONDS) as client,
                client.models.with_streaming_response.retrieve(_ANY_MODEL, timeout=_LIST_SECONDS) as response,
            ):
                await response.read()

    @asynccontextmanager
    async def calling(self, seconds: float) -> AsyncIterator[AsyncOpenAI]:
        """The client, for calls that end within ``seconds``; everything raised inside comes out as EngineError."""
        client = await self.client()
        with engine_errors():
            async with asyncio.timeout(seconds):
                yield client

    async def client(self) -> AsyncOpenAI:
        """The one client; the first call makes it, which takes a second.

        Raises:
            KeyMissing, KeyRefused: there is no key, or it is no key at all.
            EngineMisconfigured: the address is none.
            EngineUnavailable: it was closed.
        """
        async with self._making:
            if self._closed:
                raise EngineUnavailable("closed")
            if self._client is None:
                if not self._api_key and self._base_url is None:
                    raise KeyMissing("OpenAI")
                if not (self._api_key.isascii() and self._api_key.isprintable()):
                    raise KeyRefused("the key holds what no key may hold")
                self._client = await asyncio.to_thread(_make, self._api_key or "none", self._base_url or _BASE_URL)
            return self._client

    async def close(self) -> None:
        """Idempotent."""
        self._closed = True
        async with self._making:
            client, self._client = self._client, None
        if client is not None:
            await client.close()


async def read_json(response: AsyncAPIResponse[Any], shape: type[M]) -> M:
    """The body of ``response`` as ``shape``, its content type and size checked first.

    Raises:
        EngineBadResponse: it is none.
    """
    kind = response.headers.get("content-type", "")
    if "json" not in kind:
        raise EngineBadResponse("not JSON")
    body = bytearray()
    async for piece in response.iter_bytes():
        body += piece
        if len(body) > _LARGEST_ANSWER:
            raise EngineBadResponse("too long")
    try:
        return shape.model_validate_json(bytes(body))
    except ValidationError as error:
        raise EngineBadResponse("another shape") from error


class _Model(BaseModel):
    id: str
    shutdown_date: object = None


class _ModelList(BaseModel):
    data: tuple[_Model, ...]


def _day(told: object) -> date | None:
    """The day of ``YYYY-MM-DD`` (a time may follow); None for whatever else a server says."""
    try:
        return date.fromisoformat(str(told)[:10])
    except ValueError:
        return None


async def _in_one_piece(request: Request) -> None:
    """A form goes out as some thirty small packets otherwise, a millisecond of a customer's turn."""
    await request.aread()


def _make(api_key: str, base_url: str) -> AsyncOpenAI:
    """In a thread: to import the SDK and to read the certificates of the world takes a second."""
    import websockets.exceptions  # noqa: F401, PLC0415 - loaded here, in a thread
    from httpx2 import InvalidURL, Limits  # noqa: PLC0415 - loaded here, in a thread
    from openai import AsyncOpenAI, DefaultAsyncHttpxClient  # noqa: PLC0415 - loaded here, in a thread

    # OPENAI_LOG=debug would have it write requests, with what customers say in them.
    logging.getLogger("openai").setLevel(logging.WARNING)
    line = DefaultAsyncHttpxClient(
        limits=Limits(keepalive_expiry=_KEPT_SECONDS),
        timeout=_LIST_SECONDS,
        event_hooks={"request": [_in_one_piece]},
    )
    try:
        client = AsyncOpenAI(api_key=api_key, base_url=base_url, max_retries=0, timeout=_LIST_SECONDS, http_client=line)
    except (InvalidURL, ValueError) as error:
        raise EngineMisconfigured("no such address") from error
    # Resources are loaded when they are first named, some forty modules: here, and not in a customer's turn.
    _ = (
        client.models.with_streaming_response,
        client.audio.transcriptions.with_streaming_response,
        client.audio.speech.with_streaming_response,
    )
    # What it took from the environment: OPENAI_ORG_ID, _PROJECT_ID, _ADMIN_KEY, _WEBHOOK_SECRET, _CUSTOM_HEADERS.
    client.organization = client.project = client.admin_api_key = client.webhook_secret = None
    client._custom_headers = {}  # noqa: SLF001 - there is no public way
    return client
