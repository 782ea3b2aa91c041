"""How well an engine does over the dialogues: right in whole, wrong orders, calibration, time.

A dialogue is right in whole when every turn is as expected. One that is not is counted once, by the first turn that
went wrong; wrong orders are counted apart and over all turns, also where the scripted customer says yes to what they
would in truth have heard to be wrong.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from backend.domain.catalogue import Catalogue
from backend.domain.order_state import STAGES, Asked
from backend.domain.proposal import Proposal, UnderstandingRequest
from tests.support.dialogues import ORDER, QUESTION, Dialogue, Played, is_held_out, merged, play

RIGHT_GOAL = 0.95
HELD_OUT_GOAL = 0.03
"""How far the held-out tenth may lie from the rest, in points of a hundred."""
SURE = 0.9
SURE_GOAL = 0.95
"""Of the turns that an engine is surer of than ``SURE``, this part is right."""
MEDIAN_GOAL_MS, P99_GOAL_MS = 20.0, 60.0
BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
_STILL_ASKING = frozenset({Asked.WHICH, Asked.QUANTITY, Asked.OFFER, Asked.ONE_MORE, Asked.CHANGE})


class Outcome(StrEnum):
    """What became of a dialogue. QUESTION: a question too many, or another one; the cart holds nothing wrong."""

    RIGHT = "right"
    WRONG_ORDER = "wrong order placed"
    CART = "cart differs"
    QUESTION = "a question too many or another"
    WORDS = "other words"


@dataclass(frozen=True, slots=True)
class Scored:
    dialogue: Dialogue
    played: tuple[Played, ...]

    @property
    def outcome(self) -> Outcome:
        if any(turn.wrong_order for turn in self.played):
            return Outcome.WRONG_ORDER
        first = next((turn for turn in self.played if turn.differences), None)
        if first is None:
            return Outcome.RIGHT
        kinds = {difference.kind for difference in first.differences}
        if ORDER in kinds:
            return Outcome.QUESTION if _only_asks(first) else Outcome.CART
        return Outcome.QUESTION if QUESTION in kinds else Outcome.WORDS

    @property
    def right(self) -> bool:
        return self.outcome is Outcome.RIGHT

    @property
    def judged(self) -> tuple[Played, ...]:
        """Turns of which something is expected, up to the first that went wrong: after it none is as it was meant."""
        found: list[Played] = []
        for turn in self.played:
            if turn.expected.names_something:
                found.append(turn)
            if turn.differences:
                break
        return tuple(found)


def _only_asks(turn: Played) -> bool:
    """Whether the cart lacks something, holds nothing else, and the kiosk is still asking."""
    expected, state = turn.expected, turn.turn.state
    wanted = expected.placed if expected.placed is not None else expected.items
    if wanted is None:
        return False
    left = merged(wanted)
    within = all(left.get(kind, 0) >= count for kind, count in merged(state.items).items())
    behind = expected.stage is not None and STAGES.index(state.stage) < STAGES.index(expected.stage)
    return within and not turn.placed and (behind or state.asked in _STILL_ASKING)


@dataclass(frozen=True, slots=True)
class Bin:
    """Turns with a confidence above ``low``, up to ``high``: how sure on average, how many of them right."""

    low: float
    high: float
    turns: int
    right: int
    told: float

    @property
    def accuracy(self) -> float:
        return self.right / self.turns if self.turns else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """``engine`` is its name; ``scored`` every dialogue."""

    engine: str
    scored: tuple[Scored, ...]

    # dialogues

    @property
    def accuracy(self) -> float:
        return _part_right(self.scored)

    @property
    def by_group(self) -> dict[str, tuple[Scored, ...]]:
        groups = sorted({each.dialogue.group for each in self.scored})
        return {group: tuple(each for each in self.scored if each.dialogue.group == group) for group in groups}

    @property
    def by_language(self) -> dict[str, tuple[Scored, ...]]:
        return {code: tuple(s for s in self.scored if s.dialogue.language == code) for code in ("ko", "en")}

    @property
    def held_out(self) -> tuple[Scored, ...]:
        return tuple(each for each in self.scored if is_held_out(each.dialogue))

    @property
    def rest(self) -> tuple[Scored, ...]:
        return tuple(each for each in self.scored if not is_held_out(each.dialogue))

    @property
    def held_out_accuracy(self) -> float:
        return _part_right(self.held_out)

    @property
    def held_out_gap(self) -> float:
        """By how much the held-out tenth is worse than the rest, 0.03 is three points; below zero: it is better."""
        return _part_right(self.rest) - self.held_out_accuracy

    @property
    def outcomes(self) -> Counter[Outcome]:
        return Counter(each.outcome for each in self.scored)

    # orders

    @property
    def orders(self) -> int:
        return sum(turn.placed for each in self.scored for turn in each.played)

    @property
    def wrong_orders(self) -> int:
        return sum(turn.wrong_order for each in self.scored for turn in each.played)

    # turns

    @property
    def judged(self) -> tuple[Played, ...]:
        return tuple(turn for each in self.scored for turn in each.judged)

    @property
    def sure(self) -> Bin:
        """Every turn with a confidence over ``SURE``."""
        return _bin(self.judged, SURE, 1.0)

    @property
    def reliability(self) -> tuple[Bin, ...]:
        return tuple(_bin(self.judged, low, high) for low, high in pairwise(BINS))

    @property
    def milliseconds(self) -> tuple[float, ...]:
        return tuple(turn.seconds * 1000 for each in self.scored for turn in each.played)


def score(
    engine: str,
    dialogues: Iterable[Dialogue],
    catalogue: Catalogue,
    propose: Callable[[UnderstandingRequest], Proposal],
    *,
    prose: bool = False,
) -> Score:
    """Play every dialogue; see ``play``."""
    return Score(engine, tuple(Scored(each, play(each, catalogue, propose, prose=prose)) for each in dialogues))


def p99(values: Sequence[float]) -> float:
    """The value below which 99 % lie (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, -(-len(ranked) * 99 // 100) - 1)]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def _part_right(scored: Sequence[Scored]) -> float:
    return sum(each.right for each in scored) / len(scored) if scored else 1.0


def _bin(turns: Iterable[Played], low: float, high: float) -> Bin:
    inside = [
        turn for turn in turns if low < turn.proposal.confidence <= high or (low == 0 == turn.proposal.confidence)
    ]
    told = statistics.fmean(turn.proposal.confidence for turn in inside) if inside else 0.0
    return Bin(low, high, len(inside), sum(not turn.differences for turn in inside), told)
