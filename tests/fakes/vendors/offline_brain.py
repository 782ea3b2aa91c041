"""A brain made of the shop's own engines, for the demo and the bench: no network, and it really hears and speaks."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from backend.domain.catalogue import Catalogue
from backend.domain.order import Cake, Item
from backend.external.interfaces import EngineError, LanguageNotServed, PictureRequest
from backend.external.offline.engines import OfflineEngines
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.services.catalogue_files import read_catalogue
from tests.fakes.vendors.brain import Drawing, Question, Script, Transcript
from tests.fakes.vendors.gemini_turn import reply_of, request_of
from tests.fakes.vendors.speech_formats import at_speech_rate

ASSETS = Path(__file__).parents[3] / "assets"
_NOTHING = '{"intent":"other","language":"ko","confidence":0.1,"answer":"주문하실 메뉴를 말씀해 주세요."}'
_TIERS = re.compile(r"(\d) tiers")
_COLOUR = re.compile(r"coated in ([a-z]+|#[0-9a-f]{6})")
_FLAVOUR = re.compile(r"(vanilla|chocolate|matcha|strawberry) flavour")
_LETTERING = re.compile(r"lettering ‘([^’]*)’")
_STYLE = re.compile(r"(Simple|Grand|Deluxe) style")


class OfflineBrain:
    """Hears English with PocketSphinx, understands with the rules, speaks with eSpeak NG, draws with resvg.

    What ``script`` holds in its queues goes first: a Korean demo hears what it is told to hear, for want of a Korean
    ear that needs no download.
    """

    def __init__(self, engines: OfflineEngines, catalogue: Catalogue) -> None:
        self.script = Script()
        self._engines = engines
        self._catalogue = catalogue
        self._rules = OfflineUnderstanding()
        self._rules.prepare(catalogue)

    async def hear(self, audio: bytes, mime_type: str, language: str | None) -> Transcript:
        if self.script.hears_by_script:
            return await self.script.hear(audio, mime_type, language)
        try:
            heard = await self._engines.hearing.transcribe(audio, "sound", mime_type, language)
        except LanguageNotServed:
            return Transcript("", language or "ko")
        return Transcript(heard.text, heard.language)

    async def answer(self, question: Question) -> str:
        speaking = self.script.speaking
        if self.script.answers or (speaking is not None and speaking.reply is not None):
            return await self.script.answer(question)
        request = request_of(question.texts[-1], self._catalogue) if question.texts else None
        if request is None:
            return _NOTHING
        return reply_of(self._rules.propose(request), request.transcript)

    async def speak(self, text: str, voice: str) -> bytes:
        """Names of voices that eSpeak's engine does not know are spoken by its usual one."""
        try:
            spoken = await self._engines.speech.synthesize(text, voice, "wav")
        except EngineError:
            return b""
        return await at_speech_rate(spoken.audio)

    async def draw(self, prompt: str, aspect_ratio: str, base: bytes | None) -> Drawing:
        """What the prompt names is drawn; a picture to change is drawn anew, a little grander."""
        item = item_of(prompt, self._catalogue)
        if base is not None:
            item = Item(item.menu_code, "deluxe", item.quantity, item.customization, item.cake)
        picture = await self._engines.pictures.generate(PictureRequest(prompt, aspect_ratio, item))
        return Drawing(picture.content, picture.mime_type)


def item_of(prompt: str, catalogue: Catalogue) -> Item:
    """The dish that a prompt for a picture is about: a custom cake where no other is named."""
    menu = next((menu for menu in catalogue.menus if menu.name.en in prompt), None)
    style = _STYLE.search(prompt)
    cake = None
    if menu is None or menu.takes_cake:
        told = [pattern.search(prompt) for pattern in (_FLAVOUR, _COLOUR, _TIERS, _LETTERING)]
        flavour, colour, tiers, lettering = (found[1] if found else None for found in told)
        cake = Cake(flavour or "vanilla", colour or "white", int(tiers or 1), lettering or "")
    code = menu.code if menu else next(menu.code for menu in catalogue.menus if menu.takes_cake)
    return Item(code, style[1].lower() if style else None, cake=cake)


@asynccontextmanager
async def offline_brain(assets: Path = ASSETS) -> AsyncIterator[OfflineBrain]:
    """With the catalogue of ``assets``; its child processes end with the context."""
    catalogue = read_catalogue(assets / "catalogue").catalogue
    engines = OfflineEngines(lambda: catalogue, assets)
    try:
        yield OfflineBrain(engines, catalogue)
    finally:
        await engines.close()
