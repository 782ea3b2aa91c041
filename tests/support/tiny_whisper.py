"""A Whisper model of 14 MB that is made in a second and says what it is told to.

Everything around the weights is what a real model has: CTranslate2's own file format, the 51,865 tokens of the
multilingual vocabulary with their numbers, a ``tokenizer.json`` and a ``preprocessor_config.json``. So faster-whisper
loads it with the code that loads a real one, computes its spectrum, runs its encoder and decodes with its beam.

The weights cannot hear: training fits in no test, and no test downloads anything. The encoder's are small random
numbers; the decoder's attention and feed-forward layers add nothing, and its last layer is a table that says of each
token which one follows. The model therefore says one fixed sentence about any sound that reaches it.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import tokenizers
import tokenizers.decoders
import tokenizers.models
import tokenizers.pre_tokenizers
from ctranslate2.specs import common_spec, whisper_spec

LANGUAGES = (
    *("en", "zh", "de", "es", "ru", "ko", "fr", "ja", "pt", "tr", "pl", "ca", "nl", "ar", "sv", "it", "id", "hi", "fi"),
    *("vi", "he", "uk", "el", "ms", "cs", "ro", "da", "hu", "ta", "no", "th", "ur", "hr", "bg", "lt", "la", "mi", "ml"),
    *("cy", "sk", "te", "fa", "lv", "bn", "sr", "az", "sl", "kn", "et", "mk", "br", "eu", "is", "hy", "ne", "mn", "bs"),
    *("kk", "sq", "sw", "gl", "mr", "pa", "si", "km", "sn", "yo", "so", "af", "oc", "ka", "be", "tg", "sd", "gu", "am"),
    *("yi", "lo", "uz", "fo", "ht", "ps", "tk", "nn", "mt", "sa", "lb", "my", "bo", "tl", "mg", "as", "tt", "haw"),
    *("ln", "ha", "ba", "jw", "su"),
)
"""In the order of the numbers that OpenAI gave them."""
WIDTH = 64
HEADS = 2
MELS = 80
ENCODER_FRAMES = 1_500
DECODER_POSITIONS = 448
TEXT_TOKENS = 50_257
"""Numbers below this one are text, as in OpenAI's multilingual models; those for English have one less."""
TIMESTAMPS = 1_501

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Says:
    """``words`` with the spaces before them, each once. ``sure`` is the logit of the right next token: 18 is a
    probability of 0.999, 11 one of one half. ``no_speech`` is the logit of the token for it, in the language's place.
    """

    words: Sequence[str]
    language: str = "ko"
    sure: float = 18.0
    no_speech: float = 0.0
    forever: bool = False
    """The last word is followed by the first one."""


def make_tiny_whisper(folder: Path, says: Says, *, multilingual: bool = True) -> Path:
    """Write a model into ``folder``, which may exist. Those for English alone have the tokens of languages as well."""
    folder.mkdir(parents=True, exist_ok=True)
    tokens = _vocabulary(says.words, multilingual)
    numbers = {token: number for number, token in enumerate(tokens)}
    spec = whisper_spec.WhisperSpec(1, HEADS, 1, HEADS)
    random = np.random.default_rng(1)
    _fill_encoder(spec.encoder, random)
    _fill_decoder(spec.decoder, _following(says, numbers), len(tokens), random)
    spec.config.lang_ids = [numbers[f"<|{code}|>"] for code in LANGUAGES]
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.alignment_heads = [[0, 0]]
    spec.register_vocabulary(tokens)
    spec.validate()
    spec.optimize("float16")
    spec.save(str(folder))
    _tokenizer(tokens).save(str(folder / "tokenizer.json"))
    features = {"chunk_length": 30, "feature_size": MELS, "hop_length": 160, "n_fft": 400, "sampling_rate": 16_000}
    (folder / "preprocessor_config.json").write_text(json.dumps(features))
    return folder


def _byte_letters() -> list[str]:
    """GPT-2's alphabet, in which every byte is a printable letter."""
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    others = itertools.count(256)
    return [chr(byte) if byte in printable else chr(next(others)) for byte in range(256)]


def _vocabulary(words: Sequence[str], multilingual: bool) -> list[str]:
    """By the empty token, the last of the text, CTranslate2 knows a multilingual model (whisper.cc)."""
    letters = _byte_letters()
    text = letters + ["".join(letters[byte] for byte in word.encode()) for word in words]
    assert len(set(text)) == len(text), "a word stands twice: nobody can say what follows it"
    text += [f"unused-{number}" for number in range(TEXT_TOKENS - 1 - len(text))]
    text += [""] if multilingual else []
    special = ["endoftext", "startoftranscript", *LANGUAGES]
    special += ["translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps"]
    special += [f"{place * 0.02:.2f}" for place in range(TIMESTAMPS)]
    return text + [f"<|{name}|>" for name in special]


def _tokenizer(tokens: Sequence[str]) -> tokenizers.Tokenizer:
    end = tokens.index("<|endoftext|>")
    text = {token: number for number, token in enumerate(tokens[:end])}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE(vocab=text, merges=[]))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    tokenizer.add_special_tokens(list(tokens[end:]))
    return tokenizer


Follows = list[tuple[int, int, float]]


def _following(says: Says, numbers: dict[str, int]) -> Follows:
    """(token, what follows it, its logit), for prompts with timestamps and without."""
    letters = _byte_letters()
    words = [numbers["".join(letters[byte] for byte in word.encode())] for word in says.words]
    start = numbers["<|startoftranscript|>"]
    after = words[0] if says.forever else numbers["<|endoftext|>"]
    return [
        (start, numbers[f"<|{says.language}|>"], says.sure),
        (start, numbers["<|nospeech|>"], says.no_speech),
        (numbers["<|notimestamps|>"], words[0], says.sure),
        (numbers["<|transcribe|>"], numbers["<|0.00|>"], says.sure),
        (numbers["<|0.00|>"], words[0], says.sure),
        *((one, other, says.sure) for one, other in itertools.pairwise([*words, after])),
    ]


def _fill_encoder(encoder: whisper_spec.WhisperEncoderSpec, random: np.random.Generator) -> None:
    def some(*shape: int) -> Floats:
        return (0.05 * random.standard_normal(shape)).astype(np.float32)

    for conv, channels in ((encoder.conv1, MELS), (encoder.conv2, WIDTH)):
        conv.weight = some(WIDTH, channels, 3)
        conv.bias = some(WIDTH)
    encoder.position_encodings.encodings = some(ENCODER_FRAMES, WIDTH)
    _norm(encoder.layer_norm)
    for layer in encoder.layer:
        _norm(layer.self_attention.layer_norm)
        _linear(layer.self_attention.linear[0], some(3 * WIDTH, WIDTH))
        _linear(layer.self_attention.linear[1], some(WIDTH, WIDTH))
        _feed_forward(layer.ffn, some(4 * WIDTH, WIDTH), some(WIDTH, 4 * WIDTH))


def _fill_decoder(decoder: object, follows: Follows, size: int, random: np.random.Generator) -> None:
    embeddings = random.standard_normal((size, WIDTH)).astype(np.float32)
    # As the last norm will make them, so that a logit is what the table says.
    embeddings -= embeddings.mean(axis=1, keepdims=True)
    embeddings /= embeddings.std(axis=1, keepdims=True)
    table = np.zeros((size, WIDTH), np.float32)
    for token, following, logit in follows:
        table[following] += logit * embeddings[token] / WIDTH
    decoder.embeddings.weight = embeddings  # type: ignore[attr-defined] # set at run time
    decoder.position_encodings.encodings = np.zeros((DECODER_POSITIONS, WIDTH), np.float32)  # type: ignore[attr-defined] # set at run time
    _norm(decoder.layer_norm)  # type: ignore[attr-defined] # set at run time
    _linear(decoder.projection, table, bias=False)  # type: ignore[attr-defined] # set at run time
    for layer in decoder.layer:  # type: ignore[attr-defined] # set at run time
        for attention, parts in ((layer.self_attention, (3, 1)), (layer.attention, (1, 2, 1))):
            _norm(attention.layer_norm)
            for linear, part in zip(attention.linear, parts, strict=True):
                _linear(linear, np.zeros((part * WIDTH, WIDTH), np.float32))
        _feed_forward(layer.ffn, np.zeros((4 * WIDTH, WIDTH), np.float32), np.zeros((WIDTH, 4 * WIDTH), np.float32))


def _norm(norm: common_spec.LayerNormSpec) -> None:
    norm.gamma = np.ones(WIDTH, np.float32)
    norm.beta = np.zeros(WIDTH, np.float32)


def _linear(linear: common_spec.LinearSpec, weight: Floats, *, bias: bool = True) -> None:
    linear.weight = weight
    if bias:
        linear.bias = np.zeros(len(weight), np.float32)


def _feed_forward(ffn: object, inner: Floats, outer: Floats) -> None:
    _norm(ffn.layer_norm)  # type: ignore[attr-defined] # set at run time
    _linear(ffn.linear_0, inner)  # type: ignore[attr-defined] # set at run time
    _linear(ffn.linear_1, outer)  # type: ignore[attr-defined] # set at run time
