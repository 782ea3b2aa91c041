"""Pronunciations for words that PocketSphinx's dictionary lacks, from eSpeak's IPA. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping

# General American sounds; longer signs first. Marks that ARPABET has no sign for are passed over.
_SOUNDS: Mapping[str, str] = {
    "tʃ": "CH",
    "dʒ": "JH",
    "aɪ": "AY",
    "aʊ": "AW",
    "eɪ": "EY",
    "oʊ": "OW",
    "ɔɪ": "OY",
    "oːɹ": "AO R",
    "ɔːɹ": "AO R",
    "ɑːɹ": "AA R",
    "ɛɹ": "EH R",
    "ɪɹ": "IH R",
    "ʊɹ": "UH R",
    "ɜː": "ER",
    "ɚ": "ER",
    "iː": "IY",
    "uː": "UW",
    "ɑː": "AA",
    "ɔː": "AO",
    "əl": "AH L",
    "i": "IY",
    "u": "UW",
    "æ": "AE",
    "a": "AE",
    "ɐ": "AH",
    "ʌ": "AH",
    "ə": "AH",
    "ɛ": "EH",
    "e": "EH",
    "ɪ": "IH",
    "ᵻ": "IH",
    "ɔ": "AO",
    "o": "OW",
    "ʊ": "UH",
    "ɑ": "AA",
    "b": "B",
    "d": "D",
    "f": "F",
    "ɡ": "G",
    "h": "HH",
    "j": "Y",
    "k": "K",
    "l": "L",
    "m": "M",
    "n": "N",
    "ŋ": "NG",
    "p": "P",
    "ɹ": "R",
    "r": "R",
    "s": "S",
    "ʃ": "SH",
    "t": "T",
    "ɾ": "T",
    "ð": "DH",
    "θ": "TH",
    "v": "V",
    "w": "W",
    "z": "Z",
    "ʒ": "ZH",
}
_LONGEST = max(map(len, _SOUNDS))


def arpabet(ipa: str) -> str:
    """``ipa`` in the signs of PocketSphinx's dictionary, divided by spaces; empty when nothing is known in it."""
    found = []
    position = 0
    while position < len(ipa):
        for length in range(_LONGEST, 0, -1):
            sign = _SOUNDS.get(ipa[position : position + length])
            if sign is not None:
                found.append(sign)
                position += length
                break
        else:
            position += 1
    return " ".join(found)
