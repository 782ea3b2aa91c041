"""Whether Whisper can hear now, and if not, what somebody has to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from backend.external.interfaces import EngineError, EngineMisconfigured, EngineUnavailable
from backend.external.whisper.fetch import FetchState

READY = "ready"


class WhisperNotInstalled(EngineMisconfigured):
    """Do: ``make whisper``."""

    reason = "not_installed"


class ModelMissing(EngineMisconfigured):
    """Do: put a model into the folder, or allow the download."""

    reason = "no_model"


class ModelIncomplete(EngineMisconfigured):
    """Do: copy the missing files as well."""

    reason = "model_incomplete"


class ModelBroken(EngineMisconfigured):
    """Do: fetch the model again; it cannot be loaded."""

    reason = "model_broken"


class MemoryTooSmall(EngineMisconfigured):
    """Do: choose a smaller model."""

    reason = "model_too_large"


class ModelLoading(EngineUnavailable):
    """Do: wait some seconds."""

    retryable = False
    reason = "loading"


class ModelComing(EngineUnavailable):
    """Do: wait until it is downloaded."""

    retryable = False
    reason = FetchState.DOWNLOADING.value


class DownloadFailed(EngineUnavailable):
    """It is tried again, except where a class below says otherwise."""

    retryable = False
    reason = "download_failed"


class DownloadNoNetwork(DownloadFailed):
    """Do: connect this machine to the internet, or bring the model by hand."""

    reason = FetchState.NO_NETWORK.value


class DownloadRefused(DownloadFailed):
    """Do: nothing; the hub is out of order or asks for patience."""

    reason = FetchState.REFUSED.value


class DownloadNotFound(DownloadFailed):
    """Do: correct the model's name; not tried again."""

    reason = FetchState.NOT_FOUND.value


class DownloadTooLarge(DownloadFailed):
    """Do: choose a smaller model; not tried again."""

    reason = FetchState.TOO_LARGE.value


class DownloadNoSpace(DownloadFailed):
    """Do: make room on the disk."""

    reason = FetchState.NO_SPACE.value


class DownloadNotWritable(DownloadFailed):
    """Do: let the backend's user write into the folder."""

    reason = FetchState.NOT_WRITABLE.value


class DownloadDamaged(DownloadFailed):
    """Do: nothing, or look at the network: what came is not what was published."""

    reason = FetchState.DAMAGED.value


@dataclass(frozen=True, slots=True)
class Availability:
    """``problem`` is what a customer's turn would fail with, None when the model hears. ``missing`` are files that a
    model's folder lacks; ``progress`` is 0 to 1 while a model is downloaded.
    """

    problem: type[EngineError] | None = None
    missing: tuple[str, ...] = ()
    progress: float | None = None

    @property
    def ready(self) -> bool:
        return self.problem is None

    @property
    def reason(self) -> str:
        """A word for ``/api/health``; each class above says what to do."""
        return READY if self.problem is None else self.problem.reason


def of_fetch(state: FetchState) -> type[EngineError]:
    """What a turn fails with while the model is not there yet."""
    for kind in DownloadFailed.__subclasses__():
        if kind.reason == state.value:
            return kind
    return ModelComing
