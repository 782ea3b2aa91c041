"""What is known of a recording before anybody is paid to hear it."""

from __future__ import annotations

from dataclasses import dataclass

from backend.external.offline.worker import WorkerProcess

_SECONDS = 3.0
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

    async def look_at(self, audio: bytes, *, wav: bool = False) -> Recording:
        """What ``audio`` is, and with ``wav`` the same as a WAV file, for engines that take few formats.

        Raises:
            NotAudio: no container that we take, or nothing in it can be decoded.
            AudioTooLong: more than 60 s.
            EngineUnavailable: the child died on it or took too long.
        """
        result = await self._worker.run("measure", {"wav": wav}, audio, _SECONDS)
        extension, mime_type = _FILE_TYPES[str(result.fields["container"])]
        seconds, sound = float(result.fields["seconds"]), bool(result.fields["sound"])
        return Recording(extension, mime_type, seconds, sound, result.payload)
