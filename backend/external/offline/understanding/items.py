"""From resolved pieces to items as they were spoken of: to which of them each number, style and ingredient belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.domain.proposal import Change, ChangeItem, UnderstandingRequest
from backend.external.offline.understanding.again import only_there, read_again
from backend.external.offline.understanding.all_but import read_all_but
from backend.external.offline.understanding.corrections import take_back
from backend.external.offline.understanding.dealt_out import with_pieces_dealt_out
from backend.external.offline.understanding.deeds import Deeds
from backend.external.offline.understanding.drafts import Draft, Part
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.parts import leads_to_name, read_parts, some_of_them
from backend.external.offline.understanding.pieces_first import with_pieces_first
from backend.external.offline.understanding.portions import read_portions
from backend.external.offline.understanding.removals import read_removal
from backend.external.offline.understanding.scanner import Span
from backend.external.offline.understanding.sentence import Sentence
from backend.external.offline.understanding.shared_between import read_shares, with_shares
from backend.external.offline.understanding.some_pieces import on_so_many, only_on
from backend.external.offline.understanding.styles_for import read_styles_for
from backend.external.offline.understanding.swapped import read_swapped
from backend.external.offline.understanding.together import Together

_CONTENT = (Kind.MENU, Kind.CATEGORY, Kind.STYLE, Kind.INGREDIENT, Kind.NUMBER)
_ITEM_VERBS = (Kind.ADD, Kind.REMOVE, Kind.WITHOUT, Kind.CHANGE)
_THING = ("거", "것", "건", "꺼", "거기", "쪽", "분", "놈", "애")
_MARKED = ("는", "은", "만", "에")
_ON = ("on", "for", "in")
_THE = ("the", "onthe", "forthe", "offthe", "outofthe")
_ANSWER_AND_MORE = 4
_ONLY = ("만", "만요")
_RAISED = ("올", "높")


def read_items(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """The changes that the pieces of one sentence ask for."""
    direct = read_shares(spans, request) or read_styles_for(spans, request)
    if direct:
        return direct
    answer, spans = _answered_first(spans, request)
    if answer:
        return (*answer, *read_items(spans, replace(request, asked="")))
    spans = with_pieces_dealt_out(spans, request)
    spans = with_pieces_first(with_shares(spans, request), request)
    several = read_all_but(spans, request) or read_swapped(spans, request) or read_again(spans, request)
    if several:
        return several
    some = only_on(spans) if request.items else None
    if some is not None:
        return on_so_many(_Items(some[1], request).changes(), some[0], request)
    removed, rest = read_removal(spans, request)
    if not any(span.has(*_CONTENT) for span in rest):
        return removed or _Items(list(spans), request).changes()
    return only_there((*removed, *_Items(list(rest), request).changes()), spans, request)


def _answered_first(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[tuple[Change, ...], Sequence[Span]]:
    """``ok grand, and a small strawberry cake simple`` to the question in which style: that, and something else."""
    said = [n for n, span in enumerate(spans) if not span.has(Kind.FILLER, Kind.YES)]
    if request.asked != "style" or len(said) < _ANSWER_AND_MORE or not spans[said[0]].has(Kind.STYLE):
        return (), spans
    linked, rest = spans[said[1]], spans[said[1] + 1 :]
    named = next((n for n, span in enumerate(rest) if span.has(Kind.MENU, Kind.CATEGORY)), None)
    counted = named is not None and any(span.has(Kind.NUMBER) for span in rest[:named])
    styled = named is not None and any(span.has(Kind.STYLE) for span in rest[named:])
    if not (linked.latin and linked.has(Kind.AND) and counted and styled):
        return (), spans
    return (ChangeItem(style=spans[said[0]].code(Kind.STYLE)),), rest


class _Items:
    def __init__(self, spans: list[Span], request: UnderstandingRequest) -> None:
        self._request = request
        corrected = take_back(spans)
        self._sentence = Sentence(corrected.spans, corrected.correcting, corrected.replaced)
        self._spans = corrected.spans
        self._anchors = [i for i, span in enumerate(self._spans) if span.has(Kind.MENU, Kind.CATEGORY)]
        self._drafts = [_draft_of(self._spans[i]) for i in self._anchors] or [Draft()]
        first_style = next((i for i, span in enumerate(self._spans) if span.has(Kind.STYLE)), len(self._spans))
        self._styles_first = bool(self._anchors) and first_style < self._anchors[0]
        self._numbers_follow = self._each_number_follows_its_name()
        self._rest_style: str | None = None
        self._used: set[int] = set()

    def changes(self) -> tuple[Change, ...]:
        self._read_parts()
        self._read_portions()
        for at, span in enumerate(self._spans):
            if at not in self._used:
                self._read(at, span)
        self._add_extra_parts()
        together = Together(self._spans, self._anchors, self._drafts, self._request)
        together.join_mentions()
        together.spread(self._rest_style)
        self._read_no_lettering()
        deeds = Deeds(self._sentence, self._request)
        return tuple(change for draft in self._drafts for change in deeds.of(draft))

    # what belongs where

    def _owner(self, at: int, *, forward: bool = False) -> Draft:
        """The item that the piece at ``at`` is about: the one named before it, or the next where it describes that."""
        before = [n for n, anchor in enumerate(self._anchors) if anchor < at]
        if forward or not before:
            ahead = [n for n, anchor in enumerate(self._anchors) if anchor > at]
            if ahead:
                return self._drafts[ahead[0]]
        return self._drafts[before[-1]] if before else self._drafts[0]

    def _anchors_before(self, at: int) -> bool:
        return any(anchor < at for anchor in self._anchors)

    def _leads_to_name(self, at: int, *skipped: Kind) -> bool:
        return leads_to_name(self._spans, at, *skipped)

    def _read_parts(self) -> None:
        for found in read_parts(self._spans, self._anchors):
            self._owner(found.part.at).parts.append(found.part)
            self._used.update(found.used)

    def _read_portions(self) -> None:
        for portion in read_portions(self._spans, self._request):
            owner = self._owner(portion.at, forward=portion.forward or self._leads_to_its_item(portion.at))
            owner = self._holder(portion.change.ingredient, owner)
            part = next((part for part in reversed(owner.parts) if part.at < portion.at), None)
            styled = self._on_the_styled(portion.used, owner)
            if styled is not None:
                part = styled[0]
                self._used.add(styled[1])
            (part.portions if part is not None else owner.portions).append(portion.change)
            self._used.update(portion.used)

    def _holder(self, code: str, owner: Draft) -> Draft:
        """``프렌치 하나 치즈 케이크 하나, 와인 빼 주세요``: of the named ones the last that comes with it."""
        known = [draft for draft in self._drafts if draft.menus and self._knows(draft, code)]
        return owner if not known or self._knows(owner, code) else known[-1]

    def _knows(self, draft: Draft, code: str) -> bool:
        catalogue = self._request.catalogue
        of_kind = [menu.code for menu in catalogue.menus if menu.category == draft.category]
        menus = [catalogue.menu(menu) for menu in (draft.menus or of_kind)]
        return any(menu is not None and menu.portion(code) is not None for menu in menus)

    def _on_the_styled(self, used: Sequence[int], owner: Draft) -> tuple[Part, int] | None:
        """``one grand one deluxe, nuts on the grand one``: the part that has this style, and where that is said."""
        at = max(used, default=0) + 1
        while at < len(self._spans) and self._spans[at].has(Kind.FILLER) and self._spans[at].words in (*_ON, *_THE):
            at += 1
        led = at < len(self._spans) and self._spans[at].has(Kind.STYLE) and self._spans[at - 1].words in _THE
        code = self._spans[at].code(Kind.STYLE) if led else ""
        found = [part for part in owner.parts if part.style == code and part.at < at]
        return (found[0], at) if len(found) == 1 else None

    def _is_for_each(self, at: int) -> bool:
        """``two candles for each cake``: the kind is named after what each of it gets."""
        rest = self._spans[at + 1 : at + 5]
        each = next((n for n, span in enumerate(rest) if span.has(Kind.EACH)), None)
        links = all(span.has(Kind.FILLER, Kind.PUT, Kind.TO, Kind.OF) for span in rest[: each or 0])
        return each is not None and links and rest[each].latin and any(s.has(Kind.CATEGORY) for s in rest[each + 1 :])

    def _leads_to_its_item(self, at: int) -> bool:
        return self._is_for_each(at) or self._is_on_a_named_one(at)

    def _is_on_a_named_one(self, at: int) -> bool:
        """``a french and an english, with an extra coffee on the french``: what was named before is named again."""
        anchor = next((n for n in self._anchors if n > at), None)
        between = self._spans[at + 1 : anchor] if anchor is not None else []
        if anchor is None or not between or not all(span.has(Kind.FILLER, Kind.TO) for span in between):
            return False
        said, before = self._spans[anchor], [self._spans[n] for n in self._anchors if n < at]
        kinds = (said.code(Kind.CATEGORY),) if said.has(Kind.CATEGORY) else ()
        menus = [self._request.catalogue.menu(span.code(Kind.MENU)) for span in before if span.has(Kind.MENU)]
        known = said.has(Kind.MENU) and said.senses[Kind.MENU] in [span.senses.get(Kind.MENU) for span in before]
        known |= any(menu is not None and menu.category in kinds for menu in menus)
        return known and any(span.words in _ON for span in between)

    def _add_extra_parts(self) -> None:
        """``two simple and one deluxe`` are three."""
        for draft in self._drafts:
            extra = sum(part.count or 0 for part in draft.parts if part.extra)
            if draft.quantity is not None and len(draft.parts) == 1:
                draft.quantity += extra

    # piece by piece

    def _read(self, at: int, span: Span) -> None:
        if span.has(Kind.NUMBER):
            self._read_number(at, span)
        elif span.has(Kind.TIERS):
            self._read_tiers(at, span)
        elif span.has(Kind.STYLE):
            self._read_style(at, span)
        elif span.has(Kind.FLAVOUR):
            self._owner(at).flavour = span.code(Kind.FLAVOUR)
        elif span.has(Kind.COLOUR):
            self._owner(at).colour = span.code(Kind.COLOUR)
        elif span.has(Kind.LETTERING):
            self._owner(at).lettering = span.words
        else:
            self._read_word(at, span)

    def _read_tiers(self, at: int, span: Span) -> None:
        owner = self._owner(at, forward=self._leads_to_name(at, Kind.FLAVOUR, Kind.COLOUR))
        before = self._spans[max(0, at - 1) : at] if span.latin else []
        near = [*before, *self._spans[at + 1 : at + (2 if span.latin else 3)]]
        if near and not span.latin and near[0].has(Kind.TO):
            near = []
        verb = next((each for each in near if each.has(Kind.REMOVE, Kind.ADD) or each.words.startswith(_RAISED)), None)
        owner.tiers, owner.tiers_by = (span.value, None) if verb is None else (None, span.value)
        if verb is not None and verb.has(Kind.REMOVE):
            owner.tiers_by = -span.value
        if verb is not None:
            self._used.add(self._spans.index(verb))

    def _read_style(self, at: int, span: Span) -> None:
        forward = self._leads_to_name(at, Kind.PARTICLE, Kind.TO) and (
            self._styles_first or not self._anchors_before(at)
        )
        before = [each for each in self._spans[max(0, at - 2) : at] if not each.has(Kind.FILLER, Kind.TOPIC)]
        if before and before[-1].has(Kind.REST):
            self._rest_style = span.code(Kind.STYLE)
            return
        owner = self._owner(at, forward=forward)
        if owner.style is None or not forward:
            owner.style = span.code(Kind.STYLE)
            owner.style_names_item = self._names_item(at)

    def _names_item(self, at: int) -> bool:
        """``심플은``, ``off the deluxe``: the item that has this style."""
        if self._spans[at].latin:
            return at > 0 and self._spans[at - 1].words in _THE
        less = any(span.has(Kind.REMOVE) for span in self._spans)
        marks = (Kind.OF, Kind.TOPIC, Kind.OBJECT) if less else (Kind.OF, Kind.TOPIC)
        following = [span for span in self._spans[at + 1 : at + 3] if span.words not in _THING]
        if following and following[0].words.startswith(_THING) and following[0].words.endswith(_MARKED):
            return True
        if any(span.has(*marks) or span.words in _ONLY for span in following[:1]):
            return True
        return self._tells_apart(at, following)

    def _tells_apart(self, at: int, following: list[Span]) -> bool:
        """``심플 초는 빼``, ``심플이 와인 빼 달래요``, ``심플 두 개로 늘려``: one of the order's styles."""
        held = {item.style for item in self._request.items}
        if len(held) < 2 or self._spans[at].code(Kind.STYLE) not in held or not following:
            return False
        if sum(span.has(Kind.STYLE) for span in self._spans) > 1:
            return False
        to = following[0].has(Kind.NUMBER) and len(following) > 1 and following[1].has(Kind.TO)
        return to or following[0].has(Kind.INGREDIENT) or following[0].words in ("이", "가")

    def _read_number(self, at: int, span: Span) -> None:
        forward = self._leads_to_name(at, Kind.STYLE, Kind.COLOUR, Kind.FLAVOUR, Kind.TIERS, Kind.ADD)
        if span.weak and not forward:
            return
        follows = not span.latin or self._numbers_follow
        if follows and self._anchors_before(at) and self._owner(at).quantity is None:
            forward = False
        if not span.latin and self._is_sum(at, span.value):
            return
        owner = self._owner(at, forward=forward)
        nearer = forward and span.latin and not span.weak
        if owner.quantity is None or self._sentence.correcting or nearer or self._said_anew(at):
            owner.quantity, owner.article = span.value, span.weak
            owner.some = some_of_them(self._spans, at)
            following = self._spans[at + 1 : at + 2]
            owner.to_quantity = bool(following and following[0].has(Kind.TO) and not following[0].latin)
            owner.to_quantity |= any(each.has(Kind.ONLY) for each in self._spans[max(0, at - 1) : at])

    def _said_anew(self, at: int) -> bool:
        """``세 개 주세요 아 두 개요``: a second number after the sentence was at its end."""
        earlier = [n for n in range(at) if self._spans[n].has(Kind.NUMBER) and n not in self._used]
        between = self._spans[earlier[-1] + 1 : at] if earlier else []
        return any(span.has(Kind.ORDER) for span in between) and not any(
            span.has(Kind.MENU, Kind.CATEGORY, Kind.ADD, Kind.INGREDIENT) for span in between
        )

    def _is_sum(self, at: int, value: int) -> bool:
        """``딸기 둘 초코 하나 이렇게 세 개``: all of them together, and no more of them."""
        before = [draft.quantity for draft, anchor in zip(self._drafts, self._anchors, strict=False) if anchor < at]
        return len(before) > 1 and None not in before and sum(number or 0 for number in before) == value

    def _each_number_follows_its_name(self) -> bool:
        """``French x2, English x1``: the numbers stand after the names, as in Korean."""
        first = self._anchors[0] if self._anchors else 0
        named = [at for at in self._anchors if self._spans[at].has(Kind.MENU)]
        after = [span.has(Kind.NUMBER) and not span.weak for at in named for span in self._spans[at + 1 : at + 2]]
        before = any(span.has(Kind.NUMBER) for span in self._spans[:first])
        return len(after) > 1 and all(after[:-1]) and not before

    def _read_word(self, at: int, span: Span) -> None:
        forward = span.latin and not self._anchors_before(at)
        owner = self._owner(
            at, forward=forward or (span.latin and span.has(*_ITEM_VERBS) and self._leads_to_name(at, Kind.NUMBER))
        )
        named = at > 0 and self._spans[at - 1].has(Kind.MENU, Kind.CATEGORY)
        if span.has(Kind.ADD):
            owner.more = True
        elif span.has(Kind.REMOVE) or (span.has(Kind.WITHOUT) and not span.latin):
            owner.less = True
        elif span.has(Kind.CHANGE):
            for draft in self._drafts:
                draft.changed = True
        elif named and (span.has(Kind.TOPIC) or span.words in (*_ONLY, "의")):
            owner.topic = True
        elif named and span.has(Kind.TO) and not span.latin:
            owner.to_menu = True
        elif span.has(Kind.ALSO, Kind.SAME):
            self._read_also(at, span, owner)
        elif span.has(Kind.ORDER):
            owner.ordered = True
        elif span.has(Kind.EACH) and span.latin and self._leads_to_name(at):
            self._owner(at, forward=True).each = True

    def _read_also(self, at: int, span: Span, owner: Draft) -> None:
        """``치즈 케이크도`` and ``나도 초코`` are one more of it; ``초도 세 개`` is about what is there."""
        if span.has(Kind.ALSO):
            owner.also = owner.also or not (at and self._spans[at - 1].has(Kind.INGREDIENT))
        elif self._leads_to_name(at):
            self._owner(at, forward=True).also = True

    def _read_no_lettering(self) -> None:
        """``글씨 빼 주세요``."""
        for at, span in enumerate(self._spans):
            owner = self._owner(at)
            denied = at > 0 and self._spans[at - 1].has(Kind.NO, Kind.WITHOUT) and self._spans[at - 1].latin
            if span.has(Kind.LETTERING_WORD) and (owner.less or denied) and owner.lettering is None:
                owner.lettering, owner.less = "", False


def _draft_of(span: Span) -> Draft:
    if span.has(Kind.MENU):
        return Draft(anchor=span, menus=span.senses[Kind.MENU])
    return Draft(anchor=span, category=span.code(Kind.CATEGORY))
