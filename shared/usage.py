"""``GET /api/usage``: what paid engines were used for and what it cost, day by day. A manager's."""

from datetime import date

from shared.base import WireModel
from shared.health import Capability


class UsageRow(WireModel):
    """One model on one day of the shop's calendar.

    A token is counted once: ``input_tokens`` are those of text and pictures that were not cached, ``output_tokens`` all
    that are not sound. ``seconds`` are those of sound. ``cost_micros`` are millionths of a US dollar by the prices of
    the day; null where a price is missing.
    """

    day: date
    capability: Capability
    engine: str
    model: str
    requests: int
    input_tokens: int
    cached_input_tokens: int
    output_tokens: int
    audio_input_tokens: int
    audio_output_tokens: int
    seconds: float
    characters: int
    images: int
    cost_micros: int | None


class UsageSum(WireModel):
    """``cost_micros`` adds up what has a price; null where nothing has. ``partial``: something has none."""

    requests: int
    cost_micros: int | None
    partial: bool


class DayTotal(UsageSum):
    """One engine on one day, all capabilities together."""

    day: date
    engine: str


class Unpriced(WireModel):
    """A model that was used and whose price is not known."""

    engine: str
    model: str


class PriceSource(WireModel):
    """Where and when (``YYYY-MM``) a vendor's prices were read."""

    engine: str
    read: str
    url: str


class SpanFigures(WireModel):
    """One span of a spoken turn (``shared.voice_stream.Span``, or ``total``), in ms; null: there was none yet."""

    span: str
    p50: float | None = None
    p90: float | None = None
    p99: float | None = None


class VoiceFigures(WireModel):
    """What customers waited for, over the last 1,000 spoken turns since the backend's start.

    ``turns`` counts all since then, ``local`` those that were answered without asking a model.
    """

    turns: int = 0
    local: int = 0
    spans: tuple[SpanFigures, ...] = ()


class UsageResponse(WireModel):
    """``first`` to ``last``, both included. ``days`` and ``rows`` are in the order of their days."""

    first: date
    last: date
    currency: str
    total: UsageSum
    days: tuple[DayTotal, ...]
    rows: tuple[UsageRow, ...]
    unpriced: tuple[Unpriced, ...]
    prices: tuple[PriceSource, ...]
    voice: VoiceFigures = VoiceFigures()
