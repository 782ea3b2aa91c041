"""The backend as a process of its own, over real HTTP: one conversation turn, one placed order, memory."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil

from shared import paths
from shared.auth import GuestResponse
from shared.orders import IDEMPOTENCY_HEADER, OrderDraft, OrderItemDraft
from shared.voice import TextToSpeechRequest, VoiceAnalysisResponse, VoiceInputRequest
from tools.bench.figures import Row
from tools.processes import running_backend

SENTENCES = (
    "딸기 생크림 케이크 두 개 그랜드로 주세요",
    "프렌치 디너 하나랑 초코 케이크 하나 디럭스로요",
    "와인 두 잔으로 바꿔 주세요",
    "견과류 알레르기가 있는데 뭐가 좋아요?",
    "two strawberry cakes grand style please",
    "no nuts and one more candle",
)
"""Orders, a change, a question; both languages."""

ORDERS_BEFORE_MEMORY = 100


def backend_rows(runs: int, data_dir: Path) -> list[Row]:
    """Measure a fresh backend. ``runs`` is per row, at least 20."""
    with running_backend(data_dir) as backend, httpx.Client(base_url=backend.url, timeout=10) as http:
        rows = [
            Row("POST /api/voice/analyze, offline, per turn", "ms", _turns(http, runs), goal=15),
            Row("POST /api/orders, committed to disk", "ms", _orders(http, ORDERS_BEFORE_MEMORY)),
            Row("POST /api/voice/tts, one Korean sentence as wav", "ms", _speeches(http, runs)),
        ]
        resident = psutil.Process(backend.pid).memory_info().rss
        children = sum(child.memory_info().rss for child in psutil.Process(backend.pid).children(recursive=True))
        rows.append(Row(f"backend, resident after {ORDERS_BEFORE_MEMORY} orders", "MB", [resident / 1e6], goal=150))
        if children:
            rows.append(Row("backend's engine processes, resident", "MB", [children / 1e6]))
        return rows


def _timed(call: Callable[[], httpx.Response]) -> float:
    begin = time.perf_counter()
    answer = call()
    spent = (time.perf_counter() - begin) * 1000
    answer.raise_for_status()
    return spent


def _turns(http: httpx.Client, runs: int) -> list[float]:
    spent: list[float] = []
    for run in range(runs):
        session: str | None = None
        for sentence in SENTENCES:
            body = VoiceInputRequest(transcript=sentence, session_id=session).model_dump_json()
            begin = time.perf_counter()
            answer = http.post(paths.VOICE_ANALYZE, content=body, headers={"Content-Type": "application/json"})
            took = (time.perf_counter() - begin) * 1000
            answer.raise_for_status()
            session = VoiceAnalysisResponse.model_validate_json(answer.content).session_id
            if run:  # the first conversation warms the engine; the kiosk does that on its attract screen
                spent.append(took)
    return spent


def _orders(http: httpx.Client, count: int) -> list[float]:
    guest = GuestResponse.model_validate_json(http.post(paths.AUTH_GUEST, json={}).raise_for_status().content)
    draft = OrderDraft(items=(OrderItemDraft(menu_code="strawberry", style="grand", quantity=2),)).model_dump_json()
    return [
        _timed(
            lambda: http.post(
                paths.ORDERS,
                content=draft,
                headers={
                    "Content-Type": "application/json",
                    "Authorization": f"Bearer {guest.token}",
                    IDEMPOTENCY_HEADER: secrets.token_hex(16),
                },
            )
        )
        for _ in range(count)
    ]


def _speeches(http: httpx.Client, runs: int) -> list[float]:
    body = TextToSpeechRequest.model_validate(
        {"text": "딸기 생크림 케이크 두 개, 그랜드 스타일이에요. 맞나요?", "format": "wav"}
    ).model_dump_json()
    return [
        _timed(lambda: http.post(paths.VOICE_TTS, content=body, headers={"Content-Type": "application/json"}))
        for _ in range(runs)
    ]
