"""Which models the emulated vendors serve, and until when. It changes while they run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tests.fakes.vendors.faults import Vendor


@dataclass(frozen=True, slots=True)
class Served:
    """``ends`` is the announced last day; OpenAI tells it in its list, Gemini only with an answer."""

    vendor: Vendor
    name: str
    ends: date | None = None


_GEMINI_PREVIEWS_END = date(2026, 12, 18)
_SPEECH_ENDS = date(2027, 1, 6)
_TRANSCRIBING_ENDS = date(2027, 2, 26)

NOVEMBER_2026 = (
    Served(Vendor.GEMINI, "gemini-3.8-flash"),
    Served(Vendor.GEMINI, "gemini-3.5-flash-lite"),
    Served(Vendor.GEMINI, "gemini-2.5-flash", date(2026, 12, 1)),
    Served(Vendor.GEMINI, "gemini-3.1-flash-image"),
    Served(Vendor.GEMINI, "gemini-3-pro-image"),
    Served(Vendor.GEMINI, "gemini-3.8-flash-tts"),
    Served(Vendor.GEMINI, "gemini-3.8-flash-lite-tts"),
    Served(Vendor.GEMINI, "gemini-3.1-flash-tts-preview", _GEMINI_PREVIEWS_END),
    Served(Vendor.OPENAI, "whisper-1", _TRANSCRIBING_ENDS),
    Served(Vendor.OPENAI, "gpt-4o-transcribe", _TRANSCRIBING_ENDS),
    Served(Vendor.OPENAI, "gpt-4o-mini-transcribe", _TRANSCRIBING_ENDS),
    Served(Vendor.OPENAI, "gpt-transcribe"),
    Served(Vendor.OPENAI, "tts-1", _SPEECH_ENDS),
    Served(Vendor.OPENAI, "tts-1-hd", _SPEECH_ENDS),
    Served(Vendor.OPENAI, "gpt-4o-mini-tts", _SPEECH_ENDS),
    Served(Vendor.OPENAI, "gpt-realtime-2.1"),
    Served(Vendor.OPENAI, "gpt-realtime-2.1-mini"),
)
"""Read 2026-11 (DESIGN.md, "Engines"; Gemini's speech models from its model page)."""


class ServedModels:
    """Begins with what was served in November 2026."""

    def __init__(self, models: Iterable[Served] = NOVEMBER_2026) -> None:
        self._models = {(model.vendor, model.name): model for model in models}

    def serve(self, vendor: Vendor | str, name: str, ends: date | None = None) -> None:
        """Begin to serve ``name``, or change its last day."""
        self._models[Vendor(vendor), name] = Served(Vendor(vendor), name, ends)

    def retire(self, *names: str) -> None:
        """From now on these are not listed and answer 404."""
        for vendor in Vendor:
            for name in names:
                self._models.pop((vendor, name), None)

    def only(self, vendor: Vendor | str, *names: str) -> None:
        """Serve these of ``vendor`` and no other of its models; announced last days stay."""
        before = dict(self._models)
        self._models = {key: model for key, model in before.items() if key[0] != vendor}
        for name in names:
            key = (Vendor(vendor), name)
            self._models[key] = before.get(key, Served(*key))

    def of(self, vendor: Vendor) -> list[Served]:
        return [model for model in self._models.values() if model.vendor == vendor]

    def find(self, vendor: Vendor, name: str) -> Served | None:
        return self._models.get((vendor, name))
