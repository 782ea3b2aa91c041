"""One client of Google's SDK for everything that Gemini does here.

What the SDK (3.4) does by itself and what this shop needs differ in five places:

- A call without a timeout of its own waits for ever: ``http_options`` goes into the config of every call.
- A timeout is also sent to Google as ``X-Server-Timeout``, and Google refuses one below 10 s with 400
  ("Manually set deadline 5s is too short"): that header is set apart from our own, shorter patience.
- Without retry options a connection that fails is tried again after a silent 1 to 10 s: one attempt is said outright.
- Keys, addresses, versions and whole platforms are taken from the environment: each is said outright.
- Importing it takes most of a second and 50 MB: that happens in a thread, when the first call is made.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import aiohttp
from pydantic import SecretStr

from backend.external.gemini.errors import translated
from backend.external.interfaces import EngineModelGone, EngineUnavailable, KeyMissing
from backend.tasks import TaskScope

if TYPE_CHECKING:
    from google.genai.client import AsyncClient
    from google.genai.types import HttpOptions

VENDOR = "gemini"
DEFAULT_URL = "https://generativelanguage.googleapis.com"
API_VERSION = "v1beta"
SHORTEST_SERVER_SECONDS = 10
"""Google refuses a shorter deadline (livekit/agents issue 3723)."""
LIST_SECONDS = 10.0
LIST_PAGE = 1000
"""The most that Google gives at once (models.list, pageSize)."""
KEPT_ALIVE_SECONDS = 60.0
"""A customer thinks between two sentences; the connection waits, which saves the handshake of the next one."""
READ_BUFFER_BYTES = 2**22
"""As the SDK's own session has it: a picture is one line of an event stream."""
_USED_MODELS = (
    "GenerateContentConfig", "ThinkingConfig", "AutomaticFunctionCallingConfig", "_GenerateContentParameters",
    "UserContent", "Content", "Part", "GenerateContentResponse", "Candidate", "GenerateContentResponseUsageMetadata",
    "ModalityTokenCount", "ListModelsResponse",
)  # fmt: skip
"""What a turn makes of the SDK's models; ``tests/integration/test_first_call.py`` finds those that are missing here."""
MOST_BYTES = 32 * 2**20
"""A whole answer; the largest is a picture of 4,096 pixels a side, about 20 MB in base64."""


class _ShortResponse(aiohttp.ClientResponse):
    """One that is not read for ever: the SDK takes a whole body into memory, however long it is."""

    async def read(self) -> bytes:
        if self._body is None:
            try:
                self._body = await self._short_body()
            except BaseException:
                self.close()
                raise
        return await super().read()

    async def _short_body(self) -> bytes:
        pieces: list[bytes] = []
        length = 0
        async for piece in self.content.iter_any():
            pieces.append(piece)
            length += len(piece)
            if length > MOST_BYTES:
                raise aiohttp.ClientResponseError(self.request_info, self.history, message="too long")
        return b"".join(pieces)


class GeminiVendor:
    """The key and the connections. ``call_seconds`` is the longest that a call may take in whole.

    ``tasks`` are what goes on behind an answer that was given already; they end with the connections.
    """

    def __init__(self, api_key: SecretStr | str, base_url: str | None = None, call_seconds: float = 30.0) -> None:
        self._key = api_key if isinstance(api_key, SecretStr) else SecretStr(api_key)
        self._base_url = base_url or DEFAULT_URL
        self._call_seconds = call_seconds
        self._making = asyncio.Lock()
        self._session: aiohttp.ClientSession | None = None
        self._client: AsyncClient | None = None
        self._closed = False
        self.tasks = TaskScope("gemini")

    @property
    def name(self) -> str:
        return VENDOR

    async def client(self) -> AsyncClient:
        """The SDK's client, made at the first call.

        Raises:
            KeyMissing: no key was given.
            EngineUnavailable: the vendor was closed.
        """
        if not self._key.get_secret_value().strip():
            raise KeyMissing(VENDOR)
        async with self._making:
            if self._closed:
                raise EngineUnavailable("closed")
            if self._client is None:
                if self._session is None:
                    self._session = aiohttp.ClientSession(
                        connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT_ALIVE_SECONDS),
                        trust_env=True,
                        read_bufsize=READ_BUFFER_BYTES,
                        response_class=_ShortResponse,
                    )
                self._client = await asyncio.to_thread(self._make, self._session)
            return self._client

    def http_options(self, seconds: float | None = None) -> HttpOptions:
        """For the config of each call: it is given up after ``seconds`` (none: ``call_seconds``) in whole.

        Call it after ``client()``: it needs the SDK.
        """
        from google.genai.types import HttpOptions, HttpRetryOptions  # noqa: PLC0415 - see the module's docstring

        patience = self._call_seconds if seconds is None else seconds
        return HttpOptions(
            timeout=math.ceil(patience * 1000),
            headers=_server_patience(patience),
            retry_options=HttpRetryOptions(attempts=1),
        )

    async def post(self, path: str, body: Mapping[str, Any], seconds: float) -> Any:
        """The JSON that answers a call for which the SDK has no method. ``path`` is what follows the API's version.

        Raises EngineError.
        """
        await self.client()
        from google.genai.errors import APIError  # noqa: PLC0415 - see the module's docstring

        headers = {"x-goog-api-key": self._key.get_secret_value(), **_server_patience(seconds)}
        with translated():
            if (session := self._session) is None:
                raise EngineUnavailable("closed")
            asking = session.post(
                f"{self._base_url}/{API_VERSION}/{path}",
                json=body,
                headers=headers,
                timeout=aiohttp.ClientTimeout(total=seconds),
            )
            async with asking as response:
                await APIError.raise_for_async_response(response)
                return await response.json()

    async def list_models(self) -> Mapping[str, date | None]:
        """Names without ``models/``. Google's list does not tell when a model ends: every date is ``None``.

        Raises EngineError.
        """
        client = await self.client()
        from google.genai.types import ListModelsConfig  # noqa: PLC0415 - see the module's docstring

        config = ListModelsConfig(page_size=LIST_PAGE, http_options=self.http_options(LIST_SECONDS))
        with translated():
            async with asyncio.timeout(LIST_SECONDS):
                pager = await client.models.list(config=config)
                return {model.name.removeprefix("models/"): None async for model in pager if model.name}

    async def touch(self) -> None:
        """See ``Vendor``. By the SDK: it has TLS settings of its own, which make its connections others than ours."""
        client = await self.client()
        from google.genai.types import ListModelsConfig  # noqa: PLC0415 - see the module's docstring

        with suppress(EngineModelGone), translated():
            async with asyncio.timeout(LIST_SECONDS):
                await client.models.list(
                    config=ListModelsConfig(page_size=1, http_options=self.http_options(LIST_SECONDS))
                )

    async def close(self) -> None:
        self._closed = True
        await self.tasks.close()
        async with self._making:
            client, self._client = self._client, None
            session, self._session = self._session, None
            if client is not None:
                await client.aclose()
            if session is not None:
                await session.close()

    def _make(self, session: aiohttp.ClientSession) -> AsyncClient:
        from google import genai  # noqa: PLC0415 - see the module's docstring
        from google.genai import types  # noqa: PLC0415 - see the module's docstring
        from google.genai.client import DebugConfig  # noqa: PLC0415 - see the module's docstring
        from google.genai.types import HttpOptions, HttpRetryOptions  # noqa: PLC0415 - see the module's docstring

        # Built at their first use otherwise: 0.3 s in which the event loop would stand still, in a customer's turn.
        for name in _USED_MODELS:
            getattr(types, name).model_rebuild()
        made = genai.Client(
            vertexai=False,
            api_key=self._key.get_secret_value(),
            debug_config=DebugConfig(client_mode=None, replays_directory=None, replay_id=None),
            http_options=HttpOptions(
                base_url=self._base_url,
                api_version=API_VERSION,
                timeout=math.ceil(self._call_seconds * 1000),
                retry_options=HttpRetryOptions(attempts=1),
                aiohttp_client=session,
            ),
        )
        return made.aio


def _server_patience(seconds: float) -> dict[str, str]:
    return {"X-Server-Timeout": str(max(SHORTEST_SERVER_SECONDS, math.ceil(seconds)))}
