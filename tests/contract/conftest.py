"""Every adapter of an interface, by name; each test of a contract runs on all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.domain.catalogue import Catalogue
from backend.external.interfaces import ImageEngine, LanguageUnderstanding, SpeechToText, TextToSpeech
from backend.external.offline.espeak import EspeakTextToSpeech
from backend.external.offline.picture import ResvgImageEngine
from backend.external.offline.sphinx import PocketSphinxSpeechToText
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.external.offline.worker import WorkerProcess
from backend.external.whisper.engine import WhisperSpeechToText
from backend.services.catalogue_files import read_catalogue
from tests.fakes.engines import FakeImageEngine, FakeSpeechToText, FakeTextToSpeech, FakeUnderstanding
from tests.support.tiny_whisper import Says, make_tiny_whisper
from tests.support.waiting import until

ASSETS = Path(__file__).resolve().parents[2] / "assets"


@pytest.fixture(scope="session")
def shop_catalogue() -> Catalogue:
    return read_catalogue(ASSETS / "catalogue").catalogue


@pytest.fixture
async def worker() -> AsyncIterator[WorkerProcess]:
    process = WorkerProcess("test")
    yield process
    await process.close()


@pytest.fixture(params=["espeak", "fake"])
def text_to_speech(request: pytest.FixtureRequest, worker: WorkerProcess) -> TextToSpeech:
    return EspeakTextToSpeech(worker) if request.param == "espeak" else FakeTextToSpeech()


@pytest.fixture(params=["pocketsphinx", "whisper", "fake"])
async def speech_to_text(
    request: pytest.FixtureRequest, worker: WorkerProcess, shop_catalogue: Catalogue, english_whisper: Path
) -> AsyncIterator[SpeechToText]:
    if request.param == "pocketsphinx":
        yield PocketSphinxSpeechToText(worker, lambda: shop_catalogue)
    elif request.param == "whisper":
        whisper = WhisperSpeechToText(lambda: shop_catalogue, str(english_whisper), english_whisper.parent)
        whisper.start()
        await until(lambda: whisper.available().ready)
        yield whisper
        await whisper.close()
    else:
        yield FakeSpeechToText()


@pytest.fixture(scope="session")
def english_whisper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that says of any sound what the contract's suite speaks."""
    says = Says(["two", " strawberry", " cakes"], language="en")
    return make_tiny_whisper(tmp_path_factory.mktemp("whisper") / "tiny.en", says, multilingual=False)


@pytest.fixture(params=["resvg", "fake"])
def image_engine(request: pytest.FixtureRequest, worker: WorkerProcess, shop_catalogue: Catalogue) -> ImageEngine:
    if request.param == "resvg":
        return ResvgImageEngine(worker, lambda: shop_catalogue, ASSETS / "fonts" / "Pretendard-Bold.otf")
    return FakeImageEngine()


@pytest.fixture(params=["rules", "fake"])
def understanding(request: pytest.FixtureRequest) -> LanguageUnderstanding:
    return OfflineUnderstanding() if request.param == "rules" else FakeUnderstanding()
