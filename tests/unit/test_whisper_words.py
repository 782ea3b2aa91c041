"""What Whisper says is believed, what only it said is not; and the words it is told beforehand."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.external.whisper.hints import hints
from backend.external.whisper.models import hub_cache, places_of, repository_of
from backend.external.whisper.phantoms import Segment, believed
from backend.services.catalogue_files import read_catalogue

CATALOGUE = read_catalogue(Path(__file__).resolve().parents[2] / "assets" / "catalogue").catalogue
SHOP = hints(CATALOGUE)


def _said(text: str, logprob: float = -0.2, no_speech: float = 0.02, repetition: float = 1.0) -> Segment:
    return Segment(text, 2.0, logprob, no_speech, repetition)


@pytest.mark.parametrize(
    "text",
    [
        "시청해주셔서 감사합니다.",
        "시청해 주셔서 감사합니다!",
        "구독과 좋아요 부탁드립니다.",
        "다음 영상에서 만나요.",
        "MBC 뉴스 김철수입니다.",
        "한글자막 by 아무개",
        "Thanks for watching!",
        "Thank you so much for watching.",
        "Subtitles by the Amara.org community",
        "Please subscribe to my channel.",
        "ご視聴ありがとうございました",
        "チャンネル登録をお願いします",
        "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
        "字幕由 Amara.org 社群提供",
        "...",
        "♪",
    ],
)
def test_closing_words_of_videos_are_nobodys_order(text: str) -> None:
    assert believed([_said(text)], SHOP["ko"]) == ("", 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "딸기 생크림 케이크 두 개 주세요.",
        "프렌치 디너 하나요",
        "프렌치 디너, 심플",
        "다음 시간에 올게요",
        "구독 말고 주문이요",
        "네",
        "감사합니다.",
        "Thank you.",
        "I'd like to watch my weight, no cream please",
        "하나 더, 하나 더",
    ],
)
def test_what_customers_say_is_kept(text: str) -> None:
    words, confidence = believed([_said(text)], SHOP["ko"])
    assert words == text
    assert confidence == pytest.approx(0.802, abs=0.01)


@pytest.mark.parametrize("text", ["감사합니다.", "네.", "Thank you.", "you", "ありがとうございました", "谢谢"])
@pytest.mark.parametrize(("logprob", "no_speech"), [(-0.9, 0.1), (-0.2, 0.7)])
def test_courtesies_are_believed_only_without_doubt(text: str, logprob: float, no_speech: float) -> None:
    assert believed([_said(text, logprob, no_speech)], ()) == ("", 0.0)


def test_names_of_the_shop_in_their_order_and_nothing_else_are_an_echo() -> None:
    assert believed([_said(", ".join(SHOP["ko"][2:6]))], SHOP["ko"]) == ("", 0.0)
    assert believed([_said(", ".join(SHOP["ko"]))], SHOP["ko"]) == ("", 0.0)
    assert believed([_said(f"{SHOP['ko'][0]} 하고 {SHOP['ko'][1]}")], SHOP["ko"])[0]


def test_a_sentence_that_goes_round_in_a_circle_is_dropped() -> None:
    assert believed([_said("네 네 네 네 네 네 네 네 네 네 네 네", repetition=4.0)], ()) == ("", 0.0)


def test_a_phantom_after_an_order_goes_and_the_order_stays() -> None:
    text, confidence = believed([_said("두 개 주세요."), _said(" 시청해주셔서 감사합니다.", -0.9)], ())
    assert text == "두 개 주세요."
    assert confidence > 0.7


def test_longer_stretches_weigh_more() -> None:
    long, short = Segment("두 개", 9.0, -0.1, 0.0, 1.0), Segment(" 주세요", 1.0, -2.0, 0.0, 1.0)
    text, confidence = believed([long, short], ())
    assert text == "두 개 주세요"
    assert 0.8 < confidence < 0.9


def test_nothing_is_heard_in_nothing() -> None:
    assert believed([], ()) == ("", 0.0)
    assert believed([_said("  ")], ()) == ("", 0.0)


def test_hints_begin_with_what_orders_need_most() -> None:
    menus = [menu.name.ko for menu in CATALOGUE.menus]
    assert list(SHOP["ko"][: len(menus)]) == menus
    assert "커피" in SHOP["ko"]
    assert "French Dinner" in SHOP["en"]
    assert "ja" not in SHOP


def test_short_names_and_pairs_have_a_repository_and_other_words_none() -> None:
    assert repository_of("small") == "Systran/faster-whisper-small"
    assert repository_of("shop/our-whisper") == "shop/our-whisper"
    assert repository_of("smal") is None
    assert repository_of("../passwd") is None


def test_a_model_is_looked_for_where_a_shop_puts_it_first(tmp_path: Path) -> None:
    assert places_of(str(tmp_path / "mine"), tmp_path, tmp_path) == (tmp_path / "mine",)
    assert places_of("small", tmp_path / "models", tmp_path / "cache") == (tmp_path / "models" / "small",)
    assert places_of("shop/our-whisper", tmp_path, tmp_path) == (tmp_path / "shop--our-whisper",)


def test_the_hubs_cache_is_where_its_library_keeps_it(tmp_path: Path) -> None:
    assert hub_cache({}, tmp_path) == tmp_path / ".cache" / "huggingface" / "hub"
    assert hub_cache({"XDG_CACHE_HOME": "/x"}, tmp_path) == Path("/x/huggingface/hub")
    assert hub_cache({"HF_HOME": "/h", "XDG_CACHE_HOME": "/x"}, tmp_path) == Path("/h/hub")
    assert hub_cache({"HF_HUB_CACHE": "/c", "HF_HOME": "/h"}, tmp_path) == Path("/c")
