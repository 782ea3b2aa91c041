"""Play the dialogues of ``tests/dialogues/*.yaml`` and tell where they went another way.

``python -m tests.support.dialogues [FILE...]`` plays files through the offline engine and prints what failed. What a
held-out dialogue did is not shown, so that nobody mends a rule by it; ``--held-out`` shows that too.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from backend.domain.catalogue import Catalogue
from backend.domain.dialogue import Turn, placed, respond
from backend.domain.order import Item
from backend.domain.order_state import GREETING, MENU_SELECTION, OrderState, bill_of
from backend.domain.proposal import Proposal, UnderstandingRequest
from backend.domain.recommending import History
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.services.conversation import ASSISTANT, USER, ConversationSession
from backend.services.conversation_prompt import build_prompt
from tests.support.dialogue_files import (
    DECISIONS,
    FOLDER,
    Dialogue,
    DialogueError,
    Expected,
    all_dialogues,
    read_dialogues,
    shop,
)

__all__ = [
    "Dialogue",
    "Expected",
    "Played",
    "all_dialogues",
    "differences",
    "is_held_out",
    "play",
    "request_for",
    "say",
]

NO_HISTORY = History()
ORDER, QUESTION, WORDS = "order", "question", "words"
"""What went wrong: the cart is not what was meant; the kiosk is at another question; it said something else."""


@dataclass(frozen=True, slots=True)
class Difference:
    """``kind`` is ORDER, QUESTION or WORDS; ``text`` says what is and what should be."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Played:
    """One turn as it went. ``seconds``: understanding and answering. ``wrong_order``: an order was placed that differs
    from what was asked, or that nobody asked for."""

    expected: Expected
    proposal: Proposal
    turn: Turn
    differences: tuple[Difference, ...]
    seconds: float
    wrong_order: bool = False

    @property
    def placed(self) -> bool:
        return self.turn.place

    def readable(self) -> list[str]:
        """The failures of this turn, for people."""
        if not self.differences:
            return []
        head = f"    line {self.expected.line}: {self.expected.say!r} (confidence {self.proposal.confidence:.2f})"
        return [head, *(f"      {each.text}" for each in self.differences), f"      kiosk: {self.turn.say}"]


def is_held_out(dialogue: Dialogue) -> bool:
    """A tenth of all dialogues, drawn by their names: rules are never mended by them."""
    drawn = int.from_bytes(hashlib.sha256(str(dialogue).encode()).digest()[:2], "big")
    return drawn < 65_536 // 10


def request_for(words: str, state: OrderState, catalogue: Catalogue, context: str = "") -> UnderstandingRequest:
    """What an engine is asked about ``words`` said at ``state``."""
    return UnderstandingRequest(
        words, catalogue, state.items, state.current, state.stage, state.asked, context, state.offered, state.language,
        state.about, state.counted, state.priced, state.whose, state.items_before, state.named,
    )  # fmt: skip


def say(
    words: str, state: OrderState, catalogue: Catalogue, engine: OfflineUnderstanding, history: History = NO_HISTORY
) -> tuple[Proposal, Turn]:
    """One turn without a backend; a confirmed order gets the number 1."""
    proposal = engine.propose(request_for(words, state, catalogue))
    return proposal, _settled(respond(state, proposal, catalogue, history), catalogue)


def _settled(turn: Turn, catalogue: Catalogue) -> Turn:
    if not turn.place:
        return turn
    return replace(placed(turn.state, 1, "order", bill_of(turn.state, catalogue).payable), place=True)


def play(
    dialogue: Dialogue, base: Catalogue, propose: Callable[[UnderstandingRequest], Proposal], *, prose: bool = False
) -> tuple[Played, ...]:
    """The whole conversation, to its end whatever happens. ``prose``: the engine reads what was said before."""
    catalogue = dialogue.catalogue(base)
    state, found = OrderState(), []
    session = ConversationSession("dialogue", "member" if dialogue.history.frequent_menus else None)
    for expected in dialogue.turns:
        begin = time.perf_counter()
        context = build_prompt(session.user_id, dialogue.history, catalogue.events, session) if prose else ""
        proposal = propose(request_for(expected.say, state, catalogue, context))
        turn = _settled(respond(state, proposal, catalogue, dialogue.history), catalogue)
        seconds = time.perf_counter() - begin
        found.append(judged(expected, proposal, state, turn, catalogue, seconds=seconds))
        state = session.order_state = turn.state
        session.add_message(USER, expected.say)
        session.add_message(ASSISTANT, turn.say)
    return tuple(found)


def judged(
    expected: Expected, proposal: Proposal, before: OrderState, turn: Turn, catalogue: Catalogue, *, seconds: float
) -> Played:
    """Compare one turn with what was expected of it."""
    wrong = turn.place and (expected.placed is None or merged(turn.state.items) != merged(expected.placed))
    differences = (*_order(expected, before, turn, catalogue), *_question(expected, before, turn))
    differences += _words(expected, proposal, turn)
    return Played(expected, proposal, turn, differences, seconds, wrong)


def _order(expected: Expected, before: OrderState, turn: Turn, catalogue: Catalogue) -> tuple[Difference, ...]:
    state = turn.state
    found: list[str] = []
    if turn.place and expected.placed is None:
        found.append("placed an order that nobody asked for")
    if expected.placed is not None and not turn.place:
        found.append("placed nothing")
    for wanted in (expected.items, expected.placed):
        if wanted is not None and merged(wanted) != merged(state.items):
            found.append(f"items are {_told(state.items)}, not {_told(wanted)}")
            break
    if expected.service is not None and expected.service != state.service:
        found.append(f"service is {state.service}, not {expected.service}")
    if expected.unchanged and (merged(before.items), before.service) != (merged(state.items), state.service):
        found.append(f"changed the order from {_told(before.items)} to {_told(state.items)}")
    if expected.payable is not None:
        payable = bill_of(state, catalogue).payable
        if payable != expected.payable:
            found.append(f"costs {payable}, not {expected.payable}")
    return tuple(Difference(ORDER, text) for text in found)


def _question(expected: Expected, before: OrderState, turn: Turn) -> tuple[Difference, ...]:
    found: list[str] = []
    stage = turn.state.stage
    if expected.stage is not None and expected.stage != stage:
        found.append(f"stage is {stage}, not {expected.stage}")
    if expected.decision is not None and expected.decision != turn.decision:
        found.append(f"decision is {DECISIONS[turn.decision]}, not {DECISIONS[expected.decision]}")
    if expected.asks is not None and expected.asks != turn.state.asked:
        found.append(f"asks {str(turn.state.asked) or 'nothing'}, not {expected.asks or 'nothing'}")
    if expected.unchanged and stage != before.stage and (before.stage, stage) != (GREETING, MENU_SELECTION):
        found.append(f"went from {before.stage} to {stage}")
    return tuple(Difference(QUESTION, text) for text in found)


def _words(expected: Expected, proposal: Proposal, turn: Turn) -> tuple[Difference, ...]:
    found: list[str] = []
    if expected.intent is not None and expected.intent != str(proposal.intent):
        found.append(f"intent is {proposal.intent}, not {expected.intent}")
    if expected.staff is not None and expected.staff != turn.staff_called:
        found.append("called nobody" if expected.staff else "called the staff")
    found += [f"does not say {part!r}" for part in expected.says if part.lower() not in turn.say.lower()]
    found += [f"says {part!r}" for part in expected.says_not if part.lower() in turn.say.lower()]
    return tuple(Difference(WORDS, text) for text in found)


def merged(items: Iterable[Item]) -> dict[tuple[object, ...], int]:
    """Pieces of each kind: the order of lines, and one line or two of the same, make no difference to a customer."""
    pieces: dict[tuple[object, ...], int] = {}
    for item in items:
        kind = (item.menu_code, item.style, tuple(sorted(item.customization.items())), item.cake)
        pieces[kind] = pieces.get(kind, 0) + item.quantity
    return pieces


def _told(items: Iterable[Item]) -> str:
    return "[" + "; ".join(_told_item(item) for item in items) + "]"


def _told_item(item: Item) -> str:
    """The item as dialogue files write it."""
    parts = [" ".join([item.menu_code, f"x{item.quantity}", *([item.style] if item.style else [])])]
    parts += [f"{code} {count}" for code, count in item.customization.items()]
    if item.cake is not None:
        cake = item.cake
        parts += [f"flavour {cake.flavour}", f"colour {cake.colour}", f"tiers {cake.tiers}"]
        parts += [f'lettering "{cake.lettering}"'] if cake.lettering else []
    return ", ".join(parts)


def differences(
    dialogue: Dialogue, catalogue: Catalogue, propose: Callable[[UnderstandingRequest], Proposal]
) -> list[str]:
    """Where the conversation went another way than expected; empty when it is right in whole."""
    played = play(dialogue, catalogue, propose)
    return [f"line {p.expected.line} {p.expected.say!r}: {d.text}" for p in played for d in p.differences]


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 when a dialogue failed, 2 when a file is not in the form."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.dialogues", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="all files of tests/dialogues by default")
    parser.add_argument("--pending", action="store_true", help="without files: those that wait to be understood, too")
    parser.add_argument("--held-out", action="store_true", help="show what held-out dialogues did, too")
    options = parser.parse_args(arguments)
    engine = OfflineUnderstanding()
    failed = hidden = total = 0
    try:
        for path in options.files or sorted(FOLDER.glob("**/*.yaml" if options.pending else "*.yaml")):
            for dialogue in read_dialogues(path):
                total += 1
                lines = [line for p in play(dialogue, shop().catalogue, engine.propose) for line in p.readable()]
                failed += bool(lines)
                if lines and is_held_out(dialogue) and not options.held_out:
                    hidden += 1
                elif lines:
                    known = f"  (known: {dialogue.known_failure})" if dialogue.known_failure else ""
                    sys.stdout.write(
                        "\n".join([f"{path.parent.name}/{path.name}: {dialogue.name}{known}", *lines, "", ""])
                    )
    except DialogueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{total - failed} of {total} dialogues are right in whole")
    sys.stdout.write(f"; {hidden} of those that failed are held out and not shown\n" if hidden else "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
