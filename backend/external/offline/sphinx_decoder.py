"""A PocketSphinx decoder for the sentences of some rules, built in the child process (see ``worker``).

Its dictionary holds the words of the rules only: the whole one would take 12 MB and 0.2 s.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pocketsphinx

from backend.external.offline.espeak_job import espeak
from backend.external.offline.job import JobError
from backend.external.offline.pronunciation import arpabet
from backend.external.offline.sentence_rules import SentenceRules
from backend.external.offline.trigrams import arpa

_SEARCH = "orders"
_DICTIONARY = "en-us/cmudict-en-us.dict"
# Ways that people say a word and the dictionary does not have; it knows one "deluxe" only.
_MORE_WAYS = {
    "deluxe": ("D IH L AH K S", "D IH L UH K S", "D IY L AH K S"),
    "champagne": ("SH AE M P EY N",),
    "valentine": ("V AE L AH N T AY N",),
    "yeah": ("Y EH", "Y EH AH"),
    "chocolate": ("CH AO K AH L AH T", "CH AA K L AH T"),
}
_SAMPLES = 20_000
_SEED = 1
# Wider than the defaults, and more of the model's densities: the vocabulary is small enough to afford them. Measured
# on five voices: 148 of 160 sentences with the defaults, 152 with wider beams, 151 with more densities alone.
_SETTINGS = {
    "beam": 1e-70,
    "wbeam": 1e-45,
    "pbeam": 1e-70,
    "lpbeam": 1e-60,
    "lponlybeam": 1e-50,
    "fwdflatbeam": 1e-80,
    "fwdflatwbeam": 1e-40,
    "topn": 8,
}
_PIPE_BYTES = 1 << 20
_EATEN = 1 << 16


@dataclass(frozen=True, slots=True)
class Ear:
    """``left_out`` are words that nobody can pronounce: sentences with them cannot be heard."""

    decoder: pocketsphinx.Decoder
    rules: SentenceRules
    left_out: tuple[str, ...]


def build(rules: Mapping[str, Sequence[str]], words: Sequence[str]) -> Ear:
    """The decoder for sentences of ``rules``, in which ``words`` stand.

    Raises:
        JobError: ``misconfigured`` when model or dictionary are missing.
    """
    sentences = SentenceRules(rules)
    try:
        said = _pronunciations(words)
        decoder = pocketsphinx.Decoder(lm=None, dict=os.devnull, loglevel="FATAL", **_SETTINGS)
    except (OSError, RuntimeError) as error:
        raise JobError("misconfigured") from error
    for word, ways in said.items():
        for number, way in enumerate(ways, 1):
            decoder.add_word(word if number == 1 else f"{word}({number})", way, False)
    decoder.add_word("mallo", "M AA L OW", True)
    sayable = [drawn for drawn in sentences.draw(_SAMPLES, _SEED) if all(word in said for word in drawn)]
    try:
        with _as_file(arpa(sayable)) as path:
            decoder.add_lm_file(_SEARCH, path)
        decoder.activate_search(_SEARCH)
    except (OSError, RuntimeError) as error:
        raise JobError("misconfigured") from error
    return Ear(decoder, sentences, tuple(word for word in words if word not in said))


@contextlib.contextmanager
def _as_file(text: str) -> Iterator[str]:
    """A path to read ``text`` from. The child may write no file, so it is a pipe where pipes are large enough."""
    content = text.encode()
    if sys.platform == "linux" and len(content) + _EATEN <= _PIPE_BYTES:
        with _as_pipe(content) as path:
            yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sentences.arpa"
        file.write_bytes(content)
        yield str(file)


@contextlib.contextmanager
def _as_pipe(content: bytes) -> Iterator[str]:
    import fcntl  # noqa: PLC0415 - there is none on Windows

    reading, writing = os.pipe()
    try:
        with open(writing, "wb") as pipe:  # noqa: PTH123 - a descriptor, no path
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
            # The library looks for two binary formats first and reads some of the pipe for it: empty lines.
            pipe.write(b"\n" * _EATEN + content)
        yield f"/dev/fd/{reading}"
    finally:
        os.close(reading)


def _pronunciations(words: Iterable[str]) -> dict[str, list[str]]:
    """Ways to say each word: the model's dictionary, else eSpeak's opinion; words with neither are not in it."""
    wanted = set(words)
    found: dict[str, list[str]] = {}
    with Path(pocketsphinx.get_model_path(_DICTIONARY)).open(encoding="utf-8") as dictionary:
        for line in dictionary:
            word, _, way = line.rstrip().partition(" ")
            word = word.partition("(")[0]
            if word in wanted:
                found.setdefault(word, []).append(way)
    for word, ways in _MORE_WAYS.items():
        if word in found:
            found[word] += [way for way in ways if way not in found[word]]
    for word in sorted(wanted - found.keys()):
        way = arpabet(espeak().phonemes(word, "en-us"))
        if way:
            found[word] = [way]
    return found
