"""Korean as it is spoken outside Seoul, by the old and by learners, with the endings of the standard language.

Only morphology: endings and particles of whole groups of verbs and nouns, never sentences. Gyeongsang ``-심더``,
``-니더``, ``-카이``, ``-캉``; Jeolla ``-랑께``, ``-씨요``, ``-는디``, ``허-``; Chungcheong ``-구유``, ``-루``, ``-두``;
Jeju ``-수다``, ``-수과``, ``-양``; the north ``-습네다``. Words of their own stand in the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from backend.external.offline.understanding.hangul import is_hangul

_END = r"(?![가-힣])"
_COUNTER = r"(?!\s*(?:개|잔|판|병|줄|쪽|알|명|분|사람|세트|접시|단|층|자루|송이|번|배|조각|인분|놈|덩이))"
_FINAL_L, _FINAL_B, _FINAL_N = 8, 17, 4
_Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def in_standard(text: str) -> str:
    """``text`` (lower case, NFKC) with standard endings; what is standard already stays as it is."""
    for rule, instead in _RULES:
        text = rule.sub(instead, text)
    return text


def _final(letter: str) -> int:
    return (ord(letter) - 0xAC00) % 28 if is_hangul(letter) else -1


def _formal(found: re.Match[str]) -> str:
    """``됐심더``, ``맞니더``, ``합니더``: -(스)ㅂ니다."""
    before, asked = found["before"], found["last"] in ("까", "꺼", "껴", "과", "꽈")
    ending = "까" if asked else "다"
    return f"{before}니{ending}" if _final(before) == _FINAL_B else f"{before}습니{ending}"


def _but(found: re.Match[str]) -> str:
    """``셋인디``, ``같은디``: -ㄴ데; ``어디`` stays."""
    return f"{found['before']}데{found['after']}" if _final(found["before"]) == _FINAL_N else found[0]


def _shall(found: re.Match[str]) -> str:
    """``하까``, ``빼까예``: -ㄹ까."""
    before = found["before"]
    return f"{chr(ord(before) + _FINAL_L)}까" if not _final(before) else found[0]


_RULES: tuple[_Rule, ...] = (
    # What is added to a finished word out of politeness or to press a point.
    (re.compile(rf"(?<=[서소쇼오유요고])(?:양|잉){_END}"), ""),
    (re.compile(rf"(?:마씸|마씀){_END}"), ""),
    (re.compile(rf"(?<=[고서라게까면믄더로도만씩개나])예{_END}"), "요"),
    # Jeolla and Chungcheong 허- for 하-, 혀 for 해, -겄- for -겠-; 묵- for 먹-.
    (re.compile(r"허(?=[는고씨쇼소게제지면니랑자라겄구믄시입])"), "하"),
    (re.compile(rf"혀(?=(?:[유라요]|주|줘|서|야)|{_END})"), "해"),
    (re.compile(r"헙서"), "합서"),
    (re.compile("겄"), "겠"),
    (re.compile(r"(?<![가-힣])묵(?=[으을응어었는고자])"), "먹"),
    # Endings.
    (re.compile(rf"(?P<before>[가-힣])(?:심|슴|십니|습니|습네|슴니|네|니|수)(?P<last>더|데이|까|꺼|껴|과|꽈){_END}"),
     lambda found: _formal(found) if _is_formal(found) else found[0]),
    (re.compile(rf"(?<=습)네(?=[다까]{_END})"), "니"),
    (re.compile(rf"(?<=[가-힣])(?:슴|수)다{_END}"), "습니다"),
    (re.compile(rf"(?P<before>[가-힣])디(?P<after>(?:요|유)?){_END}"), _but),
    (re.compile(rf"(?<=[가-힣])믄(?=(?:요|유|은)?{_END})"), "면"),
    (re.compile(rf"(?<=[빼주하이넣리꾸추얹꽂놓있없됐됬싶시말먹않니두])구(?=(?:요|유|서)?{_END})"), "고"),
    (re.compile(rf"(?<=고)유{_END}"), "요"),
    (re.compile(rf"(?<=[가-힣])(?<![하가벼블마머시그미])루(?=(?:요|유|다가)?{_END})"), "로"),
    (re.compile(rf"(?<=[가-힣])(?<![모연자만호])두(?=(?:요|유)?{_END}){_COUNTER}"), "도"),
    (re.compile(rf"(?<=[가-힣])캉{_END}"), "하고"),
    (re.compile(rf"씨[요오]{_END}"), "세요"),
    (re.compile(rf"(?P<last>[당랑])께(?:요|라|유)?{_END}"), lambda found: "다" if found["last"] == "당" else "라"),
    (re.compile(rf"응께(?:요|라|유)?{_END}"), "으니까"),
    (re.compile(rf"(?<=[다라])카(?:이|니|이까|니까)(?:예|요)?{_END}"), "니까"),
    (re.compile(rf"(?<=[었았했됐갔싸겠맞])데이{_END}"), "다"),
    (re.compile(rf"(?P<before>[하빼주꾸키])까(?:요|예|유|나)?{_END}"), _shall),
    # ``올려 주면 안 돼요?`` asks for it, as ``올려 주세요`` does.
    (re.compile(rf"주(?:시)?면\s*안\s*(?:되|돼|될|됩)[가-힣]*{_END}"), "주세요"),
    # ``꽂아 줄 수 있어요?``: so does this.
    (re.compile(rf"(?:줄|주실)\s*수\s*(?:있|없|계)[가-힣]*{_END}"), "주세요"),
    (re.compile(r"(?<![가-힣])(?:젤|질)(?:로)?(?=\s|[가-힣]{2})"), "제일 "),
)  # fmt: skip


def _is_formal(found: re.Match[str]) -> bool:
    """``됐수과``, ``맞니더`` and not ``있네까`` or a word that ends so by itself: ``언니과``."""
    return found["last"] in ("더", "데이", "꺼", "껴", "꽈") or found[0][-2] in "슴습수"
