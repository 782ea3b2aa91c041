"""A language model of three words at a time, from sample sentences, as the ARPA text that PocketSphinx reads. Pure.

Absolute discounting: what was never seen together stays possible, at a price. A whole grammar would forbid it, and
then one misheard word in the middle costs the sentence.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

_DISCOUNT = 0.4
_UNSEEN = 0.5
_NEVER = -99.0
_SMALLEST = 1e-9
_ORDERS = (1, 2, 3)

_Gram = tuple[str, ...]


def arpa(sentences: Iterable[_Gram]) -> str:
    """The model of ``sentences`` (words each)."""
    counts = _counts(sentences)
    chances = [_single(counts[1])]
    backoffs: list[dict[_Gram, float]] = []
    for order in _ORDERS[1:]:
        chance, backoff = _longer(counts[order], chances, backoffs)
        chances.append(chance)
        backoffs.append(backoff)
    backoffs.append({})
    lines = ["\\data\\", *(f"ngram {order}={len(chances[order - 1])}" for order in _ORDERS)]
    for order in _ORDERS:
        lines += ["", f"\\{order}-grams:"]
        lines += [
            _line(gram, chance, backoffs[order - 1].get(gram, 1.0), order)
            for gram, chance in sorted(chances[order - 1].items())
        ]
    return "\n".join((*lines, "", "\\end\\", ""))


def _counts(sentences: Iterable[_Gram]) -> dict[int, Counter[_Gram]]:
    counts: dict[int, Counter[_Gram]] = {order: Counter() for order in _ORDERS}
    for sentence, times in Counter(sentences).items():
        words = ("<s>", *sentence, "</s>")
        for order, counter in counts.items():
            for at in range(len(words) - order + 1):
                counter[words[at : at + order]] += times
    counts[1]["<s>",] = 0
    return counts


def _single(counts: Counter[_Gram]) -> dict[_Gram, float]:
    total = sum(counts.values()) + _UNSEEN * len(counts)
    return {gram: (count + _UNSEEN) / total for gram, count in counts.items()}


def _longer(
    counts: Counter[_Gram], shorter: list[dict[_Gram, float]], backoffs: list[dict[_Gram, float]]
) -> tuple[dict[_Gram, float], dict[_Gram, float]]:
    """Chances of the grams in ``counts``, and the back-off of all that comes before their last word."""
    before: Counter[_Gram] = Counter()
    kinds: Counter[_Gram] = Counter()
    for gram, count in counts.items():
        before[gram[:-1]] += count
        kinds[gram[:-1]] += 1
    chances = {gram: (count - _DISCOUNT) / before[gram[:-1]] for gram, count in counts.items()}
    by_less: dict[_Gram, float] = dict.fromkeys(before, 0.0)
    for gram in counts:
        by_less[gram[:-1]] += _chance(gram[1:], shorter, backoffs)
    backoff = {start: _DISCOUNT * kinds[start] / before[start] / max(_SMALLEST, 1 - by_less[start]) for start in before}
    return chances, backoff


def _chance(gram: _Gram, chances: list[dict[_Gram, float]], backoffs: list[dict[_Gram, float]]) -> float:
    known = chances[len(gram) - 1].get(gram)
    if known is not None:
        return known
    return backoffs[len(gram) - 2].get(gram[:-1], 1.0) * _chance(gram[1:], chances, backoffs)


def _line(gram: _Gram, chance: float, backoff: float, order: int) -> str:
    log = _NEVER if gram == ("<s>",) else _log(chance)
    tail = f" {_log(backoff):.4f}" if order < _ORDERS[-1] else ""
    return f"{log:.4f} {' '.join(gram)}{tail}"


def _log(value: float) -> float:
    return max(_NEVER, math.log10(max(value, _SMALLEST)))
