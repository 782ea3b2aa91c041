"""An answer as it is spoken: cut into clips, and what of it was said where the customer spoke into it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

INTERRUPTED = "[…]"
"""Stands in the conversation where the customer spoke into an answer: what came after it was never said."""
LONG_CLIP = 24
"""Letters (about two seconds of Korean): a longer first sentence begins with its first clause."""
_SHORT_CLAUSE = 6
_SENTENCE_END = re.compile(r"[.?!。…]+[\"'”’)]*(?=\s|$)")
_CLAUSE_END = re.compile(r"(?<!\d)[,:;—](?=\s)")


@dataclass(frozen=True, slots=True)
class Clip:
    """So much of an answer, and how long it is, in ms."""

    text: str
    ms: float


def clips_of(answer: str, fixed: Collection[str] = ()) -> list[str]:
    """``answer`` in pieces that are spoken one after the other. ``fixed`` sentences, which are kept, stay whole."""
    kept = sorted(fixed, key=len, reverse=True)
    clips: list[str] = []
    rest = " ".join(answer.split())
    while rest:
        whole = next((line for line in kept if rest == line or rest.startswith(line + " ")), None)
        if whole is None:
            end = _SENTENCE_END.search(rest)
            whole = rest[: end.end()] if end else rest
            if not clips and len(whole) > LONG_CLIP:
                clause = next((c for c in _CLAUSE_END.finditer(whole) if c.end() >= _SHORT_CLAUSE), None)
                whole = whole[: clause.end()] if clause else whole
        clips.append(whole)
        rest = rest[len(whole) :].strip()
    return clips


def said_of(clips: Sequence[Clip], played_ms: float, answer: str) -> str:
    """What of ``answer`` was said when ``played_ms`` of its sound had been played: ``answer`` itself where all was.

    Within a clip it is reckoned by length, down to the last whole word.
    """
    said: list[str] = []
    left = played_ms
    for clip in clips:
        if left >= clip.ms > 0:
            said += [clip.text] if clip.text else []
            left -= clip.ms
            continue
        words = clip.text.split()
        share = left / clip.ms if clip.ms > 0 else 0.0
        said += words[: int(len(words) * share)]
        break
    spoken = " ".join(said)
    whole = " ".join(answer.split())
    return answer if spoken == whole else f"{spoken} {INTERRUPTED}".strip()
