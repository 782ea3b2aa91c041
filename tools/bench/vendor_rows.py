"""Engines of vendors: what the backend adds to their time, and what it costs when the one that understands is dead."""

from __future__ import annotations

import dataclasses
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import psutil

from backend.services.speech_warmer import AUDIO_FORMAT, VOICE, fixed_sentences
from shared import paths
from shared.voice import AudioFormat, VoiceAnalysisResponse, VoiceInputRequest
from tests.fakes.vendors.pace import BENCH
from tests.support.vendors import VendorProcess, vendor_process
from tools.bench.backend_rows import SENTENCES
from tools.bench.figures import Row
from tools.bench.vendor_turns import JSON, Customer, Turn
from tools.processes import GENEROUS_RATES, RunningBackend, running_backend

EMULATED_MS = 1000 * (BENCH.hearing + BENCH.whole_answer + BENCH.first_sound)
WARM_TURNS = 3
READY_SECONDS = 30.0
QUIET_SECONDS = 8.0


def vendor_rows(runs: int, folder: Path) -> list[Row]:
    """Measure fresh backends. ``runs`` is per row, at least 20."""
    return [*_turn_rows(runs, folder / "turns"), *_dead_rows(runs, folder / "dead")]


def _turn_rows(runs: int, data_dir: Path) -> list[Row]:
    with ExitStack() as opened:
        vendors = opened.enter_context(vendor_process())
        backend = opened.enter_context(_backend(data_dir, vendors.environment))
        http = opened.enter_context(_client(backend.url))
        straight = opened.enter_context(_client(vendors.base_url))
        until_listed(vendors)
        speak_fixed_sentences(http)
        vendors.tell("pace", **dataclasses.asdict(BENCH))
        time.sleep(QUIET_SECONDS)
        customer = Customer(http, straight, vendors)
        rows: list[Row] = []
        for audio_format in (AudioFormat.WAV, AudioFormat.MP3):
            through: list[Turn] = []
            past: list[Turn] = []
            for run in range(WARM_TURNS + runs):
                taken, floor = customer.turn(audio_format), customer.straight(audio_format)
                if run >= WARM_TURNS:
                    through.append(taken)
                    past.append(floor)
            rows += _rows_of(audio_format, through, past)
        resident = psutil.Process(backend.pid).memory_info().rss
        rows.append(Row("backend with both vendors' keys, resident after them", "MB", [resident / 1e6]))
        return rows


def _rows_of(audio_format: AudioFormat, through: list[Turn], past: list[Turn]) -> list[Row]:
    what = f"spoken turn, vendors, {audio_format.value}"
    pairs = list(zip(through, past, strict=True))
    return [
        Row(f"{what}: upload to first sound of the answer", "ms", [turn.whole for turn in through]),
        Row(f"{what}: above the {EMULATED_MS:.0f} ms of vendors", "ms", [turn.whole - EMULATED_MS for turn in through]),
        Row(f"{what}: the same straight to them", "ms", [turn.whole - EMULATED_MS for turn in past]),
        Row(f"{what}: added by the backend", "ms", [turn.whole - floor.whole for turn, floor in pairs], goal=25),
        Row(f"{what}: of it, hearing", "ms", [turn.heard - floor.heard for turn, floor in pairs]),
        Row(f"{what}: of it, understanding", "ms", [turn.understood - floor.understood for turn, floor in pairs]),
        Row(f"{what}: of it, speaking", "ms", [turn.spoken - floor.spoken for turn, floor in pairs]),
    ]


def _dead_rows(runs: int, folder: Path) -> list[Row]:
    """Conversations with three backends in turn, so that what else the machine does meets all of them."""
    with ExitStack() as opened:
        vendors = opened.enter_context(vendor_process())
        vendors.order("cut", vendor="gemini")
        shops = {
            "offline engine alone": _backend(folder / "offline", {}),
            "no connection": _backend(folder / "refused", {**vendors.environment, "MALLO_GEMINI_BASE_URL": _nobody()}),
            "connections cut": _backend(folder / "cut", vendors.environment),
        }
        https = {name: opened.enter_context(_client(opened.enter_context(shop).url)) for name, shop in shops.items()}
        for http in https.values():
            for _ in range(WARM_TURNS):
                _turn(http, SENTENCES[0], None)
            _until_offline(http)
        # What starts beside a backend has started by then.
        time.sleep(QUIET_SECONDS)
        spent: dict[str, list[float]] = {name: [] for name in shops}
        for _ in range(runs):
            sessions: dict[str, str | None] = dict.fromkeys(shops)
            for sentence in SENTENCES:
                for name, http in https.items():
                    took, sessions[name] = _turn(http, sentence, sessions[name])
                    spent[name].append(took)
    alone = spent.pop("offline engine alone")
    rows = [Row("turn, offline engine alone", "ms", alone)]
    for name, dead in spent.items():
        rows.append(Row(f"turn, vendor dead ({name})", "ms", dead))
        above = [took - other for took, other in zip(dead, alone, strict=True)]
        rows.append(Row(f"turn, vendor dead ({name}): above the offline engine alone", "ms", above, goal=30))
    return rows


@contextmanager
def _backend(data_dir: Path, environment: Mapping[str, str]) -> Iterator[RunningBackend]:
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    with running_backend(data_dir, {**GENEROUS_RATES, **environment}) as running:
        yield running


def _client(url: str) -> httpx.Client:
    return httpx.Client(base_url=url, timeout=30, trust_env=False)


def _nobody() -> str:
    """An address of this machine at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def _turn(http: httpx.Client, sentence: str, session: str | None) -> tuple[float, str]:
    """Milliseconds, and the conversation."""
    body = VoiceInputRequest(transcript=sentence, session_id=session).model_dump_json()
    began = time.perf_counter()
    answer = http.post(paths.VOICE_ANALYZE, content=body, headers=JSON)
    took = (time.perf_counter() - began) * 1000
    answer.raise_for_status()
    return took, VoiceAnalysisResponse.model_validate_json(answer.content).session_id


def until_listed(vendors: VendorProcess) -> None:
    """Until the backend has loaded both SDKs and knows which models are served.

    Raises:
        TimeoutError: it never asked.
    """
    give_up_at = time.monotonic() + READY_SECONDS
    while time.monotonic() < give_up_at:
        if {call["vendor"] for call in vendors.calls() if call["finished"]} >= {"gemini", "openai"}:
            return
        time.sleep(0.05)
    raise TimeoutError("no list of models was asked for")


def _until_offline(http: httpx.Client) -> None:
    """Until a dead vendor is not asked any more.

    Raises:
        TimeoutError: it still is.
    """
    give_up_at = time.monotonic() + READY_SECONDS
    while time.monotonic() < give_up_at:
        body = VoiceInputRequest(transcript=SENTENCES[0]).model_dump_json()
        answer = http.post(paths.VOICE_ANALYZE, content=body, headers=JSON).raise_for_status()
        steps = answer.headers["server-timing"]
        if steps.count('desc="gemini ') == steps.count(' skipped"'):
            return
    raise TimeoutError("its gate does not shut")


def speak_fixed_sentences(http: httpx.Client) -> None:
    """All that a shop's backend has spoken beforehand in its first minutes."""
    for text in fixed_sentences():
        wish = {"text": text, "voice": VOICE, "format": AUDIO_FORMAT}
        http.post(paths.VOICE_TTS, json=wish).raise_for_status()
