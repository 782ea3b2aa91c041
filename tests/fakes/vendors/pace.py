"""How long the emulated vendor takes, in seconds from the arrival of the request."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """All zero: as fast as it can.

    ``first_token`` and ``whole_answer``: a model's text, streamed evenly between the two (a call that is not
    streamed answers at ``whole_answer``). ``hearing``: a transcript. ``first_sound`` and ``whole_sound``: speech,
    the same way. ``picture``: a picture. ``listing``: the list of models.
    ``each_letter`` and ``each_second``: a longer text or speech takes longer; so much for each letter behind the first
    token, and for each second of sound behind the first byte.
    """

    first_token: float = 0.0
    whole_answer: float = 0.0
    hearing: float = 0.0
    first_sound: float = 0.0
    whole_sound: float = 0.0
    picture: float = 0.0
    listing: float = 0.0
    each_letter: float = 0.0
    each_second: float = 0.0

    def of_text(self, pieces: int, letters: int = 0) -> list[float]:
        """When each of ``pieces`` pieces of a streamed text of so many ``letters`` comes."""
        last = max(self.whole_answer, self.first_token + self.each_letter * letters)
        return _spread(self.first_token, last, pieces)

    def of_sound(self, pieces: int, seconds: float = 0.0) -> list[float]:
        """The same of speech that lasts ``seconds``."""
        return _spread(self.first_sound, max(self.whole_sound, self.first_sound + self.each_second * seconds), pieces)


BENCH = Pace(first_token=0.4, whole_answer=0.58, hearing=0.3, first_sound=0.2, whole_sound=0.2)
"""The delays of ``make bench`` (issue 3): STT 300 ms; first token 400 ms, whole 580 ms; first sound 200 ms."""

VOICE_BENCH = Pace(first_token=0.4, each_letter=0.015 / 4, hearing=0.3, first_sound=0.2, each_second=0.25)
"""The delays of ``make bench-voice`` (issue 5): STT 300 ms; first token 400 ms, then 15 ms a token, which is about four
letters; first sound 200 ms, then four times as fast as it is played."""


def _spread(first: float, last: float, pieces: int) -> list[float]:
    last = max(first, last)
    if pieces < 2:
        return [last] * pieces
    step = (last - first) / (pieces - 1)
    return [first + step * at for at in range(pieces)]
