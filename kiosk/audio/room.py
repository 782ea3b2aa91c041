"""Whose voice counts: the customer's, told from the room by how loud it is. See docs/adr/0018."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from kiosk.audio.interfaces import FRAME_SECONDS, Heard

REMEMBERED_SECONDS = 3.0
KEPT_SHARE = 3
"""What is kept of the room from one customer to the next weighs a third of what is remembered."""
QUIET_DBFS = -65.0
"""A room nobody has heard yet, and the quietest that is believed: a digital silence is no room."""


class Room:
    """How loud it is here while no customer speaks: a middle and a spread, in dB, and nothing else. Kept from one
    customer to the next, so that nothing need be recorded on the attract screen."""

    def __init__(self) -> None:
        self._levels: deque[float] = deque(maxlen=round(REMEMBERED_SECONDS / FRAME_SECONDS))
        self._floor, self._spread = QUIET_DBFS, 0.0
        self.reopened()

    @property
    def floor(self) -> float:
        """dBFS."""
        return self._floor

    @property
    def spread(self) -> float:
        """dB that the room's louder moments stand above its middle."""
        return self._spread

    def reopened(self) -> None:
        """The microphone was closed: what was learnt counts, and gives way quickly."""
        kept = self._levels.maxlen or KEPT_SHARE
        self._levels.clear()
        self._levels.extend([self._floor] * (kept // KEPT_SHARE))

    def learn(self, level: float) -> None:
        """A frame in which the customer does not speak."""
        self._levels.append(max(QUIET_DBFS, level))
        middle, loud = np.percentile(np.fromiter(self._levels, float), (50, 90))
        self._floor, self._spread = float(middle), float(loud - middle)


@dataclass(frozen=True, slots=True)
class GateRules:
    """Probabilities and dB.

    Between the two probabilities the last verdict stands. A voice begins a turn ``begin_above`` the room and goes on
    ``stay_above`` it, and at most ``below_customer`` under the customer's own level. ``most_spread``: more of a spread
    than that is speech that the room was taught by. While the kiosk speaks and nobody has spoken yet, a voice counts
    from ``over_echo`` dBFS on: what the canceller leaves before it knows the room is softer.
    """

    speech: float = 0.5
    silence: float = 0.35
    begin_above: float = 9.0
    stay_above: float = 5.0
    below_customer: float = 8.0
    below_customer_over_echo: float = 12.0
    most_spread: float = 6.0
    over_echo: float = -38.0
    quietest: float = -54.0


CUSTOMER_SECONDS = 3.0
LOUDER_PART = 90
"""Percentile: of a softer voice and a louder one the louder is the customer's within a few syllables."""
CUSTOMER_AFTER_SECONDS = 0.2
"""Less of a voice says nothing about how loud it is."""


class Gate:
    """Fed with every frame of an open microphone, in order."""

    def __init__(self, room: Room, rules: GateRules | None = None) -> None:
        self.room = room
        self._rules = rules or GateRules()
        self._customer: deque[float] = deque(maxlen=round(CUSTOMER_SECONDS / FRAME_SECONDS))
        self._level: float | None = None
        self._likely = False

    @property
    def customer(self) -> float | None:
        """dBFS of the louder part of what the customer said; None: nobody spoke yet."""
        return self._level

    def voiced(self, heard: Heard, *, in_turn: bool) -> bool:
        """Whether the customer speaks in this frame."""
        rules = self._rules
        if heard.speech >= rules.speech:
            self._likely = True
        elif heard.speech < rules.silence:
            self._likely = False
        voiced = self._likely and heard.level >= self._threshold(heard, in_turn=in_turn)
        if in_turn and voiced:
            self._customer.append(heard.level)
            if len(self._customer) * FRAME_SECONDS >= CUSTOMER_AFTER_SECONDS:
                self._level = float(np.percentile(np.fromiter(self._customer, float), LOUDER_PART))
        elif not in_turn and not heard.echo:
            self.room.learn(heard.level)
        return voiced

    def _threshold(self, heard: Heard, *, in_turn: bool) -> float:
        rules, room = self._rules, self.room
        spread = min(rules.most_spread, room.spread)
        above = max(rules.stay_above, spread) if in_turn else max(rules.begin_above, spread + 3)
        lowest = max(rules.quietest, room.floor + above)
        if self._level is None:
            return max(lowest, rules.over_echo) if heard.echo else lowest
        # While both speak, the canceller takes some of the customer with the echo.
        below = rules.below_customer_over_echo if heard.echo else rules.below_customer
        return max(lowest, self._level - below)
