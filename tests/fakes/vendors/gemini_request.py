"""Reads a call of Gemini's generateContent, and refuses what the vendor refuses."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.vendors.brain import Question
from tests.fakes.vendors.faults import Capability

MAX_INLINE_BYTES = 20 * 1024 * 1024
_RATIOS = frozenset({"1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"})
_BODY = frozenset(
    {
        "contents", "systemInstruction", "generationConfig", "safetySettings", "tools", "toolConfig", "cachedContent",
        "serviceTier", "store",
    }
)  # fmt: skip
_CONFIG = frozenset(
    {
        "temperature", "topP", "topK", "candidateCount", "maxOutputTokens", "stopSequences", "responseLogprobs",
        "logprobs", "presencePenalty", "frequencyPenalty", "seed", "responseMimeType", "responseSchema",
        "responseJsonSchema", "responseFormat", "responseModalities", "mediaResolution", "speechConfig",
        "thinkingConfig", "imageConfig", "enableEnhancedCivicAnswers",
    }
)  # fmt: skip
_HEARD = frozenset(
    {"audio/wav", "audio/x-wav", "audio/mp3", "audio/mpeg", "audio/aiff", "audio/aac", "audio/ogg", "audio/flac"}
)
"""Sound that Gemini hears (ai.google.dev/gemini-api/docs/audio)."""
_VERBATIM = frozenset({"responseSchema", "responseJsonSchema", "schema"})
_VOICES = frozenset(
    """Zephyr Puck Charon Kore Fenrir Leda Orus Aoede Callirrhoe Autonoe Enceladus Iapetus Umbriel Algieba Despina
    Erinome Algenib Rasalgethi Laomedeia Achernar Alnilam Schedar Gacrux Pulcherrima Achird Zubenelgenubi Vindemiatrix
    Sadachbia Sadaltager Sulafat""".lower().split()
)


class Refused(Exception):
    """A request that the vendor answers with 400 INVALID_ARGUMENT and this text."""


@dataclass(frozen=True, slots=True)
class Blob:
    content: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class GenerateRequest:
    """``schema`` is the JSON schema asked for, ``voice`` the prebuilt voice's name."""

    capability: Capability
    system: str
    texts: tuple[str, ...]
    blobs: tuple[Blob, ...]
    schema: Mapping[str, Any] | None
    wants_json: bool
    voice: str
    aspect_ratio: str
    thinks: bool

    @property
    def question(self) -> Question:
        return Question(self.system, self.texts, self.schema)


def camel(body: Any) -> Any:
    """The body with names in camel case, as the vendor takes both and google-genai mixes them; schemas stay."""
    if isinstance(body, list):
        return [camel(inner) for inner in body]
    if not isinstance(body, dict):
        return body
    named = {re.sub(r"_([a-z])", lambda found: found[1].upper(), name): value for name, value in body.items()}
    return {name: value if name in _VERBATIM else camel(value) for name, value in named.items()}


def capability_of(model: str, body: Any) -> Capability:
    """What a call is for, as far as a body that may be anything tells."""
    config = body.get("generationConfig") if isinstance(body, dict) else None
    modalities = config.get("responseModalities") if isinstance(config, dict) else None
    wanted = {str(modality).upper() for modality in modalities} if isinstance(modalities, list) else set()
    if "AUDIO" in wanted or "-tts" in model:
        return Capability.TTS
    if "IMAGE" in wanted or "image" in model:
        return Capability.IMAGE
    if any(str(blob.get("mimeType", "")).startswith("audio/") for blob in _blobs(body)):
        return Capability.STT
    return Capability.LANGUAGE


def read(model: str, body: Any) -> GenerateRequest:
    """The request.

    Raises:
        Refused: the vendor would not take it.
    """
    if not isinstance(body, dict):
        raise Refused("Invalid JSON payload received. Unexpected token.")
    _known(body, _BODY, "")
    config = body.get("generationConfig", {})
    _known(config, _CONFIG, "generation_config.")
    contents = body.get("contents")
    if not isinstance(contents, list) or not contents:
        raise Refused("* GenerateContentRequest.contents: contents is not specified")
    if any(content.get("role", "user") not in ("user", "model") for content in contents):
        raise Refused("Please use a valid role: user, model.")
    capability = capability_of(model, body)
    _check_modality(model, capability, config, body)
    system = " ".join(str(part.get("text", "")) for part in body.get("systemInstruction", {}).get("parts", ()))
    return GenerateRequest(
        capability=capability,
        system=system,
        texts=tuple(str(part["text"]) for part in _parts(body) if part.get("text")),
        blobs=tuple(_decoded(body)),
        schema=_schema(config),
        wants_json=_wants_json(config),
        voice=_voice(config),
        aspect_ratio=_ratio(config),
        thinks=_thinks(model, config),
    )


def _known(given: Any, names: frozenset[str], where: str) -> None:
    if not isinstance(given, dict):
        raise Refused(f"Invalid value at '{where.rstrip('.') or 'body'}', expected an object.")
    for name in given:
        if name not in names:
            field = where.rstrip(".")
            at = f" at '{field}'" if field else ""
            raise Refused(f'Invalid JSON payload received. Unknown name "{name}"{at}: Cannot find field.')


def _check_modality(model: str, capability: Capability, config: dict[str, Any], body: dict[str, Any]) -> None:
    wanted = [str(modality).upper() for modality in config.get("responseModalities", ["TEXT"])]
    if "-tts" in model:
        if wanted != ["AUDIO"]:
            raise Refused("The requested combination of response modalities (TEXT) is not supported by the model.")
        if "systemInstruction" in body:
            raise Refused("Developer instruction is not enabled for this model.")
        if "-3.8-" in model and {"temperature", "topP", "topK"} & config.keys():
            raise Refused("Sampling parameters are not supported by this model.")
    elif capability is Capability.TTS or ("IMAGE" in wanted and "image" not in model):
        raise Refused(f"The requested combination of response modalities ({', '.join(wanted)}) is not supported.")


def _schema(config: dict[str, Any]) -> Mapping[str, Any] | None:
    given = [config[name] for name in ("responseSchema", "responseJsonSchema") if name in config]
    for entry in config.get("responseFormat", ()):
        given += [text["schema"] for text in [entry.get("text", {})] if "schema" in text]
    if len(given) > 1:
        raise Refused("Only one of response_schema and response_json_schema may be set.")
    if given and not _wants_json(config):
        raise Refused("Function calling with a response mime type: 'text/plain' is unsupported with a response schema.")
    return given[0] if given else None


def _wants_json(config: dict[str, Any]) -> bool:
    types = [config.get("responseMimeType", "")]
    types += [str(entry.get("text", {}).get("mimeType", "")) for entry in config.get("responseFormat", ())]
    return "application/json" in types or "APPLICATION_JSON" in types


def _voice(config: dict[str, Any]) -> str:
    spoken = config.get("speechConfig", {}).get("voiceConfig", {})
    voice = str(spoken.get("prebuiltVoiceConfig", {}).get("voiceName") or spoken.get("voice") or "Kore")
    if voice.lower() not in _VOICES:
        raise Refused(f"Voice name {voice} is not supported. Allowed voice names are: {', '.join(sorted(_VOICES))}")
    return voice


def _ratio(config: dict[str, Any]) -> str:
    ratio = str(config.get("imageConfig", {}).get("aspectRatio", "1:1"))
    if ratio not in _RATIOS:
        raise Refused(f"Invalid aspect ratio: {ratio}")
    return ratio


def _thinks(model: str, config: dict[str, Any]) -> bool:
    thinking = config.get("thinkingConfig", {})
    if "thinkingLevel" in thinking and "thinkingBudget" in thinking:
        raise Refused("You can only set only one of thinking budget and thinking level.")
    if "thinkingLevel" in thinking and model.startswith("gemini-2"):
        raise Refused("Thinking level is not supported for this model.")
    level = str(thinking.get("thinkingLevel", "")).upper()
    if level == "MINIMAL" and model.startswith(("gemini-3.7", "gemini-3.8")) and "lite" not in model:
        # earendil-works/pi issue 9455: LOW is the least that these take.
        raise Refused("Thinking level MINIMAL is not supported for this model. Please retry with other thinking level.")
    asked = thinking.get("thinkingBudget") != 0 and level != "MINIMAL"
    return asked and model.startswith(("gemini-3", "gemini-2.5")) and "-tts" not in model


def _parts(body: Any) -> Iterator[dict[str, Any]]:
    contents = body.get("contents") if isinstance(body, dict) else None
    for content in contents if isinstance(contents, list) else ():
        parts = content.get("parts") if isinstance(content, dict) else None
        yield from (part for part in parts or () if isinstance(part, dict))


def _blobs(body: Any) -> Iterator[dict[str, Any]]:
    for part in _parts(body):
        blob = part.get("inlineData")
        if isinstance(blob, dict):
            yield blob


def _decoded(body: Any) -> Iterator[Blob]:
    total = 0
    for blob in _blobs(body):
        try:
            content = base64.b64decode(str(blob.get("data", "")).replace("-", "+").replace("_", "/"), validate=True)
        except binascii.Error:
            raise Refused("Invalid value at 'contents[0].parts[0].inline_data.data', Base64 decoding failed.") from None
        total += len(content)
        if total > MAX_INLINE_BYTES:
            raise Refused("Request payload size exceeds the limit: 20971520 bytes.")
        mime_type = str(blob.get("mimeType", ""))
        if mime_type.partition("/")[0] == "audio" and mime_type not in _HEARD:
            raise Refused(f"Unsupported MIME type: {mime_type}")
        yield Blob(content, mime_type)
