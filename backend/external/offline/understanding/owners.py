"""Whose item is whose: remembered when it is ordered for somebody, and found again when that person is spoken of.

``a french for my husband and a valentine for me``, then ``his deluxe mine simple``; ``할아버지 것만 와인 빼 주세요``.
What is said of a person is read without the words for the person, as about that person's item. Where that does not read
as a change of an item that is there, or nobody fits, the sentence is read as any other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from backend.domain.proposal import (
    UNSAID,
    AddItem,
    Change,
    ChangeItem,
    Control,
    Intent,
    Proposal,
    RemoveItem,
    SplitItem,
    UnderstandingRequest,
)
from backend.external.offline.understanding.described import about
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.persons import ME, THEY, Person, lines_of
from backend.external.offline.understanding.scanner import Span
from backend.external.offline.understanding.text import compact

_IT = ("그거", "that one")
_OF_SEVERAL = (ME, THEY, "child", "adults")
"""One piece is not theirs where it is not known how many are."""
_MOST_BEFORE = 12
"""Letters before the first person that may be left unread: ``네``, ``oh and``, ``actually``."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of one person's items."""

    code: str
    targets: tuple[int, ...]
    words: str


def read_of_persons(
    persons: Sequence[Person], request: UnderstandingRequest, read: Callable[[UnderstandingRequest], Proposal]
) -> Proposal | None:
    """The changes of the items of those who are spoken of; None where it is not just that."""
    said = _said(persons, request)
    proposals: list[Proposal] = []
    for each in said:
        for target in each.targets:
            narrowed = _read_of_one(each, replace(request, current=target, whose=()), read)
            changes = _of_one(narrowed.changes, each.code, target, request)
            if changes is None or narrowed.questions:
                return None
            proposals.append(replace(narrowed, changes=changes))
    if not proposals:
        return None
    changes = tuple(change for proposal in proposals for change in proposal.changes)
    return replace(proposals[0], changes=changes, confidence=min(each.confidence for each in proposals))


def _read_of_one(
    said: _Said, request: UnderstandingRequest, read: Callable[[UnderstandingRequest], Proposal]
) -> Proposal:
    """``cancel hers``, ``엄마 거 빼 주세요``: without the person it names nothing that goes, but the person's item."""
    narrowed = read(replace(request, transcript=said.words))
    if narrowed.changes or narrowed.questions:
        return narrowed
    if Control.CANCEL in narrowed.controls:
        return replace(narrowed, intent=Intent.ORDER, changes=(RemoveItem(),), controls=())
    pointed = read(replace(request, transcript=f"{_IT[request.language == 'en']} {said.words}"))
    removed = bool(pointed.changes) and all(isinstance(change, RemoveItem) for change in pointed.changes)
    return pointed if removed else narrowed


def cancelling_one(persons: Sequence[Person], request: UnderstandingRequest, proposal: Proposal) -> Proposal:
    """``cancel hers`` of somebody of whom nothing is known: not the whole order, but which item is asked for."""
    meant = [person for person in persons if not person.instead and (person.code != ME or any(request.whose))]
    if Control.CANCEL not in proposal.controls or proposal.changes or not meant or not request.items:
        return proposal
    left = [at for at, owners in enumerate(request.whose) if not owners]
    target = left[0] if len(left) == 1 and any(request.whose) else UNSAID
    several = len(request.items) > 1 or request.items[0].quantity == 1
    one = RemoveItem(target) if several else ChangeItem(0, quantity_by=-1)
    controls = tuple(control for control in proposal.controls if control is not Control.CANCEL)
    return replace(proposal, intent=Intent.ORDER, changes=(one,), controls=controls)


def _said(persons: Sequence[Person], request: UnderstandingRequest) -> list[_Said]:
    """The sentence in as many parts as persons are meant; empty where somebody is not known."""
    transcript = request.transcript
    for person in persons:
        if person.instead:
            transcript = transcript[: person.start] + " " * (person.end - person.start) + transcript[person.end :]
    meant = [(person, _lines(person.code, request)) for person in persons if not person.instead]
    if not meant or not all(lines for _, lines in meant):
        return []
    if len({lines for _, lines in meant}) == 1:
        words = transcript
        for person, _ in reversed(meant):
            words = f"{words[: person.start]} {person.left} {words[person.end :]}"
        return [_Said(meant[0][0].code, meant[0][1], words.strip())]
    starts = [person.start for person, _ in meant]
    ends = [person.end for person, _ in meant]
    leads = meant[0][0].leads
    if leads:
        spoken = [
            f"{person.left} {transcript[person.end : until]}"
            for (person, _), until in zip(meant, [*starts[1:], len(transcript)], strict=True)
        ]
        left = transcript[: starts[0]]
    else:
        spoken = [
            f"{transcript[since : person.start]} {person.left}"
            for (person, _), since in zip(meant, [0, *ends[:-1]], strict=True)
        ]
        left = transcript[ends[-1] :]
    if len(compact(left)) > _MOST_BEFORE:
        return []
    return [_Said(who.code, lines, words.strip()) for (who, lines), words in zip(meant, spoken, strict=True)]


def _lines(code: str, request: UnderstandingRequest) -> tuple[int, ...]:
    """The person's items; of several pieces of the only item one is theirs: ``two french``, ``no wine for my wife``."""
    known = lines_of(code, request.whose)
    if not known and code not in _OF_SEVERAL and len(request.items) == 1:
        more = request.items[0].quantity - len(request.whose[0] if request.whose else ())
        return (0,) if request.items[0].quantity > 1 and more > 0 else ()
    return known


def _of_one(
    changes: tuple[Change, ...], code: str, target: int, request: UnderstandingRequest
) -> tuple[Change, ...] | None:
    """The changes with the person's item; None where something else is changed or ordered as well, or nothing."""
    for change in changes:
        if not isinstance(change, ChangeItem | RemoveItem | SplitItem) or change.target not in (None, target):
            return None
        if isinstance(change, ChangeItem) and change.menu is not None:
            return None
    persons = request.whose[target] if request.whose else ()
    if changes and all(isinstance(change, RemoveItem) for change in changes):
        return _without_one(code, target, request)
    count = request.items[target].quantity
    known = next((each for each in persons if lines_of(code, ((each,),))), None)
    if count == 1 or (known is not None and len(persons) == 1):
        return about(target, changes) or None
    if known is not None and count != len(persons):
        return None
    one = changes[0] if len(changes) == 1 else None
    if not isinstance(one, ChangeItem) or one.quantity is not None or one.quantity_by:
        return None
    return (replace(one, target=target, pieces=one.pieces or 1, whose=known or code),)


def _without_one(code: str, target: int, request: UnderstandingRequest) -> tuple[Change, ...] | None:
    """The item goes, or one piece of several: how many of them are one person's is not known."""
    persons = request.whose[target] if request.whose else ()
    count = request.items[target].quantity
    known = next((each for each in persons if lines_of(code, ((each,),))), None)
    if count == 1 or (known in _OF_SEVERAL and len(persons) == 1):
        return (RemoveItem(target),)
    return (ChangeItem(target, quantity=0, pieces=1, whose=known or code),)


def remembered(
    persons: Sequence[Person], spans: Sequence[Span], transcript: str, changes: tuple[Change, ...]
) -> tuple[Change, ...]:
    """What is ordered, with the person that it is for, where each name has just one."""
    if not persons:
        return changes
    named = [span for span in spans if span.has(Kind.MENU)]
    whose = _whose(persons, named, transcript)
    added = [change for change in changes if isinstance(change, AddItem)]
    only_me = all(person.code == ME for person in persons)
    if only_me and (len(added) != 1 or (added[0].quantity or 1) > 1):
        return changes
    out: list[Change] = []
    for change in changes:
        if not isinstance(change, AddItem) or change.menu is None:
            out.append(change)
            continue
        owners = [who for span, who in zip(named, whose, strict=True) if change.menu in span.senses[Kind.MENU]]
        alike = [each for each in added if each.menu == change.menu]
        if len(owners) == len(alike):
            out.append(replace(change, whose=owners[next(n for n, each in enumerate(alike) if each is change)]))
        elif len(alike) == 1 and change.quantity == len(owners):
            out += [replace(change, quantity=1, whose=who) for who in owners]
        else:
            out.append(change)
    return tuple(out)


def _whose(persons: Sequence[Person], named: Sequence[Span], transcript: str) -> list[str]:
    """For each name in the sentence the person that it is for; empty where that is nobody or several."""
    meant = [person for person in persons if not person.instead]
    ats = [len(compact(transcript[: person.start])) for person in meant]
    out: list[str] = []
    for span in named:
        claims: list[str] = []
        for n, person in enumerate(meant):
            before = ats[n - 1] if n else -1
            after = ats[n + 1] if n + 1 < len(meant) else len(compact(transcript)) + 1
            low, high = (ats[n], after) if person.leads else (before, ats[n])
            if low <= span.start < high:
                claims.append(person.code)
        out.append(claims[0] if len(claims) == 1 else "")
    return out
