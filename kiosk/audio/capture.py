"""Between PortAudio's threads and the loop: a thread that cleans and judges what the microphone delivers."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Hashable

import structlog

from kiosk.audio.front_end import FrontEnd
from kiosk.audio.interfaces import Heard, Played
from kiosk.audio.resampler import Resampler

logger = structlog.get_logger(__name__)

QUEUE_BLOCKS = 400
"""About 4 s of both directions: a machine that is busy for longer loses sound rather than growing."""

Deliver = Callable[[list[Heard]], None]
Job = Callable[[FrontEnd], None]


class EchoReference:
    """What loudspeakers were given, for the microphone that is open now, if one is. Any thread."""

    def __init__(self) -> None:
        self._listener: Capture | None = None
        self.latency = 0.0
        """Seconds from the moment that is taken for a block's to its being heard, of the loudspeaker that played
        last."""

    def played(self, source: Hashable, block: Played, latency: float) -> None:
        """Handed to a device that needs ``latency`` seconds."""
        self.latency = latency if block.heard_at is None else 0.0
        listener = self._listener
        if listener is not None:
            listener.played(source, block)

    def listen(self, listener: Capture | None) -> None:
        """``listener`` is told from now on, and nobody else."""
        self._listener = listener


class Capture:
    """One opening of the microphone. ``heard`` and ``played`` only put what they got aside."""

    def __init__(self, front_end: Callable[[], FrontEnd], deliver: Deliver, failed: Callable[[], None]) -> None:
        """All three are called in the thread, ``front_end`` first: sound that comes meanwhile waits. ``failed``: no
        more frames will come."""
        self._front_end = front_end
        self._deliver = deliver
        self._failed = failed
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._resampler: Resampler | None = None
        self._dropped = 0
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def convert_from(self, rate: int, channels: int) -> None:
        """What ``heard`` will bring, where it is not 16 kHz mono."""
        self._resampler = Resampler(rate, channels)

    def latencies(self, seconds_in: float, seconds_out: float) -> None:
        """Of both devices, where that is known."""
        self._put(lambda front: front.latencies(seconds_in, seconds_out))

    def heard(self, pcm: bytes) -> None:
        """A block of the microphone, s16, just come."""
        at = time.monotonic()

        def feed(front: FrontEnd) -> None:
            frames = front.feed(pcm if self._resampler is None else self._resampler.feed(pcm), at)
            if frames:
                self._deliver(frames)

        self._put(feed)

    def played(self, source: Hashable, block: Played) -> None:
        """A block of a loudspeaker."""
        self._put(lambda front: front.played(source, block))

    def close(self) -> None:
        """The thread ends with what it is doing. Idempotent."""
        self._jobs.put(None)

    def join(self, seconds: float) -> None:
        """Wait for that."""
        self._thread.join(seconds)

    def _put(self, job: Job) -> None:
        if self._jobs.qsize() < QUEUE_BLOCKS:
            self._jobs.put(job)
        else:
            self._dropped += 1

    def _run(self) -> None:
        try:
            front = self._front_end()
            while (job := self._jobs.get()) is not None:
                job(front)
        except Exception:
            logger.exception("microphone's thread failed")
            self._failed()
        if self._dropped:
            logger.warning("microphone's sound was lost", blocks=self._dropped)
