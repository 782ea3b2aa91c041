"""How much of what is understood is still understood when it is heard or typed wrongly.

``python -m tests.support.heard_turns [--language ko] [--kind "carried consonant"]``; a kind tells what was lost.

Every sentence of the settled dialogues that is right gets one slip of each kind, in the conversation as it was before
it, and is judged as it was written. A slip may cost a question; it must not put something else into the cart.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.domain.dialogue import Turn
from backend.domain.order_state import OrderState
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.external.offline.understanding.lettering import take_lettering
from tests.support.dialogue_files import Dialogue, Expected, all_dialogues, shop
from tests.support.dialogues import ORDER, is_held_out, judged, merged, say
from tests.support.mishearing import ENGLISH, KOREAN, damaged


@dataclass(frozen=True, slots=True)
class Heard:
    """One sentence with a slip of one ``kind``. ``wrong``: it put something into the cart that was not said."""

    dialogue: Dialogue
    expected: Expected
    language: str
    kind: str
    words: str
    right: bool
    wrong: bool
    told: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True)
class KindScore:
    """Sentences with one kind of slip, in one language."""

    language: str
    kind: str
    turns: int
    right: int
    wrong: int

    @property
    def accuracy(self) -> float:
        return self.right / self.turns if self.turns else 1.0


def heard_turns(dialogues: Sequence[Dialogue] = (), kinds: Sequence[str] = ()) -> Iterator[Heard]:
    """Every sentence that is right as it was written, with each slip that can happen to it."""
    engine, base = OfflineUnderstanding(), shop().catalogue
    for dialogue in dialogues or [each for each in all_dialogues() if not is_held_out(each)]:
        catalogue, state = dialogue.catalogue(base), OrderState()
        slips = KOREAN if dialogue.language == "ko" else ENGLISH
        for expected in dialogue.turns:
            _, turn = say(expected.say, state, catalogue, engine, dialogue.history)
            if not _is_right(expected, turn):
                break
            if take_lettering(expected.say)[1] is None and expected.names_something:
                for kind, damage in slips.items():
                    words = damaged(expected.say, kind, damage) if not kinds or kind in kinds else None
                    if words is not None:
                        yield _heard(engine, dialogue, expected, state, (kind, words))
            state = turn.state
            if turn.place:
                break


def _is_right(expected: Expected, turn: Turn) -> bool:
    wanted = expected.placed if expected.placed is not None else expected.items
    return wanted is None or merged(wanted) == merged(turn.state.items)


def _heard(
    engine: OfflineUnderstanding, dialogue: Dialogue, expected: Expected, state: OrderState, slip: tuple[str, str]
) -> Heard:
    kind, words = slip
    catalogue = dialogue.catalogue(shop().catalogue)
    proposal, turn = say(words, state, catalogue, engine, dialogue.history)
    played = judged(expected, proposal, state, turn, catalogue, seconds=0.0)
    told = tuple(each.text for each in played.differences)
    changed = merged(turn.state.items) != merged(state.items) or turn.state.service != state.service
    wrong = (changed or turn.place) and any(each.kind == ORDER for each in played.differences)
    return Heard(dialogue, expected, dialogue.language, kind, words, not told, wrong, told, turn.say)


def scores(heard: Sequence[Heard]) -> tuple[KindScore, ...]:
    """By language and kind, in the order in which they are written down."""
    found: list[KindScore] = []
    for language, kind in dict.fromkeys((each.language, each.kind) for each in heard):
        own = [each for each in heard if (each.language, each.kind) == (language, kind)]
        right, wrong = sum(each.right for each in own), sum(each.wrong for each in own)
        found.append(KindScore(language, kind, len(own), right, wrong))
    order = [*(("ko", kind) for kind in KOREAN), *(("en", kind) for kind in ENGLISH)]
    return tuple(sorted(found, key=lambda each: order.index((each.language, each.kind))))


def total(found: Sequence[KindScore], language: str = "") -> KindScore:
    own = [each for each in found if not language or each.language == language]
    return KindScore(
        language, "all", sum(s.turns for s in own), sum(s.right for s in own), sum(s.wrong for s in own)
    )  # fmt: skip


def table(found: Sequence[KindScore]) -> list[str]:
    """The figures as rows of Markdown."""
    head = ["| heard or typed wrongly | language | sentences | stay right | wrong carts |", "|---|---|---:|---:|---:|"]
    sums = [total(found, "ko"), total(found, "en"), total(found)]
    return head + [
        f"| {each.kind} | {each.language or 'both'} | {each.turns} | {each.accuracy:.1%} | {each.wrong} |"
        for each in (*found, *sums)
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.support.heard_turns", description=__doc__)
    parser.add_argument("--kind", action="append", default=[], help="tell each sentence that was lost by this slip")
    parser.add_argument("--language", choices=("ko", "en"))
    options = parser.parse_args(arguments)
    heard = [each for each in heard_turns(kinds=options.kind) if options.language in (None, each.language)]
    for each in heard if options.kind else ():
        if not each.right:
            mark = "WRONG" if each.wrong else "asks"
            sys.stdout.write(f"{mark} {each.words!r} for {each.expected.say!r} [{each.dialogue}]\n")
            sys.stdout.write(f"      {'; '.join(each.told)}\n      kiosk: {each.said}\n")
    sys.stdout.write("\n".join(table(scores(heard))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
