"""English words that a recogniser writes for others that sound the same: ``know wine``, ``won of them``, ``symbol``.

Names are found by their sound (``sounds.py``); here are the small words of which both are English and only what stands
beside them tells which was said.
"""

from __future__ import annotations

import re

_ALWAYS = {
    "yas": "yes", "yess": "yes", "symbol": "simple", "symbols": "simple", "ballantine": "valentine", "odor": "order",
    "ballantines": "valentines", "frensh": "french", "shampain": "champagne", "sham pain": "champagne", "fore": "four",
    "dinna": "dinner", "baken": "bacon", "kake": "cake", "kakes": "cakes", "cape": "cake", "capes": "cakes",
    "vine": "wine", "vines": "wines", "cough fee": "coffee", "cough fees": "coffees", "bag get": "baguette",
    "bag gets": "baguettes", "handles": "candles",
}  # fmt: skip
"""Of these the other one is not said at a counter."""
_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_ALWAYS, key=len, reverse=True))})\b")
_STYLES = r"(?:simple|grand|deluxe)\b"
_DISHES = r"(?:french|english|valentines?|champagne|strawberry|chocolate|cheese|cakes?|dinners?|cheesecakes?)\b"
_PLURALS = (
    r"(?:wines|coffees|steaks|salads|candles|cakes|dinners|cheesecakes|glasses|cups|macarons|flowers|baguettes)\b"
)
_OF_THEM = r"of (?:them|those|these|us)\b"
_END = r"\s*(?:$|[.,!?])"
_IN_CONTEXT = (
    # "no wine", not "I know", "you know what", "do you know if".
    (
        re.compile(
            r"(?<!\byou )(?<!\bi )(?<!\bwe )(?<!\bto )(?<!\bdont )(?<!\bnot )(?<!\bme )(?<!\bthey )(?<!\bdidnt )"
            r"\bknow\b(?! (?:what|how|if|where|that|when|which|who|about|the|why)\b)"
        ),
        "no",
    ),
    # "won glass", not "forty thousand won", "we won".
    (
        re.compile(
            r"(?<!\d)(?<!\d )(?<!thousand )(?<!hundred )(?<!million )(?<!\bmany )(?<!\bwe )(?<!\bi )(?<!\bthey )"
            r"(?<!korean )(?<!\bin )\bwon\b(?! the\b)"
        ),
        "one",
    ),
    (
        re.compile(rf"\btoo?\b(?= (?:{_OF_THEM}|more\b|extra\b|tiers?\b|people\b|pieces?\b|glasses\b|cups\b|off\b))"),
        "two",
    ),
    (re.compile(rf"(?:(?<=\bsaid )|(?<=^yeah )|(?<=^yeah ok )|(?<=^ok )|(?<=^yes )|(?<=^okay ))too?(?={_END})"), "two"),
    (re.compile(rf"(?<!\bme )\btoo (?={_DISHES})"), "two "),
    (
        re.compile(
            rf"(?:(?<=\bwants )|(?<=\bwant )|(?<=\bhave )|(?<=\bget )|(?<=\bdo )|(?<=\btimes ))to (?={_DISHES})"
        ),
        "two ",
    ),
    (re.compile(rf"\bfor\b(?= (?:{_OF_THEM}|tiers\b))"), "four"),
    (re.compile(rf"^for (?=(?:{_DISHES} )?{_STYLES})"), "four "),
    (
        re.compile(rf"(?<!\bi )(?<!\bwe )(?<!\bhe )(?<!\bshe )(?<!\bjust )\bate\b(?={_END}| {_OF_THEM}| {_PLURALS})"),
        "eight",
    ),
    (
        re.compile(
            r"(?<!gluten )(?<!nut )(?<!dairy )(?<!egg )(?<!milk )"
            rf"\b(?:free|tree)\b(?= (?:{_PLURALS}|{_STYLES}|{_OF_THEM}))"
        ),
        "three",
    ),
    (
        re.compile(
            rf"(?:(?<=\ba )|(?<=\bone )|(?<=\btwo )|(?<=\bthree )|(?<=\bthe )|(?<=\d )|^)fresh\b"
            rf"(?= (?:x ?\d|{_STYLES}|dinners?\b|for\b|and\b|please\b|without\b|with\b)|{_END})"
        ),
        "french",
    ),
    (re.compile(r"\bpeas$"), "please"),
)


def with_homophones_meant(text: str) -> str:
    """``text`` (lower case, without apostrophes) with what was most likely said."""
    text = _WORD.sub(lambda found: _ALWAYS[found[0]], text)
    for rule, word in _IN_CONTEXT:
        text = rule.sub(word, text)
    return text
