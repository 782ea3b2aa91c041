"""When the voice stream is up: from a customer's first word to the kiosk until they are gone."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.services.idle_watch import IdleWatch
from kiosk.services.stream_line import StreamLine
from kiosk.services.talk import Talk
from kiosk.services.voice_snapshot import VoiceState


def keep_stream(stream: StreamLine, idle: IdleWatch, voice: Talk) -> Callable[[], None]:
    """Begins with the press of the voice button: whoever only touches is not made a guest by it, and it is there
    sooner than a microphone. It stays until their last answer is spoken. Comes back with what ends the keeping."""

    def look() -> None:
        now = voice.snapshot
        if not idle.snapshot.active and not voice.busy:
            stream.disconnect()
        elif now.open or now.state in {VoiceState.LISTENING, VoiceState.THINKING}:
            stream.connect()

    ends = (idle.subscribe(look), voice.subscribe(look))

    def end() -> None:
        for one in ends:
            one()

    return end
