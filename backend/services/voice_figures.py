"""What customers wait for, turn by turn: named spans without words, the last thousand turns of this process."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping

from shared.usage import SpanFigures, VoiceFigures
from shared.voice_stream import Span

KEPT_TURNS = 1_000
TOTAL = "total"
Observe = Callable[[str, float], None]


class TurnLog:
    """``observe(span, seconds)`` is told each span, and ``total``, of each turn."""

    def __init__(self, observe: Observe | None = None) -> None:
        self._observe = observe
        self._rows: deque[Mapping[str, float]] = deque(maxlen=KEPT_TURNS)
        self._local = 0
        self._turns = 0

    def record(self, spans: Mapping[Span, float], *, local: bool) -> None:
        """One turn's spans in ms."""
        row = {span.value: max(0.0, ms) for span, ms in spans.items()}
        row[TOTAL] = sum(row.values())
        self._rows.append(row)
        self._turns += 1
        self._local += local
        if self._observe is not None:
            for name, ms in row.items():
                self._observe(name, ms / 1000)

    def figures(self) -> VoiceFigures:
        """p50, p90 and p99 of each span, in ms, over the last turns."""
        names = [*(span.value for span in Span), TOTAL]
        return VoiceFigures(
            turns=self._turns, local=self._local, spans=tuple(_figures(name, self._of(name)) for name in names)
        )

    def _of(self, name: str) -> list[float]:
        return sorted(row[name] for row in self._rows if name in row)


def _figures(name: str, ordered: list[float]) -> SpanFigures:
    return SpanFigures(span=name, p50=_rank(ordered, 50), p90=_rank(ordered, 90), p99=_rank(ordered, 99))


def _rank(ordered: list[float], percent: int) -> float | None:
    """Nearest rank: a figure that really was."""
    if not ordered:
        return None
    return round(ordered[max(0, -(-len(ordered) * percent // 100) - 1)], 1)
