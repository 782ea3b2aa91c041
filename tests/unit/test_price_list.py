"""What usage costs by a price table, and which tables are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from backend.database.interface import UsageRecord
from backend.services.price_list import PriceList, PricesUnreadable
from backend.settings import ASSETS

DAY = date(2026, 11, 23)
TABLE = """
currency = "USD"
[vendors.acme]
read = "2026-11"
source = "https://acme.example/prices"
[[vendors.acme.prices]]
models = ["ear"]
audio_minute = 0.006
[[vendors.acme.prices]]
models = ["mouth"]
characters = 15
[[vendors.acme.prices]]
models = ["brush"]
text_input = 0.5
text_output = 0
image = 0.0672
[[vendors.acme.prices]]
models = ["mind-*"]
text_input = 9
[[vendors.acme.prices]]
models = ["mind-1", "mind-1-20*"]
text_input = 0.75
cached_input = 0.075
text_output = 3.75
audio_input = 1.0
audio_minute = 0.5
[[vendors.acme.prices]]
models = ["early"]
until = 2026-12-31
text_input = 1
[[vendors.acme.prices]]
models = ["early"]
since = 2027-01-01
text_input = 2
"""


@pytest.fixture
def prices(tmp_path: Path) -> PriceList:
    file = tmp_path / "prices.toml"
    file.write_text(TABLE)
    return PriceList.read(file)


def _used(model: str, **amounts: int) -> UsageRecord:
    return replace(UsageRecord(DAY, "language", "acme", model, requests=1), **amounts)  # type: ignore[arg-type] # amounts by name


@pytest.mark.parametrize(
    ("used", "micros"),
    [
        (_used("ear", milliseconds=60_000), 6_000),
        (_used("ear", milliseconds=1), 0),
        (_used("ear", milliseconds=5), 1),
        (_used("mouth", characters=1_000), 15_000),
        (_used("mouth", characters=1_000, milliseconds=60_000, input_tokens=300), 15_000),
        (_used("brush", images=2, input_tokens=1_000, output_tokens=2_240), 134_900),
        (_used("mind-1", input_tokens=1_000, cached_input_tokens=1_000, output_tokens=1_000), 4_575),
        (_used("mind-1", audio_input_tokens=1_000), 1_000),
        (_used("mind-1", input_tokens=1_000, milliseconds=60_000), 750),
        (_used("mind-1", milliseconds=60_000), 500_000),
        (_used("mind-1-2026-11-01", input_tokens=1_000), 750),
        (_used("mind-2", input_tokens=1_000), 9_000),
        (_used("mind-2", cached_input_tokens=1_000), 9_000),
    ],
)
def test_costs(prices: PriceList, used: UsageRecord, micros: int) -> None:
    assert prices.micros(used) == micros


@pytest.mark.parametrize(
    "used",
    [
        _used("nobody", input_tokens=1),
        _used("ear"),
        _used("ear", input_tokens=1_000),
        _used("mouth", milliseconds=60_000),
        _used("mind-1", input_tokens=1_000, audio_output_tokens=1),
        replace(_used("ear", milliseconds=60_000), engine="other"),
    ],
)
def test_what_is_not_priced_is_not_free(prices: PriceList, used: UsageRecord) -> None:
    assert prices.micros(used) is None


def test_a_price_has_its_days(prices: PriceList) -> None:
    used = _used("early", input_tokens=1_000)
    assert prices.micros(replace(used, day=date(2026, 12, 31))) == 1_000
    assert prices.micros(replace(used, day=date(2027, 1, 1))) == 2_000


def test_millions_of_small_amounts_are_exact(prices: PriceList) -> None:
    assert prices.micros(_used("mind-1", cached_input_tokens=333_333_333)) == 25_000_000


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "currency"),
        ("currency = 'KRW'\nvendors = {}", "currency"),
        ("currency = 'USD'\n[vendors.a]\nread = 'lately'\nsource = 'x'", "read"),
        ("currency = 'USD'\n[vendors.a]\nread = '2026-11'\nsource = 'x'\n[[vendors.a.prices]]\nmodels = []", "models"),
        (TABLE + "image = -1", "image"),
        (TABLE + "picture = 1", "picture"),
        (TABLE + "image = nan", "image"),
        ("not toml", "="),
    ],
)
def test_tables_that_are_none_say_why(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "prices.toml"
    file.write_text(text)
    with pytest.raises(PricesUnreadable, match=why):
        PriceList.read(file)
    assert PriceList.read_or_none(file).sources == ()


@pytest.mark.parametrize("raw", [b"\xff\xfe", None], ids=["no text", "no file"])
def test_files_that_cannot_be_read(tmp_path: Path, raw: bytes | None) -> None:
    file = tmp_path / "prices.toml"
    if raw is not None:
        file.write_bytes(raw)
    with pytest.raises(PricesUnreadable):
        PriceList.read(file)


SHIPPED = {
    "gemini-2.0-flash": {"input_tokens": 1, "cached_input_tokens": 1, "audio_input_tokens": 1, "output_tokens": 1},
    "gemini-3.8-flash": {"input_tokens": 1, "cached_input_tokens": 1, "audio_input_tokens": 1, "output_tokens": 1},
    "gemini-3.5-flash-lite": {"input_tokens": 1, "cached_input_tokens": 1, "audio_input_tokens": 1, "output_tokens": 1},
    "gemini-3.8-flash-lite-tts": {"input_tokens": 1, "output_tokens": 1, "audio_output_tokens": 1},
    "gemini-3.8-flash-tts": {"input_tokens": 1, "output_tokens": 1, "audio_output_tokens": 1},
    "gemini-3.1-flash-tts-preview": {"input_tokens": 1, "output_tokens": 1, "audio_output_tokens": 1},
    "imagen-4.0-generate-001": {"images": 1},
    "gemini-3.1-flash-image": {"input_tokens": 1, "output_tokens": 1, "images": 1},
    "gemini-3-pro-image": {"input_tokens": 1, "output_tokens": 1, "images": 1},
    "whisper-1": {"milliseconds": 1},
    "gpt-transcribe": {"milliseconds": 1},
    "gpt-4o-transcribe": {"input_tokens": 1, "audio_input_tokens": 1, "output_tokens": 1},
    "tts-1": {"characters": 1},
    "gpt-4o-mini-tts": {"milliseconds": 1, "characters": 1},
    "gpt-realtime-2.1-mini": {"input_tokens": 1, "output_tokens": 1, "audio_output_tokens": 1},
}


@pytest.mark.parametrize("model", SHIPPED)
@pytest.mark.parametrize("day", [DAY, date(2027, 6, 1)], ids=str)
def test_the_models_that_are_wished_for_are_priced(model: str, day: date) -> None:
    engine = "gemini" if model.startswith(("gemini", "imagen")) else "openai"
    shipped = PriceList.read(ASSETS / "engines" / "prices.toml")
    amounts = {name: amount * 1_000_000 for name, amount in SHIPPED[model].items()}
    used = replace(_used(model, **amounts), engine=engine, day=day)
    assert (shipped.micros(used) or 0) > 0


def test_the_shipped_table_says_where_it_is_from() -> None:
    shipped = PriceList.read(ASSETS / "engines" / "prices.toml")
    assert [(source.engine, source.read[:4]) for source in shipped.sources] == [("gemini", "2026"), ("openai", "2026")]
    assert all(source.url.startswith("https://") for source in shipped.sources)
