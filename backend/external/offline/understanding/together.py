"""What is said of several items at once: ``각각 두 개씩``, ``둘 다 디럭스로``, ``디너는 심플 케이크는 디럭스``."""

from __future__ import annotations

from backend.domain.proposal import UnderstandingRequest
from backend.external.offline.understanding.drafts import Draft
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_ALL_SO_MANY = {"둘다": 2, "셋다": 3, "두개다": 2, "세개다": 3}


def _only_spoken_of(draft: Draft) -> bool:
    """``발렌타인은 여기서 먹고``: it is told about, and how many there are is said later."""
    return draft.topic and draft.quantity is None and not (draft.also or draft.more or draft.less or draft.parts)


def _is_an_echo(said: Draft, first: Draft | None) -> bool:
    """``치즈케이크 하나요 치즈케이크``: the name alone, once more."""
    bare = said.style is None and not (said.also or said.more or said.ordered or said.changed or said.to_menu)
    return bare and first is not None and first.quantity is not None


class Together:
    """The items of one sentence; ``anchors`` are where they are named. Both lists are the caller's own."""

    def __init__(
        self, spans: list[Span], anchors: list[int], drafts: list[Draft], request: UnderstandingRequest
    ) -> None:
        self._spans = spans
        self._anchors = anchors
        self._drafts = drafts
        self._request = request

    def spread(self, rest_style: str | None) -> None:
        """``각각 두 개씩``, ``둘 다 디럭스로``, ``나머지는 심플로``: one number or style for all."""
        last = self._drafts[-1]
        everywhere = any(span.has(Kind.ALL) for span in self._spans)
        each = any(span.has(Kind.EACH) for span in self._spans)
        people = next((span.value for span in self._spans if span.has(Kind.PEOPLE)), None)
        if (everywhere or each) and len(self._drafts) == 1 and last.menus and last.quantity is None:
            last.quantity = people
        self._read_glued_number()
        number = last.quantity if last.quantity is not None else self._drafts[0].quantity
        for draft in self._drafts:
            if each and draft.quantity is None:
                draft.quantity = number
            if (everywhere or each) and draft.style is None:
                draft.style = last.style
            draft.style = draft.style or rest_style
        self._spread_portions()
        if self._one_more_is_named() or self._drafts[0].ordered:
            last.ordered = True

    def _spread_portions(self) -> None:
        """``french and english, extra steak on both``, ``프렌치 발렌타인 와인은 둘 다 빼고``: what each has."""
        if len(self._drafts) < 2 or len(self._anchors) != len(self._drafts):
            return
        *others, last = self._drafts
        since = self._anchors[-1] + 1
        for n in range(since, len(self._spans)):
            if not self._spans[n].has(Kind.INGREDIENT) or not self._is_on_all(n):
                continue
            code = self._spans[n].code(Kind.INGREDIENT)
            shared = [portion for portion in last.portions if portion.ingredient == code]
            for draft in others:
                menu = self._request.catalogue.menu(draft.menus[0]) if len(draft.menus) == 1 else None
                if menu is not None and menu.portion(code) and code not in {own.ingredient for own in draft.portions}:
                    draft.portions += shared

    def _is_on_all(self, at: int) -> bool:
        """Whether the ingredient at ``at`` is said to be everybody's: ``on both``, ``둘 다``."""
        rest = [
            span for span in self._spans[at + 1 : at + 5] if not span.has(Kind.FILLER, Kind.TOPIC, Kind.OBJECT, Kind.TO)
        ]
        return bool(rest) and rest[0].has(Kind.ALL, Kind.EACH)

    def _one_more_is_named(self) -> bool:
        """``치즈 케이크도``; ``초도 세 개`` and ``make the english simple as well`` are about one that is there."""
        changed = any(span.has(Kind.CHANGE) and span.latin for span in self._spans)
        also = (n for n, span in enumerate(self._spans) if span.has(Kind.ALSO))
        return not changed and any(not (n and self._spans[n - 1].has(Kind.INGREDIENT)) for n in also)

    def _read_glued_number(self) -> None:
        """``딸기하나초코둘치즈셋다심플``: three of the last one, all of them simple."""
        *others, last = self._drafts
        after = self._spans[self._anchors[-1] + 1 :][:1] if self._anchors else []
        glued = after and after[0].words in _ALL_SO_MANY
        if glued and others and last.quantity is None and all(draft.quantity is not None for draft in others):
            last.quantity = _ALL_SO_MANY[after[0].words]

    def join_mentions(self) -> None:
        """``프렌치 하나 디럭스, 프렌치는 와인 빼고``: the second mention says more about the first."""
        for at in range(len(self._drafts) - 1, 0, -1):
            said = self._drafts[at]
            if self._join_category(self._drafts[:at], said):
                del self._drafts[at]
                del self._anchors[at]
                continue
            if self._is_said_twice(at):
                del self._drafts[at]
                del self._anchors[at]
                continue
            first = next((each for each in self._drafts[:at] if each.menus and each.menus == said.menus), None)
            if first is not None and _only_spoken_of(first) and said.quantity is not None:
                said.portions += first.portions
                said.style = said.style or first.style
                del self._anchors[self._drafts.index(first)]
                self._drafts.remove(first)
                continue
            more = said.topic or (said.portions and said.style is None) or _is_an_echo(said, first)
            if first is None or not more or said.quantity is not None or said.parts or said.less:
                continue
            first.portions += said.portions
            first.style = first.style or said.style
            del self._drafts[at]
            del self._anchors[at]

    def _is_said_twice(self, at: int) -> bool:
        """``one cheesecake. one cheesecake please``: the same again without an "and"."""
        if len(self._anchors) != len(self._drafts):
            return False
        before, said = self._drafts[at - 1], self._drafts[at]
        plain = not (before.style or before.portions or before.parts or before.cake)
        same = before.menus == said.menus and len(said.menus) == 1 and before.quantity == said.quantity == 1
        between = self._spans[self._anchors[at - 1] + 1 : self._anchors[at]]
        bare = all(span.has(Kind.NUMBER, Kind.FILLER) for span in between) and not said.portions and not said.style
        return plain and same and bare

    def _join_category(self, before: list[Draft], said: Draft) -> bool:
        """``프렌치 하나 치즈 케이크 하나, 디너는 심플 케이크는 디럭스``: the kind is that of what was named before."""
        more = said.topic or said.each or (said.portions and said.style is None)
        if said.menus or not more or said.quantity is not None or said.less or said.parts:
            return False
        menus = self._request.catalogue
        of_kind = [
            each
            for each in before
            for menu in map(menus.menu, each.menus[:1])
            if menu and menu.category == said.category
        ]
        for each in of_kind:
            each.style = each.style or said.style
            each.portions += said.portions
        return bool(of_kind)
