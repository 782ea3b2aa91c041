"""Every adapter of an interface, by name; each test of a contract runs on all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from backend.domain.catalogue import Catalogue
from backend.external.gemini.hearing import GeminiSpeechToText
from backend.external.gemini.images import GeminiImageEngine
from backend.external.gemini.language import GeminiUnderstanding
from backend.external.gemini.speech import GeminiTextToSpeech
from backend.external.interfaces import ImageEngine, LanguageUnderstanding, SpeechToText, TextToSpeech
from backend.external.model_choice import ModelChoice
from backend.external.offline.engines import FONT
from backend.external.offline.espeak import EspeakTextToSpeech
from backend.external.offline.picture import ResvgImageEngine
from backend.external.offline.sphinx import PocketSphinxSpeechToText
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.external.offline.worker import WorkerProcess
from backend.external.openai.hearing import OpenAISpeechToText
from backend.external.openai.speaking import OpenAISpeaking
from backend.external.sound_check import SoundCheck
from backend.external.whisper.engine import WhisperSpeechToText
from backend.services.catalogue_files import read_catalogue
from tests.fakes.engines import FakeImageEngine, FakeSpeechToText, FakeTextToSpeech, FakeUnderstanding
from tests.support.gemini import emulated_gemini
from tests.support.live_engines import LiveEngines
from tests.support.openai import emulated_openai
from tests.support.real_vendors import RealVendors
from tests.support.tiny_whisper import Says, make_tiny_whisper
from tests.support.waiting import until

ASSETS = Path(__file__).resolve().parents[2] / "assets"
IMAGEN = "imagen-4.0-generate-001"
UNDERSTOOD = {
    "intent": "order",
    "language": "ko",
    "changes": [{"words": "초콜릿 케이크 하나", "do": "add", "menu": "chocolate", "quantity": 1, "confidence": 0.9}],
    "confidence": 0.9,
    "answer": "초콜릿 케이크 하나 준비할게요.",
}
"""What the emulated model answers to whatever is said."""
LIVE_GEMINI = pytest.param("live-gemini", marks=pytest.mark.live)
LIVE_OPENAI = pytest.param("live-openai", marks=pytest.mark.live)
"""The vendors themselves, with the models that a shop would use: only with ``-m live``."""
OPENAI_VOICES = ("tts-1", "gpt-4o-mini-tts", "gpt-realtime-2.1-mini")
OPENAI_EARS = ("whisper-1", "gpt-4o-transcribe", "gpt-transcribe")


@pytest.fixture(scope="session")
def shop_catalogue() -> Catalogue:
    return read_catalogue(ASSETS / "catalogue").catalogue


@pytest.fixture
async def worker() -> AsyncIterator[WorkerProcess]:
    process = WorkerProcess("test")
    yield process
    await process.close()


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    """What an adapter needs while its test runs."""
    async with AsyncExitStack() as opened:
        yield opened


@pytest.fixture
def live(request: pytest.FixtureRequest) -> bool:
    """Whether a real model answers: its words, sizes and certainties are nobody's to foretell."""
    return request.node.get_closest_marker("live") is not None


def live_engines(request: pytest.FixtureRequest, stack: AsyncExitStack) -> LiveEngines:
    real: RealVendors = request.getfixturevalue("real_vendors")
    return LiveEngines(real, stack)


@pytest.fixture(params=["espeak", "gemini", *OPENAI_VOICES, "fake", LIVE_GEMINI, LIVE_OPENAI])
async def text_to_speech(request: pytest.FixtureRequest, worker: WorkerProcess, stack: AsyncExitStack) -> TextToSpeech:
    match request.param:
        case "espeak":
            return EspeakTextToSpeech(worker)
        case "gemini":
            gemini = await stack.enter_async_context(emulated_gemini())
            return GeminiTextToSpeech(gemini.vendor, ModelChoice(["gemini-3.8-flash-lite-tts"]), gemini.meter)
        case model if model in OPENAI_VOICES:
            openai = await stack.enter_async_context(emulated_openai())
            return OpenAISpeaking(openai.vendor, ModelChoice([model]), openai.meter, stall_seconds=10.0)
        case "live-gemini" | "live-openai":
            return await live_engines(request, stack).speech(request.param.removeprefix("live-"))
    return FakeTextToSpeech()


@pytest.fixture(scope="session")
def english_whisper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that says of any sound what the contract's suite speaks."""
    says = Says(["two", " strawberry", " cakes"], language="en")
    return make_tiny_whisper(tmp_path_factory.mktemp("whisper") / "tiny.en", says, multilingual=False)


@pytest.fixture(params=["pocketsphinx", "whisper", "gemini", *OPENAI_EARS, "fake", LIVE_GEMINI, LIVE_OPENAI])
async def speech_to_text(
    request: pytest.FixtureRequest, worker: WorkerProcess, shop_catalogue: Catalogue, stack: AsyncExitStack
) -> SpeechToText:
    match request.param:
        case "pocketsphinx":
            return PocketSphinxSpeechToText(worker, lambda: shop_catalogue)
        case "whisper":
            model: Path = request.getfixturevalue("english_whisper")
            whisper = WhisperSpeechToText(lambda: shop_catalogue, str(model), model.parent)
            stack.push_async_callback(whisper.close)
            whisper.start()
            await until(lambda: whisper.available().ready)
            return whisper
        case "gemini":
            gemini = await stack.enter_async_context(emulated_gemini())
            gemini.vendors.script.hears("two strawberry cakes", language="en")
            models, check = ModelChoice(["gemini-3.8-flash"]), SoundCheck(worker)
            return GeminiSpeechToText(gemini.vendor, models, gemini.meter, check, lambda: shop_catalogue)
        case model if model in OPENAI_EARS:
            openai = await stack.enter_async_context(emulated_openai())
            openai.vendors.script.hears("two strawberry cakes", language="en")
            models, check = ModelChoice([model]), SoundCheck(worker)
            return OpenAISpeechToText(openai.vendor, models, openai.meter, check, lambda: shop_catalogue)
        case "live-gemini" | "live-openai":
            vendor = request.param.removeprefix("live-")
            return await live_engines(request, stack).hearing(vendor, SoundCheck(worker), shop_catalogue)
    return FakeSpeechToText()


@pytest.fixture(params=["resvg", "gemini", "imagen", "fake", LIVE_GEMINI])
async def image_engine(
    request: pytest.FixtureRequest, worker: WorkerProcess, shop_catalogue: Catalogue, stack: AsyncExitStack
) -> ImageEngine:
    match request.param:
        case "resvg":
            return ResvgImageEngine(worker, lambda: shop_catalogue, ASSETS / FONT)
        case "gemini" | "imagen":
            gemini = await stack.enter_async_context(emulated_gemini())
            gemini.vendors.models.serve("gemini", IMAGEN)
            models = ModelChoice(["gemini-3.1-flash-image" if request.param == "gemini" else IMAGEN])
            return GeminiImageEngine(gemini.vendor, models, gemini.meter)
        case "live-gemini":
            return await live_engines(request, stack).images()
    return FakeImageEngine()


@pytest.fixture(params=["resvg", "fake"])
def drawing_of_items(request: pytest.FixtureRequest, worker: WorkerProcess, shop_catalogue: Catalogue) -> ImageEngine:
    """Those that draw the item itself; a model draws the prompt, which is made of what the shop has checked."""
    if request.param == "resvg":
        return ResvgImageEngine(worker, lambda: shop_catalogue, ASSETS / FONT)
    return FakeImageEngine()


@pytest.fixture(params=["rules", "gemini", "fake", LIVE_GEMINI])
async def understanding(request: pytest.FixtureRequest, stack: AsyncExitStack) -> LanguageUnderstanding:
    match request.param:
        case "rules":
            return OfflineUnderstanding()
        case "gemini":
            gemini = await stack.enter_async_context(emulated_gemini())
            gemini.vendors.script.says(UNDERSTOOD)
            return GeminiUnderstanding(gemini.vendor, ModelChoice(["gemini-3.8-flash"]), gemini.meter)
        case "live-gemini":
            return await live_engines(request, stack).understanding()
    return FakeUnderstanding()
