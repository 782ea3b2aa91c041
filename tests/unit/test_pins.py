"""PINs and tokens at rest."""

from backend.services.auth_service import LONGEST_LOCK_SECONDS, lock_seconds
from backend.services.pins import hash_pin, new_pin, new_token, pin_matches, token_digest


def test_a_pin_matches_its_own_hash_alone() -> None:
    stored = hash_pin("123456")
    assert pin_matches("123456", stored)
    assert not pin_matches("123457", stored)
    assert "123456" not in stored


def test_one_pin_has_many_hashes() -> None:
    assert hash_pin("123456") != hash_pin("123456")


def test_a_korean_pin_is_a_pin() -> None:
    assert pin_matches("비밀번호", hash_pin("비밀번호"))


def test_pins_are_six_digits() -> None:
    assert all(len(pin) == 6 and pin.isdecimal() for pin in (new_pin() for _ in range(50)))


def test_tokens_differ_and_their_digest_is_not_the_token() -> None:
    token = new_token()
    assert token != new_token()
    assert len(token) >= 43
    assert token_digest(token) == token_digest(token) != token


def test_the_lock_grows_to_a_limit() -> None:
    assert [lock_seconds(failed) for failed in (0, 1, 4)] == [0, 0, 0]
    assert [lock_seconds(failed) for failed in (5, 6, 7, 8)] == [30, 60, 120, 240]
    assert lock_seconds(9) == 480
    assert lock_seconds(10) == lock_seconds(1_000_000) == LONGEST_LOCK_SECONDS
