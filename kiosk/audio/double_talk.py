"""Whether somebody besides the loudspeaker makes a sound: by what comes in, and by what the canceller leaves of it."""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

from kiosk.audio.interfaces import SAMPLE_RATE, WINDOW_SAMPLES

KNOWN_WINDOWS = 60
"""2 s of the loudspeaker: as long as it takes to know how loud its echo is."""
REMEMBERED_WINDOWS = 200
ABOVE_DB = 6.0
AUDIBLE_DBFS = -60.0
HELD_WINDOWS = 12
"""An echo may come so late, through two buffers and a room."""
DECAY_DB = 5.5
"""A window: a room in which sound dies away by 60 dB in 0.35 s."""


class DoubleTalk:
    """Louder than the loudspeaker's echo can be (Geigel 1977). Fed with the levels of both sides, window by window
    (32 ms), in dBFS. It learns from every window, a customer's too: after much double talk it hears less rather than
    taking the kiosk for a customer."""

    def __init__(self) -> None:
        self._coupling: deque[float] = deque(maxlen=REMEMBERED_WINDOWS)
        self._recent: deque[float] = deque(maxlen=HELD_WINDOWS)
        self._far = -100.0

    def feed(self, near: float, far: float) -> bool:
        """Whether ``near`` is louder than the echo of ``far``; False until that is known."""
        self._recent.append(far)
        self._far = max(*self._recent, self._far - DECAY_DB)
        if self._far < AUDIBLE_DBFS:
            return False
        known = len(self._coupling) >= KNOWN_WINDOWS
        usual = float(np.percentile(np.fromiter(self._coupling, float), 95)) if known else 0.0
        self._coupling.append(near - self._far)
        return known and near > self._far + usual + ABOVE_DB


ECHO_SECONDS = 0.06
"""So late after its reference an echo's first and loudest part is looked for."""
LIKE, LIKE_WHEN_SHAKEN = 0.9, 0.6
"""At the first at most 19 % of the energy is another sound's: whoever speaks into it is 6 dB softer, if there is
anybody. The second is for a moment in which a canceller has to find its way: windows with a gap in them are that like,
and of windows of other people's voices one in twenty."""


class EchoLikeness:
    """Whether what comes in *is* what the loudspeaker plays, whatever the canceller makes of it: one that has still to
    find its way, at the first words of a day and after each stutter of a busy device, leaves all of it. Windows of s16
    at 16 kHz; the reference is a little ahead of the echo."""

    def __init__(self) -> None:
        self._far: npt.NDArray[np.float64] = np.zeros(round(ECHO_SECONDS * SAMPLE_RATE) + WINDOW_SAMPLES)

    def played(self, far: bytes) -> None:
        """Every window of the reference, in order."""
        samples = np.frombuffer(far, dtype="<i2").astype(np.float64)
        self._far = np.concatenate([self._far[samples.size :], samples])

    def is_in(self, near: bytes, *, shaken: bool = False) -> bool:
        """``near``: as long ago as the window of the reference that came last. ``shaken``: see ``FarEnd``."""
        sound = np.frombuffer(near, dtype="<i2").astype(np.float64)
        size = sound.size
        if not sound.any():
            return False
        energy = np.concatenate([[0.0], np.cumsum(self._far**2)])
        both = (energy[size:] - energy[:-size]) * float(sound @ sound)
        alike = np.correlate(self._far, sound, "valid")
        return bool((np.abs(alike) > (LIKE_WHEN_SHAKEN if shaken else LIKE) * np.sqrt(both)).any())


LOUD_ECHO_DBFS = -45.0
"""Of a softer one the canceller cannot take much: it tells nothing."""
LEARNING_WINDOWS = 90
"""3 s of a loud echo: the canceller needs so much to know its way through the room; until then more of it leaks."""
USUAL_WINDOWS = 30
LEARNING_DB, LEAST_DB, MOST_DB = 6.0, 12.0, 30.0
BELOW_USUAL_DB = 25.0
"""Under the median: windows of a customer's are learnt from too."""


class EchoRest:
    """Whether what the canceller left of a window is the rest of an echo, whatever it sounds like: it is where about as
    much was taken as is usual here. A customer is about as loud as the echo, so most of them is left."""

    def __init__(self) -> None:
        self._taken: deque[float] = deque(maxlen=REMEMBERED_WINDOWS)
        self._loud = 0

    def feed(self, before: float, after: float) -> bool:
        """Levels of one window before and after cancelling, in dBFS, while the loudspeaker is to be heard."""
        taken, most = before - after, self._most()
        if before > LOUD_ECHO_DBFS:
            self._loud += 1
            if self._loud > LEARNING_WINDOWS:
                self._taken.append(taken)
        return taken > most

    def _most(self) -> float:
        if self._loud < LEARNING_WINDOWS:
            return LEARNING_DB
        if len(self._taken) < USUAL_WINDOWS:
            return LEAST_DB
        usual = float(np.median(np.fromiter(self._taken, float)))
        return min(MOST_DB, max(LEAST_DB, usual - BELOW_USUAL_DB))
