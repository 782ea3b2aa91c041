"""WebRTC's audio processing (in LiveKit's wheel, of which nothing else is used): echo, hum and hiss are taken out."""

from __future__ import annotations

import structlog

from kiosk.audio.interfaces import SAMPLE_RATE, STEP_SAMPLES, Canceller

logger = structlog.get_logger(__name__)


def new_canceller() -> Canceller | None:
    """In a worker thread: the first call reads a library of 20 MB in about 0.2 s.

    None where there is none for this platform: the kiosk then does not listen while it speaks.
    """
    try:
        return WebRtcCanceller()
    except (ImportError, OSError, RuntimeError) as error:
        logger.warning("no echo cancellation: not listening while speaking", reason=type(error).__name__)
        return None


class WebRtcCanceller(Canceller):
    """Echo cancellation, noise suppression, high pass. Takes about 0.1 ms a step.

    No gain control: it would lift the room between two sentences, by which voices are told from the room.
    """

    def __init__(self) -> None:
        """Raises ImportError, OSError, RuntimeError."""
        from livekit.rtc.apm import AudioProcessingModule  # noqa: PLC0415 -- 20 MB, see new_canceller
        from livekit.rtc.audio_frame import AudioFrame  # noqa: PLC0415 -- as said above

        self._frame = AudioFrame
        self._module = AudioProcessingModule(
            echo_cancellation=True, noise_suppression=True, high_pass_filter=True, auto_gain_control=False
        )

    def clean(self, near: bytes, far: bytes, delay_ms: int) -> bytes:
        self._module.process_reverse_stream(self._frame(bytearray(far), SAMPLE_RATE, 1, STEP_SAMPLES))
        self._module.set_stream_delay_ms(max(0, min(500, delay_ms)))
        frame = self._frame(bytearray(near), SAMPLE_RATE, 1, STEP_SAMPLES)
        self._module.process_stream(frame)
        return bytes(frame.data.cast("B"))
