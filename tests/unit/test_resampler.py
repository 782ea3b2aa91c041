"""From any rate to any other: how long, how loud, and what of it does not belong there."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from kiosk.audio.resampler import Resampler

RATES = [(48_000, 16_000), (44_100, 16_000), (32_000, 16_000), (22_050, 16_000), (16_000, 16_000), (8_000, 16_000)]
BACK = [(24_000, 48_000), (22_050, 44_100), (16_000, 48_000), (24_000, 44_100)]
LAG_SAMPLES = 16
"""Of the lower rate."""
Sound = npt.NDArray[np.float64]


def tone(hertz: float, rate: int, seconds: float = 1.0, level: float = 10_000) -> Sound:
    return level * np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate)


def through(sound: Sound, rate: int, wanted: int, channels: int = 1, piece: int | None = None) -> Sound:
    """``piece``: bytes at once; None: all."""
    pcm = np.repeat(np.rint(sound).astype("<i2"), channels).tobytes()
    resampler = Resampler(rate, channels, wanted)
    size = piece or len(pcm)
    out = b"".join(resampler.feed(pcm[at : at + size]) for at in range(0, len(pcm), size))
    return np.frombuffer(out, dtype="<i2").astype(np.float64)


def loudness(sound: Sound) -> float:
    """dB over one, without the ends."""
    middle = sound[len(sound) // 8 : -len(sound) // 8]
    return float(10 * np.log10(np.mean(middle**2) + 1e-9))


@pytest.mark.parametrize(("rate", "wanted"), [*RATES, *BACK])
def test_as_long_as_it_was_but_for_the_lag(rate: int, wanted: int) -> None:
    found = through(tone(440, rate, 2.0), rate, wanted)
    lag = LAG_SAMPLES * wanted / min(rate, wanted)
    assert 2 * wanted - 2 * lag - 2 <= found.size <= 2 * wanted


@pytest.mark.parametrize(("rate", "wanted"), [*RATES, *BACK])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.75])
def test_speech_stays_as_loud_within_half_a_db(rate: int, wanted: int, share: float) -> None:
    sound = tone(share * min(rate, wanted) / 2, rate)
    assert loudness(through(sound, rate, wanted)) == pytest.approx(loudness(sound), abs=0.5)


@pytest.mark.parametrize(("rate", "wanted"), [pair for pair in RATES if pair[0] > pair[1]])
@pytest.mark.parametrize("over", [1.15, 1.3, 1.8])
def test_what_16_khz_cannot_hold_is_gone_by_40_db(rate: int, wanted: int, over: float) -> None:
    hertz = over * wanted / 2
    hertz = min(hertz, 0.98 * rate / 2)
    sound = tone(hertz, rate)
    assert loudness(through(sound, rate, wanted)) < loudness(sound) - 40


@pytest.mark.parametrize(("rate", "wanted"), [*BACK, (8_000, 16_000)])
def test_nothing_is_made_up_above_what_there_was(rate: int, wanted: int) -> None:
    found = through(tone(0.5 * rate / 2, rate), rate, wanted)
    middle = found[wanted // 4 : -wanted // 4] * np.hanning(found[wanted // 4 : -wanted // 4].size)
    spectrum = np.abs(np.fft.rfft(middle)) ** 2
    above = round(1.15 * rate / wanted * spectrum.size)
    assert spectrum[above:].sum() < spectrum.sum() * 1e-4


@pytest.mark.parametrize("piece", [1, 3, 320, 882, 4_096])
def test_the_pieces_make_no_difference(piece: int) -> None:
    sound = tone(700, 44_100, 0.1)
    whole = through(sound, 44_100, 16_000, channels=2)
    pieces = through(sound, 44_100, 16_000, channels=2, piece=piece)
    assert pieces.size == pytest.approx(whole.size, abs=1)
    assert np.abs(pieces - whole[: pieces.size]).max() <= 1


def test_channels_are_averaged() -> None:
    left, right = tone(500, 48_000), tone(500, 48_000) * 0.5
    pcm = np.stack((left, right), axis=1).astype("<i2").tobytes()
    found = np.frombuffer(Resampler(48_000, 2).feed(pcm), dtype="<i2").astype(np.float64)
    assert loudness(found) == pytest.approx(loudness(0.75 * left), abs=0.1)


def test_full_scale_is_cut_off_and_does_not_wrap_around() -> None:
    square = np.sign(tone(300, 48_000)) * 32_767
    found = through(square, 48_000, 16_000)
    assert np.abs(np.diff(found)).max() < 65_535
    assert (found.min(), found.max()) == (-32_768, 32_767)
