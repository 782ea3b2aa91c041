"""How many whole sentences the offline ear gets right: ``python -m tools.bench.speech``.

Sentences are spoken by eSpeak NG in several voices and heard again by PocketSphinx. Synthetic voices are no people:
the figure tells whether a change made hearing better or worse, and what orders it is weak at.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.external.offline.engines import OfflineEngines
from backend.services.catalogue_files import read_catalogue

ASSETS = Path(__file__).resolve().parents[2] / "assets"
VOICES = ("alloy", "echo", "nova", "shimmer")
HELD_OUT = ("fable", "onyx")
"""Voices that no setting of the ear was chosen by; told apart."""
SENTENCES = (
    "two strawberry cakes grand style please",
    "one french dinner deluxe",
    "a chocolate cake",
    "yes please",
    "no thank you",
    "add two wines",
    "make it three",
    "i would like a valentine dinner",
    "can i have two french dinners grand style",
    "a cheese cake please",
    "give me a champagne feast dinner deluxe style",
    "i'd like a custom cake",
    "no coffee please",
    "that's all",
    "to go please",
    "what do you recommend",
    "cancel the order",
    "three english dinners simple style please",
    "remove the salad",
    "extra wine please",
    "how much is the french dinner",
    "grand style",
    "help me please",
)


@dataclass(frozen=True, slots=True)
class Take:
    """One sentence in one voice: what was heard, how sure, in how many seconds."""

    voice: str
    said: str
    heard: str
    confidence: float
    seconds: float

    @property
    def right(self) -> bool:
        """Word for word, but for one and several (cake, cakes)."""
        return _singular(self.said) == _singular(self.heard)


async def takes(voices: Sequence[str] = VOICES, sentences: Sequence[str] = SENTENCES) -> list[Take]:
    """Every sentence in every voice, spoken and heard again."""
    catalogue = read_catalogue(ASSETS / "catalogue").catalogue
    engines = OfflineEngines(lambda: catalogue, ASSETS)
    found = []
    try:
        for voice in voices:
            for said in sentences:
                spoken = await engines.speech.synthesize(said, voice, "wav")
                begun = time.perf_counter()
                heard = await engines.hearing.transcribe(spoken.audio, "take.wav", spoken.mime_type, "en")
                found.append(Take(voice, said, heard.text, heard.confidence, time.perf_counter() - begun))
    finally:
        await engines.close()
    return found


def report(found: Sequence[Take]) -> str:
    """Accuracy by voice, latency, and every sentence that was heard wrongly."""
    lines = []
    for voice in dict.fromkeys(take.voice for take in found):
        mine = [take.right for take in found if take.voice == voice]
        apart = " (held out)" if voice in HELD_OUT else ""
        lines.append(f"{voice:8} {sum(mine):3} of {len(mine)} whole sentences ({statistics.mean(mine):.0%}){apart}")
    right = [take.right for take in found if take.voice not in HELD_OUT] or [take.right for take in found]
    seconds = sorted(take.seconds for take in found)
    lines.append(f"{'all':8} {sum(right):3} of {len(right)} whole sentences ({statistics.mean(right):.0%})")
    lines.append(f"latency  median {statistics.median(seconds):.2f} s, p95 {seconds[len(seconds) * 95 // 100]:.2f} s")
    lines += [f"  {t.voice}: {t.said!r} -> {t.heard!r} ({t.confidence:.2f})" for t in found if not t.right]
    return "\n".join(lines)


def _singular(sentence: str) -> str:
    return " ".join(word.rstrip("s") for word in sentence.split())


if __name__ == "__main__":
    print(report(asyncio.run(takes((*VOICES, *HELD_OUT)))))
