"""A sentence without its spaces and punctuation, and where they were: Korean is written with and without them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from backend.external.offline.understanding.dialect import in_standard
from backend.external.offline.understanding.hangul import is_hangul, sound_of
from backend.external.offline.understanding.homophones import with_homophones_meant
from backend.external.offline.understanding.romanised import in_hangul
from backend.external.offline.understanding.typed import jamo_in_words, written_out

_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
_IS = re.compile(r"(?<=[a-z])['’]s(?= (?:enough|plenty))")
"""``one's enough``: a number, and not a word of its own."""
_SURPLUS = re.compile(
    r"(?:\b(?:thats|theres|that is|there is) )?\b(?P<count>one|two|three|[1-9]) "
    r"(?:(?P<more>too many)|too few|missing)\b"
)
"""``that's one too many``: one goes."""
_SURPLUS_KO = re.compile(
    r"(?P<count>하나|한 ?개|둘|두 ?개)(?:가|이)? ?(?:더 )?"
    r"(?:(?P<more>많[아은네]|많습)|모자라|부족)(?:요|데요|니다|해요|합니다)?"
)
"""``하나가 많아요``, ``한 개 모자라요``."""
_MUSED = re.compile(
    r"(?:(?:그게|이름이|그거)\s+)?(?:뭐|뭐라|뭐라고|몇\s?(?:개|명|잔|판)|얼마|어디|어느\s?거|뭘로)(?:이|라)?(?:였|했|하|더|셨)*(?:더라|드라|지)[요?]*(?=[\s,.…]+\S)"
)
"""``치즈케이크 주세요 몇 개였더라 두 개요``: asked of oneself, and answered in the same breath."""
_CHECKED = re.compile(
    r"(?<=[가-힣])\s+(?:그러면|그럼)\s+(?:총|모두|전부|다 해서|합쳐서|합해서)"
    r"\s+[^.?!]{1,20}?(?:이?죠|지요|되죠|맞죠)\s*\??\s*$"
)
"""``와인 한 잔 더 추가하고 싶은데 그러면 총 두 잔이죠?``: what it comes to by what was just asked for."""
_SAID_SO_MANY = re.compile(
    r"(?<![가-힣\d])(?P<count>하나|둘|셋|넷|[한두세네]\s?개|다섯\s?개|\d+\s?개)(?:만|이라고|라고)?\s*"
    r"(?:시켰|주문했|달라고\s?했|말했|한다고\s?했)(?:는데|다고|거든|어)(?:요)?\s*[.!]*$"
)
"""``어 왜 두 개예요 하나만 시켰는데``: how many were ordered, and that is how many there are to be."""
_OF_STRANGERS = re.compile(
    r"(?:저\s?)?(?:앞|옆|뒤|저기|저쪽|건너편)\s?(?:에\s?)?(?:사람|손님|분|테이블|자리)(?:들)?(?:은|는|이|가|에서는?|에선)\s"
    r"[^.?!]{1,40}?(?:시키|시켰|먹|드시|드셨|주문하|주문했)(?:던데|는데|네|더라고?|더라|대|던데요|네요|는데요)(?:요)?[\s,]+(?=\S)"
)
"""``앞사람은 프렌치 세 개 시키던데 저는 하나만``: what strangers order is not this order."""
_STRONG = ".?!\n;。？！"
_ENGLISH_WORDS = re.compile(r"\b(?:the|a|an|what|is|how|please|with|without|one|two|i|you|can|no|and|my|for|sorry)\b")
_KOREAN_SENTENCE = re.compile(r"[가-힣](?:요|다|까|죠|줘|라|게|래|지|네|데)(?=\W|$)|[a-z][가-힣]")
_TWICE = re.compile(r"(?<![\w])([^\W\d]+|\d+)(?: \1)+(?!\w)")
"""A word that is stammered, or heard twice."""
_MINE = re.compile(r"(?<![가-힣])제(?=\s+(?:거|것|꺼|건|껀|걸)(?:[은는도만를로]|\s|$))")
"""``제 거는``: mine. Without its blank it is what somebody says who wants something removed (``제거``)."""
_WEAK = ',，、:/()[]{}~"“”‘’<>|'

__all__ = ["Text", "compact", "is_hangul", "read", "sound_of", "spoken"]


@dataclass(frozen=True, slots=True)
class Text:
    """``raw`` is lower case without spaces and marks; ``sound`` the same with vowels as heard, equally long.

    ``starts[i]``: a written word begins at ``i`` (``starts[len(raw)]`` is true). ``breaks`` are the positions before
    which a comma or a full stop stood, ``stops`` those of a full stop.
    """

    raw: str
    sound: str
    starts: tuple[bool, ...]
    breaks: frozenset[int]
    stops: frozenset[int]
    language: str

    def word_end(self, start: int) -> int:
        """Where the written word that ``start`` lies in ends."""
        return self.starts.index(True, start + 1)

    def as_written(self, words: str) -> str:
        """``words`` out of ``raw`` with the blanks that stood in them."""
        at = self.raw.find(words)
        if at < 0:
            return words
        return "".join(f" {letter}" if n and self.starts[at + n] else letter for n, letter in enumerate(words))

    def written_apart(self, cuts: Collection[int]) -> Text:
        """The text with a blank before each of ``cuts``."""
        starts = tuple(start or at in cuts for at, start in enumerate(self.starts))
        return Text(self.raw, self.sound, starts, self.breaks, self.stops, self.language)

    def replaced(self, start: int, end: int, instead: str) -> Text:
        """The text with other letters from ``start`` to ``end``; what was written apart there stays so where it can."""
        by = len(instead) - (end - start)
        inner = self.starts[start + 1 : end] if not by else (False,) * (len(instead) - 1)
        raw = self.raw[:start] + instead + self.raw[end:]
        breaks, stops = (
            frozenset(at if at <= start else at + by for at in marks) for marks in (self.breaks, self.stops)
        )
        starts = (*self.starts[: start + 1], *inner, *self.starts[end:])
        return Text(raw, sound_of(raw), starts, breaks, stops, self.language)


def spoken(transcript: str) -> str:
    """The transcript without the signs that nobody hears: control and format characters, blanks around it."""
    transcript = _CHECKED.sub("", _MUSED.sub(" ", transcript))
    many = _SAID_SO_MANY.search(transcript)
    transcript = f"아니 {many['count']}로 해 주세요" if many is not None else transcript
    transcript = _OF_STRANGERS.sub("", transcript)
    heard = "".join(letter for letter in transcript if letter.isspace() or letter.isprintable()).strip()
    return _MINE.sub("내", heard)


def compact(phrase: str) -> str:
    """A phrase of the catalogue or the vocabulary as ``Text.raw`` would have it."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", phrase).lower() if letter.isalnum())


def read(transcript: str, language: str = "ko") -> Text:
    """Take a sentence apart. ``language`` counts where the sentence has no letters."""
    text = unicodedata.normalize("NFKC", jamo_in_words(transcript)).lower()
    text = _IS.sub(" is", _THOUSANDS.sub("", text)).replace("'", "").replace("’", "").replace("`", "")
    language = _language_of(text, language)
    if language == "en":
        text = with_homophones_meant(text)
    text = _SURPLUS.sub(lambda found: f"{'remove' if found['more'] else 'add'} {found['count']}", text)
    text = _SURPLUS_KO.sub(lambda found: f"{found['count']} {'빼 주세요' if found['more'] else '추가해 주세요'}", text)
    text = in_standard(_TWICE.sub(r"\1", in_hangul(written_out(text))))
    letters: list[str] = []
    starts: list[bool] = []
    breaks: set[int] = set()
    stops: set[int] = set()
    fresh = True
    for letter in text:
        if letter.isalnum():
            turns = bool(letters) and letters[-1].isascii() != letter.isascii() and not fresh
            starts.append(fresh or (turns and letter.isascii() and letter.isalpha()))
            letters.append(letter)
            fresh = False
            continue
        fresh = True
        if letter in _STRONG:
            stops.add(len(letters))
            breaks.add(len(letters))
        elif letter in _WEAK:
            breaks.add(len(letters))
    raw = "".join(letters)
    return Text(raw, sound_of(raw), (*starts, True), frozenset(breaks), frozenset(stops), language)


def _language_of(text: str, otherwise: str) -> str:
    """Korean names in an English sentence leave it English, as long as no Korean verb ends it."""
    latin = any(letter.isascii() and letter.isalpha() for letter in text)
    if any(is_hangul(letter) for letter in text):
        english = latin and _ENGLISH_WORDS.search(text) and not _KOREAN_SENTENCE.search(text)
        return "en" if english else "ko"
    return "en" if latin else otherwise
