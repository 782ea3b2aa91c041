"""What models write where nobody spoke, and what customers say that looks like it."""

from __future__ import annotations

import pytest

from backend.external.phantoms import echoes, without_phantoms

MENU = ("프렌치 디너", "잉글리시 디너", "발렌타인 디너", "샴페인 축제 디너", "딸기 생크림 케이크", "초콜릿 케이크")


@pytest.mark.parametrize(
    "written",
    [
        "시청해 주셔서 감사합니다.",
        "시청해주셔서 감사합니다",
        "영상을 끝까지 시청해 주셔서 대단히 감사합니다!",
        "구독과 좋아요 부탁드립니다.",
        "다음 영상에서 만나요!",
        "다음 영상에 또 만나요.",
        "MBC 뉴스 이덕영입니다.",
        "지금까지 KBS 뉴스 김철수였습니다.",
        "한글자막 by 한효정",
        "자막 제공 배달의민족",
        "Thank you for watching!",
        "Thanks for watching and see you soon.",
        "Please like and subscribe.",
        "Subtitles by the Amara.org community",
        "ご視聴ありがとうございました",
        "[음악]",
        "(박수)",
        "♪♪",
        "시청해 주셔서 감사합니다. MBC 뉴스 이덕영입니다.",
    ],
)
def test_a_phantom_is_nothing(written: str) -> None:
    assert without_phantoms(written) == ""


@pytest.mark.parametrize(
    "said",
    [
        "감사합니다",
        "네, 감사합니다.",
        "딸기 케이크 두 개 주세요. 감사합니다.",
        "뉴스 나오는 자리로 주세요",
        "좋아요",
        "좋아요, 그걸로 주세요.",
        "다음에 만나요 라고 써 주세요",
        "케이크에 '생일 축하해'라고 써 주세요.",
        "Thank you",
        "Thank you for waiting",
        "I'd like two cakes. Thank you very much.",
        "2.5인분 되나요?",
    ],
)
def test_what_customers_say_stays(said: str) -> None:
    assert without_phantoms(said) == said


def test_only_the_phantom_goes() -> None:
    assert without_phantoms("두 개 주세요. 시청해 주셔서 감사합니다.") == "두 개 주세요."


def test_a_prompt_that_comes_back_is_an_echo() -> None:
    assert echoes("프렌치 디너, 잉글리시 디너, 발렌타인 디너, 샴페인 축제 디너, 딸기 생크림 케이크.", MENU)
    assert echoes("잉글리시디너 발렌타인디너 샴페인축제디너 딸기생크림케이크 초콜릿케이크", MENU)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "프렌치 디너",
        "프렌치 디너, 잉글리시 디너, 발렌타인 디너",
        "프렌치 디너 하나 잉글리시 디너 하나 발렌타인 디너 하나",
    ],
)
def test_an_order_is_no_echo(said: str) -> None:
    assert not echoes(said, MENU)
    assert not echoes(said, ())
