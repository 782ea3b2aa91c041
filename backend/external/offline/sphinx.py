"""English speech to text without network or account: PocketSphinx listening for the sentences of the catalogue."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from backend.domain.catalogue import Catalogue
from backend.external.interfaces import EngineInfo, Heard, LanguageNotServed
from backend.external.offline.speech_grammar import SpeechGrammar, speech_grammar
from backend.external.offline.worker import WorkerProcess

LANGUAGE = "en"
_SECONDS = 20.0
_TOO_LITTLE = 0.35
"""Words that explain less of the spoken time than this are noise."""

_log = structlog.get_logger(__name__)


class PocketSphinxSpeechToText:
    """Hears English only. ``catalogue`` is asked at each call; a new version makes a new grammar."""

    def __init__(self, worker: WorkerProcess, catalogue: Callable[[], Catalogue]) -> None:
        self._worker = worker
        self._catalogue = catalogue
        self._grammar: SpeechGrammar | None = None
        self._told = False

    @property
    def info(self) -> EngineInfo:
        return EngineInfo("pocketsphinx", "en-us", (LANGUAGE,))

    async def transcribe(self, audio: bytes, filename: str, mime_type: str, language: str | None) -> Heard:  # noqa: ARG002 - the interface's
        """The sentence in a recording; empty for silence, for noise, and for what is no sentence of the shop.

        Raises:
            NotAudio, AudioTooLong, LanguageNotServed, EngineUnavailable, EngineMisconfigured, EngineBadResponse.
        """
        if language is not None and language != LANGUAGE:
            raise LanguageNotServed(language, (LANGUAGE,))
        grammar = self._current()
        request = {"rules": {name: list(ways) for name, ways in grammar.rules.items()}, "words": list(grammar.words)}
        result = await self._worker.run("hear", request, audio, _SECONDS)
        text, confidence = str(result.fields["text"]), float(result.fields["confidence"])
        if result.fields["left_out"] and not self._told:
            self._told = True
            _log.warning("words_without_pronunciation", count=len(result.fields["left_out"]))
        if confidence < _TOO_LITTLE:
            text, confidence = "", 0.0
        return Heard(text, LANGUAGE, confidence, self.info)

    def _current(self) -> SpeechGrammar:
        catalogue = self._catalogue()
        if self._grammar is None or self._grammar.version != catalogue.version:
            self._grammar = speech_grammar(catalogue)
        return self._grammar
