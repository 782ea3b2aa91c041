"""Settings from the environment."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from backend.settings import Settings


def read() -> Settings:
    """As the backend does without flags."""
    flags: dict[str, Any] = {}
    return Settings(**flags)


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MALLO_ALLOWED_HOSTS", "kiosk.shop, till.shop")
    monkeypatch.setenv("MALLO_HEARING_ENGINES", "gemini,offline")
    monkeypatch.setenv("MALLO_OPENAI_SPEECH_MODELS", "my-voice")
    settings = read()
    assert settings.allowed_hosts == ("kiosk.shop", "till.shop")
    assert settings.hearing_engines == ("gemini", "offline")
    assert settings.openai_speech_models == ("my-voice",)


@pytest.mark.parametrize("chain", ["", "siri", "openai,openai", "openai;offline"])
def test_a_chain_names_known_engines_once(monkeypatch: pytest.MonkeyPatch, chain: str) -> None:
    monkeypatch.setenv("MALLO_SPEECH_ENGINES", chain)
    with pytest.raises(ValidationError, match="speech_engines"):
        read()


def test_the_vendors_own_names_serve_and_ours_go_before_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "theirs")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:8000/v1")
    settings = read()
    assert settings.openai_api_key is not None
    assert settings.openai_api_key.get_secret_value() == "theirs"
    assert settings.openai_base_url == "http://127.0.0.1:8000/v1"
    monkeypatch.setenv("MALLO_OPENAI_API_KEY", "ours")
    again = read().openai_api_key
    assert again is not None
    assert again.get_secret_value() == "ours"


def test_keys_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "AIza-secret")
    settings = read()
    assert "AIza-secret" not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_a_wrong_address_is_refused_without_being_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MALLO_OPENAI_BASE_URL", "ftp://user:hidden@host")
    with pytest.raises(ValidationError) as caught:
        read()
    assert "hidden" not in str(caught.value)
