"""Dialogues of ``tests/dialogues/*.json``: what a customer says, and what must stand after each sentence.

Each file is a group of customers; each dialogue a name and turns. A turn expects only what it names: ``stage``,
``items``, ``decision``, ``intent``, ``service``, and ``says``, a part of the answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.domain.catalogue import Catalogue
from backend.domain.dialogue import Turn, placed, respond
from backend.domain.order import Item
from backend.domain.order_state import OrderState, bill_of
from backend.domain.proposal import Proposal, UnderstandingRequest
from backend.external.offline.understanding.engine import OfflineUnderstanding

FOLDER = Path(__file__).parents[1] / "dialogues"


@dataclass(frozen=True, slots=True)
class Dialogue:
    group: str
    name: str
    turns: tuple[dict[str, Any], ...]

    def __str__(self) -> str:
        return f"{self.group}: {self.name}"


def all_dialogues() -> Iterator[Dialogue]:
    for path in sorted(FOLDER.glob("*.json")):
        for one in json.loads(path.read_text()):
            yield Dialogue(path.stem, one["name"], tuple(one["turns"]))


def say(words: str, state: OrderState, catalogue: Catalogue, engine: OfflineUnderstanding) -> tuple[Proposal, Turn]:
    """One turn without a backend; a confirmed order gets the number 1."""
    request = UnderstandingRequest(
        words, catalogue, state.items, state.current, state.stage, state.asked, "", state.offered, state.language
    )
    proposal = engine.propose(request)
    turn = respond(state, proposal, catalogue)
    if turn.place:
        turn = placed(turn.state, 1, "order", bill_of(turn.state, catalogue).payable)
    return proposal, turn


def differences(dialogue: Dialogue, catalogue: Catalogue, engine: OfflineUnderstanding) -> list[str]:
    """Where the conversation went another way than expected; empty when it is right in whole."""
    state = OrderState()
    found: list[str] = []
    for expected in dialogue.turns:
        proposal, turn = say(expected["say"], state, catalogue, engine)
        state = turn.state
        got = {
            "stage": state.stage,
            "items": [_plain(item) for item in state.items],
            "decision": turn.decision,
            "intent": str(proposal.intent),
            "service": state.service,
        }
        wanted = (
            {**expected, "items": [_defaults(item) for item in expected["items"]]} if "items" in expected else expected
        )
        found += [
            f"{expected['say']!r}: {key} is {got[key]}, not {wanted[key]}"
            for key in got
            if key in wanted and got[key] != wanted[key]
        ]
        if expected.get("says", "") not in turn.say:
            found.append(f"{expected['say']!r}: said {turn.say!r} without {expected['says']!r}")
    return found


def _plain(item: Item) -> dict[str, Any]:
    cake = item.cake
    made = cake and {"flavour": cake.flavour, "colour": cake.colour, "tiers": cake.tiers, "lettering": cake.lettering}
    return {
        "menu": item.menu_code,
        "style": item.style,
        "quantity": item.quantity,
        "customization": dict(item.customization),
        "cake": made,
    }


def _defaults(item: dict[str, Any]) -> dict[str, Any]:
    return {"customization": {}, "cake": None, **item}
