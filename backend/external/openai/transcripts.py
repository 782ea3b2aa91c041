"""The vendor's answer to a recording, in its three forms, and how sure its models were."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pydantic import BaseModel

from backend.external.spoken_languages import LANGUAGE_OF_NAME, LANGUAGES, language_of_letters

_UNTOLD = 0.8
"""Confidence where a model tells none."""
_SILENT = 0.6
_UNSURE = -1.0
_REPETITIVE = 2.4
"""Whisper's own bounds: a segment that is likely silent and unlikely worded is no speech, and one that compresses so
well goes round in circles (openai/whisper, ``transcribe``: no_speech_threshold, logprob_threshold,
compression_ratio_threshold)."""


class Segment(BaseModel):
    text: str = ""
    start: float = 0.0
    end: float = 0.0
    avg_logprob: float | None = None
    no_speech_prob: float = 0.0
    compression_ratio: float = 0.0

    @property
    def heard(self) -> bool:
        """Whether somebody spoke it."""
        unsure = self.avg_logprob is not None and self.avg_logprob < _UNSURE
        return not (self.no_speech_prob > _SILENT and unsure) and self.compression_ratio <= _REPETITIVE


class _TokenDetails(BaseModel):
    audio_tokens: int | None = None
    text_tokens: int | None = None


class Used(BaseModel):
    """What was billed: ``seconds``, or tokens."""

    seconds: float | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    input_token_details: _TokenDetails | None = None

    @property
    def audio_tokens(self) -> int:
        return (self.input_token_details and self.input_token_details.audio_tokens) or 0

    @property
    def text_tokens(self) -> int:
        """Of the input, those that are not audio."""
        return max(0, (self.input_tokens or 0) - self.audio_tokens)


class _Logprob(BaseModel):
    logprob: float | None = None


class _Language(BaseModel):
    code: str


class Transcript(BaseModel):
    """``json`` and ``verbose_json`` in one; only ``text`` is there always."""

    text: str
    language: str | None = None
    languages: tuple[_Language, ...] | None = None
    segments: tuple[Segment, ...] | None = None
    logprobs: tuple[_Logprob, ...] | None = None
    usage: Used | None = None

    @property
    def words(self) -> str:
        """What was spoken: without the segments that were not."""
        if self.segments:
            return " ".join(filter(None, (segment.text.strip() for segment in self.segments if segment.heard)))
        return self.text.strip()

    @property
    def confidence(self) -> float:
        """0 to 1: the mean probability of a token, of the segments that were spoken or of all tokens."""
        if self.segments:
            spoken = [segment for segment in self.segments if segment.heard and segment.avg_logprob is not None]
            return _probability(
                [segment.avg_logprob or 0.0 for segment in spoken],
                [max(0.1, segment.end - segment.start) for segment in spoken],
            )
        told = [token.logprob for token in self.logprobs or () if token.logprob is not None]
        return _probability(told, [1.0] * len(told))

    def spoken_language(self, asked: str | None) -> str:
        """The language that was asked for, else the one that the model tells, else the one of the letters."""
        if asked is not None:
            return asked
        told = self.languages[0].code if self.languages else self.language or ""
        told = told.strip().lower()
        told = LANGUAGE_OF_NAME.get(told, told.partition("-")[0])
        return told if told in LANGUAGES else language_of_letters(self.text)


def _probability(logprobs: Sequence[float], weights: Sequence[float]) -> float:
    if not logprobs:
        return _UNTOLD
    mean = sum(value * weight for value, weight in zip(logprobs, weights, strict=True)) / sum(weights)
    return round(math.exp(max(-20.0, min(0.0, mean))), 3)
