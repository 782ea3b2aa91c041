"""What is done where nothing is named: to the item being worked on, to one that is pointed at, or to all of them."""

from __future__ import annotations

from dataclasses import replace

from backend.domain.proposal import (
    UNSAID,
    AddItem,
    Change,
    ChangeItem,
    PortionChange,
    PortionMode,
    RemoveItem,
    UnderstandingRequest,
)
from backend.domain.spoken_of import TIERS
from backend.external.offline.understanding.drafts import Draft
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.once_more import as_ordered
from backend.external.offline.understanding.pointing import Pointing
from backend.external.offline.understanding.portions import times_of
from backend.external.offline.understanding.sentence import Sentence
from backend.external.offline.understanding.some_pieces import SomePieces

_THE_SAME = ("thesame", "same", "samefor", "samething", "sameone", "sameplease", "sameagain")
_ONE_MORE = ("onemore", "anotherone")


class Unnamed:
    """The changes of a sentence, or a part of one, that names no item."""

    def __init__(self, sentence: Sentence, request: UnderstandingRequest, pointing: Pointing) -> None:
        self._sentence = sentence
        self._request = request
        self._pointing = pointing
        self._pieces = SomePieces(sentence, request, pointing)

    def of(self, draft: Draft) -> tuple[Change, ...]:
        """It is about the item being worked on, about one pointed at, or about all."""
        target = self._pointing.ranked()
        target = self._pointing.the_other() if target is None else target
        pointed = target is not None or self._sentence.has(Kind.THAT)
        if draft.style_names_item and target is None:
            styled = self._pointing.styled(draft.style)
            if styled is not None and (draft.portions or draft.quantity is not None or draft.less):
                target, pointed, draft.style = styled, True, None
        if draft.parts:
            return self._pieces.split(draft, target)
        if self._request.asked == "which" and self._sentence.has(Kind.ALL) and not (draft.style or draft.portions):
            offered = self._request.offered
            return tuple(ChangeItem(i) for i, item in enumerate(self._request.items) if item.menu_code in offered)
        by_words = (
            self._the_same_but(draft, target)
            or self._put_back(draft)
            or self._only_on_some(draft, target)
            or self._counted_by_words(draft, target)
            or self._pointing.one_style_each()
            or self._of_every_extra(draft, target)
        )
        if by_words:
            return by_words
        if draft.less and not (draft.portions or draft.style or draft.cake or draft.tiers_by):
            return self._taken_out(draft, target, pointed=pointed)
        if target is None and len(self._request.items) > 1:
            together = self._about_all(draft)
            if together:
                return together
        if not draft.portions and any(s.has(Kind.RESET) and not s.has(Kind.NOTHING_MORE) for s in self._sentence.spans):
            draft.portions += self._pointing.back_to_default(target)
        return self._about_one(draft, target)

    def _of_every_extra(self, draft: Draft, target: int | None) -> tuple[Change, ...]:
        """``다 하나씩 줄여 주세요`` of one piece with extras: of each of these; ``전부 기본으로``: none of them."""
        item = self._pointing.item(target)
        extras = self._pointing.extras(target)
        if item is None or item.style is None or not extras or not self._sentence.has(Kind.ALL):
            return ()
        if draft.portions or draft.menus or draft.parts:
            return ()
        plain = any(span.words.startswith("기본") for span in self._sentence.spans)
        if plain and (draft.style is not None) and draft.quantity is None:
            return (ChangeItem(target, portions=tuple(self._pointing.back_to_default(target))),)
        each = 1 if self._sentence.has(Kind.EACH) else None
        count = draft.quantity if draft.quantity is not None else each
        if not draft.less or draft.style or item.quantity > 1 or count is None:
            return ()
        less = tuple(PortionChange(code, PortionMode.REMOVE, count) for code in extras)
        return (ChangeItem(target, portions=less),)

    def _about_all(self, draft: Draft) -> tuple[Change, ...]:
        """``둘 다 디럭스로``, ``와인은 다 빼 주세요``, ``하나씩 더 주세요``."""
        everything = range(len(self._request.items))
        if self._sentence.has(Kind.ALL) and draft.style:
            return tuple(ChangeItem(index, style=draft.style) for index in everything)
        if self._sentence.has(Kind.ALL, Kind.EACH) and draft.portions:
            return self._pointing.everywhere(draft.portions)
        if self._is_so_many_of_each(draft):
            return tuple(ChangeItem(index, quantity=draft.quantity) for index in everything)
        if self._sentence.has(Kind.EACH) and draft.more and not draft.portions and not draft.style:
            return tuple(ChangeItem(index, quantity_by=draft.quantity or 1) for index in everything)
        return ()

    def _is_so_many_of_each(self, draft: Draft) -> bool:
        """``make it two of each``."""
        made = self._sentence.has(Kind.CHANGE) or self._sentence.correcting
        bare = not (draft.portions or draft.style or draft.more or draft.less or draft.cake)
        return made and bare and self._sentence.has(Kind.EACH) and bool(draft.quantity)

    def _only_on_some(self, draft: Draft, target: int | None) -> tuple[Change, ...]:
        """``actually just on one``, ``하나에만요``: what was just changed on all pieces, on so many of them."""
        item, code, spans = self._pointing.item(target), self._request.about, self._sentence.spans
        at = next((n for n, span in enumerate(spans) if span.has(Kind.NUMBER) and not span.weak), None)
        if item is None or code not in item.customization or at is None or not 0 < spans[at].value < item.quantity:
            return ()
        led = at > 0 and spans[at - 1].words == "on"
        marked = any(span.words.startswith("에만") for span in spans[at + 1 : at + 2])
        if not (led or marked) or draft.style or draft.menus or any(span.has(Kind.INGREDIENT) for span in spans):
            return ()
        again = PortionChange(code, PortionMode.SET, item.customization[code])
        return (
            ChangeItem(target, portions=(PortionChange(code, PortionMode.RESET),)),
            ChangeItem(target, portions=(again,), pieces=spans[at].value),
        )

    def _the_same_but(self, draft: Draft, target: int | None) -> tuple[Change, ...]:
        """``the same for my wife but without wine``: another one, made as the one that is there but for that."""
        item, same = self._pointing.item(target), [s for s in self._sentence.spans if s.has(Kind.SAME)]
        if item is None or item.style is None or not draft.portions or draft.style or draft.more or len(same) != 1:
            return ()
        if not same[0].words.startswith(_THE_SAME) or same[0].words.endswith("style"):
            return ()
        like = as_ordered(item, self._request)
        portions = (*like.portions, *draft.portions)
        return (replace(like, quantity=draft.quantity or 1, portions=portions, cake=draft.cake or like.cake),)

    def _put_back(self, draft: Draft) -> tuple[Change, ...]:
        """``put them back``: the ingredient that was spoken of, wherever it was changed."""
        code = self._request.about
        words = [span for span in self._sentence.spans if span.has(Kind.RESET) and not span.has(Kind.NOTHING_MORE)]
        changed = [at for at, item in enumerate(self._request.items) if code in item.customization]
        if draft.portions or not any(span.latin for span in words):
            return ()
        return tuple(ChangeItem(at, portions=(PortionChange(code, PortionMode.RESET),)) for at in changed)

    def _count_tiers(self, draft: Draft, target: int | None) -> None:
        """``한 단 내려 주세요``; ``three`` after it was said how many tiers a cake can have."""
        item = self._pointing.item(target)
        if item is not None and item.cake is not None and draft.tiers_by is not None:
            draft.tiers = item.cake.tiers + draft.tiers_by
        about = self._request.about == TIERS and self._request.asked == "customization"
        if about and draft.quantity is not None and not (draft.more or draft.less or draft.style or draft.portions):
            draft.tiers, draft.quantity = draft.quantity, None

    def _about_one(self, draft: Draft, target: int | None) -> tuple[Change, ...]:
        self._count_tiers(draft, target)
        by = None
        one_more = self._one_more(draft)
        if draft.more and draft.portions and one_more is not None:
            item = self._pointing.item(target)
            if item is not None:
                return (AddItem(item.menu_code, one_more, draft.style or item.style, tuple(draft.portions)),)
        if draft.also and not (draft.portions or draft.style):
            draft.more = True
        if draft.more and draft.to_quantity and not draft.portions:
            draft.more = False
        if draft.more and not draft.portions:
            other = self._another(draft, target)
            if other is not None:
                return (other,)
            by, draft.quantity = self._one_more(draft), None
        fresh = self._otherwise_made(draft, target)
        if fresh is not None:
            return (fresh,)
        where = self._pointing.holder(draft.portions) if target is None else target
        change = ChangeItem(where, None, draft.quantity, by, draft.style, tuple(draft.portions), draft.cake)
        change = self._pieces.of_some(draft, change)
        return (change,) if change != ChangeItem(change.target) else ()

    def _counted_by_words(self, draft: Draft, target: int | None) -> tuple[Change, ...]:
        """``저도 같은 걸로요``, ``double everything``, ``반만 주세요``: a number that follows from what stands."""
        if draft.portions or draft.style or draft.cake or not self._request.items:
            return ()
        item = self._pointing.item(target)
        if self._sentence.has(Kind.SAME) and item is not None and item.style is None:
            styled = [each.style for each in self._request.items if each.style is not None]
            return (ChangeItem(target, style=styled[-1]),) if styled else ()
        if self._sentence.has(Kind.SAME):
            return (ChangeItem(target, quantity_by=draft.quantity or 1),)
        where = range(len(self._request.items)) if self._sentence.has(Kind.ALL) else (target,)
        return tuple(
            ChangeItem(index, quantity=wanted) for index in where if (wanted := self._multiplied(index)) is not None
        )

    def _multiplied(self, target: int | None) -> int | None:
        item = self._pointing.item(target)
        times = next((span for span in self._sentence.spans if span.has(Kind.TIMES)), None)
        if item is not None and times is not None:
            return item.quantity * times_of(times)
        if item is not None and self._sentence.has(Kind.HALF) and item.quantity % 2 == 0:
            return item.quantity // 2
        return None

    def _otherwise_made(self, draft: Draft, target: int | None) -> AddItem | None:
        """``and one without wine``, ``a third one with no salad``: one on top of those that there are."""
        item, spans = self._pointing.item(target), [s for s in self._sentence.spans if not s.has(Kind.FILLER)]
        if item is None or item.style is None or not draft.portions or len(spans) < 3:
            return None
        ranked = spans[0].weak and spans[1].has(Kind.RANK) and spans[1].value == item.quantity + 1
        leads = spans[0].has(Kind.AND) and spans[1].has(Kind.NUMBER) and not spans[1].unit
        counted = leads and spans[1].value >= item.quantity and spans[2].has(Kind.WITHOUT, Kind.PUT)
        if not (ranked or counted):
            return None
        number = 1 if ranked else spans[1].value
        return AddItem(item.menu_code, number, draft.style or item.style, tuple(draft.portions))

    def _one_more(self, draft: Draft) -> int | None:
        return (
            1 if draft.quantity is None and any(s.words in _ONE_MORE for s in self._sentence.spans) else draft.quantity
        )

    def _another(self, draft: Draft, target: int | None) -> AddItem | None:
        """``another one but simple``: one more of the same menu, made otherwise."""
        item = self._pointing.item(target)
        if item is None or item.style is None or draft.style in (None, item.style):
            return None
        return AddItem(item.menu_code, draft.quantity or 1, draft.style)

    def _taken_out(self, draft: Draft, target: int | None, *, pointed: bool) -> tuple[Change, ...]:
        if draft.quantity is None:
            return (RemoveItem(target),) if pointed else ()
        if draft.to_quantity:
            return (ChangeItem(target, quantity=draft.quantity),)
        unsaid = target is None and not pointed and len(self._request.items) > 1 and self._request.asked != "style"
        return (ChangeItem(UNSAID if unsaid else target, quantity_by=-draft.quantity),)
