"""Recordings in the containers that browsers and phones write."""

from __future__ import annotations

import io

import av

_CONTAINERS = {
    "opus": ("ogg", "libopus"),
    "webm": ("webm", "libopus"),
    "m4a": ("mp4", "aac"),
}


def container_file(wav: bytes, kind: str) -> bytes:
    """``wav`` as ``wav`` (itself), ``opus`` (in Ogg), ``webm`` (Opus) or ``m4a`` (AAC)."""
    if kind == "wav":
        return wav
    container, codec = _CONTAINERS[kind]
    out = io.BytesIO()
    source = av.open(io.BytesIO(wav), mode="r", format="wav")
    with source, av.open(out, mode="w", format=container) as target:
        stream = target.add_stream(codec, rate=48_000, layout="mono")
        assert isinstance(stream, av.AudioStream)
        for frame in source.decode(source.streams.audio[0]):
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return out.getvalue()
