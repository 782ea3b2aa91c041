"""Do turns begin and end where the customer does: ``python -m tools.bench.endpointing``.

Sentences by eSpeak NG in eight voices and speeds, with the shop's noise added at a given distance below them, go
through the real front end (WebRTC's noise suppression, Silero) and the real endpointer. Synthetic voices are no people:
the figures tell whether a change made it better or worse.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kiosk.audio.front_end import FrontEnd
from kiosk.audio.interfaces import FRAME_BYTES, FRAME_SECONDS, Heard
from kiosk.audio.room import Gate, Room
from kiosk.audio.silero import SileroDetector
from kiosk.audio.voice_activity import WITHIN, Endpointer, EndpointRules, Phase
from kiosk.audio.webrtc import new_canceller
from tools.sound_scenes import LEVEL, Said, Sound, babble, customers, hiss, neighbour, pcm, pink

RULES = EndpointRules(patience=None)
EARLIEST, LATEST = 0.1, 1.2
"""A turn is right when it begins no earlier before the sentence, and ends after it and no later, in s."""


@dataclass(frozen=True, slots=True)
class Scene:
    """``noise(samples, seed)`` is added to the customers. ``may_miss``: turns of six that a test lets go wrong."""

    name: str
    noise: Callable[[int, int], Sound]
    may_miss: int = 0


SCENES = (
    Scene("quiet", hiss),
    Scene("babble 20 dB below", lambda n, seed: babble(n, seed, LEVEL - 20)),
    Scene("babble 10 dB below", lambda n, seed: babble(n, seed, LEVEL - 10), 1),
    Scene("pink noise 10 dB below", lambda n, seed: pink(n, seed, LEVEL - 10)),
    Scene("pink noise 5 dB below", lambda n, seed: pink(n, seed, LEVEL - 5)),
    # Until somebody louder has spoken the neighbour's is the only voice, and so the customer's.
    Scene("a neighbour 10 dB below", lambda n, seed: neighbour(n, LEVEL - 10) + hiss(n, seed), 2),
    Scene("a neighbour 15 dB below", lambda n, seed: neighbour(n, LEVEL - 15) + hiss(n, seed), 1),
    Scene("a neighbour 20 dB below", lambda n, seed: neighbour(n, LEVEL - 20) + hiss(n, seed), 1),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of ``sentences``: ``right`` are one turn each, ``extra`` turns are nobody's. Medians in ms, from the first voiced
    sample to the beginning, from the last one to the pause (and the latest of them) and to the end."""

    sentences: int
    right: int
    extra: int
    begin_ms: float
    pause_ms: float
    latest_pause_ms: float
    end_ms: float


@dataclass(slots=True)
class _Turn:
    begin: float
    pause: float = 0.0
    end: float | None = None

    def is_of(self, said: Said) -> bool:
        return self.end is not None and self.begin < said.end + EARLIEST and self.end > said.begin

    def is_right(self, said: Said) -> bool:
        return self.end is not None and self.begin > said.begin - EARLIEST and said.end < self.end < said.end + LATEST


def judged(scene: Scene, sentences: int, seed: int) -> Verdict:
    """The scene with so many sentences."""
    sound, said = customers(sentences, seed)
    found = list(_turns(_heard(sound + scene.noise(sound.size, seed))))
    used: set[int] = set()
    right: list[tuple[Said, _Turn]] = []
    for one in said:
        mine = [n for n, turn in enumerate(found) if turn.is_of(one)]
        used.update(mine)
        if len(mine) == 1 and found[mine[0]].is_right(one):
            right.append((one, found[mine[0]]))
    return Verdict(
        sentences,
        len(right),
        len(found) - len(used),
        _median(turn.begin - one.begin for one, turn in right),
        _median(turn.pause - one.end for one, turn in right),
        max((round(1000 * (turn.pause - one.end)) for one, turn in right), default=float("nan")),
        _median((turn.end or 0.0) - one.end for one, turn in right),
    )


def _heard(sound: Sound) -> Iterator[Heard]:
    front = FrontEnd(SileroDetector(), new_canceller())
    whole = pcm(sound)
    for at in range(0, len(whole) - FRAME_BYTES + 1, FRAME_BYTES):
        yield from front.feed(whole[at : at + FRAME_BYTES], (at / FRAME_BYTES + 1) * FRAME_SECONDS)


def _turns(heard: Iterator[Heard]) -> Iterator[_Turn]:
    gate, endpointer, turn = Gate(Room()), Endpointer(RULES), None
    for n, frame in enumerate(heard, 1):
        now = n * FRAME_SECONDS
        before = endpointer.phase
        phase = endpointer.feed(frame.pcm, voiced=gate.voiced(frame, in_turn=before in WITHIN))
        if turn is None and phase in WITHIN:
            turn = _Turn(now)
        if turn is not None and phase is Phase.PAUSED and before is not Phase.PAUSED:
            turn.pause = now
        if turn is not None and phase is Phase.ENDED:
            turn.end = now
            yield turn
            endpointer, turn = Endpointer(RULES), None
    if turn is not None:
        yield turn


def _median(seconds: Iterator[float]) -> float:
    values = list(seconds)
    return round(1000 * statistics.median(values)) if values else float("nan")


def report(sentences: int = 24, seed: int = 5) -> str:
    """A Markdown table."""
    lines = [
        "| scene | turns right | of nobody | begins after | pause after | ends after |",
        "|---|---|---|---|---|---|",
    ]
    for scene in SCENES:
        one = judged(scene, sentences, seed)
        lines.append(
            f"| {scene.name} | {one.right} of {one.sentences} | {one.extra} | {one.begin_ms:.0f} ms "
            f"| {one.pause_ms:.0f} ms | {one.end_ms:.0f} ms |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(report())
