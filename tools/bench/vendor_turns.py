"""One spoken turn over three calls, through the backend and straight to the emulated vendors: what the backend adds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from backend.domain.catalogue import Catalogue
from backend.domain.proposal import UnderstandingRequest
from backend.external.gemini.prompt import system_of, turn_of
from backend.external.gemini.schema import reply_schema
from backend.external.offline.espeak import EspeakTextToSpeech
from backend.external.offline.worker import WorkerProcess
from backend.external.sound_check import SoundCheck
from backend.services.catalogue_files import read_catalogue
from shared import paths
from shared.voice import AudioFormat, TextToSpeechRequest, Transcription, VoiceAnalysisResponse, VoiceInputRequest
from tests.support.vendors import VendorProcess

ASSETS = Path(__file__).resolve().parents[2] / "assets"
JSON = {"Content-Type": "application/json"}
VOICE = "nova"
RECORDED = "딸기 생크림 케이크 두 개 그랜드로 주세요"
"""What is spoken in the recording; the emulated ear is told what to hear."""
UNDERSTANDS, HEARS, SPEAKS = "gemini-3.8-flash", "whisper-1", "tts-1"
"""Models that the emulator serves, for the calls straight to it."""
_ASKED_FOR = {AudioFormat.WAV: "pcm", AudioFormat.MP3: "mp3"}


@dataclass(frozen=True, slots=True)
class Turn:
    """Milliseconds of the three calls: a recording heard, the sentence understood, the first byte of the answer."""

    heard: float
    understood: float
    spoken: float

    @property
    def whole(self) -> float:
        return self.heard + self.understood + self.spoken


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a customer says, and the language model's reply to it."""

    words: str
    reply: dict[str, Any]


def sentences(catalogue: Catalogue) -> Iterator[Sentence]:
    """Orders, each unlike every other, so that no answer has been spoken before."""
    for quantity in range(2, 21):
        for menu in catalogue.menus:
            for kind in catalogue.styles_of(menu):
                style = kind.name.ko
                words = f"{menu.name.ko} {quantity}개 {style}로 주세요"
                change = {"words": words, "do": "add", "menu": menu.code, "quantity": quantity, "style": kind.code}
                yield Sentence(
                    words,
                    {
                        "intent": "order",
                        "language": "ko",
                        "changes": [change],
                        "confidence": 0.95,
                        "answer": f"네, {menu.name.ko} {quantity}개 {style}로 준비해 드릴게요.",
                    },
                )


async def recording() -> bytes:
    """``RECORDED`` by eSpeak NG, as the kiosk records it: WAV, mono, 16 bit, 16 kHz."""
    mouth = WorkerProcess("bench")
    try:
        spoken = await EspeakTextToSpeech(mouth).synthesize(RECORDED, VOICE, "wav")
        return (await SoundCheck(mouth).look_at(spoken.audio, wav=True)).wav
    finally:
        await mouth.close()


class Customer:
    """Takes turns. ``catalogue`` is that of the backend; connections are kept, as the kiosk keeps them."""

    def __init__(self, backend: httpx.Client, straight: httpx.Client, vendors: VendorProcess) -> None:
        self._backend = backend
        self._straight = straight
        self._vendors = vendors
        self._catalogue = read_catalogue(ASSETS / "catalogue").catalogue
        self._sentences = sentences(self._catalogue)
        self._recording = asyncio.run(recording())
        self._system = system_of(self._catalogue)
        self._schema = reply_schema(self._catalogue)

    def turn(self, audio_format: AudioFormat) -> Turn:
        """A turn through the backend, in a conversation of its own, with an answer never spoken before.

        Raises:
            RuntimeError: somebody other than the vendors answered: nothing was measured.
        """
        sentence = next(self._sentences)
        self._tell(sentence)
        began = time.perf_counter()
        answer = self._backend.post(
            paths.VOICE_STT, files={"file": ("turn.wav", self._recording, "audio/wav")}, data={"language": "ko"}
        ).raise_for_status()
        words = Transcription.model_validate_json(answer.content).transcript
        heard = time.perf_counter()
        body = VoiceInputRequest(transcript=words).model_dump_json()
        understood_by = self._backend.post(paths.VOICE_ANALYZE, content=body, headers=JSON).raise_for_status()
        response = VoiceAnalysisResponse.model_validate_json(understood_by.content).response
        understood = time.perf_counter()
        wish = TextToSpeechRequest.model_validate({"text": response, "voice": VOICE, "format": audio_format.value})
        with self._backend.stream("POST", paths.VOICE_TTS, content=wish.model_dump_json(), headers=JSON) as speech:
            speech.raise_for_status()
            pieces = speech.iter_raw()
            next(pieces)
            spoken = time.perf_counter()
            for _ in pieces:
                pass
        for call in (answer, understood_by, speech):
            _must_be_vendors(call)
        return _turn(began, heard, understood, spoken)

    def straight(self, audio_format: AudioFormat) -> Turn:
        """The same three calls to the vendors themselves, by HTTP alone: no SDK and no backend."""
        sentence = next(self._sentences)
        self._tell(sentence)
        bearer = {"Authorization": f"Bearer {self._vendors.openai_key}"}
        began = time.perf_counter()
        answer = self._straight.post(
            "/v1/audio/transcriptions",
            files={"file": ("turn.wav", self._recording, "audio/wav")},
            data={"model": HEARS, "language": "ko", "response_format": "verbose_json"},
            headers=bearer,
        ).raise_for_status()
        words = str(answer.json()["text"])
        heard = time.perf_counter()
        self._straight.post(
            f"/v1beta/models/{UNDERSTANDS}:streamGenerateContent?alt=sse",
            json=self._question(words),
            headers={"x-goog-api-key": self._vendors.gemini_key},
        ).raise_for_status()
        understood = time.perf_counter()
        text = str(sentence.reply["answer"])
        wish = {"model": SPEAKS, "input": text, "voice": VOICE, "response_format": _ASKED_FOR[audio_format]}
        with self._straight.stream("POST", "/v1/audio/speech", json=wish, headers=bearer) as speech:
            speech.raise_for_status()
            pieces = speech.iter_raw()
            next(pieces)
            spoken = time.perf_counter()
            for _ in pieces:
                pass
        return _turn(began, heard, understood, spoken)

    def _tell(self, sentence: Sentence) -> None:
        told = {"hears": [sentence.words], "says": [sentence.reply]}
        self._straight.post("/_control/script", json=told).raise_for_status()

    def _question(self, words: str) -> dict[str, Any]:
        """As long as the backend's own."""
        turn = turn_of(UnderstandingRequest(words, self._catalogue))
        return {
            "systemInstruction": {"parts": [{"text": self._system}]},
            "contents": [{"role": "user", "parts": [{"text": turn}]}],
            "generationConfig": {
                "responseMimeType": "application/json",
                "responseJsonSchema": self._schema,
                "maxOutputTokens": 2_048,
            },
        }


def _turn(began: float, heard: float, understood: float, spoken: float) -> Turn:
    return Turn((heard - began) * 1000, (understood - heard) * 1000, (spoken - understood) * 1000)


def _must_be_vendors(answer: httpx.Response) -> None:
    steps = answer.headers.get("server-timing", "")
    if not any(f'desc="{vendor} ' in steps and " ok" in steps for vendor in ("gemini", "openai")) or "kept" in steps:
        raise RuntimeError(f"not answered by a vendor: {steps}")
