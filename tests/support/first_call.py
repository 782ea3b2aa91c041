"""What the first call of each vendor's engine still loads or builds, in a process that has done nothing else.

``python -m tests.support.first_call`` prints one line of JSON: ``modules`` that were imported and ``models`` that were
built by pydantic while the first sentence was understood, heard and spoken, after the lists of models were read.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pydantic.main

from backend.domain.proposal import UnderstandingRequest
from backend.external.gemini.client import GeminiVendor
from backend.external.gemini.language import GeminiUnderstanding
from backend.external.model_choice import ModelChoice
from backend.external.offline.worker import WorkerProcess
from backend.external.openai.client import OpenAIVendor
from backend.external.openai.hearing import OpenAISpeechToText
from backend.external.openai.speaking import OpenAISpeaking
from backend.external.sound_check import SoundCheck
from backend.services.catalogue_files import read_catalogue
from tests.fakes.meters import NoMeter
from tests.fakes.vendors import Vendors, emulated_vendors
from tests.fakes.vendors.brain import Transcript
from tests.support.speech import spoken_wav

ROOT = Path(__file__).parents[2]
VENDORS = ("google", "openai", "httpx2", "aiohttp")
SENTENCE = "네"


async def main() -> None:
    wav = await spoken_wav("프렌치 디너 하나 주세요")
    async with emulated_vendors() as vendors:
        vendors.script.transcript = Transcript(SENTENCE)
        vendors.script.says({"language": "ko", "intent": "greeting", "confidence": 0.9, "answer": "네."})
        sys.stdout.write(json.dumps(await first_calls(vendors, wav)) + "\n")


async def first_calls(vendors: Vendors, wav: bytes) -> dict[str, list[str]]:
    catalogue = read_catalogue(ROOT / "assets" / "catalogue").catalogue
    gemini = GeminiVendor(vendors.gemini_key, vendors.gemini_url)
    openai = OpenAIVendor(vendors.openai_key, vendors.openai_url)
    worker = WorkerProcess("checker")
    understanding = GeminiUnderstanding(gemini, ModelChoice(("gemini-3.8-flash",)), NoMeter())
    understanding.prepare(catalogue)
    hearing = OpenAISpeechToText(openai, ModelChoice(("whisper-1",)), NoMeter(), SoundCheck(worker), lambda: catalogue)
    speaking = OpenAISpeaking(openai, ModelChoice(("tts-1",)), NoMeter(), 10.0)
    await asyncio.gather(gemini.list_models(), openai.list_models())
    before = set(sys.modules)
    built = watch_builds()
    await hearing.transcribe(wav, "turn.wav", "audio/wav", "ko")
    await understanding.understand(UnderstandingRequest(SENTENCE, catalogue))
    await (await speaking.stream(SENTENCE, "nova", "wav")).read()
    found = {
        "modules": sorted(name for name in set(sys.modules) - before if name.partition(".")[0] in VENDORS),
        "models": sorted(set(built)),
    }
    await asyncio.gather(gemini.close(), openai.close(), worker.close())
    return found


def watch_builds() -> list[str]:
    """Names of the vendors' pydantic models that are built from now on."""
    built: list[str] = []
    construction: Any = pydantic.main._model_construction  # type: ignore[attr-defined] # private
    build = construction.complete_model_class

    def told(model: type, *rest: Any, **more: Any) -> Any:
        if model.__module__.partition(".")[0] in VENDORS:
            built.append(model.__name__)
        return build(model, *rest, **more)

    construction.complete_model_class = told
    return built


if __name__ == "__main__":
    asyncio.run(main())
