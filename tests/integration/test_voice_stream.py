"""The voice stream: the real backend, a real WebSocket, vendors emulated on the wire, and the shop's own engines."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from websockets.exceptions import InvalidStatus

from shared import paths
from shared.messages import CloseCode
from shared.problems import ProblemCode
from shared.usage import UsageResponse
from shared.voice import SessionOrderUpdate
from shared.voice_stream import (
    FRAME_BYTES,
    MAX_FRAMES_AT_ONCE,
    MAX_TURN_FRAMES,
    Answer,
    Cancel,
    Caption,
    Done,
    End,
    Hearing,
    Open,
    Pause,
    Played,
    Resume,
    Say,
    Span,
    Speech,
    Spoken,
    Stop,
    StreamProblem,
    TurnBegins,
    milliseconds_of,
    pack_sound,
)
from tests.fakes.vendors.faults import Capability, Fault
from tests.support.voice_shop import SESSION, SURE, UNSURE, shop, spoken_sample
from tests.support.voice_stream import Customer, customer

NOISE = bytes(range(256)) * 250


@pytest.fixture(scope="module")
def said() -> bytes:
    return spoken_sample()


async def test_a_turn_is_heard_ahead_answered_by_the_rules_and_spoken(tmp_path: Path, said: bytes) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one:
        await one.begin(1)
        await one.frames(said)
        before = here.asked(Capability.STT)
        await one.send(Pause(turn=1, frames=one.sent))
        ahead = await one.until(Hearing)
        assert (ahead.transcript, ahead.final, ahead.complete, ahead.hanging) == (SURE, False, True, False)
        await one.send(End(turn=1, frames=one.sent, quiet_ms=250))
        done = await one.done(1)
        assert here.asked(Capability.STT) == before + 1
        assert not here.vendors.script.questions
        assert one.of(Hearing)[-1].final
        answer = one.of(Answer)[0].analysis
        assert [item.menu_code for item in answer.order_state.items] == ["strawberry"]
        assert " ".join(caption.text for caption in one.of(Caption)) == answer.response
        assert done.local
        assert set(done.spans) == set(Span)
        assert done.spans[Span.ENDPOINTING] == 250
        rate = one.of(Speech)[0].rate
        first = one.sounds[0][1]
        assert [number for number, _ in one.sounds] == list(range(len(one.sounds)))
        assert milliseconds_of(len(first), rate) <= 40
        assert all(milliseconds_of(len(pcm), rate) <= 200 for _, pcm in one.sounds)
        total = sum(milliseconds_of(len(pcm), rate) for _, pcm in one.sounds)
        assert one.of(Spoken)[0].ms == pytest.approx(total, abs=2)


async def test_a_model_is_asked_where_the_rules_are_not_sure_or_may_not(tmp_path: Path) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one:
        await one.send(Say(turn=1, text=UNSURE))
        assert not (await one.done(1)).local
        assert here.vendors.script.questions
    async with shop(tmp_path / "other", local_first=False) as here, customer(here.url) as one:
        await one.send(Say(turn=1, text=SURE))
        assert not (await one.done(1)).local
        assert here.vendors.script.questions


async def test_what_a_pause_began_is_dropped_when_the_customer_goes_on(tmp_path: Path, said: bytes) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one:
        here.vendors.script.hears("딸기 케이크 음", SURE)
        await one.begin(1)
        await one.frames(said[: len(said) // 2])
        await one.send(Pause(turn=1, frames=one.sent))
        half = await one.until(Hearing)
        assert half.hanging
        assert half.complete is False
        await one.send(Resume(turn=1))
        await one.frames(said[len(said) // 2 :])
        await one.send(End(turn=1, frames=one.sent))
        await one.done(1)
        assert one.of(Hearing)[-1].transcript == SURE


async def test_only_what_was_played_counts_as_said(tmp_path: Path) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one:
        await one.send(Say(turn=1, text=SURE))
        await one.done(1)
        whole = one.of(Answer)[0].analysis.response
        await one.send(Stop(turn=1, played_ms=100, waited_ms=600))
        await one.send(Say(turn=2, text=UNSURE))
        await one.done(2)
        told = here.vendors.script.questions[-1].texts[-1]
        assert "[…]" in told
        assert whole not in told


async def test_a_stop_silences_and_the_order_stands(tmp_path: Path) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one:
        here.vendors.script.sound = bytes(24_000 * 2 * 20)
        await one.send(Say(turn=1, text=SURE))
        await one.until(Speech)
        await one.send(Stop(turn=1, played_ms=0))
        spoken = await one.until(Spoken)
        assert spoken.ms < 20_000
        await one.done(1)
        assert await here.items() == ["strawberry"]


async def test_silence_is_told_and_leaves_the_answer_before_it_speaking(tmp_path: Path, said: bytes) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one:
        here.vendors.script.hears("")
        await one.speak(1, said)
        told = await one.until(StreamProblem, turn=1)
        assert told.problem.code is ProblemCode.SILENCE
        assert await here.items() == []


@pytest.mark.parametrize("fault", [Fault.NO_ANSWER, Fault.CUT])
async def test_engines_that_fail_are_replaced_and_the_answer_is_spoken(tmp_path: Path, fault: Fault) -> None:
    async with shop(tmp_path, turn_seconds=3.0, stall_seconds=0.3) as here, customer(here.url) as one:
        here.vendors.order(fault, Capability.LANGUAGE)
        here.vendors.order(fault, Capability.TTS)
        await one.send(Say(turn=1, text=UNSURE))
        await one.done(1)
        assert one.of(Spoken)[0].ms > 0


async def test_speech_that_breaks_off_is_said_again_by_another_voice(tmp_path: Path) -> None:
    async with shop(tmp_path, stall_seconds=0.3) as here, customer(here.url) as one:
        here.vendors.order(Fault.CUT_MIDSTREAM, Capability.TTS)
        await one.send(Say(turn=1, text=SURE))
        await one.done(1)
        assert one.of(Spoken)[0].ms > 0
        assert not one.of(StreamProblem)


async def test_what_nobody_can_hear_is_a_problem_of_that_turn_alone(tmp_path: Path, said: bytes) -> None:
    async with shop(tmp_path, turn_seconds=1.0) as here, customer(here.url) as one:
        here.vendors.order(Fault.CUT, Capability.STT)
        await one.speak(1, said)
        told = await one.until(StreamProblem, turn=1)
        assert (told.problem.code, told.problem.params["step"]) == (ProblemCode.ENGINE_UNAVAILABLE, "hear")
        here.vendors.heal()
        await one.send(Say(turn=2, text=SURE))
        await one.done(2)
        assert await here.items() == ["strawberry"]


@pytest.mark.parametrize("wrong", ["gap", "again", "pause", "end"])
async def test_frames_that_are_missing_end_the_turn_and_not_the_line(tmp_path: Path, said: bytes, wrong: str) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one:
        await one.begin(1)
        await one.frames(said[: 20 * FRAME_BYTES])
        match wrong:
            case "gap":
                await one.line.send(pack_sound(21, bytes(FRAME_BYTES)))
            case "again":
                await one.line.send(pack_sound(19, bytes(FRAME_BYTES)))
            case "pause":
                await one.send(Pause(turn=1, frames=21))
            case _:
                await one.send(End(turn=1, frames=21))
        assert (await one.until(StreamProblem)).problem.params["reason"] == "gap"
        await one.frames(said)
        await one.speak(2, said)
        await one.done(2)
        assert await here.items() == ["strawberry"]


@pytest.mark.parametrize(
    "message",
    [
        "not json",
        '{"type": "open"}',
        '{"type": "turn", "turn": 0}',
        "UklGRiQAAABXQVZF",
        b"",
        b"\0\0\0\0",
        pack_sound(0, bytes(FRAME_BYTES + 2)),
        pack_sound(0, bytes(FRAME_BYTES + 1)),
        pack_sound(0, bytes(FRAME_BYTES)),
    ],
    ids=["text", "second open", "bounds", "base64", "empty", "no sound", "odd frame", "half a sample", "no turn"],
)
async def test_what_nobody_sends_closes_the_line(tmp_path: Path, message: str | bytes) -> None:
    async with shop(tmp_path) as here:
        async with customer(here.url) as one:
            await one.line.send(message)
            assert await one.closed() == CloseCode.MALFORMED
        async with customer(here.url) as one:
            await one.begin(1)
            await one.line.send(pack_sound(0, bytes(FRAME_BYTES * (MAX_FRAMES_AT_ONCE + 5))))
            assert await one.closed() in (CloseCode.TOO_BIG, CloseCode.MALFORMED)


async def test_ten_minutes_of_noise_are_bounded_and_the_line_lives(tmp_path: Path) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one:
        await one.begin(1)
        for _ in range(10):
            await one.frames((NOISE * 32)[: 3_000 * FRAME_BYTES], MAX_FRAMES_AT_ONCE)
        told = await one.until(StreamProblem)
        assert told.problem.code is ProblemCode.PAYLOAD_TOO_LARGE
        assert one.sent == 10 * MAX_TURN_FRAMES
        await one.send(Say(turn=2, text=SURE))
        await one.done(2)


@pytest.mark.parametrize("at", ["open", "turn", "sound", "pause", "heard", "end", "answer", "speech", "stop", "done"])
async def test_a_line_that_is_cut_anywhere_leaves_a_whole_cart(tmp_path: Path, said: bytes, at: str) -> None:
    async with shop(tmp_path) as here:
        async with customer(here.url) as one:
            await _as_far_as(at, one, said)
            one.line.transport.abort()
        if at in ("answer", "speech", "stop", "done"):
            assert await here.items() == ["strawberry"]
        else:
            assert await here.items() in ([], ["strawberry"])
        async with customer(here.url) as again:
            await again.send(Say(turn=1, text="초콜릿 케이크 하나 주세요"))
            await again.done(1)
        assert "chocolate" in await here.items()


async def _as_far_as(at: str, one: Customer, said: bytes) -> None:
    steps = ["open", "turn", "sound", "pause", "heard", "end", "answer", "speech", "stop", "done"]
    for step in steps[1 : steps.index(at) + 1]:
        match step:
            case "turn":
                await one.begin(1)
            case "sound":
                await one.frames(said)
            case "pause":
                await one.send(Pause(turn=1, frames=one.sent))
            case "heard":
                await one.until(Hearing)
            case "end":
                await one.send(End(turn=1, frames=one.sent))
            case "answer":
                await one.until(Answer)
            case "speech":
                await one.until(Speech)
            case "stop":
                await one.send(Stop(turn=1, played_ms=20))
            case _:
                await one.until(Done)


async def test_a_new_turn_does_not_lose_what_the_one_before_ordered(tmp_path: Path, said: bytes) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one:
        here.vendors.script.hears(SURE, "초콜릿 케이크 하나 주세요")
        await one.speak(1, said, pause=False)
        await one.speak(2, said, pause=False)
        await one.done(2)
        assert sorted(await here.items()) == ["chocolate", "strawberry"]


async def test_a_turn_that_is_cancelled_is_nothing(tmp_path: Path, said: bytes) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one:
        await one.begin(1)
        await one.frames(said)
        await one.send(Cancel(turn=1), End(turn=1, frames=one.sent), Stop(turn=9, played_ms=1), Resume(turn=7))
        await one.send(Say(turn=2, text=SURE))
        await one.done(2)
        assert await here.items() == ["strawberry"]
        assert not one.of(Hearing)


async def test_who_may_open_a_line(tmp_path: Path) -> None:
    async with shop(tmp_path) as here, httpx.AsyncClient(base_url=here.url) as http:
        guest = (await http.post(paths.AUTH_GUEST, json={})).json()
        for opening, code in [
            (Open(token=SecretStr("nobody's")), CloseCode.UNAUTHENTICATED),
            (Open(user_id="manager"), CloseCode.FORBIDDEN),
            (Open(user_id="manager", token=SecretStr(guest["token"])), CloseCode.FORBIDDEN),
        ]:
            with pytest.raises(Exception) as refused:  # noqa: PT011 - the code is looked at
                async with customer(here.url, opening):
                    pass
            assert getattr(refused.value, "rcvd", None) is not None
            assert refused.value.rcvd.code == code  # type: ignore[attr-defined]  # as said above
        async with customer(here.url, Open(token=SecretStr(guest["token"]), user_id=guest["user_id"])) as one:
            await one.send(Say(turn=1, text=SURE))
            await one.done(1)
        with pytest.raises(InvalidStatus):
            async with customer(here.url, additional_headers={"Origin": "https://elsewhere.example"}):
                pass


async def test_the_rate_holds_for_turns_too(tmp_path: Path) -> None:
    async with shop(tmp_path, rate_voice="2/3600") as here, customer(here.url) as one:
        await one.send(*(TurnBegins(turn=number) for number in range(1, 4)))
        assert (await one.until(StreamProblem)).problem.code is ProblemCode.RATE_LIMITED


async def test_spans_tile_the_wait_and_are_figures(tmp_path: Path, said: bytes) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one:
        await one.speak(1, said)
        done = await one.done(1)
        waited = round(sum(done.spans.values())) + 80
        await one.send(Played(turn=1, played_ms=one.of(Spoken)[0].ms, waited_ms=waited))
        await one.send(Say(turn=2, text="안녕하세요"))
        await one.until(Answer, turn=2)
        async with httpx.AsyncClient(base_url=here.url) as http:
            first = json.loads((here.data_dir / "first-run.json").read_text())["manager"]
            token = (await http.post(paths.AUTH_LOGIN, json=first)).json()["token"]
            bearer = {"Authorization": f"Bearer {token}"}
            usage = UsageResponse.model_validate_json((await http.get(paths.USAGE, headers=bearer)).content)
            figures = {span.span: span for span in usage.voice.spans}
            assert (usage.voice.turns, usage.voice.local) == (1, 1)
            assert figures["endpointing"].p50 == 250
            assert figures["total"].p99 == pytest.approx(waited, abs=2)
            assert (
                'mallo_voice_span_seconds_count{span="total"} 1.0'
                in (await http.get(paths.METRICS, headers=bearer)).text
            )


async def test_no_sound_of_a_customer_is_on_the_disk(
    tmp_path: Path, said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    async with shop(tmp_path, hearing_engines=("openai", "offline")) as here:
        async with customer(here.url) as one:
            await one.speak(1, said)
            await one.done(1)
        piece = said[len(said) // 2 : len(said) // 2 + 400]
        assert not _files_with(piece, tmp_path)


def _files_with(piece: bytes, folder: Path) -> list[Path]:
    written = [file for file in folder.rglob("*") if file.is_file()]
    assert written
    return [file for file in written if piece in file.read_bytes()]


async def test_the_cart_by_touch_and_by_voice_is_one(tmp_path: Path) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one, httpx.AsyncClient(base_url=here.url) as http:
        await one.send(Say(turn=1, text=SURE))
        await one.done(1)
        emptied = SessionOrderUpdate(items=())
        path = paths.VOICE_SESSION_ORDER.format(session_id=SESSION)
        assert (await http.put(path, json=emptied.model_dump(mode="json"))).status_code == 200
        await one.send(Say(turn=2, text="초콜릿 케이크 하나 주세요"))
        answer = await one.until(Answer, turn=2)
        assert [item.menu_code for item in answer.analysis.order_state.items] == ["chocolate"]
