"""PocketSphinx in the child process (see ``worker``): it holds the GIL while it listens.

The decoder is built once for each set of rules and kept warm.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Mapping
from typing import Any

from backend.external.offline import audio_codec
from backend.external.offline.speech_sound import has_speech, ready, spoken_seconds
from backend.external.offline.sphinx_decoder import Ear, build

_MOST_GUESSES = 80
_NO_SENTENCE = 0.6
"""Confidence is so much lower for words that are no sentence of the shop together."""


def hear(request: Mapping[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    """Job: ``rules`` and ``words``, a recording as payload -> ``text`` (may be empty), ``confidence``, ``left_out``."""
    pcm = audio_codec.decode(payload)
    ear = _ear(request["rules"], request["words"])
    text, confidence = _transcribe(ear, pcm) if has_speech(pcm) else ("", 0.0)
    return {"text": text, "confidence": confidence, "left_out": list(ear.left_out)}, b""


def _transcribe(ear: Ear, pcm: bytes) -> tuple[str, float]:
    ear.decoder.start_utt()
    ear.decoder.process_raw(ready(pcm), no_search=False, full_utt=True)
    ear.decoder.end_utt()
    found = ear.decoder.hyp()
    if found is None or not found.hypstr:
        return "", 0.0
    confidence = _explained(ear, pcm)
    if ear.rules.follows(found.hypstr):
        return found.hypstr, confidence
    for guess in itertools.islice(ear.decoder.nbest(), _MOST_GUESSES):
        if guess.hypstr and ear.rules.follows(guess.hypstr):
            return guess.hypstr, confidence
    return found.hypstr, round(confidence * _NO_SENTENCE, 3)


def _explained(ear: Ear, pcm: bytes) -> float:
    """Share of the spoken time that the words explain, 0 to 1: noise is heard as a few short words."""
    seconds = len(pcm) / audio_codec.BYTES_PER_SAMPLE / audio_codec.HEARING_RATE
    frames = sum(s.end_frame - s.start_frame + 1 for s in ear.decoder.seg() if not s.word.startswith(("<", "(", "[")))
    spoken = max(0.2, spoken_seconds(pcm))
    return round(float(min(1.0, frames / 100 / min(spoken, seconds))), 3)


_ears: dict[str, Ear] = {}


def _ear(rules: Mapping[str, list[str]], words: list[str]) -> Ear:
    """The ear for these rules, kept until others come."""
    name = hashlib.sha256(json.dumps(rules).encode()).hexdigest()
    if name not in _ears:
        _ears.clear()
        _ears[name] = build(rules, words)
    return _ears[name]
