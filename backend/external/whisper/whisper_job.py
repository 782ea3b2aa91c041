"""Whisper in the child process (see ``offline.worker``): hundreds of megabytes, and native code that may crash.

The model is loaded once and kept. Nothing here reaches the network: the model is a folder, and the voice detector's
own model lies in faster-whisper's package.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from backend.external.offline.audio_codec import HEARING_RATE, decode
from backend.external.offline.job import JobError

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

_COMPUTE = "int8"
"""On a CPU the fastest and smallest; the model's files may be float16, they are converted while they are read."""
_MOST_THREADS = 8
_WINDOW_SECONDS = 30
_NO_SPEECH = 0.6
_LOG_PROBABILITY = -1.0
"""Both as in whisper/transcribe.py: a window with less of the one and more of the other is silence."""

_models: dict[str, WhisperModel] = {}


def whisper_load(request: Mapping[str, Any], _payload: bytes) -> tuple[dict[str, Any], bytes]:
    """Job: ``folder`` -> whether the library is ``installed`` so that it runs here; if so, the model is loaded then."""
    try:
        import faster_whisper  # noqa: F401, PLC0415 - takes 0.4 s and 60 MB, which the child's other jobs need not pay
    except ImportError:
        return {"installed": False}, b""
    _model(request["folder"])
    return {"installed": True}, b""


def whisper_hear(request: Mapping[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    """Job: ``folder``, ``language`` (Whisper's code, or None), ``hints`` by language, ``beam``, a recording as payload
    -> ``language`` (None: nobody spoke), ``language_probability``, ``segments`` of text, seconds, log probability,
    probability of no speech and repetition.
    """
    pcm = decode(payload)
    model = _model(request["folder"])
    samples = _spoken(np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(32_768))
    if not len(samples):
        return {"language": None, "language_probability": 0.0, "segments": []}, b""
    language, probability = request["language"], 1.0
    if not model.model.is_multilingual:
        language = "en"
    elif language is None:
        language, probability, _ = model.detect_language(samples)
    segments = _segments(model, samples, language, request["hints"].get(language, ""), request["beam"])
    return {"language": language, "language_probability": probability, "segments": segments}, b""


def _segments(
    model: WhisperModel, samples: npt.NDArray[np.float32], language: str, hints: str, beam: int
) -> Sequence[Sequence[Any]]:
    one_window = len(samples) <= _WINDOW_SECONDS * HEARING_RATE
    found, _ = model.transcribe(
        samples,
        language=language,
        beam_size=beam,
        # One pass and no dice: the fallback to higher temperatures may take six times as long, and what it draws is
        # another sentence every time. A doubtful sentence is better asked again.
        temperature=0.0,
        # Each window stands for itself: a phantom would breed more of its kind, and beside the hints there is no room.
        condition_on_previous_text=False,
        hotwords=hints or None,
        without_timestamps=one_window,
        no_speech_threshold=_NO_SPEECH,
        log_prob_threshold=_LOG_PROBABILITY,
    )
    return [(s.text, s.end - s.start, s.avg_logprob, s.no_speech_prob, s.compression_ratio) for s in found]


def _spoken(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """``samples`` without long pauses; none at all where nobody speaks."""
    from faster_whisper.vad import VadOptions, collect_chunks, get_speech_timestamps  # noqa: PLC0415 - see whisper_load

    chunks = get_speech_timestamps(samples, VadOptions())
    return np.concatenate(collect_chunks(samples, chunks)[0]) if chunks else samples[:0]


def _model(folder: str) -> WhisperModel:
    """The model in ``folder``, kept until another is asked for."""
    if folder not in _models:
        try:
            from faster_whisper import WhisperModel  # noqa: PLC0415 - see whisper_load

            _models.clear()
            _models[folder] = WhisperModel(
                folder, device="cpu", compute_type=_COMPUTE, cpu_threads=_threads(), local_files_only=True
            )
        except (ImportError, OSError, RuntimeError, ValueError) as error:
            raise JobError("misconfigured") from error
    return _models[folder]


def _threads() -> int:
    """As many as this process may use, eight at most: more of them gain little."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(_MOST_THREADS, allowed or 1))
