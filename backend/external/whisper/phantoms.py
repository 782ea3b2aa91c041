"""What Whisper says that nobody said, and how sure the rest is. Pure functions.

Trained on subtitles, it hears their closing words in noise and in silence: thanks for watching, credits, calls to
subscribe (openai/whisper, discussion 928; Baranski et al. 2025, arXiv:2501.11378). Told names beforehand, it may
repeat them. And it may go round in a circle.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_MOST_REPETITIVE = 2.4
"""OpenAI's own threshold (whisper/transcribe.py): text that packs better than this goes round in a circle."""
_DOUBT = 0.5
_ECHO = 3
"""So many names of the shop and nothing else, in the order in which they were told, is no order."""
_CREDITS = re.compile(
    "|".join(
        (
            # Nobody thanks a kiosk for watching.
            r"시청해\s*주(셔서|신)|구독과\s*좋아요|좋아요와\s*구독|구독\s*(과|,)?\s*알림|다음\s*(영상|화)에(서)?\s*(만나|봬|뵙)",
            r"(mbc|kbs|sbs|ytn|jtbc)\s*뉴스|한글\s*자막|자막\s*(제공|제작|by)|자막을?\s*사용",
            r"(thanks|thank you)( so| very)?( much)? for (watching|listening|viewing)|see you (in the )?next video",
            r"(like|don'?t forget to|please) (and )?subscribe|subscribe to (my|our|the) channel",
            r"(subtitles|captions|transcri(bed|ption)|translated) by|amara\s*\.?\s*org|otter\s*\.\s*ai",
            r"ご(視聴|覧)(いただき|くださり|くださって)?(、)?(誠に)?ありがとう|ご清聴ありがとう|チャンネル登録|次の動画|字幕(視聴|制作|提供)",
            r"(感谢|感謝|谢谢|謝謝)(大家)?(您的|你的)?(观看|觀看|收看|收听|收聽)|(点|點)(赞|贊)|(订|訂)(阅|閱)|明(镜|鏡)|字幕(由|提供|by|制作|製作)|中文字幕",
        )
    ),
    re.IGNORECASE,
)
_COURTESIES = frozenset(
    (
        *("감사합니다", "고맙습니다", "안녕히계세요", "안녕히가세요", "안녕", "네", "예", "아", "어", "음"),
        *("you", "thankyou", "thanks", "thankyouverymuch", "thankyousomuch", "bye", "byebye", "okay", "oh", "so", "uh"),
        *("ありがとうございました", "ありがとうございます", "おやすみなさい", "はい", "うん", "ん"),
        *("谢谢", "謝謝", "谢谢大家", "嗯", "啊", "好"),
    )
)
"""Said by people and by phantoms: believed only where the model itself does not doubt."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of decoded speech. ``seconds`` long; ``logprob`` is the mean of its tokens; ``no_speech`` is 0 to 1;
    ``repetition`` is how well its text packs.
    """

    text: str
    seconds: float
    logprob: float
    no_speech: float
    repetition: float

    @property
    def confidence(self) -> float:
        """0 to 1: how likely the model found its own tokens, and that anybody spoke at all."""
        return math.exp(min(0.0, self.logprob)) * (1.0 - min(1.0, max(0.0, self.no_speech)))


def believed(segments: Sequence[Segment], hints: Sequence[str]) -> tuple[str, float]:
    """The words that somebody said, and how sure they are (0 to 1, weighted by length); empty and 0 for none."""
    kept = [segment for segment in segments if segment.text.strip() and not _is_phantom(segment, hints)]
    seconds = sum(segment.seconds for segment in kept)
    if not kept:
        return "", 0.0
    sure = sum(s.confidence * s.seconds for s in kept) / seconds if seconds else min(s.confidence for s in kept)
    return "".join(segment.text for segment in kept).strip(), round(sure, 3)


def _is_phantom(segment: Segment, hints: Sequence[str]) -> bool:
    if segment.repetition > _MOST_REPETITIVE or _CREDITS.search(segment.text):
        return True
    plain = _letters(segment.text)
    if not plain:
        return True
    if plain in _COURTESIES and segment.confidence < _DOUBT:
        return True
    return _is_echo(plain, hints)


def _is_echo(plain: str, hints: Sequence[str]) -> bool:
    """Whether ``plain`` is some hints that follow each other, and nothing else."""
    told = [_letters(hint) for hint in hints]
    for first in range(len(told)):
        rest, count = plain, 0
        for hint in told[first:]:
            if not rest.startswith(hint):
                break
            rest, count = rest[len(hint) :], count + 1
        if count >= _ECHO and not rest:
            return True
    return False


def _letters(text: str) -> str:
    """Letters and digits alone, small."""
    return "".join(c for c in unicodedata.normalize("NFC", text).lower() if c.isalnum())
