"""Speech to text by a Whisper model on this machine."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import structlog

from backend.domain.catalogue import Catalogue
from backend.external.interfaces import (
    EngineError,
    EngineInfo,
    EngineMisconfigured,
    EngineTimeout,
    Heard,
    LanguageNotServed,
)
from backend.external.offline.worker import MEMORY_BYTES, Result, WorkerProcess
from backend.external.whisper.fetch import HUB, FetchState, ModelFetch
from backend.external.whisper.hints import SEPARATOR, hints
from backend.external.whisper.models import (
    ModelFiles,
    code_of,
    home_of,
    hub_cache,
    missing_in,
    places_of,
    read_model,
    repository_of,
    tag_of,
)
from backend.external.whisper.phantoms import Segment, believed
from backend.external.whisper.readiness import (
    Availability,
    MemoryTooSmall,
    ModelBroken,
    ModelIncomplete,
    ModelLoading,
    ModelMissing,
    WhisperNotInstalled,
    of_fetch,
)
from backend.tasks import TaskScope

ENGINE = "faster-whisper"
BEAM = 5
HEAR_SECONDS = 20.0
_LOAD_SECONDS = 180.0
_AGAIN_SECONDS = 300.0
"""After so long a model that could not be loaded is tried once more."""
_TIMES_ITS_SIZE = 3
"""Address space for a model of float16: the file, its numbers as int8 and as float32 while they are converted."""
_SHARE_OF_MEMORY = 0.5
"""A model whose file is larger than this share of the machine's memory would push the shop's own programs out."""

_log = structlog.get_logger(__name__)


class WhisperSpeechToText:
    """Hears the languages of its model in a child process of its own.

    ``model`` is one of faster-whisper's short names (tiny, base, small, medium, large-v3, turbo), ``owner/name`` of a
    converted model on Hugging Face, or the absolute path of a folder. Where it is not a path, it is looked for in
    ``folder`` and then in the hub's own cache. Only with ``may_download`` is one fetched from ``hub`` into ``folder``.
    ``catalogue`` is asked at each call for the shop's words; a call takes ``hear_seconds`` at most.
    """

    def __init__(
        self,
        catalogue: Callable[[], Catalogue],
        model: str,
        folder: Path,
        *,
        may_download: bool = False,
        hub: str = HUB,
        cache: Path | None = None,
        hear_seconds: float = HEAR_SECONDS,
    ) -> None:
        self._catalogue = catalogue
        self._hear_seconds = hear_seconds
        self._name = model
        cache = hub_cache(os.environ, Path.home()) if cache is None else cache
        self._places = places_of(model, folder, cache)
        repository = repository_of(model)
        wanted = may_download and repository is not None
        self._fetch = ModelFetch(repository, home_of(model, folder), hub) if wanted and repository else None
        self._files: ModelFiles | None = None
        self._missing: tuple[str, ...] = ()
        self._broken: type[EngineMisconfigured] | None = None
        self._broken_until = 0.0
        self._worker: WorkerProcess | None = None
        self._loading: asyncio.Task[Any] | None = None
        self._loaded = False
        self._scope = TaskScope("whisper")

    @property
    def info(self) -> EngineInfo:
        """Languages are those of the model; none while there is no model."""
        return EngineInfo(ENGINE, Path(self._name).name, self._files.languages if self._files else ())

    def start(self) -> None:
        """Begin to load the model, or to fetch it where that is allowed; both in the background."""
        self._scope.start(self._prepare(), "prepare")

    def available(self) -> Availability:
        """Whether a customer could be heard now. Looks at a few file names at most."""
        if importlib.util.find_spec("faster_whisper") is None:
            return Availability(WhisperNotInstalled)
        if self._broken is not None and time.monotonic() >= self._broken_until:
            self._broken = None
        if self._broken is None and not self._look() and self._broken is None:
            return self._without_files()
        if self._broken is not None:
            return Availability(self._broken)
        return Availability(None if self._loaded else ModelLoading)

    async def transcribe(self, audio: bytes, filename: str, mime_type: str, language: str | None) -> Heard:  # noqa: ARG002 - the interface's
        """The words in a recording; empty for silence and for what only the model said.

        Raises:
            NotAudio, AudioTooLong, LanguageNotServed.
            EngineMisconfigured, EngineUnavailable: a class of ``readiness`` when the model cannot hear now;
                EngineTimeout when ``hear_seconds`` were not enough.
            EngineBadResponse: the child failed.
        """
        problem = self.available().problem
        if problem is not None and problem is not ModelLoading:
            raise problem(problem.reason)
        files = self._files
        if files is None:
            raise ModelMissing(ModelMissing.reason)
        worker = self._begin_to_load(files)
        if language is not None and language not in files.languages:
            raise LanguageNotServed(language, files.languages)
        words = hints(self._catalogue())
        request = {
            "folder": str(files.folder),
            "language": None if language is None else code_of(language),
            "hints": {code: SEPARATOR.join(names) for code, names in words.items()},
            "beam": BEAM,
        }
        result = await self._hear(worker, files, request, audio)
        found = result.fields["language"]
        if found is None:
            return Heard("", language or files.languages[0], 0.0, self.info)
        text, confidence = believed([Segment(*s) for s in result.fields["segments"]], words.get(found, ()))
        confidence = round(confidence * float(result.fields["language_probability"]), 3)
        return Heard(text, tag_of(str(found)), confidence, self.info)

    async def close(self) -> None:
        """Idempotent; a download that is under way can be resumed."""
        await self._scope.close()
        if self._worker is not None:
            await self._worker.close()

    def _without_files(self) -> Availability:
        if self._missing:
            return Availability(ModelIncomplete, self._missing)
        if self._fetch is None or self._fetch.state is FetchState.DONE:
            return Availability(ModelMissing)
        total = self._fetch.total_bytes
        progress = self._fetch.done_bytes / total if total else 0.0
        return Availability(of_fetch(self._fetch.state), progress=min(1.0, progress))

    def _look(self) -> bool:
        """Whether there is a model; found once, it is read once."""
        if self._files is not None:
            return True
        self._missing = ()
        for place in self._places:
            if not place.is_dir():
                continue
            missing = missing_in(place)
            if missing:
                self._missing = self._missing or missing
                continue
            try:
                self._files = read_model(place)
            except (OSError, ValueError):
                self._give_up(ModelBroken)
                return False
            self._missing = ()
            return True
        return False

    async def _prepare(self) -> None:
        if importlib.util.find_spec("faster_whisper") is None:
            _log.info("whisper_not_installed")
            return
        if not self._look() and self._fetch is not None and not self._missing:
            await self._fetch.run()
        if self._look() and self._files is not None:
            self._begin_to_load(self._files)
        else:
            _log.warning("whisper_without_model", model=self._name, reason=self.available().reason)

    def _begin_to_load(self, files: ModelFiles) -> WorkerProcess:
        """The model's child; it is given the model where it has not got it yet."""
        if self._worker is None:
            self._worker = WorkerProcess("whisper", MEMORY_BYTES + _TIMES_ITS_SIZE * files.size)
        if self._worker.pid is None:
            self._loaded = False
        if not self._loaded and (self._loading is None or self._loading.done()):
            self._loading = self._scope.start(self._load(self._worker, files), "load")
        return self._worker

    async def _load(self, worker: WorkerProcess, files: ModelFiles) -> None:
        if files.size > _SHARE_OF_MEMORY * _machine_memory():
            self._give_up(MemoryTooSmall)
            return
        try:
            result = await worker.run("whisper_load", {"folder": str(files.folder)}, b"", _LOAD_SECONDS)
        except EngineError as error:
            _log.warning("whisper_did_not_load", kind=type(error).__name__)
            self._give_up(ModelBroken)
            return
        if not result.fields["installed"]:
            self._give_up(WhisperNotInstalled)
            return
        self._loaded = True
        _log.info("whisper_ready", model=self._name, languages=len(files.languages))

    def _give_up(self, problem: type[EngineMisconfigured]) -> None:
        """For a while: the machine may have been short of memory, and files may be exchanged."""
        self._broken, self._broken_until = problem, time.monotonic() + _AGAIN_SECONDS
        self._files = None
        _log.warning("whisper_cannot_be_used", model=self._name, reason=problem.reason)

    async def _hear(
        self, worker: WorkerProcess, files: ModelFiles, request: Mapping[str, object], audio: bytes
    ) -> Result:
        try:
            async with asyncio.timeout(self._hear_seconds):
                if self._loading is not None and not self._loading.done():
                    # A turn that is given up may not take the model from the next one.
                    await asyncio.shield(self._loading)
                if self._broken is not None:
                    raise self._broken(self._broken.reason)
                return await worker.run("whisper_hear", request, audio, self._hear_seconds + 1)
        except TimeoutError as error:
            raise (EngineTimeout if self._loaded else ModelLoading)(f"longer than {self._hear_seconds} s") from error
        finally:
            # Given up, too slow or crashed: the child is gone, and the next customer need not wait for the model.
            if worker.pid is None:
                self._begin_to_load(files)


def _machine_memory() -> float:
    """Bytes; unlimited where the system does not say."""
    try:
        return float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    except (AttributeError, ValueError, OSError):
        return float("inf")
