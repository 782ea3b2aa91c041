"""Rules of sentences: drawn by weight, followed or not; and the language model made from them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from backend.external.offline.sentence_rules import SentenceRules
from backend.external.offline.speech_grammar import speech_grammar
from backend.external.offline.trigrams import arpa
from backend.services.catalogue_files import read_catalogue

CATALOGUE = read_catalogue(Path(__file__).resolve().parents[2] / "assets" / "catalogue").catalogue
TEA = SentenceRules(
    {
        "sentence": ("/3/ <many> teas [/0.25/ please]", "/1/ (no | without) milk", "<chain>"),
        "many": ("two", "three"),
        "chain": ("tea", "tea and <chain>"),
    }
)


@pytest.mark.parametrize("sentence", ["two teas", "three teas please", "no milk", "tea and tea and tea"])
def test_a_sentence_of_the_rules_follows_them(sentence: str) -> None:
    assert TEA.follows(sentence)


@pytest.mark.parametrize("sentence", ["", "two", "teas two", "two teas please please", "no milk please", "tea and"])
def test_what_stops_short_or_goes_on_does_not(sentence: str) -> None:
    assert not TEA.follows(sentence)


def test_what_is_drawn_follows_and_is_the_same_for_the_same_seed() -> None:
    drawn = TEA.draw(200, 3)
    assert drawn == TEA.draw(200, 3)
    assert drawn != TEA.draw(200, 4)
    assert all(TEA.follows(" ".join(words)) for words in drawn)


def test_weights_say_how_often() -> None:
    kinds = Counter(words[1] if len(words) > 1 else "tea" for words in TEA.draw(4_000, 1))
    assert kinds["teas"] / 4_000 == pytest.approx(0.6, abs=0.03)
    polite = [words[-1] == "please" for words in TEA.draw(4_000, 1) if words[1:2] == ("teas",)]
    assert sum(polite) / len(polite) == pytest.approx(0.25, abs=0.03)


@pytest.mark.parametrize("broken", ["(a | b", "a ]", "[a"])
def test_brackets_that_do_not_match_are_refused(broken: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        SentenceRules({"sentence": (broken,)})


def test_a_rule_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        SentenceRules({"sentence": ("<nothing>",)})


def test_the_shop_s_own_rules_take_whole_orders_and_short_answers() -> None:
    rules = SentenceRules(speech_grammar(CATALOGUE).rules)
    for sentence in (
        "yes please",
        "no thank you",
        "that is all",
        "start over",
        "cancel",
        "i'd like two french dinners in grand style and a chocolate cake please",
    ):
        assert rules.follows(sentence), sentence
    assert not rules.follows("yes green")
    assert not rules.follows("help me a more add two the all")


def test_the_language_model_is_a_distribution() -> None:
    """After each word seen, the chances of all words that may follow add up to one, backed off ones too."""
    chances, backoffs = _read(arpa(TEA.draw(500, 2)))
    words = [gram[0] for gram in chances if len(gram) == 1 and gram != ("<s>",)]
    starts: dict[int, set[tuple[str, ...]]] = defaultdict(set)
    for gram in chances:
        starts[len(gram) - 1].add(gram[:-1])
    for start in starts[0] | starts[1] | starts[2]:
        total = sum(_chance((*start, word), chances, backoffs) for word in words)
        assert total == pytest.approx(1, abs=0.005), start


def _read(text: str) -> tuple[dict[tuple[str, ...], float], dict[tuple[str, ...], float]]:
    chances, backoffs, order = {}, {}, 0
    for line in text.splitlines():
        if line.endswith("-grams:"):
            order = int(line[1])
        elif order and line and not line.startswith("\\"):
            log, *rest = line.split()
            gram = tuple(rest[:order])
            chances[gram] = math.pow(10, float(log))
            backoffs[gram] = math.pow(10, float(rest[order])) if len(rest) > order else 1.0
    return chances, backoffs


def _chance(
    gram: tuple[str, ...], chances: dict[tuple[str, ...], float], backoffs: dict[tuple[str, ...], float]
) -> float:
    if gram in chances:
        return chances[gram]
    return backoffs.get(gram[:-1], 1.0) * _chance(gram[1:], chances, backoffs)
