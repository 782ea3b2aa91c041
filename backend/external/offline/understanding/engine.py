"""Korean and English understanding by rules over the catalogue: no model, no network, a few milliseconds."""

from __future__ import annotations

import re
from dataclasses import replace

from backend.domain.catalogue import Catalogue
from backend.domain.proposal import (
    AddItem,
    Change,
    ChangeItem,
    Control,
    Proposal,
    Question,
    QuestionKind,
    SetService,
    UnderstandingRequest,
)
from backend.external.interfaces import EngineInfo, Enough, Glimpse, Understood
from backend.external.offline.understanding.again import the_other_was_meant
from backend.external.offline.understanding.ages import without_ages
from backend.external.offline.understanding.asking import read_question
from backend.external.offline.understanding.aversions import without_aversions
from backend.external.offline.understanding.by_price import extreme_by_name, not_the_language, too_dear
from backend.external.offline.understanding.confidence import confidence_of
from backend.external.offline.understanding.controls import read_choice, read_controls, wonders
from backend.external.offline.understanding.described import about, find_described
from backend.external.offline.understanding.doubts import mark_doubts, without_doubts
from backend.external.offline.understanding.every_style import read_every_style
from backend.external.offline.understanding.expected import as_expected
from backend.external.offline.understanding.for_people import with_people
from backend.external.offline.understanding.heard import ITEM_KINDS, evidence_of, intent_of, language_of
from backend.external.offline.understanding.in_context import (
    cancel_by_name,
    contented,
    count_people,
    counted_up,
    lacking,
    numbered,
    one_of_that_kind,
    only_asked,
    preferred,
    same_style_as,
    style_by_price,
    style_of_all,
    summed_up,
    the_so_many,
)
from backend.external.offline.understanding.in_stock import read_in_stock
from backend.external.offline.understanding.items import read_items
from backend.external.offline.understanding.kept import without_what_is_kept
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.last_change import is_as_it_is
from backend.external.offline.understanding.left_over import left_over
from backend.external.offline.understanding.lettering import take_lettering
from backend.external.offline.understanding.lexicon import Lexicon
from backend.external.offline.understanding.named import of_the_named, that_among_names, wondered_about
from backend.external.offline.understanding.one_after_the_other import read_one_after_the_other
from backend.external.offline.understanding.one_piece import of_one_piece
from backend.external.offline.understanding.others import Pointed, name_the_other, read_of_others, read_pointed
from backend.external.offline.understanding.owners import cancelling_one, read_of_persons, remembered
from backend.external.offline.understanding.persons import Person, persons_in
from backend.external.offline.understanding.priced import as_priced, asked_anew, priced
from backend.external.offline.understanding.read_aloud import is_read_aloud
from backend.external.offline.understanding.reasons import without_reasons
from backend.external.offline.understanding.resolving import resolve
from backend.external.offline.understanding.rewording import reword
from backend.external.offline.understanding.same_but import read_same_but
from backend.external.offline.understanding.scanner import Scan, Span, scan
from backend.external.offline.understanding.splitting import split_questions
from backend.external.offline.understanding.supposing import read_ordered_and_supposed, read_supposed
from backend.external.offline.understanding.tags import read_tag
from backend.external.offline.understanding.text import read, spoken
from backend.external.offline.understanding.where_too import read_where_too

_WHICH_OR_HOW_MANY = (Kind.REMOVE, Kind.RESET, Kind.SAME, Kind.HALF, Kind.TIMES, Kind.EACH, Kind.ADD,
    Kind.LETTERING_WORD, Kind.SWAPPED, Kind.FORMER, Kind.LATTER,
)  # fmt: skip
"""Words that may change the order without naming anything."""
_KEPT_LEXICONS = 4
_WHETHER_THERE_IS = ("doyouhave", "haveyougot", "isthere", "arethere", "있나요", "있어요", "있습니까")
_WISHES = (
    Kind.ORDER,
    Kind.ADD,
    Kind.PUT,
    Kind.REMOVE,
    Kind.WITHOUT,
    Kind.CHANGE,
    Kind.STYLE,
    Kind.YES,
    Kind.NO,
    Kind.SERVICE,
)
_PARDON = re.compile(r"^\s*(?:네|예|응|어|뭐|yes|yeah|huh|eh|what|sorry)\s*\?+\s*$", re.IGNORECASE)
"""``네?``, ``yes?`` is not a yes."""
_REFUSED = re.compile(
    r"^[^.?!]{1,60}\?\s*"
    r"(?P<answer>(?:no|nah|nope|no,? thanks?|no,? thank you|아니요?|아뇨|아니에요|됐어요|괜찮아요|괜찮습니다)[.!]?)$",
    re.IGNORECASE,
)
_BARE_NUMBER = (
    r"(?:a|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|(?:한|두|세|네|다섯|여섯) ?개|하나|둘|셋)"
)
_WONDERED = re.compile(rf"(?<=[?.!,])\s*{_BARE_NUMBER}\s*\?(?=\s*\S)", re.IGNORECASE)
"""``how many candles? six? okay six candles``: a number that is only asked."""
_HESITATIONS = frozenset({"어", "어어", "음", "음음", "에", "그", "저", "저어", "uh", "um", "er", "erm", "hmm", "ehm"})
_ONE_MORE = ("onemore", "anotherone")
_FOR_OTHERS = 0.45
"""Of a sentence this much unknown that asks for nothing, a name in it is not ordered: the news, a talk at the table."""
_ASKS = re.compile(r"(?:\?|나요|가요|까요|습니까|입니까|는지요?|려나)\s*[?.!~]*\s*$")
_A_WORD = 2
"""Letters; one alone is an ending or a slip."""
_MOSTLY_UNKNOWN = 0.3
"""A number in a sentence of which this much is unknown counts something that the shop does not have."""


_IN_PARTS = (
    read_in_stock,
    read_every_style,
    read_ordered_and_supposed,
    read_supposed,
    read_tag,
    read_one_after_the_other,
)
"""Readers of whole sentences that have the parts of one read by the others; the first that can is taken."""


class OfflineUnderstanding:
    """Understanding by rules. Lexicons are built once for each version of the catalogue (about 10 ms) and kept."""

    def __init__(self) -> None:
        self._lexicons: dict[str, Lexicon] = {}

    @property
    def info(self) -> EngineInfo:
        return EngineInfo("offline", "rules", ("ko", "en"))

    async def understand(
        self,
        request: UnderstandingRequest,
        enough: Enough | None = None,  # noqa: ARG002 - rules write no answer
        glimpse: Glimpse | None = None,  # noqa: ARG002 - as above
    ) -> Understood:
        """Never raises: what is not understood is an empty proposal of low confidence."""
        return Understood(self.propose(request), self.info)

    def prepare(self, catalogue: Catalogue) -> Lexicon:
        """Build, or find, what is known about this version of the catalogue."""
        lexicon = self._lexicons.get(catalogue.version)
        if lexicon is None:
            if len(self._lexicons) >= _KEPT_LEXICONS:
                self._lexicons.pop(next(iter(self._lexicons)))
            lexicon = self._lexicons[catalogue.version] = Lexicon(catalogue)
        return lexicon

    def propose(self, request: UnderstandingRequest) -> Proposal:
        """The proposal for one sentence; the work behind ``understand``."""
        lexicon = self.prepare(request.catalogue)
        request = name_the_other(replace(request, transcript=_not_refused(spoken(request.transcript))))
        reworded = reword(request) or read_same_but(request, self.propose)
        if reworded is not None:
            return reworded
        persons = persons_in(request.transcript)
        owned = read_of_persons(persons, request, self.propose) if persons else None
        if owned is not None:
            return owned
        for reader in _IN_PARTS:
            in_parts = reader(request, self.propose)
            if in_parts is not None:
                return in_parts
        described = find_described(request.transcript, request)
        if described is not None:
            alone = read_pointed(Pointed((described.target,), described.rest), request, self.propose)
            if alone is not None:
                return alone
            narrowed = self._proposal(replace(request, transcript=described.rest, current=described.target), lexicon)
            return replace(narrowed, changes=about(described.target, narrowed.changes))
        others = read_of_others(request, self.propose)
        if others is not None:
            return others
        proposal = self._proposal(request, lexicon, persons)
        if not (proposal.changes or proposal.controls or proposal.questions):
            expected = as_expected(request)
            proposal = self._proposal(expected, lexicon) if expected is not None else proposal
        return cancelling_one(persons, request, proposal) if persons else proposal

    def _proposal(self, request: UnderstandingRequest, lexicon: Lexicon, persons: tuple[Person, ...] = ()) -> Proposal:
        sentence, lettering = take_lettering(request.transcript, [style.name.ko for style in request.catalogue.styles])
        text = read(sentence, request.language)
        found = _without_hesitations(scan(text, lexicon))
        if request.items:
            found = without_reasons(found)
        text = found.text
        spans = without_doubts(_meant(mark_doubts(found.spans), request, lexicon), text.breaks)
        spans = style_of_all(spans, text.breaks)
        if lettering is not None:
            spans = _with_lettering(spans, lettering)
        asking, rest = split_questions(
            spans, text.stops, ordering=bool(request.items), asks_by_mark=_ASKS.search(request.transcript) is not None
        )
        question, asking, rest = _question(spans, asking, rest, request, found.unknown)
        rest = without_aversions(rest)
        controls = read_controls(rest, request, answered=question is not None, unknown=found.unknown)
        if any(span.has(Kind.STAFF) for span in asking) and Control.CALL_STAFF not in controls:
            controls = (*controls, Control.CALL_STAFF)
        if _PARDON.match(request.transcript):
            controls = (Control.REPEAT,)
        choice = read_choice(rest, request)
        changes = _changes(rest, request, choice, controls)
        if not _is_for_us(changes, rest, request, question, found.unknown):
            changes = ()
        if request.asked == "confirm" and Control.CONFIRM in controls:
            changes = tuple(change for change in changes if not is_as_it_is(change, request))
        if changes:
            controls = tuple(control for control in controls if control is not Control.CHOOSE)
        elif choice is not None:
            controls = (*controls, Control.CHOOSE)
        changes = remembered(persons, rest, request.transcript, changes)
        proposal = Proposal(
            intent=intent_of(changes, controls, question, rest if found.unknown <= _MOSTLY_UNKNOWN else rest[:1]),
            confidence=0.0,
            language=language_of(spans, text.language),
            evidence=evidence_of(asking + rest),
            changes=changes,
            controls=controls,
            questions=(question,) if question else (),
            choice=choice if Control.CHOOSE in controls else None,
            unclear=left_over(rest, changes, request, text),
        )
        return replace(proposal, confidence=confidence_of(proposal, request, found.unknown))


def _question(
    spans: list[Span], asking: list[Span], rest: list[Span], request: UnderstandingRequest, unknown: float
) -> tuple[Question | None, list[Span], list[Span]]:
    """What is asked, with the pieces that ask it, and those that do not ask."""
    anew = asked_anew(spans, request)
    if anew is not None:
        return anew, asking, []
    question = read_question(asking, request) if asking else None
    if question is None and (wondered := wondered_about(spans, request)) is not None:
        return wondered, asking, spans
    if question is None and unknown > _MOSTLY_UNKNOWN and _asks_for_something(spans):
        return Question(QuestionKind.ELSEWHERE), asking, []
    if question is None:
        return None, [], spans
    if question.kind is QuestionKind.PRICE:
        question = replace(question, wanted=priced(asking, request))
    return question, asking, [] if is_read_aloud(rest) else rest


def _not_refused(transcript: str) -> str:
    """``extra blueberries? no thanks``: what is offered to oneself and refused in the same breath was never asked."""
    refused = _REFUSED.match(transcript)
    return refused["answer"] if refused is not None else _WONDERED.sub(" ", transcript)


def _meant(spans: list[Span], request: UnderstandingRequest, lexicon: Lexicon) -> list[Span]:
    """The pieces with the meaning that they have here."""
    known = lacking(without_what_is_kept(resolve(preferred(without_ages(summed_up(spans))), request, lexicon)))
    known = that_among_names(known, request)
    spans = one_of_that_kind(count_people(with_people(only_asked(known), request)))
    spans = counted_up(same_style_as(the_so_many(numbered(spans, request), request), request), request)
    spans = style_by_price(cancel_by_name(contented(spans, request), request), request)
    spans = too_dear(extreme_by_name(not_the_language(spans, request), request), request)
    return of_one_piece(spans, request)


def _is_for_us(
    changes: tuple[Change, ...],
    spans: list[Span],
    request: UnderstandingRequest,
    question: Question | None,
    unknown: float,
) -> bool:
    """Whether what seems to be ordered is ordered: not where most was said about something else, or to somebody."""
    if question is not None and not request.items and all(_is_nameless(change) for change in changes):
        return False
    if _counts_the_unknown(spans) and all(_is_nameless(change) for change in changes):
        return False
    clear = any(span.has(*ITEM_KINDS, Kind.SERVICE) and _is_clear(span) for span in spans)
    clear |= _is_told_at_the_end(spans)
    begins = any(span.has(Kind.ADD, Kind.CHANGE) for span in spans[:3]) and any(
        span.has(Kind.NUMBER) for span in spans[:3]
    )
    begins |= bool(spans) and spans[0].words in _ONE_MORE
    if unknown > _MOSTLY_UNKNOWN and not clear and not (begins and request.items and spans[0].start == 0):
        return False
    return unknown <= _FOR_OTHERS or any(span.has(*_WISHES) or span.unit for span in spans)


def _without_hesitations(found: Scan) -> Scan:
    """``딸기 어 케이크 그 두 개``: what fills pauses stands between things that belong together."""
    if all(span.has(Kind.FILLER) for span in found.spans):
        return found
    kept = [span for span in found.spans if span.words not in _HESITATIONS or not span.has(Kind.FILLER)]
    return Scan(kept, found.unknown, found.text)


def _counts_the_unknown(spans: list[Span]) -> bool:
    """``겨노 한 개 추가요``: a word that is not known stands right before what counts it; it is not the dish."""
    ends = [0, *(span.end for span in spans)]
    return any(
        span.has(Kind.NUMBER) and not span.latin and span.unit == "개" and span.start - end >= _A_WORD
        for span, end in zip(spans, ends, strict=False)
    )


def _asks_for_something(spans: list[Span]) -> bool:
    """``do you have lobster``, ``유모차 있어요?``: what it is, is not known here."""
    has = any(span.has(Kind.WHAT) and span.words.startswith(_WHETHER_THERE_IS) for span in spans)
    return has and not any(span.has(*ITEM_KINDS) for span in spans)


def _is_nameless(change: Change) -> bool:
    """``제일 인기 있는 거 두 개 주세요``: what is ordered is what was asked for, and that is answered first."""
    if isinstance(change, AddItem):
        return change.menu is None and not change.options and change.category is None
    return isinstance(change, ChangeItem) and change.menu is None


def _is_clear(span: Span) -> bool:
    return not span.has(Kind.NUMBER)


def _is_told_at_the_end(spans: list[Span]) -> bool:
    """``한 명 더 왔어요 하나 더 주세요``: whatever was said before, it ends with what is to be done."""
    if not spans:
        return False
    last = spans[-4:]
    counted = any(span.has(Kind.NUMBER) and not span.weak for span in last)
    told = any(span.has(Kind.ADD, Kind.REMOVE, Kind.SAME) for span in last) and last[-1].has(Kind.ORDER, Kind.ADD)
    corrected = spans[0].has(Kind.NO) and any(span.has(Kind.NUMBER) and span.unit for span in spans[:3])
    return (counted and told) or corrected


def _with_lettering(spans: list[Span], lettering: str) -> list[Span]:
    end = spans[-1].end if spans else 0
    return [*spans, Span(end, end, lettering, {Kind.LETTERING: ()})]


def _changes(
    spans: list[Span], request: UnderstandingRequest, choice: int | None, controls: tuple[Control, ...]
) -> tuple[Change, ...]:
    services = tuple(SetService(span.code(Kind.SERVICE)) for span in spans if span.has(Kind.SERVICE))[-1:]
    about_items = any(span.has(*ITEM_KINDS, *_WHICH_OR_HOW_MANY) for span in spans)
    about_items |= bool(request.about) and any(span.has(Kind.PUT) for span in spans)
    about_items |= request.asked == "which" and any(span.has(Kind.ALL) for span in spans)
    told = any(span.has(Kind.PAST) for span in spans) and not any(span.has(Kind.ORDER, Kind.SERVICE) for span in spans)
    stops_all = {Control.CANCEL, Control.REPEAT} & set(controls)
    those = _without_a_name(spans, request) if not stops_all else ()
    if those:
        return services + those
    told = told or wonders(spans) or any(span.has(Kind.PHONE) for span in spans)
    if not about_items or told or stops_all:
        return services if not stops_all else ()
    if choice is not None:
        return services + _chosen(spans, request, choice)
    return services + read_items(spans, request)


def _without_a_name(spans: list[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """What takes up something that was said, or done, before."""
    return of_the_named(spans, request) or read_where_too(spans, request) or the_other_was_meant(spans, request)


def _chosen(spans: list[Span], request: UnderstandingRequest, choice: int) -> tuple[Change, ...]:
    """``그걸로 두 개 그랜드로``: the menu that was offered, with what is said about it."""
    said = any(span.has(Kind.NUMBER, Kind.STYLE) and not span.weak for span in spans)
    if request.asked == "style" or not said:
        return ()
    menu = request.offered[min(choice, len(request.offered) - 1)]
    here = Span(0, 0, "", {Kind.MENU: (menu,)})
    rest = [span for span in spans if not span.has(Kind.RANK, Kind.THAT)]
    return as_priced(read_items([here, *rest], replace(request, items=(), current=None)), request)
