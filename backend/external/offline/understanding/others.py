"""The one that the last change touched, and the others: ``그 사람은``, ``나머지는``, ``the other one``.

What is said of them is read as if each were the only item: ``나머지는 초 두 개씩`` is not about all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from backend.domain.proposal import Change, ChangeItem, Proposal, RemoveItem, SplitItem, UnderstandingRequest
from backend.external.offline.understanding.last_change import touched

_OTHERS = re.compile(
    r"^\W*(?:(?:아|음|그리고|그럼|네|근데)\s+)*(?:그\s*)?"
    r"(?:나머지(?:\s*(?:하나|한\s*개|둘|두\s*개|것|거|분|사람))?|남은\s*(?:하나|거|것)"
    r"|(?:다른|딴)\s*(?:하나|한\s*개|거|것|건|쪽|분|사람|친구))"
    r"(?:은요|는요|은|는|에는|에다|에|엔|만|한테는|한테)?\s+(?P<rest>.+)$"
)
_OTHERS_EN = re.compile(
    r"^\W*(?:(?:and|oh|ok|okay|so|then|but|can|could|make|for|on|with)\s+)*"
    r"the (?:other one|other|others|rest)(?: of them)?\s+"
    r"(?P<rest>(?:with|without|in|as|gets?|has|have|needs?|wants?|no)\b.+)$",
    re.IGNORECASE,
)
_THEY = re.compile(
    r"^\W*(?:(?:아|음|그리고|근데)\s+)*(?:그|방금\s*그)\s*(?:사람|분|손님|친구|쪽)(?:은|는|한테는|에는|만|도)\s+(?P<rest>.+)$"
)


_TWO = 2
_THE_OTHER = re.compile(
    r"(?<=[가-힣])\s+(?:그\s*)?(?:다른|나머지|딴|또)\s*(?:하나|한\s*개|거|것|쪽)?(?P<mark>은|는|에|도|만)\s+(?=\S)"
)


def name_the_other(request: UnderstandingRequest) -> UnderstandingRequest:
    """``프렌치는 심플이고 다른 하나는 디럭스``: of two items the one that is not named is called by its name."""
    found = _THE_OTHER.search(request.transcript) if len(request.items) == _TWO else None
    menus = [request.catalogue.menu(item.menu_code) for item in request.items]
    if found is None or menus[0] is None or menus[1] is None or menus[0] is menus[1]:
        return request
    named = [
        any(name in request.transcript[: found.start()] for name in (menu.name.ko, *menu.spoken) if not name.isascii())
        for menu in (menus[0], menus[1])
    ]
    if named.count(True) != 1:
        return request
    other = (menus[0], menus[1])[named.index(False)]
    text = request.transcript
    said = f"{text[: found.start()]} {other.name.ko}{found['mark']} {text[found.end() :]}"
    return replace(request, transcript=said)


@dataclass(frozen=True, slots=True)
class Pointed:
    """The items that are meant, and what is said of each of them."""

    targets: tuple[int, ...]
    rest: str

    def requests(self, request: UnderstandingRequest) -> list[UnderstandingRequest]:
        """The sentence about each of the items, as if it were the only one."""
        return [
            replace(request, transcript=self.rest, items=(request.items[index],), current=0, before=(), whose=())
            for index in self.targets
        ]

    def changes(self, read: Sequence[tuple[Change, ...]]) -> tuple[Change, ...] | None:
        """What was ``read`` for each of the items, about that one; None where something else is changed as well."""
        out: list[Change] = []
        for index, changes in zip(self.targets, read, strict=True):
            for change in changes:
                if not isinstance(change, ChangeItem | RemoveItem | SplitItem) or change.target not in (None, 0):
                    return None
                out.append(replace(change, target=index))
        return tuple(out) or None


def find_others(transcript: str, request: UnderstandingRequest) -> Pointed | None:
    """What the sentence points at by what was changed last; None where it does not, or nothing is left to say."""
    if len(request.items) < 2:
        return None
    lines = touched(request)
    them = _THEY.match(transcript)
    if them is not None:
        return Pointed(lines, them["rest"]) if len(lines) == 1 else None
    others = _OTHERS.match(transcript) or _OTHERS_EN.match(transcript)
    left = tuple(index for index in range(len(request.items)) if index not in lines)
    if others is None or not lines or not left or any(request.items[index].style is None for index in lines):
        return None
    return Pointed(left, others["rest"])


def read_of_others(request: UnderstandingRequest, read: Callable[[UnderstandingRequest], Proposal]) -> Proposal | None:
    """What is said of them alone; None where the sentence does not point at any, or says something else as well."""
    return read_pointed(find_others(request.transcript, request), request, read)


def read_pointed(
    pointed: Pointed | None, request: UnderstandingRequest, read: Callable[[UnderstandingRequest], Proposal]
) -> Proposal | None:
    """What is said of the items that are pointed at, as if each were the only one."""
    if pointed is None:
        return None
    proposals = [read(each) for each in pointed.requests(request)]
    changes = pointed.changes([each.changes for each in proposals])
    return replace(proposals[0], changes=changes) if changes is not None and not proposals[0].questions else None
