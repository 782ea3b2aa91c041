"""Speech that was paid for once is not paid for again: kept on disk, or in memory where it quotes a customer."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import TypeVar

from backend.domain import speech_en, speech_ko
from backend.services.speech_files import SpeechFiles

MEMORY_BYTES = 8 * 1024 * 1024
"""About three minutes of WAV at 24 kHz: enough for the sentences with lettering of the orders under way."""
WAIT_SECONDS = 3.0
"""How long a caller waits for another's synthesis of the same: about what one takes, however slowly its owner reads."""
CLAIM_SECONDS = 20.0
"""A claim that is older was forgotten by its owner."""
PRIVATE_TEXTS = 1_000
DISK_SECONDS = 1.0
"""A disk that needs longer is slower than an engine."""

_OWN_QUOTES = tuple(
    line for lines in (speech_ko.LINES, speech_en.LINES) for line in lines.values() if re.search("['\"]", line)
)
_QUOTATION = re.compile(r"""["“”‘‚„‹›«»「」『』＂＇`´]|(?<![^\W_])['’]|['’](?![^\W_])""")

T = TypeVar("T")  # Python 3.11 has no "def f[T]"


def quotes_somebody(text: str) -> bool:
    """Whether ``text`` holds words between quotation marks that are not the kiosk's own, such as a cake's lettering.

    Apostrophes inside a word ("don't") are none. The kiosk's own sentences that quote ("say 'yes'") are longer than any
    lettering may be, so that taking them out cannot hide one.
    """
    for line in _OWN_QUOTES:
        text = text.replace(line, " ")
    return _QUOTATION.search(text) is not None


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SpeechKey:
    """What makes two syntheses the same sound. The language is told from the text's letters."""

    engine: str
    model: str
    voice: str
    audio_format: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 over all fields, in hex: a file's name tells nobody what was said."""
        return hashlib.sha256(json.dumps(astuple(self)).encode()).hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class _Claim:
    ends_at: float
    over: asyncio.Event = field(default_factory=asyncio.Event)


class SpeechCache:
    """Keeps encoded speech: ``max_bytes`` under ``folder`` (0: nothing there), ``memory_bytes`` in memory.

    Memory holds what quotes somebody, which never touches the disk, and what the disk did not take. No method raises
    for a disk that is full, unreadable or slow: nothing is found and nothing is kept then.
    """

    def __init__(
        self,
        folder: Path,
        max_bytes: int,
        *,
        memory_bytes: int = MEMORY_BYTES,
        wait_seconds: float = WAIT_SECONDS,
        claim_seconds: float = CLAIM_SECONDS,
        disk_seconds: float = DISK_SECONDS,
    ) -> None:
        self._files = SpeechFiles(folder, max_bytes)
        self._memory: OrderedDict[str, bytes] = OrderedDict()
        self._memory_bytes = 0
        self._memory_limit = memory_bytes
        self._wait_seconds = wait_seconds
        self._claim_seconds = claim_seconds
        self._disk_seconds = disk_seconds
        self._claims: dict[str, _Claim] = {}
        self._private: OrderedDict[str, None] = OrderedDict()

    def keep_off_disk(self, text: str) -> None:
        """``text`` may repeat a customer's words without quoting them (a model wrote it). The last 1,000 are known."""
        self._private[_fingerprint(text)] = None
        if len(self._private) > PRIVATE_TEXTS:
            self._private.popitem(last=False)

    async def get(self, key: SpeechKey) -> bytes | None:
        """The sound, or None: then synthesise it under ``claim``.

        Where somebody else has claimed it, waits for them, ``wait_seconds`` at most. Not to be called by who holds
        the claim.
        """
        name = key.digest
        deadline = asyncio.get_running_loop().time() + self._wait_seconds
        while True:
            if (audio := await self._find(name, key.text)) is not None:
                return audio
            if (claim := self._claim_on(name)) is None:
                return None
            try:
                async with asyncio.timeout_at(deadline):
                    await claim.over.wait()
            except TimeoutError:
                return None

    async def has(self, key: SpeechKey) -> bool:
        """Whether it is on the disk, where a restart finds it again; does not count as hearing it."""
        name = key.digest
        return not self._is_private(key.text) and bool(await self._in_time(lambda: self._files.has(name)))

    @contextlib.contextmanager
    def claim(self, key: SpeechKey) -> Iterator[None]:
        """Say that this caller synthesises ``key`` now, until the block ends; ``put`` inside it.

        ``get`` of the same waits meanwhile. Enter it without awaiting anything after the ``get`` that found nothing, so
        that of several callers only one pays. A second claim of the same is allowed and means nothing.
        """
        name = key.digest
        if self._claim_on(name) is not None:
            yield
            return
        claim = self._claims[name] = _Claim(asyncio.get_running_loop().time() + self._claim_seconds)
        try:
            yield
        finally:
            if self._claims.get(name) is claim:
                del self._claims[name]
            claim.over.set()

    async def put(self, key: SpeechKey, audio: bytes) -> None:
        """Keep ``audio``, which has to be whole; empty sound is not kept."""
        if not audio:
            return
        name = key.digest
        if self._is_private(key.text) or not await asyncio.to_thread(self._files.write, name, audio):
            self._remember(name, audio)

    def _is_private(self, text: str) -> bool:
        return quotes_somebody(text) or _fingerprint(text) in self._private

    def _claim_on(self, name: str) -> _Claim | None:
        claim = self._claims.get(name)
        return claim if claim and asyncio.get_running_loop().time() < claim.ends_at else None

    async def _find(self, name: str, text: str) -> bytes | None:
        if name in self._memory:
            self._memory.move_to_end(name)
            return self._memory[name]
        # A sentence that is new is the usual case: it does not wait for a thread.
        if self._files.lacks(name) or self._is_private(text):
            return None
        return await self._in_time(lambda: self._files.read(name))

    def _remember(self, name: str, audio: bytes) -> None:
        if len(audio) > self._memory_limit:
            return
        self._memory_bytes += len(audio) - len(self._memory.pop(name, b""))
        self._memory[name] = audio
        while self._memory_bytes > self._memory_limit:
            _, gone = self._memory.popitem(last=False)
            self._memory_bytes -= len(gone)

    async def _in_time(self, ask: Callable[[], T]) -> T | None:
        try:
            async with asyncio.timeout(self._disk_seconds):
                return await asyncio.to_thread(ask)
        except TimeoutError:
            return None
