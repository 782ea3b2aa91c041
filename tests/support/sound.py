"""Spoken sentences and what can be told of a recording."""

from __future__ import annotations

import io
import subprocess
import wave
from array import array
from pathlib import Path


def speak_to_file(text: str, wav: Path, language: str = "ko") -> Path:
    """``text`` by eSpeak NG (installed for the demo and these tests)."""
    subprocess.run(["espeak-ng", "-v", language, "-s", "150", "-w", str(wav), text], check=True, timeout=30)
    return wav


def tone(seconds: float, rate: int = 22_050, loudness: int = 12_000) -> bytes:
    """A WAV with a square wave of about 440 Hz, as s16 mono."""
    half = rate // 880
    samples = array("h", (loudness if (at // half) % 2 else -loudness for at in range(int(rate * seconds))))
    return wav_of(samples.tobytes(), rate)


def wav_of(pcm: bytes, rate: int = 16_000) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes(pcm)
    return target.getvalue()


def samples_of(wav: Path) -> array[int]:
    """A recorder that was ended may have left its header unfinished: read what is behind it."""
    raw = wav.read_bytes()
    begin = raw.index(b"data") + 8
    return array("h", raw[begin : begin + (len(raw) - begin) // 2 * 2])


def loud_seconds(samples: array[int], rate: int = 16_000, above: int = 500) -> float:
    """How long it was louder than ``above`` (of 32,768), in pieces of 20 ms."""
    size = rate // 50
    pieces = (samples[at : at + size] for at in range(0, len(samples), size))
    return sum(0.02 for piece in pieces if max(map(abs, piece), default=0) > above)
