"""PortAudio as far as the kiosk uses it: devices that a test speaks into."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.audio.driver import SoundDriver, Stream

Callback = Callable[[bytes | None, int, object, int], tuple[bytes | None, int]]


class FakeStream:
    def __init__(self) -> None:
        self.closed = False

    def start_stream(self) -> None: ...
    def is_active(self) -> bool:
        return not self.closed

    def get_input_latency(self) -> float:
        return 0.02

    def get_output_latency(self) -> float:
        return 0.05

    def close(self) -> None:
        self.closed = True


class FakeAudio:
    """What is used of ``pyaudio.PyAudio``: one device that knows one ``rate`` and so many ``channels``."""

    def __init__(self, rate: int, channels: int) -> None:
        self._rate = rate
        self._channels = channels
        self.callbacks: list[Callback] = []

    def get_default_input_device_info(self) -> dict[str, Any]:
        side = {"maxInputChannels": self._channels, "maxOutputChannels": self._channels}
        return {"index": 0, "name": "one rate", "defaultSampleRate": float(self._rate), **side}

    get_default_output_device_info = get_default_input_device_info

    def open(self, *, rate: int, channels: int, stream_callback: Callback, **_more: object) -> FakeStream:
        if (rate, channels) != (self._rate, self._channels):
            raise OSError("Invalid sample rate")
        self.callbacks.append(stream_callback)
        return FakeStream()


class FakeDriver(SoundDriver):
    """Opens on ``audio`` at once."""

    def __init__(self, audio: FakeAudio) -> None:
        super().__init__()
        self.audio = audio

    async def open(self, opener: Callable[[Any], Stream]) -> Stream:
        return opener(self.audio)

    async def close_stream(self, stream: Stream) -> None:
        stream.close()
