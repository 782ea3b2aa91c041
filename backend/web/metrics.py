"""Prometheus figures, in a registry of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from shared.usage import VoiceFigures

_BOUNDS = (0.002, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

_SPAN_BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.65, 0.8, 1, 1.25, 1.5, 2, 3, 5, 10)


class Metrics:
    """Counts calls by method, route template and status; paths with ids in them never become labels."""

    mime_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "mallo_http_requests_total", "Answered calls.", ("method", "route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "mallo_http_request_seconds",
            "Time from the request's headers to the end of the answer.",
            ("method", "route"),
            buckets=_BOUNDS,
            registry=self._registry,
        )
        self._spans = Histogram(
            "mallo_voice_span_seconds",
            "What a customer waits for in a spoken turn, span by span, and in total.",
            ("span",),
            buckets=_SPAN_BOUNDS,
            registry=self._registry,
        )

        self._ahead = Counter(
            "mallo_ahead_calls_total",
            "Sentences that a model was asked about before they were over: asked, used, refused by the day's budget.",
            ("outcome",),
            registry=self._registry,
        )

    def count_ahead(self, outcome: str) -> None:
        """See ``backend.services.thinking_ahead.AheadBudget``."""
        self._ahead.labels(outcome).inc()

    def observe_span(self, span: str, seconds: float) -> None:
        """One span of a spoken turn: see ``shared.voice_stream.Span``; or ``total``."""
        self._spans.labels(span).observe(seconds)

    def tell_waits(self, figures: Callable[[], VoiceFigures]) -> None:
        """Show p50, p90 and p99 of each span as they are when somebody looks; those of a histogram are as coarse as its
        bounds. To be called once.
        """
        self._registry.register(_Waits(figures))

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """``route`` is a template such as ``/api/orders/{order_id}``."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def exposition(self) -> bytes:
        return generate_latest(self._registry)


class _Waits(Collector):
    def __init__(self, figures: Callable[[], VoiceFigures]) -> None:
        self._figures = figures

    def collect(self) -> Iterable[Metric]:
        waits = GaugeMetricFamily(
            "mallo_voice_wait_seconds",
            "What customers waited for over the last thousand spoken turns, span by span, and in total.",
            labels=("span", "quantile"),
        )
        for span in self._figures().spans:
            for quantile, ms in (("0.5", span.p50), ("0.9", span.p90), ("0.99", span.p99)):
                if ms is not None:
                    waits.add_metric((span.span, quantile), ms / 1000)
        yield waits
