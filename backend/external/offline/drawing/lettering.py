"""How wide a text is and in what colour it can be read."""

from __future__ import annotations

import unicodedata

# Advance widths of Pretendard in ems, rounded up, by kind of letter; measured on Pretendard-Bold.
_WIDE, _CAPITAL, _LOWER, _DIGIT, _NARROW, _SPACE = 0.9, 0.72, 0.6, 0.64, 0.36, 0.26


def width_in_ems(text: str) -> float:
    """Width of ``text`` by its font size, never less than it really is by more than a hair."""
    return sum(_advance(letter) for letter in text)


def _advance(letter: str) -> float:
    if letter == " ":
        return _SPACE
    if letter in "ijlftrI.,:;!'|()[]-":
        return _NARROW + (0.06 if letter in "ftr-" else 0)
    if letter in "mwMW@%":
        return 0.95
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x2E80:
        return _WIDE
    if letter.isdigit():
        return _DIGIT
    return _CAPITAL if letter.isupper() else _LOWER


def lightness(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ink_on(ground: str) -> tuple[str, str]:
    """Fill and outline for lettering on ``ground``: dark chocolate on light, cream on dark."""
    return ("#4a2415", "#fff8ec") if lightness(ground) > 0.3 else ("#fff4e0", "#3a1c10")
