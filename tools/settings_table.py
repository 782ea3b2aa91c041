"""Write the settings tables of README.md from the settings classes: ``python -m tools.settings_table``."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import AliasChoices
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from backend.settings import Settings
from kiosk.settings import KioskSettings

README = Path(__file__).resolve().parents[1] / "README.md"
TABLES: dict[str, type[BaseSettings]] = {"backend": Settings, "kiosk": KioskSettings}


def _default(name: str, field: FieldInfo) -> str:
    if name == "data_dir":
        return "`~/.local/share/mallo`"
    if name == "assets_dir":
        return "`assets/`"
    if field.default is None:
        return "none"
    text = ",".join(field.default) if isinstance(field.default, tuple) else str(field.default)
    return f"`{text}`" if text else "empty"


def _variables(prefix: str, name: str, field: FieldInfo) -> str:
    aliases = field.validation_alias
    names = aliases.choices if isinstance(aliases, AliasChoices) else [f"{prefix}{name.upper()}"]
    return " or ".join(f"`{one}`" for one in names)


def table(settings: type[BaseSettings]) -> str:
    """One row a setting: its environment variable, its default, what it is for."""
    prefix = str(settings.model_config["env_prefix"])
    rows = [
        f"| {_variables(prefix, name, field)} | {_default(name, field)} | {field.description or ''} |"
        for name, field in settings.model_fields.items()
    ]
    return "\n".join(["| variable | default | what it is for |", "|---|---|---|", *rows])


def with_tables(text: str) -> str:
    """``text`` with what stands between ``<!-- settings:NAME -->`` and ``<!-- /settings -->`` written anew."""
    for name, settings in TABLES.items():
        pattern = re.compile(rf"(<!-- settings:{name} -->\n).*?(<!-- /settings -->)", re.DOTALL)
        made = table(settings)
        text = pattern.sub(lambda found, made=made: f"{found[1]}{made}\n{found[2]}", text)  # type: ignore[misc] # a default binds the loop's value
    return text


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
