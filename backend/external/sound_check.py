"""What is known of a recording before anybody is paid to hear it."""

from __future__ import annotations

from dataclasses import dataclass

from backend.external.interfaces import EngineInfo, EngineUnavailable, NotAudio
from backend.external.offline.worker import Result, WorkerProcess

_SECONDS = 3.0
_ENDED = (EOFError, ConnectionError)
_FILE_TYPES = {
    "wav": ("wav", "audio/wav"),
    "ogg": ("ogg", "audio/ogg"),
    "mp3": ("mp3", "audio/mpeg"),
    "matroska": ("webm", "audio/webm"),
    "mov": ("m4a", "audio/mp4"),
}


@dataclass(frozen=True, slots=True)
class Recording:
    """``extension`` (without dot) and ``mime_type`` as the recording's first bytes tell them, not as its sender does;
    ``seconds`` 0 to 60; ``sound``: somebody may speak in it; ``wav``: the same as a WAV file (mono, 16 bit, 16 kHz),
    where it was asked for.
    """

    extension: str
    mime_type: str
    seconds: float
    sound: bool
    wav: bytes = b""


class SoundCheck:
    """Decodes recordings in a child process: they come from anybody, and a decoder may crash on a hostile one."""

    def __init__(self, worker: WorkerProcess) -> None:
        self._worker = worker

    @property
    def info(self) -> EngineInfo:
        """For whoever tries it before the first customer comes."""
        return EngineInfo("sound-check", "")

    async def look_at(self, audio: bytes, *, wav: bool = False) -> Recording:
        """What ``audio`` is, and with ``wav`` the same as a WAV file, for engines that take few formats.

        Raises:
            NotAudio: no container that we take, or nothing in it can be decoded, or a decoder ends on it.
            AudioTooLong: more than 60 s.
            EngineUnavailable: it took too long, or no child could be started.
        """
        result = await self._measured(audio, wav=wav)
        extension, mime_type = _FILE_TYPES[str(result.fields["container"])]
        seconds, sound = float(result.fields["seconds"]), bool(result.fields["sound"])
        return Recording(extension, mime_type, seconds, sound, result.payload)

    async def _measured(self, audio: bytes, *, wav: bool) -> Result:
        """Asked once more where the child ends: it may have been killed, or the recording may be what kills it. No
        engine is to blame for the second, and none has to try it.
        """
        try:
            return await self._worker.run("measure", {"wav": wav}, audio, _SECONDS)
        except EngineUnavailable as error:
            if not isinstance(error.__cause__, _ENDED):
                raise
        try:
            return await self._worker.run("measure", {"wav": wav}, audio, _SECONDS)
        except EngineUnavailable as error:
            if not isinstance(error.__cause__, _ENDED):
                raise
            raise NotAudio("the decoder ends on it") from error
