"""Whisper with faster-whisper's real loading and decoding code, on a tiny model made here.

The packages come from the registry, so everything but a trained model's weights is real (``support.tiny_whisper``): no
test shows how well a published model hears Korean.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import psutil
import pytest

from backend.external.interfaces import AudioTooLong, EngineTimeout, EngineUnavailable, LanguageNotServed, NotAudio
from backend.external.offline.espeak import EspeakTextToSpeech
from backend.external.offline.worker import WorkerProcess
from backend.external.whisper.engine import WhisperSpeechToText
from backend.external.whisper.readiness import ModelBroken, ModelIncomplete, ModelLoading, ModelMissing
from backend.services.catalogue_files import read_catalogue
from tests.support.sound import wav_of
from tests.support.tiny_whisper import Says, make_tiny_whisper
from tests.support.waiting import until

CATALOGUE = read_catalogue(Path(__file__).resolve().parents[2] / "assets" / "catalogue").catalogue
ORDER = Says(["딸기", " 생크림", " 케이크", " 두", " 개", " 주세요."])

Open = Callable[..., AbstractAsyncContextManager[WhisperSpeechToText]]


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one model a behaviour."""
    folder = tmp_path_factory.mktemp("models")
    make_tiny_whisper(folder / "korean", ORDER)
    make_tiny_whisper(folder / "japanese", Says(["いちご", "ケーキ", "を", "二つ"], language="ja"))
    make_tiny_whisper(folder / "watching", Says(["시청해", "주셔서", " 감사", "합니다."]))
    make_tiny_whisper(folder / "doubtful", Says(["감사", "합니다."], sure=10.5))
    make_tiny_whisper(folder / "silent", Says(["감사", "합니다."], sure=9.0, no_speech=20.0))
    make_tiny_whisper(folder / "circle", Says([" 두", " 개"], forever=True))
    return folder


@pytest.fixture
def opened(models: Path, tmp_path: Path) -> Open:
    @asynccontextmanager
    async def opened(model: str, folder: Path = models) -> AsyncIterator[WhisperSpeechToText]:
        whisper = WhisperSpeechToText(lambda: CATALOGUE, model, folder, cache=tmp_path / "cache")
        try:
            yield whisper
        finally:
            await whisper.close()

    return opened


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Two seconds of eSpeak NG's Korean voice as WAV."""

    async def speak() -> bytes:
        worker = WorkerProcess("voice")
        try:
            return (await EspeakTextToSpeech(worker).synthesize("딸기 케이크 두 개 주세요", "nova", "wav")).audio
        finally:
            await worker.close()

    return asyncio.run(speak())


async def test_a_korean_sentence_is_heard(opened: Open, spoken: bytes) -> None:
    async with opened("korean") as whisper:
        heard = await whisper.transcribe(spoken, "order.wav", "audio/wav", "ko")
        assert (heard.text, heard.language) == ("딸기 생크림 케이크 두 개 주세요.", "ko")
        assert heard.confidence > 0.95
        assert heard.info == whisper.info
        assert (heard.info.engine, heard.info.model) == ("faster-whisper", "korean")


@pytest.mark.parametrize(("model", "language"), [("korean", "ko"), ("japanese", "ja")])
async def test_the_language_is_told_from_the_sound_when_nobody_says_it(
    opened: Open, spoken: bytes, model: str, language: str
) -> None:
    async with opened(model) as whisper:
        assert (await whisper.transcribe(spoken, "order.wav", "audio/wav", None)).language == language


async def test_the_model_says_what_languages_it_hears(opened: Open, spoken: bytes) -> None:
    async with opened("korean") as whisper:
        assert whisper.available().reason == "loading"
        assert whisper.info.languages[:4] == ("ko", "en", "ja", "zh")
        assert len(whisper.info.languages) == 99
        assert "jv" in whisper.info.languages  # Whisper calls Javanese jw
        assert (await whisper.transcribe(spoken, "x.wav", "audio/wav", "jv")).language == "jv"
        with pytest.raises(LanguageNotServed):
            await whisper.transcribe(spoken, "x.wav", "audio/wav", "tlh")


async def test_sixty_seconds_are_heard_and_more_are_refused(opened: Open, spoken: bytes) -> None:
    second = spoken[44:]
    minute = (second * (60 * 44_100 // len(second) + 1))[: 58 * 44_100]
    async with opened("korean") as whisper:
        heard = await whisper.transcribe(wav_of(minute, 22_050), "long.wav", "audio/wav", "ko")
        assert heard.text.count("주세요") >= 2  # one of each window of 30 s
        with pytest.raises(AudioTooLong):
            await whisper.transcribe(wav_of(bytes(2 * 16_000 * 61)), "longer.wav", "audio/wav", "ko")
        with pytest.raises(NotAudio):
            await whisper.transcribe(b"no sound", "x.wav", "audio/wav", "ko")


@pytest.mark.parametrize("model", ["watching", "doubtful", "silent", "circle"])
async def test_what_only_the_model_said_is_not_heard(opened: Open, spoken: bytes, model: str) -> None:
    async with opened(model) as whisper:
        heard = await whisper.transcribe(spoken, "order.wav", "audio/wav", "ko")
        assert (heard.text, heard.confidence) == ("", 0.0)


async def test_noise_without_a_voice_does_not_reach_the_model(opened: Open) -> None:
    random = bytes(range(1, 250, 3)) * 800  # loud, regular, and no voice
    async with opened("korean") as whisper:
        assert (await whisper.transcribe(wav_of(random), "noise.wav", "audio/wav", "ko")).text == ""


async def test_a_call_that_is_given_up_frees_the_child_and_the_next_customer_is_heard(
    opened: Open, spoken: bytes
) -> None:
    async with opened("korean") as whisper:
        await whisper.transcribe(spoken, "order.wav", "audio/wav", "ko")
        children = _children()
        turn = asyncio.create_task(whisper.transcribe(_minute_of(spoken), "order.wav", "audio/wav", "ko"))
        await until(lambda: _busy(children))
        turn.cancel()
        with pytest.raises(asyncio.CancelledError):
            await turn
        assert not any(child.is_running() for child in children)
        assert (await whisper.transcribe(spoken, "order.wav", "audio/wav", "ko")).text


async def test_a_child_that_dies_is_replaced(opened: Open, spoken: bytes) -> None:
    async with opened("korean") as whisper:
        await whisper.transcribe(spoken, "order.wav", "audio/wav", "ko")
        for child in _children():
            os.kill(child.pid, signal.SIGKILL)
        for _ in range(3):
            try:
                heard = await whisper.transcribe(spoken, "order.wav", "audio/wav", "ko")
            except EngineUnavailable:
                continue
            break
        else:
            pytest.fail("the child did not come back")
        assert heard.text


async def test_a_child_that_hangs_is_given_up_and_the_next_customer_is_heard(
    spoken: bytes, models: Path, tmp_path: Path
) -> None:
    whisper = WhisperSpeechToText(lambda: CATALOGUE, "korean", models, cache=tmp_path, hear_seconds=10.0)
    try:
        await whisper.transcribe(spoken, "order.wav", "audio/wav", "ko")
        whisper._hear_seconds = 0.5
        for child in _children():
            child.suspend()
        with pytest.raises(EngineTimeout):
            await whisper.transcribe(spoken, "order.wav", "audio/wav", "ko")
        whisper._hear_seconds = 10.0
        assert (await whisper.transcribe(spoken, "order.wav", "audio/wav", "ko")).text
    finally:
        await whisper.close()


async def test_the_model_is_loaded_before_the_first_customer_speaks(opened: Open) -> None:
    async with opened("korean") as whisper:
        assert whisper.available().problem is ModelLoading
        whisper.start()
        await until(lambda: whisper.available().ready)
        assert whisper.available().reason == "ready"


async def test_closing_leaves_no_child_and_may_be_done_twice(opened: Open, spoken: bytes) -> None:
    async with opened("korean") as whisper:
        await whisper.transcribe(spoken, "order.wav", "audio/wav", "ko")
        children = _children()
        await whisper.close()
        await whisper.close()
        assert children
        assert not any(child.is_running() for child in children)


async def test_the_server_itself_never_imports_the_library(models: Path) -> None:
    await _in_another_process(
        models / "korean",
        "assert whisper.available().reason == 'loading', whisper.available()",
        "heavy = {'faster_whisper', 'ctranslate2', 'onnxruntime', 'numpy', 'huggingface_hub'} & set(sys.modules)",
        "assert not heavy, heavy",
    )


async def test_without_the_extra_it_says_so_and_is_no_burden(models: Path) -> None:
    await _in_another_process(
        models / "korean",
        "sys.modules['faster_whisper'] = None",  # as if it were not installed
        "assert whisper.available().reason == 'not_installed', whisper.available()",
        "turn = whisper.transcribe(b'', 'x.wav', 'audio/wav', 'ko')",
        "whisper.start()",
        "try: await turn",
        "except WhisperNotInstalled as error: assert error.reason == 'not_installed'",
        "else: raise AssertionError('heard')",
    )


async def _in_another_process(model: Path, *lines: str) -> None:
    program = "\n    ".join(
        (
            "import asyncio, pathlib, sys\n"
            "from backend.external.whisper.engine import WhisperSpeechToText\n"
            "from backend.external.whisper.readiness import WhisperNotInstalled\n"
            "async def main():",
            "whisper = WhisperSpeechToText(lambda: None, sys.argv[1], pathlib.Path('.'))",
            *lines,
            "await whisper.close()\nasyncio.run(main())",
        )
    )
    root = Path(__file__).parents[2]
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", program, str(model), cwd=root)
    assert await child.wait() == 0


async def test_without_a_model_it_says_so(opened: Open, spoken: bytes, tmp_path: Path) -> None:
    async with opened("small", tmp_path) as whisper:
        whisper.start()
        assert whisper.available().problem is ModelMissing
        assert whisper.info.languages == ()
        with pytest.raises(ModelMissing) as caught:
            await whisper.transcribe(spoken, "order.wav", "audio/wav", "ko")
        assert caught.value.reason == "no_model"


async def test_a_model_that_is_brought_while_the_shop_is_open_is_used(
    opened: Open, spoken: bytes, tmp_path: Path, models: Path
) -> None:
    async with opened("small", tmp_path) as whisper:
        assert not whisper.available().ready
        shutil.copytree(models / "korean", tmp_path / "small")
        assert (await whisper.transcribe(spoken, "order.wav", "audio/wav", "ko")).text
        assert whisper.available().ready


async def test_a_model_that_another_program_fetched_is_found_in_its_cache(
    opened: Open, spoken: bytes, tmp_path: Path, models: Path
) -> None:
    kept = tmp_path / "cache" / "models--Systran--faster-whisper-small"
    commit = "0123456789abcdef0123456789abcdef01234567"
    shutil.copytree(models / "korean", kept / "snapshots" / commit)
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text(commit)
    async with opened("small", tmp_path / "empty") as whisper:
        assert (await whisper.transcribe(spoken, "order.wav", "audio/wav", "ko")).text


async def test_an_incomplete_model_names_the_missing_file(opened: Open, tmp_path: Path, models: Path) -> None:
    shutil.copytree(models / "korean", tmp_path / "small")
    (tmp_path / "small" / "tokenizer.json").unlink()
    async with opened("small", tmp_path) as whisper:
        assert whisper.available().problem is ModelIncomplete
        assert whisper.available().missing == ("tokenizer.json",)


@pytest.mark.parametrize("name", ["model.bin", "tokenizer.json", "config.json", "vocabulary.json"])
async def test_a_broken_model_is_told_and_does_not_stop_anything(
    opened: Open, spoken: bytes, tmp_path: Path, models: Path, name: str
) -> None:
    shutil.copytree(models / "korean", tmp_path / "small")
    (tmp_path / "small" / name).write_bytes(b"{ this was cut off")
    async with opened("small", tmp_path) as whisper:
        with pytest.raises(ModelBroken):
            await whisper.transcribe(spoken, "order.wav", "audio/wav", "ko")
        assert whisper.available().reason == "model_broken"


def _minute_of(spoken: bytes) -> bytes:
    second = spoken[44:]
    return wav_of((second * (60 * 44_100 // len(second) + 1))[: 58 * 44_100], 22_050)


def _children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "worker_main" in " ".join(child.cmdline())]


def _busy(children: list[psutil.Process]) -> bool:
    return any(child.status() == psutil.STATUS_RUNNING for child in children)
