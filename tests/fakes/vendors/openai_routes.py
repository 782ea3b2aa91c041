"""OpenAI's HTTP routes: models, transcriptions and speech. Realtime has a file of its own."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Mapping
from typing import Any

from aiohttp import BodyPartReader, web

from tests.fakes.vendors import openai_errors as errors
from tests.fakes.vendors.brain import SPEECH_RATE, Transcript
from tests.fakes.vendors.broken import foreign, halved
from tests.fakes.vendors.delivery import Reply
from tests.fakes.vendors.faults import Capability, Fault, Order, Vendor
from tests.fakes.vendors.front import State
from tests.fakes.vendors.gemini_answers import text_tokens
from tests.fakes.vendors.records import Call, line_of
from tests.fakes.vendors.served_models import Served
from tests.fakes.vendors.speech_formats import MIME, encoded, seconds_of

MAX_UPLOAD = 25 * 1024 * 1024
MAX_INPUT_CHARACTERS = 4_096
VOICES = frozenset(
    {
        "alloy", "ash", "ballad", "coral", "echo", "fable", "onyx", "nova", "sage", "shimmer", "verse",
        "marin", "cedar",
    }
)  # fmt: skip
_EXTENSIONS = ("flac", "m4a", "mp3", "mp4", "mpeg", "mpga", "oga", "ogg", "wav", "webm")
_LANGUAGES: Mapping[str, str] = {"ko": "korean", "en": "english", "ja": "japanese", "zh": "chinese"}
_PIECES = 8
_SHORTEST = 0.1
_AUDIO_TOKENS_A_SECOND = 10


class OpenAIRoutes:
    """Served under ``/v1``."""

    def __init__(self, state: State) -> None:
        self._state = state

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/v1/models", self.models),
            web.get("/v1/models/{model}", self.model),
            web.post("/v1/audio/transcriptions", self.transcribe),
            web.post("/v1/audio/speech", self.speak),
        ]

    async def models(self, request: web.Request) -> web.StreamResponse:
        call = new_call(self._state, request, Capability.MODELS)
        order = take_order(self._state, call)
        fault = order.fault if order else None
        reply = refused(self._state, call, order)
        if reply is None:
            served = [] if fault is Fault.EMPTY else self._state.served.of(Vendor.OPENAI)
            listed = [_listed(model) for model in served]
            body = foreign() if fault is Fault.WRONG_SHAPE else {"object": "list", "data": listed}
            reply = json_reply(body, self._state.pace.listing)
        return await self._state.delivery.send(request, reply, call, order)

    async def model(self, request: web.Request) -> web.StreamResponse:
        """One model, where it is served."""
        call = new_call(self._state, request, Capability.MODELS)
        call.model = request.match_info["model"]
        order = take_order(self._state, call)
        reply = refused(self._state, call, order)
        if reply is None:
            found = [model for model in self._state.served.of(Vendor.OPENAI) if model.name == call.model]
            reply = json_reply(_listed(found[0]), self._state.pace.listing) if found else errors.model_gone(call.model)
        return await self._state.delivery.send(request, reply, call, order)

    async def transcribe(self, request: web.Request) -> web.StreamResponse:
        call = new_call(self._state, request, Capability.STT)
        await _read_form(request, call)
        order = take_order(self._state, call)
        reply = refused(self._state, call, order) or await self._transcript(call, order.fault if order else None)
        return await self._state.delivery.send(request, reply, call, order)

    async def speak(self, request: web.Request) -> web.StreamResponse:
        call = new_call(self._state, request, Capability.TTS)
        try:
            call.body = json.loads(await request.read())
        except ValueError:
            call.body = None
        call.model = call.body.get("model") if isinstance(call.body, dict) else None
        order = take_order(self._state, call)
        reply = refused(self._state, call, order) or await self._speech(call, order.fault if order else None)
        return await self._state.delivery.send(request, reply, call, order)

    async def _transcript(self, call: Call, fault: Fault | None) -> Reply:
        form, model = call.body, str(call.model)
        if "transcribe" not in model and "whisper" not in model:
            return errors.invalid(f"Invalid model: {model}. The model is not supported for transcription.", "model")
        wanted = form.get("response_format", "json")
        if wanted not in ("json", "text", "verbose_json") or (wanted == "verbose_json" and model != "whisper-1"):
            text = f"response_format '{wanted}' is not compatible with model '{model}'. Use 'json' or 'text' instead."
            return errors.invalid(text, "response_format", "unsupported_value")
        if model == "gpt-transcribe" and "language" in form:  # the cookbook's guide for moving from Whisper, 2026
            text = f"Unsupported parameter: 'language' is not supported with '{model}'. Use 'languages' instead."
            return errors.invalid(text, "language", "unsupported_parameter")
        seconds = await seconds_of(call.upload)
        if (no := _no_audio(call, seconds)) is not None:
            return no
        heard = await self._state.brain.hear(call.upload, call.upload_type, _language(form))
        if fault in (Fault.EMPTY, Fault.CUT_SHORT):
            heard = Transcript("" if fault is Fault.EMPTY else halved(heard.text), heard.language)
        at = self._state.pace.hearing
        if fault in (Fault.WRONG_SHAPE, Fault.BROKEN_SCHEMA):
            return json_reply(foreign(), at)
        if wanted == "text":
            return Reply.whole(f"{heard.text}\n".encode(), "text/plain; charset=utf-8", at=at)
        body = _transcription(model, heard, seconds or 0.0, verbose=wanted == "verbose_json")
        if "logprobs" in form.get("include", ()) and model.startswith("gpt-4o"):
            body["logprobs"] = [{"token": word, "bytes": list(word.encode()), "logprob": -0.1} for word in heard.text]
        return json_reply(body, at)

    async def _speech(self, call: Call, fault: Fault | None) -> Reply:
        body = call.body
        if not isinstance(body, dict):
            return errors.invalid("We could not parse the JSON body of your request.")
        text, voice, audio_format = body.get("input"), body.get("voice"), body.get("response_format", "mp3")
        if "tts" not in str(call.model):
            return errors.invalid(f"The model `{call.model}` does not support speech.", "model")
        if not isinstance(text, str) or not 0 < len(text) <= MAX_INPUT_CHARACTERS:
            return errors.invalid(
                f"[{{'type': 'string_too_long', 'loc': ('body', 'input')}}] {len(str(text))}", "input"
            )
        if voice not in VOICES:
            return errors.invalid(f"[{{'type': 'enum', 'loc': ('body', 'voice')}}] {voice}", "voice")
        if audio_format not in MIME:
            return errors.invalid("[{'type': 'enum', 'loc': ('body', 'response_format')}]", "response_format")
        if fault is Fault.WRONG_SHAPE:
            return json_reply(foreign(), self._state.pace.first_sound)
        said = "Something else entirely." if fault is Fault.OTHER_WORDS else text
        pcm = b"" if fault is Fault.EMPTY else await self._state.brain.speak(said, voice)
        pcm = pcm[: len(pcm) // 4 * 2] if fault is Fault.CUT_SHORT else pcm
        sound = await encoded(pcm, audio_format)
        size = max(1, math.ceil(len(sound) / _PIECES))
        data = [sound[at : at + size] for at in range(0, len(sound), size)] or [b""]
        times = self._state.pace.of_sound(len(data), len(pcm) / 2 / SPEECH_RATE)
        pieces = tuple(zip(times, data, strict=True))
        headers = {"content-type": MIME[audio_format], "x-request-id": errors.REQUEST_ID}
        return Reply(pieces, headers, streamed=True, opening=sound[:256], filler=sound or b"\0" * 65_536)


def _listed(model: Served) -> dict[str, Any]:
    return {
        "id": model.name,
        "object": "model",
        "created": 1_677_532_384,
        "owned_by": "openai-internal",
        "shutdown_date": model.ends.isoformat() if model.ends else None,
    }


def new_call(state: State, request: web.Request, capability: Capability) -> Call:
    """A call of OpenAI's, recorded."""
    given = request.headers.get("authorization", "")
    scheme, _, key = given.partition(" ")
    call = Call(
        Vendor.OPENAI,
        capability,
        f"{request.method} {request.path}",
        None,
        asyncio.get_running_loop().time(),
        key_present=scheme.lower() == "bearer" and bool(key),
        key_right=scheme.lower() == "bearer" and key == state.keys[Vendor.OPENAI],
        headers={name.lower(): value for name, value in request.headers.items() if name.lower() != "authorization"},
        body_bytes=request.content_length or 0,
        line=line_of(request),
    )
    state.calls.add(call)
    return call


def take_order(state: State, call: Call) -> Order | None:
    order = state.faults.take(call.capability, Vendor.OPENAI, call.model)
    call.fault = order.fault if order else None
    return order


def refused(state: State, call: Call, order: Order | None) -> Reply | None:
    """A fault that is an error of the vendor's own, a key that it does not take, a model that it has not."""
    fault = order.fault if order is not None else None
    if fault is Fault.ERROR_MIDSTREAM and call.capability is not Capability.TTS:
        fault = Fault.SERVER_ERROR  # these answer in one piece
    told = errors.fault_reply(fault, call.model or "", order.seconds) if order is not None and fault else None
    if told is not None:
        return told
    if not call.key_present:
        return errors.key_missing()
    if not call.key_right:
        return errors.key_invalid()
    if call.capability is not Capability.MODELS:
        if not call.model:
            return errors.invalid("you must provide a model parameter")
        if state.served.find(Vendor.OPENAI, call.model) is None:
            return errors.model_gone(call.model)
    return None


def json_reply(body: Any, at: float) -> Reply:
    text = json.dumps(body, ensure_ascii=False).encode()
    headers = {"content-type": "application/json", "x-request-id": errors.REQUEST_ID}
    return Reply(((at, text),), headers, opening=b'{"text": "')


async def _read_form(request: web.Request, call: Call) -> None:
    fields: dict[str, Any] = {}
    if request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader), "a form does not hold forms"
            content = bytes(await part.read())
            name = part.name or ""
            if part.filename is not None:
                call.upload, call.upload_name = content, part.filename
                call.upload_type = part.headers.get("content-type", "")
            elif name.endswith("[]"):
                fields.setdefault(name[:-2], []).append(content.decode())
            else:
                fields[name] = content.decode()
    call.body = fields
    call.model = fields.get("model")


def _language(form: Mapping[str, Any]) -> str | None:
    """The one that was asked for: whisper's way, or the first of gpt-transcribe's."""
    languages = form.get("languages") or [form.get("language")]
    return str(languages[0]) if languages[0] else None


def _no_audio(call: Call, seconds: float | None) -> Reply | None:
    if len(call.upload) > MAX_UPLOAD:
        return errors.invalid(f"Maximum content size limit ({MAX_UPLOAD}) exceeded", status=413)
    if call.upload_name.rpartition(".")[2].lower() not in _EXTENSIONS:
        return errors.invalid(f"Invalid file format. Supported formats: {list(_EXTENSIONS)}", "file")
    if seconds is None:
        text = "The audio file could not be decoded or its format is not supported."
        return errors.invalid(text, "file", "invalid_value")
    if seconds < _SHORTEST:
        text = "Audio file is too short. Minimum audio length is 0.1 seconds."
        return errors.invalid(text, "file", "audio_too_short")
    return None


def _transcription(model: str, heard: Transcript, seconds: float, *, verbose: bool) -> dict[str, Any]:
    if model == "whisper-1":
        usage: dict[str, Any] = {"type": "duration", "seconds": math.ceil(seconds)}
    else:
        audio, text = round(seconds * _AUDIO_TOKENS_A_SECOND), text_tokens(heard.text)
        details = {"audio_tokens": audio, "text_tokens": 0}
        usage = {
            "type": "tokens",
            "input_tokens": audio,
            "input_token_details": details,
            "output_tokens": text,
            "total_tokens": audio + text,
        }
    told: dict[str, Any] = {"text": heard.text, "usage": usage}
    if model == "gpt-transcribe":
        told["languages"] = [{"code": heard.language}] if heard.text else []
    if not verbose:
        return told
    segment = {
        "id": 0, "seek": 0, "start": 0.0, "end": round(seconds, 2), "text": heard.text, "tokens": [50_364],
        "temperature": 0.0, "avg_logprob": -0.2, "compression_ratio": 1.1, "no_speech_prob": 0.01,
    }  # fmt: skip
    return {
        "task": "transcribe",
        "language": _LANGUAGES.get(heard.language, heard.language),  # whisper-1 writes the language's English name
        "duration": round(seconds, 2),
        "segments": [segment] if heard.text else [],
        **told,
    }
