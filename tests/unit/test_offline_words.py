"""How single words are found: typed signs, Korean in Latin letters, English by its sound, names cut off."""

from __future__ import annotations

import pytest

from backend.domain.order_state import Asked, OrderState
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.external.offline.understanding.english_sounds import consonants, english_sound
from backend.external.offline.understanding.romanised import in_hangul, romanised, romanised_key
from backend.external.offline.understanding.sounds import SoundIndex
from backend.external.offline.understanding.typed import jamo_in_words, written_out
from tests.support.dialogue_files import shop
from tests.support.dialogues import say


@pytest.fixture(scope="module")
def engine() -> OfflineUnderstanding:
    return OfflineUnderstanding()


def talk(engine: OfflineUnderstanding, *sentences: str) -> tuple[OrderState, str, bool]:
    """The state, what was said last, and whether somebody was called then."""
    state, spoken, called = OrderState(), "", False
    for sentence in sentences:
        _, turn = say(sentence, state, shop().catalogue, engine)
        state, spoken, called = turn.state, turn.say, turn.staff_called
    return state, spoken, called


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("와인 +2 커피 -1", "와인 2개 추가, 커피 1개 빼고,"),
        ("치즈 x3", "치즈 3"),
        ("1 english -bacon +2 bread", "1 english , no bacon , add 2 bread"),
        ("steak w/o wine", "steak without wine"),
        ("y", "yes"),
    ],
)
def test_signs_are_words(typed: str, words: str) -> None:
    assert " ".join(written_out(typed).split()) == words


def test_single_consonants_are_words() -> None:
    assert jamo_in_words("ㄱㄱ").strip() == "주문할게요"


def test_korean_in_latin_letters() -> None:
    assert romanised("감사합니다") == "gamsahamnida"
    assert romanised_key("kamsahamnida") == romanised_key("gamsahamnida")
    assert in_hangul("ttalgi cake hana juseyo") == "ttalgi cake 하나 주세요"
    assert in_hangul("two cakes to go, no wine") == "two cakes to go, no wine"


@pytest.mark.parametrize(
    ("heard", "meant"), [("whine", "wine"), ("cheez", "cheese"), ("inglish", "english"), ("theluxe", "deluxe")]
)
def test_english_words_that_sound_alike(heard: str, meant: str) -> None:
    assert english_sound(heard) == english_sound(meant)


def test_consonants_alone_are_enough_for_a_long_name() -> None:
    assert consonants("strwbry") == consonants("strawberry")
    assert consonants("when") == consonants("wine")
    assert english_sound("when") != english_sound("wine")


def test_a_name_that_was_cut_off_or_only_begun() -> None:
    index = SoundIndex(["프렌치", "심플", "chocolate"])
    assert [guess.form for word in ("렌치", "시플", "choc") if (guess := index.nearest(word))] == [
        "프렌치",
        "심플",
        "chocolate",
    ]
    assert index.nearest("라디오") is None


def test_what_only_the_staff_can_tell_is_offered_to_them(engine: OfflineUnderstanding) -> None:
    state, spoken, called = talk(engine, "치즈 케이크 하나 심플이요", "화장실 어디예요?")
    assert (state.asked, called) == (Asked.STAFF, False)
    assert "직원" in spoken
    assert talk(engine, "치즈 케이크 하나 심플이요", "화장실 어디예요?", "네")[2]
    declined, _, called = talk(engine, "치즈 케이크 하나 심플이요", "화장실 어디예요?", "아니요")
    assert (declined.asked, called, len(declined.items)) == (Asked.CUSTOMIZATION, False, 1)


def test_an_order_goes_on_beside_what_the_shop_does_not_have(engine: OfflineUnderstanding) -> None:
    state, spoken, _ = talk(engine, "치즈 케이크 하나랑 콜라 두 잔 주세요")
    assert [(item.menu_code, item.quantity) for item in state.items] == [("cheese", 1)]
    assert "없어요" in spoken


def test_the_price_of_an_ingredient_ends_in_an_offer(engine: OfflineUnderstanding) -> None:
    asked = ("프렌치 하나 심플 그대로요", "와인 추가는 얼마예요?")
    assert talk(engine, *asked)[0].asked == Asked.EXTRA
    assert talk(engine, *asked, "네")[0].items[0].customization == {"wine": 2}
    assert talk(engine, *asked, "아니요")[0].items[0].customization == {}


def test_the_last_change_is_taken_back(engine: OfflineUnderstanding) -> None:
    state, _, _ = talk(engine, "프렌치 하나 그랜드요", "와인 빼 주세요", "방금 거 되돌려 주세요")
    assert state.items[0].customization == {}


@pytest.mark.parametrize("sentence", ["주문할까요", "응 엄마 나 지금 주문하고 있어 끊어", "네 여보세요"])
def test_what_only_sounds_like_a_yes_places_nothing(sentence: str, engine: OfflineUnderstanding) -> None:
    state, _, _ = talk(engine, "치즈 케이크 하나 심플 그대로요", sentence)
    assert (state.order_number, len(state.items)) == (None, 1)
