"""The languages that OpenAI's models hear and speak well enough to be offered by their maker.

Names and choice: https://developers.openai.com/api/docs/guides/speech-to-text (supported languages).
"""

from __future__ import annotations

import re

_NAMES = (
    "ko korean, en english, ja japanese, zh chinese, af afrikaans, ar arabic, hy armenian, az azerbaijani, "
    "be belarusian, bs bosnian, bg bulgarian, ca catalan, hr croatian, cs czech, da danish, nl dutch, et estonian, "
    "fi finnish, fr french, gl galician, de german, el greek, he hebrew, hi hindi, hu hungarian, is icelandic, "
    "id indonesian, it italian, kn kannada, kk kazakh, lv latvian, lt lithuanian, mk macedonian, ms malay, mr marathi, "
    "mi maori, ne nepali, no norwegian, fa persian, pl polish, pt portuguese, ro romanian, ru russian, sr serbian, "
    "sk slovak, sl slovenian, es spanish, sw swahili, sv swedish, tl tagalog, ta tamil, th thai, tr turkish, "
    "uk ukrainian, ur urdu, vi vietnamese, cy welsh"
)

LANGUAGE_OF_NAME = {name: tag for tag, name in (pair.split() for pair in _NAMES.split(", "))}
"""Tag by the English name in lower case, as whisper-1 tells languages."""
LANGUAGES = tuple(LANGUAGE_OF_NAME.values())
"""Their tags (ISO 639-1), those of the shop and its neighbours first."""

_LETTERS = (
    ("ko", re.compile(r"[ᄀ-ᇿ㄰-㆏가-힣]")),
    ("ja", re.compile(r"[぀-ヿ]")),
    ("zh", re.compile(r"[一-鿿]")),
)


def language_of_letters(text: str) -> str:
    """``ko``, ``ja`` or ``zh`` when ``text`` has a letter that only that language has, else ``en``."""
    return next((tag for tag, letters in _LETTERS if letters.search(text)), "en")
