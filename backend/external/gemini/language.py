"""Gemini as the shop's understanding: one sentence in, a proposal out as soon as the rest of it is no matter."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog

from backend.domain.catalogue import Catalogue
from backend.domain.proposal import UnderstandingRequest
from backend.external.gemini import answers
from backend.external.gemini.client import VENDOR, GeminiVendor
from backend.external.gemini.errors import RequestRefused, each_within, translated
from backend.external.gemini.prompt import PromptWriter
from backend.external.gemini.reading import ReplyReader
from backend.external.gemini.schema import reply_schema
from backend.external.gemini.thinking import least_thinking
from backend.external.interfaces import EngineBadResponse, EngineError, EngineInfo, Enough, Glimpse, Understood
from backend.external.metering import Meter
from backend.external.model_choice import ModelChoice

if TYPE_CHECKING:
    from google.genai.types import GenerateContentConfig, GenerateContentResponse, ThinkingConfig

log = structlog.get_logger(__name__)

LANGUAGES = ("ko", "en")
CALL_SECONDS = 20.0
MOST_TOKENS = 2_048
"""An order of ten changes is 700; what a model thinks counts too."""
MOST_CHARS = 32_768
"""A model that goes round in circles is not listened to any longer."""
_WHOLE = frozenset({"STOP", ""})


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a model is asked. ``thinking`` None: as it likes. Without the schema the prompt's examples show the form."""

    thinking: ThinkingConfig | None
    schema: bool = True


@dataclass(frozen=True, slots=True)
class _On:
    """Who is asked on the way. Nobody where no schema holds the model: it may write in any order."""

    enough: Enough | None = None
    glimpse: Glimpse | None = None


class GeminiUnderstanding:
    """``stall_seconds`` is the longest silence before the first word and between two pieces of the answer."""

    def __init__(
        self,
        vendor: GeminiVendor,
        models: ModelChoice,
        meter: Meter,
        stall_seconds: float = 2.5,
        max_output_tokens: int = MOST_TOKENS,
    ) -> None:
        self._vendor = vendor
        self._models = models
        self._meter = meter
        self._stall_seconds = stall_seconds
        self._most_tokens = max_output_tokens
        self._prompts = PromptWriter()
        self._manners: dict[str, _Manner] = {}

    @property
    def info(self) -> EngineInfo:
        return _info(self._models.current)

    def prepare(self, catalogue: Catalogue) -> None:
        """Make ready what all turns share."""
        self._prompts.prepare(catalogue)

    async def understand(
        self, request: UnderstandingRequest, enough: Enough | None = None, glimpse: Glimpse | None = None
    ) -> Understood:
        """See ``LanguageUnderstanding``. What ``enough`` does not wait for is read behind the turn's back: so its cost
        is known whole, and its connection is kept for the next.

        Raises:
            EngineRejected: Gemini withholds its answer, or refuses the sentence.
            EngineTimeout: silence for longer than ``stall_seconds``.
            EngineBadResponse: an answer that was cut off, or is none.
            EngineModelGone: none of the models is served any more.
            EngineError: anything else.
        """
        await self._vendor.client()

        async def ask(model: str) -> Understood:
            return await self._in_some_manner(model, request, _On(enough, glimpse))

        return await self._models.first_served(ask)

    async def _in_some_manner(self, model: str, request: UnderstandingRequest, on: _On) -> Understood:
        """Models differ in what they let themselves be told; what one refuses is left out, and that is remembered."""
        manners = [self._manners[model]] if model in self._manners else _manners(model)
        while True:
            manner = manners.pop(0)
            try:
                understood = await self._understood(model, manner, request, on if manner.schema else _On())
            except RequestRefused as refusal:
                if not manners:
                    raise
                log.info("gemini_manner_refused", model=model, about=sorted(refusal.about))
                if "thinking" not in refusal.about:
                    # Most often Gemini does not say what it is that it refuses: the plainest form is left.
                    manners = manners[-1:]
            else:
                self._manners[model] = manner
                return understood

    async def _understood(self, model: str, manner: _Manner, request: UnderstandingRequest, on: _On) -> Understood:
        reader = ReplyReader(request, self._prompts.system(request.catalogue), on.enough, on.glimpse)
        pieces = self._pieces(model, manner, request)
        proposal = None
        try:
            async for piece in pieces:
                proposal = reader.hear(piece)
                if proposal is not None:
                    break
        finally:
            going_on = proposal is not None and self._vendor.tasks.start(_read_out(pieces), "rest of an answer")
            if not going_on:
                await pieces.aclose()
        return Understood(proposal or reader.whole(), _info(model))

    async def _pieces(self, model: str, manner: _Manner, request: UnderstandingRequest) -> AsyncGenerator[str, None]:
        """The model's text as it comes. Whatever came of it is metered, also when it is not read to its end."""
        config = self._config(manner, request)
        turn = self._prompts.turn(request)
        client = await self._vendor.client()
        length = 0
        finish = ""
        told: GenerateContentResponse | None = None
        with translated():
            stream = await client.models.generate_content_stream(model=model, contents=turn, config=config)
        try:
            async with aclosing(each_within(stream, self._stall_seconds)) as responses:
                async for told in responses:
                    answers.raise_if_withheld(told)
                    finish = answers.finish(told) or finish
                    piece = "".join(part.text or "" for part in answers.parts(told))
                    length += len(piece)
                    if length > MOST_CHARS:
                        raise EngineBadResponse("the answer does not end")
                    if piece:
                        yield piece
        finally:
            if told is not None:
                self._meter.record(answers.usage("language", model, told.usage_metadata))
        if finish not in _WHOLE:
            raise EngineBadResponse(f"the answer ends with {finish}")

    def _config(self, manner: _Manner, request: UnderstandingRequest) -> GenerateContentConfig:
        """No temperature: Gemini 3 is made for its default, and worse or in circles below it (Google's Gemini 3 guide);
        the newest ignore it.
        """
        from google.genai.types import (  # noqa: PLC0415 - see the client's docstring
            AutomaticFunctionCallingConfig,
            GenerateContentConfig,
        )

        schema: dict[str, Any] = {"response_json_schema": reply_schema(request.catalogue)} if manner.schema else {}
        return GenerateContentConfig(
            http_options=self._vendor.http_options(CALL_SECONDS),
            system_instruction=self._prompts.system(request.catalogue),
            response_mime_type="application/json",
            max_output_tokens=self._most_tokens,
            thinking_config=manner.thinking,
            automatic_continuation=False,
            automatic_function_calling=AutomaticFunctionCallingConfig(disable=True),
            **schema,
        )


async def _read_out(pieces: AsyncGenerator[str, None]) -> None:
    try:
        async with aclosing(pieces):
            async for _ in pieces:
                pass
    except EngineError as error:
        log.info("rest_of_an_answer_lost", kind=type(error).__name__)


def _info(model: str) -> EngineInfo:
    return EngineInfo(VENDOR, model, LANGUAGES)


def _manners(model: str) -> list[_Manner]:
    """What to try, best first: little thinking and the schema, up to neither."""
    from google.genai.types import ThinkingConfig, ThinkingLevel  # noqa: PLC0415 - see the client's docstring

    low = ThinkingConfig(thinking_level=ThinkingLevel.LOW)
    wished = [_Manner(least_thinking(model)), _Manner(low), _Manner(None), _Manner(None, schema=False)]
    return [manner for at, manner in enumerate(wished) if manner not in wished[:at]]
