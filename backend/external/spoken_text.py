"""A text made ready for a voice, whichever engine it is."""

from __future__ import annotations

import re
import unicodedata

from backend.external.korean_reading import in_words

_HANGUL = re.compile(r"[ᄀ-ᇿ㄰-㆏가-힣]")


def language_of(text: str) -> str:
    """``ko`` when there is a Hangul letter in ``text``, else ``en``. English words in Korean are read as English."""
    return "ko" if _HANGUL.search(text) else "en"


def speakable(text: str, language: str) -> str:
    """``text`` without what cannot be spoken (control and private characters, pictures), figures in words."""
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn", "Cs", "So") else c for c in text)
    return in_words(kept) if language == "ko" else _english(kept)


def _english(text: str) -> str:
    text = re.sub(r"₩\s*([\d,]+)|([\d,]+)\s*(?:KRW|원)", lambda m: f"{m[1] or m[2]} won", text)
    return re.sub(r"[ \t]+", " ", text).strip()
