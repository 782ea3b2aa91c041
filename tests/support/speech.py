"""Sentences spoken by the shop's own voice, for engines to hear."""

from __future__ import annotations

from backend.external.offline.espeak import EspeakTextToSpeech
from backend.external.offline.worker import WorkerProcess


async def spoken_wav(text: str, voice: str = "shimmer") -> bytes:
    """``text`` as WAV, by eSpeak NG in a child process that ends with it."""
    worker = WorkerProcess("speaks")
    try:
        return (await EspeakTextToSpeech(worker).synthesize(text, voice, "wav")).audio
    finally:
        await worker.close()
