"""Which Whisper model is meant, where it may lie, and what its files say of it. Nothing heavy is imported."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REPOSITORIES: Mapping[str, str] = {
    **{name: f"Systran/faster-whisper-{name}" for name in ("tiny", "base", "small", "medium", "large-v2", "large-v3")},
    "large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
    "turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
}
"""The multilingual models that faster-whisper knows by a short name (its ``utils.py``), and where they are."""
NEEDED = ("model.bin", "config.json", "tokenizer.json")
"""Without ``tokenizer.json`` the library would fetch one from the network by itself."""
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
FIRST = ("ko", "en", "ja", "zh")
_REPOSITORY = re.compile(r"\w[\w.-]*/\w[\w.-]*", re.ASCII)
_LANGUAGE_TOKEN = re.compile(r"<\|([a-z]{2,3})\|>")
_MULTILINGUAL = ""
"""CTranslate2 (whisper.cc) takes a model for multilingual when its vocabulary has the empty token."""
_TAG_OF = {"jw": "jv"}
"""Whisper's codes that are no BCP 47 tags: it calls Javanese jw."""
_CODE_OF = {tag: code for code, tag in _TAG_OF.items()}


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model on disk. ``languages`` are BCP 47 primary tags, Korean first; ``size`` in bytes."""

    folder: Path
    languages: tuple[str, ...]
    size: int


def repository_of(model: str) -> str | None:
    """Where ``model`` is published as ``owner/name``; None when it is neither a known name nor such a pair."""
    if model in REPOSITORIES:
        return REPOSITORIES[model]
    return model if _REPOSITORY.fullmatch(model) else None


def places_of(model: str, folder: Path, cache: Path) -> tuple[Path, ...]:
    """Where ``model`` may lie, the first place first: its own path, else in ``folder``, else in the hub's ``cache``."""
    named = Path(model).expanduser()
    if named.is_absolute():
        return (named,)
    places = [home_of(model, folder)]
    repository = repository_of(model)
    if repository is not None:
        kept = cache / f"models--{repository.replace('/', '--')}"
        try:
            commit = (kept / "refs" / "main").read_text(encoding="ascii").strip()
        except (OSError, UnicodeError):
            commit = ""
        if re.fullmatch(r"[0-9a-f]{40}", commit):
            places.append(kept / "snapshots" / commit)
    return tuple(places)


def home_of(model: str, folder: Path) -> Path:
    """Where a downloaded ``model`` is put."""
    return folder / model.replace("/", "--")


def hub_cache(environment: Mapping[str, str], home: Path) -> Path:
    """Where huggingface_hub keeps what other programs of this user have fetched (its ``constants.py``)."""
    if environment.get("HF_HUB_CACHE"):
        return Path(environment["HF_HUB_CACHE"])
    if environment.get("HF_HOME"):
        return Path(environment["HF_HOME"]) / "hub"
    return Path(environment.get("XDG_CACHE_HOME") or home / ".cache") / "huggingface" / "hub"


def missing_in(folder: Path) -> tuple[str, ...]:
    """Names of the files that ``folder`` lacks to be a model."""
    lacking = [name for name in NEEDED if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in VOCABULARIES):
        lacking.append(VOCABULARIES[0])
    return tuple(lacking)


def read_model(folder: Path) -> ModelFiles:
    """What the files in ``folder`` say, where none is missing.

    Raises:
        OSError, ValueError: they cannot be read.
    """
    return ModelFiles(folder, _languages(_vocabulary(folder)), (folder / "model.bin").stat().st_size)


def _vocabulary(folder: Path) -> Sequence[str]:
    listed = folder / VOCABULARIES[0]
    if listed.is_file():
        tokens = json.loads(listed.read_text(encoding="utf-8"))
        if not isinstance(tokens, list):
            raise ValueError("the vocabulary is no list")
        return tokens
    return (folder / VOCABULARIES[1]).read_text(encoding="utf-8").split("\n")


def _languages(tokens: Iterable[str]) -> tuple[str, ...]:
    known = list(tokens)
    if _MULTILINGUAL not in known:
        return ("en",)
    heard = [tag_of(found[1]) for token in known if (found := _LANGUAGE_TOKEN.fullmatch(token))]
    return tuple(sorted(heard, key=lambda tag: FIRST.index(tag) if tag in FIRST else len(FIRST)))


def tag_of(code: str) -> str:
    """BCP 47's tag for one of Whisper's language codes."""
    return _TAG_OF.get(code, code)


def code_of(tag: str) -> str:
    """Whisper's code for a BCP 47 primary tag."""
    return _CODE_OF.get(tag, tag)
