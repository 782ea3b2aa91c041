"""What a language engine makes of one sentence, in one form for every engine. It proposes; the dialogue decides."""

from __future__ import annotations

from dataclasses import dataclass

from backend.domain.catalogue import Catalogue
from backend.domain.order import Item


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that was heard: which slot, what value, from which words, how sure (0 to 1)."""

    slot: str
    value: str
    words: str
    confidence: float


@dataclass(frozen=True, slots=True)
class UnderstandingRequest:
    """One sentence and what it is said into: the order so far, the stage, and what the kiosk last asked."""

    transcript: str
    catalogue: Catalogue
    items: tuple[Item, ...] = ()
    current: int | None = None
    stage: str = "greeting"
    asked: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Understanding of one sentence. ``confidence`` is calibrated, 0 to 1."""

    intent: str
    confidence: float
    language: str
    evidence: tuple[Evidence, ...] = ()
    answer: str = ""
