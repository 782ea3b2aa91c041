"""Words that models write where nobody spoke: they learnt them from the subtitles of films without sound.

The phrases are those reported for Whisper in Korean and English (openai/whisper, discussions 928 and 679).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_PHRASES = (
    r"(영상을\s*)?(끝까지\s*)?시청\s*해\s*주셔서\s*(대단히\s*|정말\s*)?감사합니다",
    r"(오늘도\s*)?(영상\s*)?봐\s*주셔서\s*감사합니다",
    r"구독과\s*좋아요(를|는|도)?.*",
    r"구독.{0,6}좋아요.*",
    r"좋아요.{0,6}구독.*",
    r"다음\s*(영상|시간|주)에서?\s*(또\s*)?(만나요|뵙겠습니다|봐요|만나\s*뵙겠습니다)",
    r"(지금까지\s*)?[a-z가-힣]{2,8}\s*뉴스\s*[가-힣]{0,4}\s*(입니다|이었습니다|였습니다)?",
    r"(이\s*영상은\s*)?유료\s*광고를?\s*포함.*",
    r"(한글\s*)?자막\s*(제공|제작|by).*",
    r"이\s*시각\s*세계였습니다",
    r"thank(s| you)( so much| very much)? for (watching|listening|viewing)( and .*)?",
    r"(please\s*)?(don'?t forget to\s*)?(like and subscribe|subscribe to (my|our|the) channel).*",
    r"(see|i'?ll see) you (in the )?next (video|time)",
    r"subtitles? (by|provided by|created by).*",
    r".*amara\.org.*",
    r"\W*(www\.)?[a-z0-9-]+\.(com|co\.kr|org|net)\W*",
    r"ご視聴(いただき)?ありがとうございま(す|した)",
    r"[\[(（【][^\])）】]*[\])）】]",
    r"[♪♫🎵🎶\s]+",
)
_PHANTOM = re.compile(rf"(?:{'|'.join(_PHRASES)})", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?。！？])\s+|\n+")
_APART = re.compile(r"[\W_]+")
_ECHO = 5


def without_phantoms(text: str) -> str:
    """``text`` without the sentences that nobody says at a counter."""
    kept = [sentence for sentence in _SENTENCES.split(text.strip()) if not _is_phantom(sentence)]
    return " ".join(kept).strip()


def echoes(text: str, names: Sequence[str]) -> bool:
    """Whether ``text`` is nothing but five or more of the prompt's ``names`` one after another, in their order.

    A model that hears nothing may write its prompt; no customer reads so much of the menu
    aloud without a count or a word between.
    """
    heard = _bare(text)
    if not heard:
        return False
    bare = [_bare(name) for name in names]
    for first in range(len(bare)):
        run = ""
        for count, name in enumerate(bare[first:], 1):
            run += name
            if count >= _ECHO and run == heard:
                return True
            if len(run) > len(heard):
                break
    return False


def _is_phantom(sentence: str) -> bool:
    return bool(_PHANTOM.fullmatch(sentence.strip().rstrip(".!?。！？~ ")))


def _bare(text: str) -> str:
    return _APART.sub("", text).casefold()
