"""What README says of the settings is what the settings classes say."""

import pytest
from pydantic_settings import BaseSettings

from tools.settings_table import README, TABLES, with_tables


def test_the_settings_tables_are_current() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == with_tables(text), "run: .venv/bin/python -m tools.settings_table"


@pytest.mark.parametrize("settings", TABLES.values(), ids=list(TABLES))
def test_every_setting_says_what_it_is_for(settings: type[BaseSettings]) -> None:
    silent = [name for name, field in settings.model_fields.items() if not field.description]
    assert not silent


@pytest.mark.parametrize("name", TABLES)
def test_readme_has_the_table(name: str) -> None:
    assert f"<!-- settings:{name} -->" in README.read_text(encoding="utf-8")
