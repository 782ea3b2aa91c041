"""Find what is known in a sentence: names, numbers, particles and words, longest first, from left to right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.lexicon import Entry, Lexicon, Senses
from backend.external.offline.understanding.numbers import Number, digits_in_english, number_at
from backend.external.offline.understanding.sounds import Guess, nearest_of
from backend.external.offline.understanding.text import Text, is_hangul
from backend.external.offline.understanding.vocabulary import PARTICLES

_PARTICLE_FORMS = sorted(
    ((form, kind) for kind, forms in PARTICLES.items() for form in forms), key=lambda p: -len(p[0])
)
_NOUNS = frozenset(
    {
        Kind.MENU, Kind.PART, Kind.CATEGORY, Kind.STYLE, Kind.INGREDIENT, Kind.ALLERGEN, Kind.FLAVOUR, Kind.COLOUR,
        Kind.FLAVOUR_WORD, Kind.COLOUR_WORD, Kind.MENU_WORD, Kind.EACH, Kind.AND, Kind.TO, Kind.TOPIC, Kind.ALSO,
        Kind.OBJECT, Kind.OF, Kind.PARTICLE,
    }
)  # fmt: skip
"""Particles follow these."""
_VERBS = frozenset(Kind) - _NOUNS
"""Stems: whatever follows inside the written word is their ending."""
_SHORTEST_BEFORE_CATEGORY = 3
_SHORTENED = 0.8
"""How sure a name is of which only the beginning was typed: ``그랜``."""
_HEX_COLOUR = "hexcolour"
_LONGEST_SLIP = 10
"""Syllables of the longest name that is guessed at; people do not run longer ones together and misspell them."""
_LONGEST_PARTICLE = max(len(form) for form, _ in _PARTICLE_FORMS)
_PET_ENDING = re.compile(r"([a-z])\1(?:y|ie|ies)$")
"""``choccy cake``."""
_SHORT = 2
_MOST_SPANS = 120
"""Nobody orders in longer sentences; what comes after is not read, so that no text takes long."""
_ADNOMINAL = ("넣은", "올린", "뺀", "없는", "빠진", "추가한", "추가된", "들어간", "얹은", "꽂은", "더한")
_NUMBER_KINDS = {
    "count": Kind.NUMBER, "tiers": Kind.TIERS, "people": Kind.PEOPLE, "money": Kind.MONEY, "rank": Kind.RANK,
    "age": Kind.FILLER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """One known piece of a sentence. ``value`` and ``unit`` are a number's, ``adnominal`` a verb's before its noun."""

    start: int
    end: int
    words: str
    senses: Senses
    confidence: float = 1.0
    value: int = 0
    unit: str = ""
    weak: bool = False

    @property
    def latin(self) -> bool:
        return self.words.isascii()

    @property
    def adnominal(self) -> bool:
        return self.words.startswith(_ADNOMINAL)

    def has(self, *kinds: Kind) -> bool:
        return any(kind in self.senses for kind in kinds)

    def code(self, kind: Kind) -> str:
        return self.senses[kind][0]

    def only(self, kind: Kind, codes: Sequence[str], confidence: float = 1.0) -> Span:
        """The same words with one meaning."""
        return replace(self, senses={kind: tuple(codes)}, confidence=min(self.confidence, confidence))


@dataclass(slots=True)
class Scan:
    """The spans of a sentence in order, how much of it is unknown (0 to 1), and the text that they stand in."""

    spans: list[Span]
    unknown: float
    text: Text


def scan(text: Text, lexicon: Lexicon) -> Scan:
    """Find everything known, after that what is spelt as it sounds; then names that misspelt rests are slips of."""
    spans, gaps = _known(text, lexicon)
    apart = lexicon.ungluing.of(text, gaps) if gaps else None
    if apart is not None:
        text = apart
        spans, gaps = _known(text, lexicon)
    respelt = lexicon.respelling.of(text, gaps) if gaps else None
    if respelt is not None:
        text = respelt
        spans, gaps = _known(text, lexicon)
    guessed: list[Span] = []
    missing = 0
    for start, end in gaps:
        joined = _guess_with_before(text, lexicon, spans, start, end)
        if joined is not None:
            spans = [span for span in spans if span.end != start]
            guessed.append(joined)
            continue
        found, unknown = _guess_gap(text, lexicon, start, end)
        guessed += found
        missing += unknown
    spans = _numbers_by_sound(sorted([*spans, *guessed], key=lambda span: span.start))
    return Scan(spans, missing / max(1, len(text.raw)), text)


def _known(text: Text, lexicon: Lexicon) -> tuple[list[Span], list[tuple[int, int]]]:
    """What is known as it stands, and the stretches between."""
    spans: list[Span] = []
    gaps: list[tuple[int, int]] = []
    at, gap_from = 0, 0
    while at < len(text.raw) and len(spans) < _MOST_SPANS:
        span = _span_at(text, lexicon, at, spans[-1] if spans else None)
        if span is None:
            at += 1
            continue
        if gap_from < at:
            gaps.append((gap_from, at))
        spans.append(span)
        at = gap_from = span.end
    if gap_from < len(text.raw):
        gaps.append((gap_from, len(text.raw)))
    return spans, gaps


_NUMBERS_BY_SOUND = {"to": 2, "too": 2, "for": 4, "fore": 4, "ate": 8, "won": 1, "tree": 3, "free": 3, "sex": 6}
_COUNTED_KINDS = (Kind.MENU, Kind.PART, Kind.CATEGORY, Kind.INGREDIENT)


def _numbers_by_sound(spans: list[Span]) -> list[Span]:
    """``to strawberry cakes``, ``add to candles``: a number where a sentence or an order begins, before a plural."""
    out = list(spans)
    for at, span in enumerate(spans):
        begins = at == 0 or spans[at - 1].has(Kind.ADD, Kind.ORDER, Kind.PUT, Kind.GREETING)
        if span.words not in _NUMBERS_BY_SOUND or not begins:
            continue
        named = [each for each in spans[at + 1 : at + 4] if each.has(*_COUNTED_KINDS)]
        if named and spans[at + 1] is named[0] and any(each.words.endswith("s") for each in named):
            number = {Kind.NUMBER: ()}
            out[at] = replace(span, senses=number, confidence=0.8, value=_NUMBERS_BY_SOUND[span.words])
    return out


def _span_at(text: Text, lexicon: Lexicon, at: int, before: Span | None) -> Span | None:
    if text.raw.startswith(_HEX_COLOUR, at):
        end = text.word_end(at)
        return Span(at, end, text.raw[at:end], {Kind.COLOUR: (f"#{text.raw[at + len(_HEX_COLOUR) : end]}",)})
    adjoining = before is not None and before.end == at
    may_begin = text.starts[at] or adjoining
    number = number_at(text.raw, text.starts, at) if may_begin else None
    if number is not None:
        number = digits_in_english(text.raw, text.starts, number)
    particle = _particle_at(text, lexicon, at) if adjoining and not text.starts[at] else None
    for entry in lexicon.starting_at(text.raw, text.sound, at):
        if number is not None and number.end - at > len(entry.form):
            break
        if particle is not None and not entry.named and len(entry.form) <= len(particle.words):
            break
        if _fits(text, lexicon, entry, at, may_begin):
            return _entry_span(text, lexicon, entry, at)
    if number is not None:
        return _number_span(text, number, at)
    return particle or (_stray_particle(text, lexicon, at) if adjoining and before and before.has(*_MARKED) else None)


_MARKED = (Kind.NUMBER, Kind.MENU, Kind.PART, Kind.STYLE, Kind.INGREDIENT)


def _stray_particle(text: Text, lexicon: Lexicon, at: int) -> Span | None:
    """``하나 는와인 두잔``: a particle that the recogniser wrote before the next name."""
    particle = _particle_at(text, lexicon, at) if text.starts[at] and is_hangul(text.raw[at]) else None
    return particle if particle is not None and particle.end < text.word_end(at) else None


def _fits(text: Text, lexicon: Lexicon, entry: Entry, at: int, may_begin: bool) -> bool:
    end = at + len(entry.form)
    if Kind.RECOMMEND in entry.senses and any(at < broken < end for broken in text.breaks):
        return False
    if entry.form.isascii():
        return text.starts[at] and (text.starts[end] or not text.raw[end].isascii())
    if not may_begin and not (entry.named and len(entry.form) >= 3) and not entry.form.startswith(("주세", "주문")):
        return False
    return not entry.whole or text.starts[end] or _continues(text, lexicon, end)


def _continues(text: Text, lexicon: Lexicon, at: int) -> bool:
    """Whether something known begins in the middle of a written word: a particle to its end, a number, a name."""
    end = text.word_end(at - 1)
    rest = text.raw[at:end] if end - at <= _LONGEST_PARTICLE else ""
    for form, _ in _PARTICLE_FORMS:
        if rest == form:
            return True
    if number_at(text.raw, text.starts, at) is not None:
        return True
    return any(len(entry.form) >= 2 for entry in lexicon.starting_at(text.raw, text.sound, at))


def _entry_span(text: Text, lexicon: Lexicon, entry: Entry, at: int) -> Span:
    end = at + len(entry.form)
    if not entry.form.isascii() and not entry.named and _VERBS & set(entry.senses):
        end = _ending(text, lexicon, end)
    return Span(at, end, text.raw[at:end], entry.senses)


def _ending(text: Text, lexicon: Lexicon, at: int) -> int:
    """Where a verb's ending stops: at the end of the written word, or where something else begins."""
    while not text.starts[at]:
        if number_at(text.raw, text.starts, at) is not None and not _is_plain_ending(text.raw, at):
            break
        longest = next(lexicon.starting_at(text.raw, text.sound, at), None)
        if longest is not None and len(longest.form) >= 2 and (longest.named or not _crosses(text, longest, at)):
            break
        at += 1
    return at


def _crosses(text: Text, entry: Entry, at: int) -> bool:
    """``올리고 마카롱도``: a short word of the vocabulary (``고마``) does not go on into the next written word.

    A long one does, ``네주 문할게요``: a recogniser puts blanks in wrong places.
    """
    return len(entry.form) <= _SHORT and any(text.starts[at + 1 : at + len(entry.form)])


def _is_plain_ending(raw: str, at: int) -> bool:
    """``네요`` and ``세요`` are endings although they begin like numbers."""
    return raw.startswith(("네요", "세요", "서", "네"), at) and not raw.startswith(("네개", "세개"), at)


def _number_span(text: Text, number: Number, at: int) -> Span:
    return Span(
        at, number.end, text.raw[at : number.end], {_NUMBER_KINDS[number.kind]: ()}, 1.0, number.value, number.unit,
        number.weak,
    )  # fmt: skip


def _particle_at(text: Text, lexicon: Lexicon, at: int) -> Span | None:
    """A particle after a known piece: it reaches to the end of the written word, or to something else that is known."""
    end_of_word = text.word_end(at)
    for form, kind in _PARTICLE_FORMS:
        end = at + len(form)
        if text.raw.startswith(form, at) and (
            end == end_of_word or (end < end_of_word and _begins(text, lexicon, end))
        ):
            return Span(at, end, form, {kind: ()})
    return None


def _begins(text: Text, lexicon: Lexicon, at: int) -> bool:
    if number_at(text.raw, text.starts, at) is not None:
        return True
    return any(len(entry.form) >= 2 for entry in lexicon.starting_at(text.raw, text.sound, at))


def _guess_gap(text: Text, lexicon: Lexicon, start: int, end: int) -> tuple[list[Span], int]:
    """Guesses for one unknown stretch, word by word; and how many letters stay unknown."""
    spans: list[Span] = []
    unknown = 0
    at = start
    while at < end:
        word_end = min(end, text.word_end(at))
        span = _guess_joined(text, lexicon, at, word_end, end) or _guess_word(text, lexicon, at, word_end)
        if span is None:
            unknown += word_end - at
            at = word_end
            continue
        spans.append(span)
        at = span.end
        if at < word_end:
            particle = _particle_at(text, lexicon, at)
            if particle is not None:
                spans.append(particle)
                at = particle.end
            else:
                unknown += word_end - at
                at = word_end
    return spans, unknown


def _guess_with_before(text: Text, lexicon: Lexicon, spans: Sequence[Span], start: int, end: int) -> Span | None:
    """``the luxe``: what was heard as a small word and an unknown one is a name."""
    before = next((span for span in spans if span.end == start and span.has(Kind.FILLER) and span.latin), None)
    if before is None or text.word_end(start) != end or not text.raw[start:end].isascii():
        return None
    guess = lexicon.sounds.sounding(text.raw[before.start : end])
    if guess is None:
        return None
    return Span(before.start, end, text.raw[before.start : end], lexicon.named(guess.form).senses, guess.likeness)


def _guess_joined(text: Text, lexicon: Lexicon, at: int, word_end: int, end: int) -> Span | None:
    """Two written words that are one name: ``straw berry``, ``초 콜렛``."""
    if word_end >= end:
        return None
    both_end = min(end, text.word_end(word_end))
    guess = lexicon.sounds.nearest(text.raw[at:both_end])
    if guess is None or guess.likeness < 0.8:
        return None
    return Span(at, both_end, text.raw[at:both_end], lexicon.named(guess.form).senses, guess.likeness)


def _category_at(text: Text, lexicon: Lexicon, at: int) -> bool:
    """``eng dinner``: a short form is taken for a name where the word for what it is follows."""
    return at < len(text.raw) and any(
        Kind.CATEGORY in entry.senses for entry in lexicon.starting_at(text.raw, text.sound, at)
    )


def _guess_of_kind(text: Text, lexicon: Lexicon, at: int, stop: int) -> Guess | None:
    """``fresh dinner``: what stands before the kind is the nearest of that kind, if it is near at all."""
    kinds = (entry.senses[Kind.CATEGORY] for entry in lexicon.starting_at(text.raw, text.sound, stop) if _kind(entry))
    forms = [form for codes in kinds for code in codes for form in lexicon.of_kind(code)]
    return nearest_of(text.raw[at:stop], forms)


def _kind(entry: Entry) -> bool:
    return Kind.CATEGORY in entry.senses


def _guess_word(text: Text, lexicon: Lexicon, at: int, word_end: int) -> Span | None:
    if not is_hangul(text.raw[at]):
        stop = next((i for i in range(at, word_end) if is_hangul(text.raw[i])), word_end)
        guess = lexicon.sounds.nearest(text.raw[at:stop])
        if guess is None and _category_at(text, lexicon, stop):
            short = _PET_ENDING.sub(r"\1", text.raw[at:stop])
            guess = lexicon.sounds.beginning_with(short, _SHORTEST_BEFORE_CATEGORY)
            guess = guess or _guess_of_kind(text, lexicon, at, stop)
        if guess is None:
            return None
        return Span(at, stop, text.raw[at:stop], lexicon.named(guess.form).senses, guess.likeness)
    begun = lexicon.sounds.shortened(text.raw[at:word_end]) if text.starts[at] else None
    if begun is not None:
        return Span(at, word_end, text.raw[at:word_end], lexicon.named(begun).senses, _SHORTENED)
    best: Span | None = None
    for stop in range(min(word_end, at + _LONGEST_SLIP), at + 1, -1):
        guess = lexicon.sounds.nearest(text.raw[at:stop])
        if guess is not None and (best is None or guess.likeness > best.confidence):
            best = Span(at, stop, text.raw[at:stop], lexicon.named(guess.form).senses, guess.likeness)
    return best
