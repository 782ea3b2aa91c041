"""The words that a customer wants written on a cake: taken out of the sentence before it is read as an order."""

from __future__ import annotations

import re
from collections.abc import Sequence

_QUOTED = r"[\"“”'‘’「『](?P<quoted>[^\"“”'‘’」』]{1,60})[\"“”'‘’」』]"
_KOREAN_QUOTE = re.compile(
    _QUOTED + r"\s*(?:이?라고|라는|이라는|로|으로)?\s*(?:글씨|문구|글자|레터링)?[를을]?\s*(?:써|적|새겨|넣|올려|해)"
)
_KOREAN_SAYING = re.compile(
    r"(?:(?:글씨|문구|글자|레터링)(?:는|은|를|을|로)?\s*)?(?P<plain>[^,.?!]{1,40}?)\s*(?:이라고|라고)\s*(?:글씨|문구|글자)?[를을]?\s*"
    r"(?:좀\s*)?(?:써|적|새겨|쓰|넣)[가-힣]*(?:\s*(?:주세요|줘요|줘|주실래요|주이소|줄래요))?"
)
_KOREAN_LABELLED_QUOTE = re.compile(r"(?:글씨|문구|글자|레터링|이름)(?:는|은|로|를)?\s*:?\s*" + _QUOTED)
_KOREAN_NAME = re.compile(
    r"(?:이름|문구)(?:은|는|을|를|으로|로)?\s+(?P<plain>[^\s,.?!]{1,20}?)\s*(?:이라고|라고|으로|로)?\s*"
    r"(?:써|적어|새겨|넣어)[가-힣]*(?:\s*(?:주세요|줘요|줘|주실래요|주이소|줄래요))?"
)
_KOREAN_LABEL = re.compile(
    r"(?:글씨|글자|문구|레터링)(?:는|은)\s*(?P<plain>[^,.?!]{1,80}?)(?:이?라고요?|으로|로|이요|요)?"
    r"(?:\s+(?:해\s*(?:주|줘|줄)|부탁|주세|줘|주이소|할게|하고)[가-힣 ]*)?\s*(?=$|[,.!?])"
)
_ENGLISH = re.compile(
    r"(?:\b(?:saying|that says|which says|that reads|write|written|"
    r"(?:with )?(?:the )?(?:lettering|inscription|message|text|writing|words)"
    r"(?: that says| saying| of| to| is| should be)?)\b)\s*:?\s*(?:"
    + _QUOTED
    + r"|(?P<plain>[^,.?!]{1,40}?))(?:\s+(?:on (?:it|top|the cake)|please))*\s*(?=$|[,.?!])",
    re.IGNORECASE,
)
_ENGLISH_WRITTEN = re.compile(
    r"\b(?:with|have|put)\s+(?:" + _QUOTED + r"|(?P<plain>[^,.?!]{1,40}?))\s+written(?:\s+on\s+(?:it|top|the cake))?",
    re.IGNORECASE,
)
_ENGLISH_SAYS = re.compile(
    r"(?:\b(?:it|the cake)\s+|,\s*)(?:says|say|reads|should say|must say|should read)\s+(?!here|on the)"
    r"(?P<plain>[^,.?!]{1,40}?)"
    r"(?:\s+(?:on (?:it|top)|please))*\s*(?=$|[,.!?])",
    re.IGNORECASE,
)
_ENGLISH_NAME = re.compile(
    r"\bname(?:\s+is|'s)\s+(?P<plain>[^,.?!]{1,20}?)(?:\s+please)?\s*(?=$|[,.!?])", re.IGNORECASE
)
_KOREAN_NAMED = re.compile(
    r"이름(?:은|는)\s+(?P<plain>[^\s,.?!]{1,20}?)(?:이에요|예요|이요|요|입니다|이야|야)?\s*(?=$|[,.!?])"
)
_BARE_QUOTE = re.compile(r"[\"“「『](?P<quoted>[^\"”」』]{1,60})[\"”」』]")
_KOREAN_CHANGED = re.compile(
    r"(?:글씨|문구|글자|레터링)(?:는|은|를|을)?\s*(?P<plain>[^,.?!]{1,40}?)(?:으로|로)\s*(?:좀\s*)?(?:바꿔|바꾸|바꿀|변경|고쳐|수정)[가-힣]*"
    r"(?:\s*(?:주세요|줘요|줘|주실래요))?"
)
_TAKEN_OFF = re.compile(r"^(?:없애|빼|지워|지우|삭제|됐|필요|안\s|없이|없어도|괜찮)|^please$")
_DENIED = re.compile(r"\b(?:no|without|remove|off|drop|skip)\s+(?:the\s+|any\s+)?$", re.IGNORECASE)
_ABOUT_A_CAKE = re.compile(r"케이크|케익|케잌|cake|글씨|lettering|name on|이름 (?:쓴|적|새긴|넣)", re.IGNORECASE)
"""A name or a quotation is only meant to be written where a cake is spoken of."""
_NEED_A_CAKE = (_ENGLISH_NAME, _KOREAN_NAMED, _BARE_QUOTE)
_LEADING = re.compile(
    r"^.*(?:케이크|케익|에다가|에다|에|위에|글씨는|글씨로|거기|여기|그리고|하고|맛으로|색으로|단으로|층으로|주세요|주시고|이름은|이름을)\s+"
)
_ORDERED = re.compile(
    r"^(?:(?:하나|둘|[한두세]\s?개|\d\s?개|(?:심플|그랜드|디럭스|바닐라|말차|초코|딸기)(?:\s?맛)?(?:으로|로)?)\s+)+(?=\S)"
)
"""``케이크 하나 심플 민수야 사랑해라고``: how many and how, before what is written."""
_PLACE = re.compile(r"(?:에|에다|에다가|위에|거기|여기)\s+$")
_NOT_WORDS = frozenset({"뭐", "뭐라", "글씨", "문구", "아무것도", "안", "못", "좀", "더", "크게", "nothing", "it", ""})


def _without_style(words: str, styles: Sequence[str]) -> tuple[str, str]:
    """``글씨는 사랑해 엄마 디럭스로``: the style at its end is not to be written on the cake."""
    head, _, last = words.rpartition(" ")
    return (head, last) if head and last in styles else (words, "")


def take_lettering(transcript: str, styles: Sequence[str] = ()) -> tuple[str, str | None]:
    """The sentence without its lettering, and the lettering as it was written, or None. ``styles``: their names."""
    for pattern in (
        _KOREAN_QUOTE,
        _KOREAN_LABELLED_QUOTE,
        _KOREAN_CHANGED,
        _KOREAN_NAME,
        _KOREAN_SAYING,
        _KOREAN_LABEL,
        _ENGLISH_WRITTEN,
        _ENGLISH,
        _ENGLISH_SAYS,
        *_NEED_A_CAKE,
    ):
        found = pattern.search(transcript)
        if found is None or (pattern in _NEED_A_CAKE and not _ABOUT_A_CAKE.search(transcript)):
            continue
        groups = found.groupdict()
        quoted, plain = groups.get("quoted"), groups.get("plain")
        words = quoted if quoted is not None else plain or ""
        kept = ""
        if quoted is None and pattern is _KOREAN_SAYING:
            lead = _LEADING.match(words)
            kept = lead[0] if lead else ""
            words = words[len(kept) :]
            order = _ORDERED.match(words) if kept and not _PLACE.search(kept) else None
            if order is not None:
                kept, words = f"{kept}{order[0]}", words[order.end() :]
        words = "".join(letter for letter in words if letter.isprintable() and letter not in "<>").strip()
        if words.lower() in _NOT_WORDS or _TAKEN_OFF.search(words) or _DENIED.search(transcript[: found.start()]):
            continue
        if quoted is None and pattern is _KOREAN_LABEL:
            words, after = _without_style(words, styles)
            kept += after
        return f"{transcript[: found.start()]} {kept} , {transcript[found.end() :]}", words
    return transcript, None
