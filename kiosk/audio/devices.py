"""Which PortAudio device is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

Channels = Literal["maxInputChannels", "maxOutputChannels"]


def find_device(audio: Any, wanted: str, channels: Channels) -> Mapping[str, Any]:
    """The first device whose name contains ``wanted`` (any case); the default one when ``wanted`` is empty.

    Raises:
        OSError: there is none.
    """
    if not wanted:
        default: Mapping[str, Any] = (
            audio.get_default_input_device_info()
            if channels == "maxInputChannels"
            else audio.get_default_output_device_info()
        )
        return default
    for index in range(audio.get_device_count()):
        info: Mapping[str, Any] = audio.get_device_info_by_index(index)
        if int(info[channels]) > 0 and wanted.casefold() in str(info["name"]).casefold():
            return info
    raise OSError("no such sound device")
