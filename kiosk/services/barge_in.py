"""What becomes of the kiosk's own words when somebody speaks into them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

SURE_SECONDS: Final = 0.7
"""So much voice is a sentence, whatever its words: "네네" takes 0.5 s."""
LONGEST_SECONDS: Final = 1.8
"""After so long the kiosk goes on if nothing tells that it should not: within 2 s, with the time that noticing took."""
NEARLY_OVER_MS: Final = 1_500
"""Whoever says "yes" this late in a question answers it."""

_KOREAN = ("네", "넵", "네에", "예", "응", "음", "흠", "어", "아", "오", "아하", "그래", "그래요")
_ENGLISH = ("yes", "yeah", "yep", "ok", "okay", "right", "oh", "ah", "uh", "huh", "um", "uhm", "hm", "hmm", "mm", "mhm")
_BACK_CHANNELS: Final = frozenset((*_KOREAN, *_ENGLISH))
_WORD: Final = re.compile(r"[\w']+")


class Verdict(Enum):
    WAIT = auto()
    GO_ON = auto()
    STOP = auto()


@dataclass(frozen=True, slots=True)
class Interruption:
    """``voiced_seconds`` of voice so far; ``ended``: the utterance is over; ``words``: what it was heard as, None: not
    known (yet), and never to be known before its end where not ``hears_ahead``; ``left_ms`` of the kiosk's sound to
    come; ``seconds`` since it began.
    """

    voiced_seconds: float
    ended: bool
    words: str | None
    hears_ahead: bool
    left_ms: int
    seconds: float


def judged(one: Interruption) -> Verdict:
    """Stop for words, and for much voice; go on after a cough, a back-channel, and whatever stays unknown for long."""
    late = one.left_ms <= NEARLY_OVER_MS
    if one.words is not None and one.ended:
        empty = not _WORD.search(one.words)
        return Verdict.GO_ON if empty or (is_back_channel(one.words) and not late) else Verdict.STOP
    if one.voiced_seconds >= SURE_SECONDS:
        return Verdict.STOP
    if one.ended and not one.hears_ahead:
        return Verdict.STOP if late else Verdict.GO_ON
    return Verdict.GO_ON if one.seconds >= LONGEST_SECONDS else Verdict.WAIT


def is_back_channel(words: str) -> bool:
    """Nothing but signs of listening: "네네", "음", "uh huh"."""
    found = _WORD.findall(words.casefold())
    return bool(found) and all(_one(word) in _BACK_CHANNELS for word in found)


def _one(word: str) -> str:
    """ "네네네" is "네"."""
    return word[0] if len(set(word)) == 1 else word
