"""What is said while a model still writes: never more than that somebody was heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from backend.domain.catalogue import Catalogue
from backend.domain.opener import OPENERS, Begun, Opening, opened, opener, opening_of
from backend.domain.order_state import COMPLETED, OrderState
from backend.domain.proposal import Intent, UnderstandingRequest
from backend.external.gemini.reading import ReplyReader
from backend.services.catalogue_files import read_catalogue


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(CATALOGUE_FILES).catalogue


CATALOGUE_FILES = Path(__file__).parents[2] / "assets" / "catalogue"
ORDER = Begun("order", "ko", changes=True)


def test_an_order_is_taken_and_a_question_looked_into(catalogue: Catalogue) -> None:
    assert opening_of(ORDER, OrderState(), catalogue) is Opening.TAKEN
    for intent in ("inquiry", "recommendation"):
        assert opening_of(Begun(intent, "ko"), OrderState(), catalogue) is Opening.LOOKING


@pytest.mark.parametrize("intent", [each for each in Intent if each not in ("order", "inquiry", "recommendation")])
def test_nothing_is_said_before_what_may_be_refused(intent: Intent, catalogue: Catalogue) -> None:
    assert opening_of(Begun(intent, "ko", changes=True), OrderState(), catalogue) is None


def test_an_order_with_a_question_is_not_said_yes_to(catalogue: Catalogue) -> None:
    """ "치즈 케이크 하나 주시고, 견과 들어가요?": "네" would be an answer."""
    assert opening_of(replace(ORDER, questions=True), OrderState(), catalogue) is None
    assert opening_of(Begun("order", "ko"), OrderState(), catalogue) is None, "a question may still come"


def test_nothing_is_taken_after_the_order_is_placed_or_of_what_is_sold_out(catalogue: Catalogue) -> None:
    assert opening_of(ORDER, OrderState(stage=COMPLETED), catalogue) is None
    short = replace(catalogue, sold_out=frozenset({"french"}))
    assert opening_of(ORDER, OrderState(), short) is None, "it may be that one"
    assert opening_of(replace(ORDER, menu="french"), OrderState(), short) is None
    assert opening_of(replace(ORDER, menu="cheese"), OrderState(), short) is Opening.TAKEN


def test_a_question_is_not_opened_twice_in_a_row_with_the_same_words() -> None:
    for language in ("ko", "en"):
        last = ""
        for _ in range(4):
            words = opener(Opening.LOOKING, language, last)
            assert words != last
            last = words


def test_an_opener_tells_nothing_of_the_order(catalogue: Catalogue) -> None:
    words = " ".join(each for several in OPENERS.values() for each in several)
    assert not any(letter.isdigit() for letter in words)
    assert not any(menu.name.ko in words or menu.name.en in words for menu in catalogue.menus)
    looking = " ".join(OPENERS["ko", Opening.LOOKING] + OPENERS["en", Opening.LOOKING])
    assert not any(yes in looking for yes in ("네", "예", "Yes", "Sure", "Okay")), "it may be the answer"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("발렌타인 디너 두 개요. 스타일은요?", "네, 발렌타인 디너 두 개요. 스타일은요?"),
        ("네, 천천히 말씀해 주세요.", "네, 천천히 말씀해 주세요."),
    ],
)
def test_opener_and_answer_read_as_one(answer: str, said: str) -> None:
    assert opened("네,", answer) == said


def glimpses(catalogue: Catalogue, reply: str, enough: Callable[[Begun], bool]) -> list[tuple[int, Begun]]:
    """What was told of ``reply``, written letter by letter, and after how many letters."""
    seen: list[tuple[int, Begun]] = []
    written = 0

    def glimpse(begun: Begun) -> bool:
        seen.append((written, begun))
        return enough(begun)

    reader = ReplyReader(UnderstandingRequest("프렌치 둘", catalogue), "", None, glimpse)
    for letter in reply:
        written += 1
        reader.hear(letter)
    return seen


REPLY = (
    '{"intent":"order","language":"ko","changes":[{"words":"프렌치 둘","do":"add","menu":"french","quantity":2}],'
    '"confidence":0.95,"answer":"네."}'
)


def test_what_kind_of_answer_it_is_is_known_within_a_dozen_tokens(catalogue: Catalogue) -> None:
    seen = glimpses(catalogue, REPLY, lambda begun: begun.changes)
    letters, begun = seen[-1]
    assert begun == ORDER
    assert letters <= 4 * 12
    assert {each.intent for _, each in seen} == {"order"}, "no half of a word is believed"


def test_a_glimpse_goes_on_until_it_has_seen_enough(catalogue: Catalogue) -> None:
    seen = glimpses(catalogue, REPLY, lambda _: False)
    assert next(begun.menu for _, begun in seen if begun.menu) == "french"
    assert seen[-1][0] < len(REPLY), "not beyond what decides"
    asked = glimpses(
        catalogue,
        '{"intent":"order","language":"ko","questions":[{"words":"둘","kind":"price"}],"changes":[',
        lambda begun: begun.changes,
    )
    assert asked[-1][1].questions
