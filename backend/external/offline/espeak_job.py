"""eSpeak NG through ctypes, in the child process (see ``worker``): the library is not thread safe.

Library and data are those of the ``espeakng-loader`` wheel.
"""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import espeakng_loader

from backend.external.offline.job import JobError

_SYNCHRONOUS = 2  # sound goes to our callback before espeak_Synth returns; no sound card is touched
_DONT_EXIT = 0x8000
_UTF8 = 1
_CHARACTERS = 1
_RATE, _VOLUME, _PITCH, _RANGE, _WORD_GAP = 1, 2, 3, 4, 7
_IPA = 2

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """The library, initialised once. ``rate`` is the sample rate in Hz."""

    def __init__(self) -> None:
        data = Path(espeakng_loader.get_data_path())
        try:
            self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        except OSError as error:
            raise JobError("misconfigured") from error
        self._declare()
        self.rate: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, str(data.parent).encode(), _DONT_EXIT)
        if self.rate <= 0:
            raise JobError("misconfigured")
        self._samples = bytearray()
        self._callback = _Callback(self._take)
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, text: str, voice: str, parameters: Mapping[str, int]) -> bytes:
        """Samples (signed 16 bit, mono) of ``text`` in the voice ``language+variant``."""
        self._set_voice(voice)
        for name, number in (("rate", _RATE), ("pitch", _PITCH), ("range", _RANGE), ("gap", _WORD_GAP)):
            self._library.espeak_SetParameter(number, parameters[name], 0)
        self._library.espeak_SetParameter(_VOLUME, parameters["volume"], 0)
        self._samples.clear()
        data = text.encode() + b"\0"
        if self._library.espeak_Synth(data, len(data), 0, _CHARACTERS, 0, _UTF8, None, None) != 0:
            raise RuntimeError("espeak_Synth failed")
        return bytes(self._samples)

    def phonemes(self, text: str, voice: str) -> str:
        """How ``text`` is pronounced, in IPA, clauses divided by spaces."""
        self._set_voice(voice)
        buffer = ctypes.create_string_buffer(text.encode())
        position = ctypes.c_void_p(ctypes.addressof(buffer))
        clauses = []
        while position.value:
            clauses.append(self._library.espeak_TextToPhonemes(ctypes.byref(position), _UTF8, _IPA).decode())
        return " ".join(clauses)

    def _set_voice(self, voice: str) -> None:
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise JobError("misconfigured")

    def _take(self, samples: int | None, count: int, _events: int | None) -> int:
        if samples and count > 0:
            self._samples += ctypes.string_at(samples, count * 2)
        return 0

    def _declare(self) -> None:
        text_to_phonemes = self._library.espeak_TextToPhonemes
        text_to_phonemes.restype = ctypes.c_char_p
        text_to_phonemes.argtypes = [ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int]
        self._library.espeak_Synth.argtypes = [
            ctypes.c_char_p,
            ctypes.c_size_t,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_uint,
            ctypes.c_uint,
            ctypes.c_void_p,
            ctypes.c_void_p,
        ]


@functools.cache
def espeak() -> Espeak:
    """The one library of this process, started at its first use."""
    return Espeak()


def speak(request: Mapping[str, Any], _payload: bytes) -> tuple[dict[str, Any], bytes]:
    """Job: ``text``, ``voice``, ``format`` and the voice's ``parameters`` -> encoded speech."""
    from backend.external.offline import audio_codec  # noqa: PLC0415 - PyAV takes 20 MB: only when needed

    pcm = espeak().speak(request["text"], request["voice"], request["parameters"])
    seconds = len(pcm) / audio_codec.BYTES_PER_SAMPLE / espeak().rate
    return {"seconds": round(seconds, 3)}, audio_codec.encode(pcm, espeak().rate, request["format"])


def phonemes(request: Mapping[str, Any], _payload: bytes) -> tuple[dict[str, Any], bytes]:
    """Job: ``text``, ``voice`` -> its pronunciation in IPA."""
    return {"phonemes": espeak().phonemes(request["text"], request["voice"])}, b""
