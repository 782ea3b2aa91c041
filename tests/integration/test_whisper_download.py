"""A model is fetched over HTTP from a hub on the loopback device, and every way in which that fails is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.external.whisper.engine import WhisperSpeechToText
from backend.external.whisper.fetch import SPARE_BYTES, FetchState, ModelFetch
from backend.external.whisper.models import missing_in
from backend.external.whisper.readiness import DownloadNoNetwork, ModelComing, ModelMissing
from backend.services.catalogue_files import read_catalogue
from tests.fakes.model_hub import REPOSITORY, ModelHub
from tests.support.sound import tone, wav_of
from tests.support.tiny_whisper import Says, make_tiny_whisper
from tests.support.waiting import until

CATALOGUE = read_catalogue(Path(__file__).resolve().parents[2] / "assets" / "catalogue").catalogue
QUICK = (0.01,)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_whisper(tmp_path_factory.mktemp("published"), Says(["네", " 주세요"]))


@pytest.fixture
async def hub(published: Path) -> AsyncIterator[ModelHub]:
    async with ModelHub.of(published).serving() as running:
        yield running


async def test_a_model_is_fetched_whole_and_nothing_else_is_left(hub: ModelHub, tmp_path: Path) -> None:
    fetch = ModelFetch(REPOSITORY, tmp_path / "models" / "small", hub.url)
    assert await fetch.run() is FetchState.DONE
    assert missing_in(tmp_path / "models" / "small") == ()
    assert (tmp_path / "models" / "small" / "model.bin").read_bytes() == hub.files["model.bin"]
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["small"]
    assert "README.md" not in {name for name, _ in hub.asked}
    assert fetch.done_bytes == fetch.total_bytes


@pytest.mark.parametrize("no_ranges", [False, True])
async def test_a_line_that_breaks_is_taken_up_where_it_broke(hub: ModelHub, tmp_path: Path, no_ranges: bool) -> None:
    hub.faults.cut_after = 3_000_000
    hub.faults.no_ranges = no_ranges
    fetch = ModelFetch(REPOSITORY, tmp_path / "small", hub.url, QUICK)
    assert await fetch.run() is FetchState.DONE
    assert (tmp_path / "small" / "model.bin").read_bytes() == hub.files["model.bin"]
    first, second = (wanted for name, wanted in hub.asked if name == "model.bin")
    assert first is None
    assert second is not None
    assert int(second.removeprefix("bytes=").removesuffix("-")) > 0
    assert fetch.done_bytes == fetch.total_bytes


async def test_the_next_start_goes_on_where_the_last_one_was_stopped(hub: ModelHub, tmp_path: Path) -> None:
    hub.faults.stall = True
    stopped = asyncio.create_task(ModelFetch(REPOSITORY, tmp_path / "small", hub.url).run())
    await until(lambda: any(path.stat().st_size for path in _begun(tmp_path)))
    stopped.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stopped
    hub.faults.stall = False
    assert await ModelFetch(REPOSITORY, tmp_path / "small", hub.url).run() is FetchState.DONE
    assert [wanted is not None for name, wanted in hub.asked if name == "model.bin"] == [False, True]
    assert (tmp_path / "small" / "model.bin").read_bytes() == hub.files["model.bin"]


async def test_what_was_begun_of_an_older_version_is_thrown_away(hub: ModelHub, tmp_path: Path) -> None:
    older = tmp_path / ".small.ffffffffffff"
    older.mkdir()
    (older / "model.bin.part").write_bytes(b"of another version")
    assert await ModelFetch(REPOSITORY, tmp_path / "small", hub.url).run() is FetchState.DONE
    assert not older.exists()


@pytest.mark.parametrize(
    ("status", "state"), [(404, FetchState.NOT_FOUND), (401, FetchState.NOT_FOUND), (503, FetchState.REFUSED)]
)
async def test_a_hub_that_refuses_is_told(hub: ModelHub, tmp_path: Path, status: int, state: FetchState) -> None:
    hub.faults.status = status
    assert await _first_state(ModelFetch(REPOSITORY, tmp_path / "small", hub.url)) is state
    assert not (tmp_path / "small").exists()


async def test_bytes_that_are_not_what_was_published_are_not_kept(hub: ModelHub, tmp_path: Path) -> None:
    hub.faults.flip = True
    assert await _first_state(ModelFetch(REPOSITORY, tmp_path / "small", hub.url)) is FetchState.DAMAGED
    assert not (tmp_path / "small").exists()
    assert not _begun(tmp_path)


async def test_no_network_is_told(tmp_path: Path, unused_tcp_port: int) -> None:
    fetch = ModelFetch(REPOSITORY, tmp_path / "small", f"http://127.0.0.1:{unused_tcp_port}")
    assert await _first_state(fetch) is FetchState.NO_NETWORK


async def test_what_is_larger_than_a_kiosk_takes_is_not_begun(hub: ModelHub, tmp_path: Path) -> None:
    fetch = ModelFetch(REPOSITORY, tmp_path / "small", hub.url, most=1_000_000)
    assert await fetch.run() is FetchState.TOO_LARGE
    assert hub.asked == []


async def test_room_for_orders_is_left_on_the_disk(hub: ModelHub, tmp_path: Path) -> None:
    hub.faults.told_size = 1 << 60
    fetch = ModelFetch(REPOSITORY, tmp_path / "small", hub.url, most=1 << 62)
    assert SPARE_BYTES > 0
    assert await _first_state(fetch) is FetchState.NO_SPACE
    assert hub.asked == []


async def test_a_folder_that_cannot_be_written_is_told(hub: ModelHub, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    fetch = ModelFetch(REPOSITORY, tmp_path / "models" / "small", hub.url)
    assert await _first_state(fetch) is FetchState.NOT_WRITABLE


async def test_a_listing_that_is_none_is_told(hub: ModelHub, tmp_path: Path) -> None:
    hub.commit = "not a commit"
    assert await _first_state(ModelFetch(REPOSITORY, tmp_path / "small", hub.url)) is FetchState.NOT_FOUND


async def test_customers_are_served_while_the_model_comes_and_heard_when_it_has_come(
    hub: ModelHub, tmp_path: Path
) -> None:
    hub.faults.stall = True
    whisper = _whisper(hub.url, tmp_path, may_download=True)
    try:
        whisper.start()
        await until(lambda: (whisper.available().progress or 0) > 0)
        assert whisper.available().reason == "downloading"
        with pytest.raises(ModelComing) as caught:
            await whisper.transcribe(_sound(), "order.wav", "audio/wav", "ko")
        assert not caught.value.retryable
    finally:
        await whisper.close()
    hub.faults.stall = False
    whisper = _whisper(hub.url, tmp_path, may_download=True)
    try:
        whisper.start()
        await until(lambda: whisper.available().ready)
        assert "ko" in whisper.info.languages
        assert (await whisper.transcribe(_sound(), "order.wav", "audio/wav", "ko")).language == "ko"
    finally:
        await whisper.close()


async def test_a_download_that_fails_is_the_reason_why_nobody_is_heard(tmp_path: Path, unused_tcp_port: int) -> None:
    whisper = _whisper(f"http://127.0.0.1:{unused_tcp_port}", tmp_path, may_download=True)
    try:
        whisper.start()
        await until(lambda: whisper.available().problem is DownloadNoNetwork)
        with pytest.raises(DownloadNoNetwork) as caught:
            await whisper.transcribe(_sound(), "order.wav", "audio/wav", "ko")
        assert caught.value.reason == "download_no_network"
    finally:
        await whisper.close()


async def test_nothing_is_fetched_that_was_not_allowed(hub: ModelHub, tmp_path: Path) -> None:
    whisper = _whisper(hub.url, tmp_path, may_download=False)
    try:
        whisper.start()
        with pytest.raises(ModelMissing):
            await whisper.transcribe(_sound(), "order.wav", "audio/wav", "ko")
    finally:
        await whisper.close()
    assert hub.asked == []


def _whisper(url: str, folder: Path, *, may_download: bool) -> WhisperSpeechToText:
    return WhisperSpeechToText(
        lambda: CATALOGUE, REPOSITORY, folder, may_download=may_download, hub=url, cache=folder / "cache"
    )


def _begun(folder: Path) -> list[Path]:
    return list(folder.glob(".small.*/model.bin*"))


def _sound() -> bytes:
    return wav_of(tone(1.0, 16_000))


async def _first_state(fetch: ModelFetch) -> FetchState:
    """What the first attempt came to."""
    running = asyncio.create_task(fetch.run())
    await until(lambda: fetch.state is not FetchState.DOWNLOADING)
    running.cancel()
    await asyncio.wait([running])
    return fetch.state
