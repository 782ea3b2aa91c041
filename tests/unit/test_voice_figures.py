"""What customers waited for: quantiles that really were, in the manager's figures and for Prometheus."""

from __future__ import annotations

from backend.services.voice_figures import KEPT_TURNS, TurnLog
from backend.web.metrics import Metrics
from shared.voice_stream import Span


def log_of(waits: range, metrics: Metrics | None = None) -> TurnLog:
    log = TurnLog(metrics.observe_span if metrics else None)
    for ms in waits:
        log.record({Span.STT: float(ms), Span.TTS: 10.0}, local=ms % 2 == 0)
    return log


def test_quantiles_are_waits_that_really_were() -> None:
    told = log_of(range(1, 101)).figures()
    of = {span.span: (span.p50, span.p90, span.p99) for span in told.spans}
    assert (told.turns, told.local) == (100, 50)
    assert of["stt"] == (50.0, 90.0, 99.0)
    assert of["total"] == (60.0, 100.0, 109.0)
    assert of["endpointing"] == (None, None, None)


def test_old_turns_go_and_are_still_counted() -> None:
    told = log_of(range(KEPT_TURNS + 500)).figures()
    assert told.turns == KEPT_TURNS + 500
    assert next(span.p50 for span in told.spans if span.span == "stt") == 999.0


def test_prometheus_is_told_the_same_when_it_looks() -> None:
    metrics = Metrics()
    log = log_of(range(0), metrics)
    metrics.tell_waits(log.figures)
    assert b"mallo_voice_wait_seconds{" not in metrics.exposition()
    log.record({Span.STT: 250.0}, local=False)
    shown = metrics.exposition().decode()
    for quantile in ("0.5", "0.9", "0.99"):
        assert f'mallo_voice_wait_seconds{{quantile="{quantile}",span="stt"}} 0.25' in shown
    assert 'span="upload"' not in shown
    assert 'mallo_voice_span_seconds_count{span="total"} 1.0' in shown
