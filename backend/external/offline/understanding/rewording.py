"""A word of the lettering for another: ``민지 말고 민준이``, ``환갑을 칠순으로 고쳐 줘요``, ``change Minji to Jun``."""

from __future__ import annotations

import re

from backend.domain.proposal import CakeWish, ChangeItem, Intent, Proposal, UnderstandingRequest

_OLD = r"(?P<old>[^\s,.?!]{1,20}?)"
_NEW = r"(?P<new>[^\s,.?!]{1,20}?)"
_KOREAN = (
    re.compile(rf"(?:^|\s){_OLD}(?:을|를|이|가)?\s*(?:말고|아니고|아니라|대신)\s+{_NEW}"
               r"(?:으로|로|이요|이에요|예요|요|이라고|라고)?(?:\s+(?:해|바꿔|고쳐|써|적어)[가-힣 ]*)?\s*[.!]*$"),
    re.compile(rf"(?:^|\s){_OLD}(?:을|를)\s+{_NEW}(?:으로|로)\s+(?:좀\s+)?"
               r"(?:바꿔|바꿀|고쳐|고칠|수정|변경)[가-힣 ]*[.!]*$"),
)  # fmt: skip
_GONE = re.compile(rf"(?:^|\s){_OLD}(?:은|는|을|를)?\s*(?:빼|지우|지워)(?:고|줘|\s?주세요|\s?주시고)?(?=[\s.!]|$)")
"""``글자에서 민수야는 빼고 사랑해만``."""
_FOR_ANOTHER = (
    r"(?:말고|대신|아니고)\s+(?P<new>[^.?!]{1,40}?)(?:이라고|라고|으로|로)?(?:요|이요)?"
    r"(?:\s+(?:해|바꿔|고쳐|써|적어)[가-힣 ]*)?\s*[.!]*$"
)
_ENGLISH = (
    re.compile(rf"\bnot {_OLD},? (?:but )?{_NEW}[.!]*$", re.IGNORECASE),
    re.compile(rf"\b(?:change|replace) {_OLD} (?:to|with|into) {_NEW}(?: please)?[.!]*$", re.IGNORECASE),
)
_SURE = 0.9


def reword(request: UnderstandingRequest) -> Proposal | None:
    """The change of the lettering that holds the word which gives way; None where no lettering has it."""
    written = [(n, item.cake.lettering) for n, item in enumerate(request.items) if item.cake and item.cake.lettering]
    if not written:
        return None
    for index, words in written:
        whole = re.match(
            rf"^(?:(?:아|음|아니|아니요)\s+)?{re.escape(words)}\s*{_FOR_ANOTHER}", request.transcript.strip()
        )
        if whole is not None:
            change = ChangeItem(index, cake=CakeWish(lettering=whole["new"]))
            return Proposal(Intent.ORDER, _SURE, "ko", changes=(change,))
    for language, patterns in (("ko", _KOREAN), ("en", _ENGLISH)):
        for pattern in patterns:
            found = pattern.search(request.transcript.strip())
            place = next(((n, words) for n, words in written if found and found["old"] in words), None)
            if found is not None and place is not None:
                index, words = place
                change = ChangeItem(index, cake=CakeWish(lettering=words.replace(found["old"], found["new"], 1)))
                return Proposal(Intent.ORDER, _SURE, language, changes=(change,))
    return _without_a_word(request, written)


def _without_a_word(request: UnderstandingRequest, written: list[tuple[int, str]]) -> Proposal | None:
    found = _GONE.search(request.transcript.strip())
    place = next(((n, words) for n, words in written if found and found["old"] in words.split()), None)
    if found is None or place is None:
        return None
    index, words = place
    left = " ".join(word for word in words.split() if word != found["old"])
    return Proposal(Intent.ORDER, _SURE, "ko", changes=(ChangeItem(index, cake=CakeWish(lettering=left)),))
