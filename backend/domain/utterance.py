"""Whether words that were heard in a pause look like all that will be said. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backend.domain.order_state import Asked
from backend.domain.proposal import Proposal

LIKELY = 0.8
"""The rules are right in 87 of 100 turns of this confidence (docs/dialogue.md): enough to wait less for more."""
_OPEN_QUESTIONS = frozenset({Asked.NOTHING, Asked.MENU, Asked.CUSTOMIZATION, Asked.CHANGE})
"""What a name alone may be the beginning of an answer to; to all others a short answer is a whole one."""
_FILLERS = frozenset({
    "음", "어", "어어", "그", "저", "저기", "그게", "그러니까", "그리고", "또", "이제", "뭐", "막",
    "um", "uh", "er", "erm", "hmm", "and", "the", "a", "an", "with", "or", "but", "also", "plus", "then", "like",
})  # fmt: skip
_OPENINGS = frozenset({
    "네", "예", "응", "어", "아니", "아니요", "아뇨", "yes", "yeah", "yep", "no", "nope", "ok", "okay", "sure",
})  # fmt: skip
"""A yes or a no alone is as often the first word of more ("no thank you", "네, 그런데 와인은 빼고요")."""
_PARTICLES = re.compile(r"[가-힣](?:을|를|은|는|하고|이랑|랑|와|에다|에다가|한테|부터|이나|거나|는데|인데|고요?)$")
_ENDS_A_SENTENCE = re.compile(
    r"(?:요|니다|니까|까|죠|줘|다|라|자|네|예|응|아니|맞아|좋아|됐어|please|thanks|thank you|yes|yeah|no|okay|ok|sure)$"
)
_GOES_ON = re.compile(r"(?:,|…|\.\.+|-|—)\s*$")


@dataclass(frozen=True, slots=True)
class Look:
    """``complete`` None: nobody can tell. ``hanging``: it ends where no sentence does. ``ends``: it ends where one
    does, or is complete: worth thinking about ahead, though not waiting less for more.
    """

    complete: bool | None
    hanging: bool
    ends: bool = False


def look_of(transcript: str, proposal: Proposal, asked: str) -> Look:
    """How ``transcript`` looks, where the kiosk had asked ``asked`` and the rules made ``proposal`` of it."""
    words = transcript.strip().lower()
    if not words:
        return Look(None, False)
    bare = words.rstrip(" .!?~,…-—")
    last = bare.rpartition(" ")[2]
    hanging = bool(_GOES_ON.search(words)) or last in _FILLERS or bool(_PARTICLES.search(bare))
    if hanging:
        return Look(False, True)
    ends = bool(_ENDS_A_SENTENCE.search(bare)) or words.endswith(("?", "!"))
    understood = bool(proposal.changes or proposal.controls or proposal.questions)
    if not understood or proposal.confidence <= LIKELY:
        return Look(None, False, ends)
    if bare in _OPENINGS:
        return Look(None, False, ends=True)
    answers = asked not in _OPEN_QUESTIONS or (bool(proposal.controls) and not proposal.changes)
    return Look(True if answers or ends else None, False, answers or ends)
