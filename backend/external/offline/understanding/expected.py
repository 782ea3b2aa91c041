"""What the kiosk has just offered is listened for: ``심푸루`` to "simple, grand or deluxe?" is simple.

Only where nothing was understood otherwise, and where one of what was offered is much nearer than the others.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from backend.domain.proposal import UnderstandingRequest
from backend.external.offline.understanding.sounds import jamo

_CHOICES = ("style", "which", "offer")
_WORD = re.compile(r"[가-힣]{2,6}")
_ENDINGS = re.compile(r"(?:으로|로|요|이요|데|주세요|할게요|은|는|이|가|를|을)$")
_NEAR = 0.6
_APART = 0.2


def as_expected(request: UnderstandingRequest) -> UnderstandingRequest | None:
    """The request with the word that sounds most like one of the offered in its place; None where none does."""
    if request.asked not in _CHOICES or len(request.transcript) > len("심푸루 데 주세요 부탁합니다 네"):
        return None
    names = [name for code in request.offered if (name := _name_of(code, request))]
    for found in _WORD.finditer(request.transcript):
        word = _ENDINGS.sub("", found[0]) or found[0]
        likeness = sorted(
            ((Levenshtein.normalized_similarity(jamo(word), jamo(name)), name) for name in names), reverse=True
        )
        if not likeness or len(word) < 2 or likeness[0][0] < _NEAR:
            continue
        if len(likeness) == 1 or likeness[0][0] - likeness[1][0] >= _APART:
            said = request.transcript
            return replace(request, transcript=f"{said[: found.start()]}{likeness[0][1]}{said[found.end() :]}")
    return None


def _name_of(code: str, request: UnderstandingRequest) -> str:
    style, menu = request.catalogue.style(code), request.catalogue.menu(code)
    return style.name.ko if style is not None else menu.name.ko.split()[0] if menu is not None else ""
