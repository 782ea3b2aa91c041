"""Speech that was paid for once: on disk, within its limit, and never what a customer said."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from backend.domain.order import MAX_LETTERING_CHARS
from backend.services.speech_cache import SpeechCache, SpeechKey, quotes_somebody
from backend.services.speech_files import MAX_EVICTIONS, SpeechFiles
from backend.services.speech_warmer import fixed_sentences

KEY = SpeechKey("openai", "tts-1", "nova", "wav", "어서 오세요! 무엇을 드릴까요?")
QUOTING = replace(KEY, text="주문 제작 케이크 한 개, 글씨 '사랑해 엄마'. 주문할까요?")
SOUND = b"RIFF" + bytes(2_000)
MEBIBYTE = 1024 * 1024


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "speech"


def _cache(folder: Path, max_bytes: int, **times: float) -> SpeechCache:
    return SpeechCache(folder, max_bytes, **{"disk_seconds": 30.0, **times})  # type: ignore[arg-type] # times by name


@pytest.fixture
def cache(folder: Path) -> SpeechCache:
    return _cache(folder, MEBIBYTE)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _set_mode(path: Path, mode: int) -> None:
    path.chmod(mode)


@contextmanager
def _in_the_way(folder: Path) -> Iterator[None]:
    folder.parent.mkdir()
    folder.write_text("a file where the folder should be")
    yield
    folder.unlink()


@contextmanager
def _disk_that_takes_no_more() -> Iterator[None]:
    """The kernel refuses to make any file of this process longer than 100 bytes."""
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))
        signal.signal(signal.SIGXFSZ, handler)


async def test_what_was_put_is_there_also_after_a_restart(cache: SpeechCache, folder: Path) -> None:
    assert await cache.get(KEY) is None
    assert not await cache.has(KEY)
    await cache.put(KEY, SOUND)
    for again in (cache, _cache(folder, MEBIBYTE)):
        assert await again.get(KEY) == SOUND
        assert await again.has(KEY)


@pytest.mark.parametrize("field", ["engine", "model", "voice", "audio_format", "text"])
async def test_each_part_of_the_key_makes_another_sound(cache: SpeechCache, field: str) -> None:
    await cache.put(KEY, SOUND)
    assert await cache.get(replace(KEY, **{field: "other"})) is None


def test_parts_of_a_key_do_not_run_into_each_other() -> None:
    assert SpeechKey("a", "bc", "", "", "\ud800").digest != SpeechKey("ab", "c", "", "", "\ud800").digest


async def test_nobody_else_may_read_it_and_names_tell_nothing(cache: SpeechCache, folder: Path) -> None:
    await cache.put(KEY, SOUND)
    (file,) = _files(folder)
    assert (_mode(folder), _mode(file)) == (0o700, 0o600)
    assert file.name == KEY.digest
    _set_mode(folder, 0o755)
    assert await _cache(folder, MEBIBYTE).get(KEY) == SOUND
    assert _mode(folder) == 0o700


async def test_empty_sound_is_not_kept(cache: SpeechCache, folder: Path) -> None:
    await cache.put(KEY, b"")
    assert await cache.get(KEY) is None
    assert _files(folder) == []


@pytest.mark.parametrize("kept", [0, 10, 32, 500, 2_035])
async def test_half_a_file_is_never_served(cache: SpeechCache, folder: Path, kept: int) -> None:
    await cache.put(KEY, SOUND)
    (file,) = _files(folder)
    os.truncate(file, kept)
    later = _cache(folder, MEBIBYTE)
    assert await later.get(KEY) is None
    assert _files(folder) == []
    await later.put(KEY, SOUND)
    assert await later.get(KEY) == SOUND


async def test_another_sentences_file_is_never_served(cache: SpeechCache, folder: Path) -> None:
    other = replace(KEY, text="네, 천천히 말씀해 주세요.")
    await cache.put(KEY, SOUND)
    (folder / KEY.digest).rename(folder / other.digest)
    assert await _cache(folder, MEBIBYTE).get(other) is None


async def test_what_a_killed_process_left_is_cleared_away(cache: SpeechCache, folder: Path) -> None:
    await cache.put(KEY, SOUND)
    (folder / ".new-abc").write_bytes(SOUND)
    (folder / "notes.txt").write_text("somebody's own")
    (folder / ("e" * 64)).symlink_to(folder / "notes.txt")
    assert await _cache(folder, MEBIBYTE).get(KEY) == SOUND
    assert {file.name for file in _files(folder)} == {KEY.digest, "notes.txt", "e" * 64}


async def test_a_file_that_somebody_deleted_is_made_anew(cache: SpeechCache, folder: Path) -> None:
    await cache.put(KEY, SOUND)
    (folder / KEY.digest).unlink()
    assert await cache.get(KEY) is None
    await cache.put(KEY, SOUND)
    assert await cache.get(KEY) == SOUND


def _numbered(number: int) -> SpeechKey:
    return replace(KEY, text=f"주문 번호는 {number}번이에요.")


async def test_what_was_not_heard_for_longest_goes_first(folder: Path) -> None:
    cache = _cache(folder, 4 * (32 + len(SOUND)))
    for number in range(4):
        await cache.put(_numbered(number), SOUND)
    assert await cache.get(_numbered(0)) == SOUND
    await cache.put(_numbered(4), SOUND)
    assert [await cache.has(_numbered(number)) for number in range(5)] == [True, False, True, True, True]
    assert len(_files(folder)) == 4


async def test_what_is_not_there_is_known_without_a_look_at_the_disk(folder: Path) -> None:
    files = SpeechFiles(folder, MEBIBYTE)
    name = KEY.digest
    assert not files.lacks(name), "nobody has looked yet: it may be there"
    assert files.read(name) is None
    files.write("0" * 64, SOUND)
    assert files.lacks(name)
    files.write(name, SOUND)
    assert not files.lacks(name)


async def test_who_was_heard_last_is_known_after_a_restart(folder: Path) -> None:
    cache = _cache(folder, MEBIBYTE)
    for number in range(4):
        await cache.put(_numbered(number), SOUND)
        os.utime(folder / _numbered(number).digest, (1_000 + number, 1_000 + number))
    assert await cache.get(_numbered(0)) == SOUND
    later = _cache(folder, 4 * (32 + len(SOUND)))
    await later.put(_numbered(4), SOUND)
    assert [await later.has(_numbered(number)) for number in range(5)] == [True, False, True, True, True]


async def test_the_same_sound_put_twice_counts_once(folder: Path) -> None:
    cache = _cache(folder, 2 * (32 + len(SOUND)))
    await cache.put(_numbered(1), SOUND)
    for _ in range(3):
        await cache.put(_numbered(2), SOUND)
    assert await cache.get(_numbered(1)) == SOUND


async def test_a_smaller_limit_is_reached_in_small_steps(folder: Path) -> None:
    cache = _cache(folder, MEBIBYTE)
    for number in range(MAX_EVICTIONS + 20):
        await cache.put(_numbered(number), SOUND)
    smaller = _cache(folder, 10 * (32 + len(SOUND)))
    await smaller.put(_numbered(1_000), SOUND)
    assert len(_files(folder)) == 21
    await smaller.put(_numbered(1_001), SOUND)
    assert len(_files(folder)) == 10
    assert await smaller.get(_numbered(1_001)) == SOUND


async def test_what_is_larger_than_the_limit_stays_in_memory(folder: Path) -> None:
    cache = _cache(folder, 1_000)
    await cache.put(KEY, SOUND)
    assert await cache.get(KEY) == SOUND
    assert _files(folder) == []


async def test_zero_keeps_nothing_on_disk(folder: Path) -> None:
    cache = _cache(folder, 0)
    await cache.put(KEY, SOUND)
    assert folder not in _files(folder.parent)
    assert await cache.get(KEY) == SOUND
    assert not await cache.has(KEY)


async def test_a_folder_that_cannot_be_made_only_means_no_disk(folder: Path) -> None:
    with _in_the_way(folder):
        cache = _cache(folder, MEBIBYTE)
        assert await cache.get(KEY) is None
        assert not await cache.has(KEY)
        await cache.put(KEY, SOUND)
        assert await cache.get(KEY) == SOUND
    await cache.put(_numbered(1), SOUND)
    assert await _cache(folder, MEBIBYTE).get(_numbered(1)) == SOUND


async def test_a_full_disk_only_means_no_disk(cache: SpeechCache, folder: Path) -> None:
    await cache.put(_numbered(1), SOUND)
    with _disk_that_takes_no_more():
        await cache.put(KEY, SOUND)
    assert [file.name for file in _files(folder)] == [_numbered(1).digest]
    assert await cache.get(KEY) == SOUND


async def test_a_disk_that_is_too_slow_is_passed_over(cache: SpeechCache, folder: Path) -> None:
    await cache.put(KEY, SOUND)
    slow = _cache(folder, MEBIBYTE, disk_seconds=0)
    assert await slow.get(KEY) is None
    assert not await slow.has(KEY)


async def test_what_a_model_worded_stays_off_the_disk(cache: SpeechCache, folder: Path) -> None:
    private = SpeechKey("openai", "tts-1", "nova", "wav", "민지 씨 생일이군요. 축하해요.")
    cache.keep_off_disk(private.text)
    await cache.put(private, b"sound")
    assert await cache.get(private) == b"sound"
    assert _files(folder) == []


async def test_what_quotes_a_customer_never_touches_the_disk(cache: SpeechCache, folder: Path) -> None:
    await cache.put(QUOTING, SOUND)
    assert _files(folder) == []
    assert await cache.get(QUOTING) == SOUND
    assert not await cache.has(QUOTING)
    assert await _cache(folder, MEBIBYTE).get(QUOTING) is None


async def test_memory_forgets_what_was_not_heard_for_longest(folder: Path) -> None:
    cache = _cache(folder, MEBIBYTE, memory_bytes=3 * len(SOUND))
    keys = [replace(QUOTING, text=f"글씨 '{number}'") for number in range(4)]
    for key in keys[:3]:
        await cache.put(key, SOUND)
    await cache.put(keys[2], SOUND)
    assert await cache.get(keys[0]) == SOUND
    await cache.put(keys[3], SOUND)
    too_large = replace(QUOTING, text="글씨 '길어요'")
    await cache.put(too_large, 4 * SOUND)
    assert await cache.get(too_large) is None
    assert [await cache.get(key) is not None for key in keys] == [True, False, True, True]


@pytest.mark.parametrize(
    "text",
    [
        "주문 제작 케이크 한 개, 바닐라 맛, 흰색, 글씨 '사랑해'.",
        "One Custom Cake, vanilla, white, lettering 'Tom's'.",
        "One Custom Cake, lettering 'don't'.",
        "글씨 '네' 그대로",
        "주문하려면 '네', 바꾸려면 '아니요'라고 해 주세요. 글씨 '네'.",
        "“생일 축하해”라고 쓸게요.",
        "「축하」",
        'lettering "hi"',
    ],
)
def test_quotations_are_told(text: str) -> None:
    assert quotes_somebody(text)


@pytest.mark.parametrize(
    "text",
    [
        *fixed_sentences(),
        "I don't know, it's 3 o'clock.",
        "딸기 생크림 케이크 두 개예요. 모두 76,000원이에요.",
        "It’s ready.",
    ],
)
def test_the_kiosks_own_words_quote_nobody(text: str) -> None:
    assert not quotes_somebody(text)


def test_no_lettering_is_long_enough_to_pass_for_a_sentence_of_the_kiosk() -> None:
    quoting = [sentence for sentence in fixed_sentences() if "'" in sentence]
    assert quoting
    assert all(len(sentence) > MAX_LETTERING_CHARS for sentence in quoting)


async def test_of_those_who_ask_at_once_one_pays(cache: SpeechCache) -> None:
    paid = 0

    async def speak() -> bytes | None:
        nonlocal paid
        if (found := await cache.get(KEY)) is not None:
            return found
        with cache.claim(KEY):
            paid += 1
            await asyncio.sleep(0.02)
            await cache.put(KEY, SOUND)
        return SOUND

    assert set(await asyncio.gather(*(speak() for _ in range(20)))) == {SOUND}
    assert paid == 1


async def test_when_the_one_fails_another_takes_over(cache: SpeechCache) -> None:
    tried = 0

    async def speak() -> bytes | None:
        nonlocal tried
        if (found := await cache.get(KEY)) is not None:
            return found
        with cache.claim(KEY):
            tried += 1
            await asyncio.sleep(0.01)
            if tried < 3:
                return None
            await cache.put(KEY, SOUND)
        return SOUND

    spoken = await asyncio.gather(*(speak() for _ in range(6)))
    assert (tried, spoken.count(None), spoken.count(SOUND)) == (3, 2, 4)


async def test_nobody_waits_for_long(folder: Path) -> None:
    cache = _cache(folder, MEBIBYTE, wait_seconds=0.02)
    with cache.claim(KEY):
        async with asyncio.timeout(5):
            assert await cache.get(KEY) is None
        with cache.claim(KEY):
            pass
        async with asyncio.timeout(5):
            assert await cache.get(KEY) is None


async def test_a_claim_that_was_forgotten_ends(folder: Path) -> None:
    cache = _cache(folder, MEBIBYTE, wait_seconds=60, claim_seconds=0)
    forgotten = cache.claim(KEY)
    forgotten.__enter__()
    async with asyncio.timeout(5):
        assert await cache.get(KEY) is None
    with cache.claim(KEY):
        await cache.put(KEY, SOUND)
        forgotten.__exit__(None, None, None)
    assert await cache.get(KEY) == SOUND
