"""eSpeak NG as the shop's own voice: Korean and English, no network, no model to fetch."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from backend.external.interfaces import EngineBadResponse, EngineInfo, SpeechStream, Spoken
from backend.external.offline.worker import WorkerProcess
from backend.external.spoken_text import language_of, speakable

_MIME = {"mp3": "audio/mpeg", "wav": "audio/wav", "opus": "audio/ogg"}
_SECONDS = 8.0
_PROBE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class VoiceParameters:
    """``rate`` in words a minute, ``pitch`` and ``range`` 0 to 99, ``volume`` in per cent, ``gap`` in 10 ms."""

    rate: int
    pitch: int
    range: int
    volume: int
    gap: int = 1


@dataclass(frozen=True, slots=True)
class _Timbre:
    variant: str
    pitch: int
    range: int
    volume: int = 110


# The contract's six names as timbres: three lower, three higher, none a caricature.
_VOICES = {
    "alloy": _Timbre("", 48, 45),
    "echo": _Timbre("m3", 45, 42),
    "fable": _Timbre("m7", 55, 55, 95),
    "onyx": _Timbre("m1", 32, 40),
    "nova": _Timbre("f3", 52, 48),
    "shimmer": _Timbre("f2", 62, 55),
}
# Measured: about 4.5 Korean syllables a second with pauses, where a newsreader has 6; many listeners are old.
_RATE = {"ko": 175, "en": 155}
_LANGUAGE = {"ko": "ko", "en": "en-us"}


class EspeakTextToSpeech:
    """Text to speech by eSpeak NG in a child process."""

    def __init__(self, worker: WorkerProcess) -> None:
        self._worker = worker

    @property
    def info(self) -> EngineInfo:
        return EngineInfo("espeak-ng", "1.52", ("ko", "en"))

    async def stream(self, text: str, voice: str, audio_format: str) -> SpeechStream:
        """As ``synthesize``, in one piece: it takes some hundredths of a second."""
        spoken = await self.synthesize(text, voice, audio_format)
        return SpeechStream.of(spoken.audio, spoken.mime_type, spoken.info)

    async def synthesize(self, text: str, voice: str, audio_format: str) -> Spoken:
        """Speak ``text``; nothing speakable in it gives a breath of silence.

        Raises:
            EngineUnavailable: it took too long or the child process died.
            EngineMisconfigured: library, data or voice are missing.
            EngineBadResponse: unknown format, or the library failed.
        """
        if audio_format not in _MIME:
            raise EngineBadResponse(f"no such format: {audio_format}")
        language = language_of(text)
        timbre = _VOICES.get(voice, _VOICES["nova"])
        parameters = VoiceParameters(_RATE[language], timbre.pitch, timbre.range, timbre.volume)
        request = {
            "text": speakable(text, language),
            "voice": _LANGUAGE[language] + (f"+{timbre.variant}" if timbre.variant else ""),
            "format": audio_format,
            "parameters": asdict(parameters),
        }
        result = await self._worker.run("speak", request, b"", _SECONDS)
        return Spoken(result.payload, _MIME[audio_format], self.info)

    async def phonemes(self, text: str) -> str:
        """How ``text`` would be pronounced, in IPA; for tests and the pronunciation of unknown words."""
        language = language_of(text)
        request = {"text": speakable(text, language), "voice": _LANGUAGE[language]}
        result = await self._worker.run("phonemes", request, b"", _PROBE_SECONDS)
        return str(result.fields["phonemes"])
