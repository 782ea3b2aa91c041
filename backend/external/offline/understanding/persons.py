"""Persons in a sentence: ``his``, ``for madame``, ``할아버지 것만``. A person is a code here; pronouns fit several.

``me`` is the one who speaks. The code of a pronoun (``he``, ``she``, ``they``) is remembered where nothing else is known.
"""

# ruff: noqa: E501 - patterns are read best a form to a line

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

ME, HE, SHE, THEY = "me", "he", "she", "they"

_ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "husband": "husband|hubby|boyfriend|fiance",
        "wife": "wife|missus|madame|girlfriend|fiancee|lady",
        "father": "dad|daddy|father",
        "mother": "mum|mom|mummy|mommy|mother",
        "brother": "brother|uncle",
        "sister": "sister|aunt|auntie",
        "son": "son|boy|lad",
        "daughter": "daughter|girl",
        "grandfather": "grandpa|grandad|granddad|grandfather",
        "grandmother": "gran|grandmother|grandma|nan",
        "child": "kids?|child|children|little one|baby",
        "friend": "friend|mate|colleague|boss",
        "neighbour": "neighbours?|neighbors?",
    }
)
_KOREAN: Mapping[str, str] = MappingProxyType(
    {
        "husband": "남편|신랑|남자친구|남친|바깥양반",
        "wife": "와이프|아내|집사람|마누라|여자친구|여친",
        "father": "아버지|아버님|아빠",
        "mother": "어머니|어머님|엄마",
        "brother": "형|형님|오빠",
        "sister": "누나|누님|언니",
        "sibling": "동생",
        "son": "아들",
        "daughter": "딸",
        "grandfather": "할아버지|할아버님|할배",
        "grandmother": "할머니|할머님|할매",
        "grandchild": "손주|손자|손녀",
        "child": "애들|아이들|얘들",
        "little_one": "아이|애기|아기|꼬마|애",
        "friend": "친구",
        "adults": "어른들|어른|어르신들|어르신",
        "manager": "부장님|과장님|팀장님|사장님|대리님|선배님|선배|후배",
    }
)
_MEN = frozenset(("husband", "father", "brother", "son", "grandfather"))
_WOMEN = frozenset(("wife", "mother", "sister", "daughter", "grandmother"))
_EITHER = frozenset(("little_one", "child", "friend", "sibling", "grandchild", "manager"))
_MEANT_BY: Mapping[str, tuple[frozenset[str], ...]] = MappingProxyType(
    {
        HE: (frozenset((HE,)), _MEN, _EITHER),
        SHE: (frozenset((SHE,)), _WOMEN, _EITHER),
        THEY: (frozenset((THEY, "child", "little_one", "adults")), _MEN | _WOMEN | _EITHER | {HE, SHE}),
    }
)
"""Whom a pronoun may stand for, those whom it fits best first."""

_NOUNS_EN = {
    form: code
    for code, words in _ENGLISH.items()
    for word in words.split("|")
    for form in ({word.removesuffix("s?"), word.replace("?", "")})
}
_ANY_EN = "|".join(sorted((each for words in _ENGLISH.values() for each in words.split("|")), key=len, reverse=True))
_ANY_KO = "|".join(sorted((each for words in _KOREAN.values() for each in words.split("|")), key=len, reverse=True))
_NOUNS_KO = {word: code for code, words in _KOREAN.items() for word in words.split("|")}
_PRONOUNS = {
    "mine": ME, "me": ME, "myself": ME, "i": ME, "he": HE, "him": HE, "his": HE, "she": SHE, "her": SHE, "hers": SHE,
    "they": THEY, "them": THEY, "theirs": THEY,
}  # fmt: skip
_VERB = (
    r"(?:wants?|takes?|has|have|gets?|needs?|says?|likes?|will have|will take|would like|is having|are having|is going for"
    r"|is getting|can have|should have|(?:'ll|ll|'d|'s|'re|is|are) (?:just |only )?(?:have|having|take|taking|like|go for|going for|get|getting))"
)
_NOT = r"(?:doesn't|doesnt|does not|don't|dont|do not|can't|cant|cannot|won't|wont)"
_NOT_VERB = rf"(?:hates?|{_NOT} (?:eat|drink|need|like|take|do|have any)|(?:can't|cant|cannot|won't|wont) have)"
_NAMED_EN = rf"(?:(?:my|the|our) )?(?P<noun>{_ANY_EN})"
_ENGLISH_FORM = re.compile(
    rf"\b(?:"
    rf"(?:(?:for|on|(?P<off1>off|from)|with) )?(?P<mine>mine|hers|theirs)\b(?:'s| is)?"
    rf"|for (?P<object>me|myself|him|her|them)\b"
    rf"|for {_NAMED_EN}\b"
    rf"|(?:(?:for|on|(?P<off2>off|from)|with) )?(?P<his>his|her)\b(?: (?:one|dinner|meal|order|cake))?(?: is)?(?! mind)"
    rf"|(?:(?:(?:for|on|(?P<off3>off|from)|with) )?(?:(?:my|the|our) )?(?P<owner>{_ANY_EN})(?:'?s|(?<=s)')(?: (?:one|dinner|meal|order|cake))?(?= |$)(?! (?:just|not|late|driving)))"
    rf"|(?:(?P<subject>he|she|they) ?{_VERB}\b(?: to have)?)"
    rf"|(?:(?:(?:my|the|our) )?(?P<actor>{_ANY_EN}) ?{_VERB}\b)"
    rf"|(?:(?P<self>i)(?='ll have|'ll take| take\b| will have| will take|'m having))"
    rf"|(?:(?P<without>i|he|she|they|(?:(?:my|the|our) )?(?:{_ANY_EN})) {_NOT_VERB}\b)"
    rf")"
)
_THING = r"(?:거|것|꺼)"
_AFTER_THING = r"(?:에서|에만|에는|에다|에|엔|만|는|은|도|로|를|이|요)?"
_CASE = rf"(?:\s*{_THING}(?P<t1>)(?:\s*말고(?P<b1>)|{_AFTER_THING})|\s*(?:건|껀|걸|껄|게)(?P<t2>)|께서는|한테는|이는|은|는|만)"
_KOREAN_FORM = re.compile(
    rf"(?<![가-힣])(?:"
    rf"(?:(?:우리|저희|제|내) ?)?(?P<noun>{_ANY_KO})(?:들)?{_CASE}(?:요)?"
    rf"|(?P<me>저는요?|나는|난|저만)"
    rf"|(?P<mine>제|내|나의|저의)\s*(?:{_THING}(?P<t3>)(?:\s*말고(?P<b2>)|{_AFTER_THING})|(?:건|껀|걸|껄)(?P<t4>))"
    rf")(?=[\s,.!]|$)"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person spoken of, and where. ``instead``: ``할아버지 거 말고``, theirs is what is not meant."""

    start: int
    end: int
    code: str
    instead: bool = False
    leads: bool = True
    """Whether what is theirs follows (``for me the grand``, ``엄마 거는 그랜드``) or stood before (``grand for her``)."""
    left: str = ""
    """What the words say beside the person: ``take the wine off mine``, ``she does not drink coffee``."""


def persons_in(transcript: str) -> tuple[Person, ...]:
    """The persons in a sentence whose items are spoken of, in order."""
    text = transcript.lower().replace("’", "'")
    if len(text) != len(transcript):
        return ()
    korean = [_korean(found) for found in _KOREAN_FORM.finditer(text)]
    english = [_english(found, text) for found in _ENGLISH_FORM.finditer(text)]
    return tuple(sorted((*korean, *english), key=lambda person: person.start))


def code_of(word: str) -> str | None:
    """The person that a Korean word names: ``저``, ``엄마``; None for any other word."""
    return ME if word in ("저", "나", "제", "내") else _NOUNS_KO.get(word)


def _korean(found: re.Match[str]) -> Person:
    noun = found["noun"]
    instead = any(found[group] is not None for group in ("b1", "b2"))
    return Person(found.start(), found.end(), _NOUNS_KO[noun] if noun else ME, instead)


def _english(found: re.Match[str], text: str) -> Person:
    groups = ("mine", "his", "object", "noun", "owner", "subject", "actor", "self", "without")
    group, said = next((group, found[group]) for group in groups if found[group] is not None)
    word = re.sub(r"^(?:my|the|our) ", "", said)
    before = text[: found.start()].rstrip()
    starts = not before or before.endswith((",", ".", "!", ";")) or before.split()[-1] in _LEADING
    return Person(
        found.start(),
        found.end(),
        _PRONOUNS.get(word) or _NOUNS_EN[word if word in _NOUNS_EN else word.removesuffix("s")],
        left="without" if group == "without" else "off" if any(found[each] for each in _OFF) else "",
        leads=starts or group in ("subject", "actor", "self", "without"),
    )


_OFF = ("off1", "off2", "off3")
_LEADING = frozenset(("and", "then", "but", "so", "oh", "ok", "okay", "hello", "no", "actually", "good", "plus"))


def lines_of(code: str, whose: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The items that are this person's: all of the one person's, or of none where the word fits several persons."""
    for fitting in _fitting(code):
        known = {person for persons in whose for person in persons if person in fitting}
        if len(known) == 1:
            return tuple(at for at, persons in enumerate(whose) if known & set(persons))
        if known:
            return ()
    return ()


def _fitting(code: str) -> tuple[frozenset[str], ...]:
    if code in _MEANT_BY:
        return _MEANT_BY[code]
    pronouns = frozenset(each for each, sets in _MEANT_BY.items() if any(code in fitting for fitting in sets))
    return (frozenset((code,)), pronouns)
