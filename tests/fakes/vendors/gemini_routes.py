"""The Gemini API's routes: models, generateContent, streamGenerateContent and Imagen's predict."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.fakes.vendors import gemini_answers as answers
from tests.fakes.vendors import gemini_errors as errors
from tests.fakes.vendors.brain import SPEECH_RATE
from tests.fakes.vendors.broken import broken, foreign, halved, with_unknown_codes
from tests.fakes.vendors.delivery import Reply
from tests.fakes.vendors.faults import Capability, Fault, Order, Vendor
from tests.fakes.vendors.front import State
from tests.fakes.vendors.gemini_answers import Answer, Usage, text_tokens
from tests.fakes.vendors.gemini_request import GenerateRequest, Refused, camel, capability_of, read
from tests.fakes.vendors.records import Call, line_of
from tests.fakes.vendors.served_models import Served
from tests.fakes.vendors.speech_formats import seconds_of
from tests.fakes.vendors.transcript_json import transcript_json

STREAM = "streamGenerateContent"
_AUDIO_INPUT_TOKENS = 32
_IMAGE_INPUT_TOKENS = 258
_PAGE = 50
_THOUGHTS = 24


class GeminiRoutes:
    """Served under ``/v1beta`` (and Imagen also as the SDK's other mode asks for it)."""

    def __init__(self, state: State) -> None:
        self._state = state

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/v1beta/models", self.models),
            web.post("/v1beta/models/{model}:generateContent", self.generate),
            web.post("/v1beta/models/{model}:streamGenerateContent", self.generate_stream),
            web.post("/v1beta/models/{model}:predict", self.predict),
            web.post("/v1beta1/publishers/google/models/{model}:predict", self.predict),
        ]

    async def models(self, request: web.Request) -> web.StreamResponse:
        call = self._call(request, Capability.MODELS, None)
        order = self._order(call)
        reply = self._refused(call, order, "ListModels") or self._model_page(request, order)
        return await self._state.delivery.send(request, reply, call, order)

    async def generate(self, request: web.Request) -> web.StreamResponse:
        return await self._generate(request, "generateContent")

    async def generate_stream(self, request: web.Request) -> web.StreamResponse:
        return await self._generate(request, STREAM)

    async def predict(self, request: web.Request) -> web.StreamResponse:
        body = await _json(request)
        call = self._call(request, Capability.IMAGE, request.match_info["model"], body)
        order = self._order(call)
        reply = self._refused(call, order, "predict") or await self._imagen(call, order)
        return await self._state.delivery.send(request, reply, call, order)

    async def _generate(self, request: web.Request, method: str) -> web.StreamResponse:
        body = await _json(request)
        model = request.match_info["model"]
        call = self._call(request, capability_of(model, body), model, body)
        order = self._order(call)
        reply = self._refused(call, order, method)
        if reply is None:
            try:
                asked = read(model, body)
                _note_upload(call, asked)
                reply = await self._answer(model, asked, order.fault if order else None, streamed=method == STREAM)
            except Refused as refusal:
                reply = errors.reply_of(errors.invalid(str(refusal)), streamed=method == STREAM)
        return await self._state.delivery.send(request, reply, call, order)

    def _call(self, request: web.Request, capability: Capability, model: str | None, body: Any = None) -> Call:
        key = request.headers.get("x-goog-api-key") or request.query.get("key")
        call = Call(
            Vendor.GEMINI,
            capability,
            f"{request.method} {request.path}",
            model,
            asyncio.get_running_loop().time(),
            key_present=bool(key),
            key_right=key == self._state.keys[Vendor.GEMINI],
            headers={
                name.lower(): value for name, value in request.headers.items() if name.lower() != "x-goog-api-key"
            },
            body_bytes=request.content_length or 0,
            line=line_of(request),
            body=body,
        )
        self._state.calls.add(call)
        return call

    def _order(self, call: Call) -> Order | None:
        order = self._state.faults.take(call.capability, Vendor.GEMINI, call.model)
        call.fault = order.fault if order else None
        return order

    def _refused(self, call: Call, order: Order | None, method: str) -> Reply | None:
        """A fault that is an error of the vendor's own, a key that it does not take, a model that it has not."""
        told = self._refusal(call, order, method)
        return errors.reply_of(told, streamed=method == STREAM) if told is not None else None

    def _refusal(self, call: Call, order: Order | None, method: str) -> dict[str, Any] | None:
        if order is not None and not (order.fault is Fault.ERROR_MIDSTREAM and method == STREAM):
            told = errors.fault_body(order.fault, call.model or "", method, order.seconds)
            if told is not None:
                return told
        if not call.key_present:
            return errors.key_missing()
        if not call.key_right:
            return errors.key_invalid()
        deadline = call.headers.get("x-server-timeout", "")
        if deadline.isdecimal() and int(deadline) < errors.SHORTEST_DEADLINE:
            return errors.deadline_too_short(int(deadline))
        if call.model is not None and not self._serves(call.model, method):
            known = call.model.startswith(("gemini-1", "gemini-2", "imagen"))
            return errors.model_gone(call.model, method, retired=known)
        return None

    def _serves(self, model: str, method: str) -> bool:
        if self._state.served.find(Vendor.GEMINI, model) is None:
            return False
        return (method == "predict") == model.startswith("imagen")

    def _model_page(self, request: web.Request, order: Order | None) -> Reply:
        fault = order.fault if order else None
        at = self._state.pace.listing
        if fault is Fault.WRONG_SHAPE:
            return answers.json_reply(foreign(), at)
        served = [] if fault is Fault.EMPTY else self._state.served.of(Vendor.GEMINI)
        size = max(1, min(1_000, int(request.query.get("pageSize", _PAGE))))
        begin = int(request.query.get("pageToken", "0") or 0)
        page: dict[str, Any] = {"models": [_listed(model.name) for model in served[begin : begin + size]]}
        if begin + size < len(served):
            page["nextPageToken"] = str(begin + size)
        return answers.json_reply(page if served else {}, at)

    async def _answer(self, name: str, asked: GenerateRequest, fault: Fault | None, *, streamed: bool) -> Reply:
        model = self._state.served.find(Vendor.GEMINI, name) or Served(Vendor.GEMINI, name)
        usage = await _prompt_usage(asked)
        times, whole_at = self._times(asked.capability)
        unlike = {Fault.WRONG_SHAPE: foreign(), Fault.PROMPT_BLOCKED: answers.blocked_prompt(model, usage)}
        if fault in unlike:
            body = unlike[fault]
            return answers.stream_reply([(whole_at, body)]) if streamed else answers.json_reply(body, whole_at)
        parts = await self._parts(name, asked, usage, fault, streamed=streamed)
        silent, finish = _finish(asked.capability, fault)
        answer = Answer(model, usage, [] if silent else parts, finish)
        if not streamed:
            return answer.reply(max([whole_at, *times(parts)]))
        reply = answer.stream([] if silent else times(parts))
        return self._broken_off(name, reply) if fault is Fault.ERROR_MIDSTREAM else reply

    def _times(self, capability: Capability) -> tuple[Callable[[list[dict[str, Any]]], list[float]], float]:
        """When the parts of a stream come, and, at the earliest, an answer in one piece."""
        pace = self._state.pace
        match capability:
            case Capability.LANGUAGE:
                whole_at = max(pace.first_token, pace.whole_answer)
                return lambda parts: pace.of_text(len(parts), _letters(parts)), whole_at
            case Capability.TTS:
                return lambda parts: pace.of_sound(len(parts)), max(pace.first_sound, pace.whole_sound)
            case Capability.STT:
                at = pace.hearing
            case _:
                at = pace.picture
        return lambda parts: [at] * len(parts), at

    @staticmethod
    def _broken_off(model: str, reply: Reply) -> Reply:
        half = reply.pieces[: max(1, len(reply.pieces) // 2)]
        told = errors.fault_body(Fault.ERROR_MIDSTREAM, model, STREAM, 0)
        pieces = (*half, (half[-1][0], answers.event_of(told)))
        return Reply(pieces, reply.headers, streamed=True)

    async def _parts(
        self, model: str, asked: GenerateRequest, usage: Usage, fault: Fault | None, *, streamed: bool
    ) -> list[dict[str, Any]]:
        """What the model answers; what it costs is added to ``usage``."""
        brain = self._state.brain
        match asked.capability:
            case Capability.TTS:
                said = "Something else entirely." if fault is Fault.OTHER_WORDS else "\n".join(asked.texts)
                pcm = await brain.speak(said, asked.voice)
                pcm = pcm[: len(pcm) // 4 * 2] if fault is Fault.CUT_SHORT else pcm
                usage.answer["AUDIO"] = round(len(pcm) / 2 / SPEECH_RATE * answers.AUDIO_TOKENS_A_SECOND)
                return answers.sound_parts(model, pcm, streamed=streamed)
            case Capability.IMAGE:
                base = asked.blobs[0].content if asked.blobs else None
                drawing = await brain.draw("\n".join(asked.texts), asked.aspect_ratio, base)
                usage.answer["IMAGE"] = answers.IMAGE_TOKENS
                return [answers.inline(drawing.content, drawing.mime_type)]
            case Capability.STT:
                blob = next(blob for blob in asked.blobs if blob.mime_type.startswith("audio/"))
                heard = await brain.hear(blob.content, blob.mime_type, None)
                text = transcript_json(asked.schema, heard) if asked.wants_json else heard.text
            case _:
                text = await brain.answer(asked.question)
                if fault is Fault.UNKNOWN_CODES:
                    text = with_unknown_codes(text)
        if fault is Fault.BROKEN_SCHEMA:
            text = broken()
        elif fault is Fault.CUT_SHORT:
            text = halved(text)
        usage.answer["TEXT"] = text_tokens(text)
        usage.thoughts = _THOUGHTS if asked.thinks else 0
        return answers.text_parts(text)

    async def _imagen(self, call: Call, order: Order | None) -> Reply:
        fault = order.fault if order else None
        at = self._state.pace.picture
        body = call.body if isinstance(call.body, dict) else {}
        instances = body.get("instances")
        if not isinstance(instances, list) or not instances or not instances[0].get("prompt"):
            return errors.reply_of(errors.invalid("Invalid prompt: prompt must not be empty."))
        parameters = body.get("parameters", {})
        if fault is Fault.WRONG_SHAPE:
            return answers.json_reply(foreign(), at)
        if fault in (Fault.SAFETY, Fault.PROMPT_BLOCKED):
            filtered = {"raiFilteredReason": "Your current safety filter threshold filtered out 1 generated images."}
            return answers.json_reply({"predictions": [filtered]} if parameters.get("includeRaiReason") else {}, at)
        if fault is Fault.EMPTY:
            return answers.json_reply({}, at)
        drawing = await self._state.brain.draw(instances[0]["prompt"], parameters.get("aspectRatio", "1:1"), None)
        content = base64.b64encode(drawing.content).decode()
        count = int(parameters.get("sampleCount", 1))
        return answers.json_reply(
            {"predictions": [{"mimeType": drawing.mime_type, "bytesBase64Encoded": content}] * count}, at
        )


async def _json(request: web.Request) -> Any:
    try:
        return camel(json.loads(await request.read()))
    except ValueError:
        return None


def _finish(capability: Capability, fault: Fault | None) -> tuple[bool, str]:
    """Whether nothing is answered, and the reason that is given for the end."""
    picture = capability is Capability.IMAGE
    match fault:
        case Fault.SAFETY:
            return True, "IMAGE_SAFETY" if picture else "SAFETY"
        case Fault.EMPTY:
            return True, "NO_IMAGE" if picture else "STOP"
        case Fault.CUT_SHORT:
            return False, "OTHER" if capability is Capability.TTS else "MAX_TOKENS"
        case _:
            return False, "STOP"


def _letters(parts: list[dict[str, Any]]) -> int:
    return sum(len(part.get("text", "")) for part in parts)


def _note_upload(call: Call, asked: GenerateRequest) -> None:
    if asked.blobs:
        call.upload, call.upload_type = asked.blobs[0].content, asked.blobs[0].mime_type


async def _prompt_usage(asked: GenerateRequest) -> Usage:
    usage = Usage({"TEXT": sum(text_tokens(text) for text in (asked.system, *asked.texts))})
    for blob in asked.blobs:
        if blob.mime_type.startswith("audio/"):
            seconds = await seconds_of(blob.content)
            if seconds is None:
                raise Refused("Request contains an invalid argument.")
            usage.prompt["AUDIO"] = usage.prompt.get("AUDIO", 0) + max(1, round(seconds * _AUDIO_INPUT_TOKENS))
        else:
            usage.prompt["IMAGE"] = usage.prompt.get("IMAGE", 0) + _IMAGE_INPUT_TOKENS
    return usage


def _listed(name: str) -> dict[str, Any]:
    methods = ["predict"] if name.startswith("imagen") else ["generateContent", "countTokens", "batchGenerateContent"]
    return {
        "name": f"models/{name}",
        "version": "001",
        "displayName": name.replace("-", " ").title(),
        "description": f"Emulated {name}",
        "inputTokenLimit": 1_048_576,
        "outputTokenLimit": 65_536,
        "supportedGenerationMethods": methods,
        "temperature": 1,
        "topP": 0.95,
        "topK": 64,
        "maxTemperature": 2,
    }
