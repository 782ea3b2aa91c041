"""The child that looks at recordings runs before the first customer speaks, where a vendor hears."""

from __future__ import annotations

from pathlib import Path

import psutil

from backend.app import shop_day
from backend.database.sql.database import SqlDatabase
from backend.engine_room import open_engines
from backend.services.catalogue_files import read_catalogue
from backend.services.engine_watch import EngineWatch
from backend.settings import ASSETS
from tests.fakes.meters import NoMeter
from tests.support.backend import make_settings

CATALOGUE = read_catalogue(ASSETS / "catalogue").catalogue


async def test_it_is_tried_first_of_all(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, openai_api_key="sk-nobody", openai_base_url="http://127.0.0.1:9/v1")
    database = await SqlDatabase.open(settings.database)
    async with open_engines(settings, CATALOGUE, NoMeter()) as engines:
        first = engines.attempts[:1]
        assert [attempt.link.info.engine for attempt in first] == ["sound-check"]
        before = children()
        await EngineWatch(first, [], [], database, shop_day).try_engines(broken_only=False)
        assert first[0].link.state == "ready"
        assert len(children() - before) == 1
    await database.close()


async def test_without_a_vendor_that_hears_there_is_none(tmp_path: Path) -> None:
    async with open_engines(make_settings(tmp_path), CATALOGUE, NoMeter()) as engines:
        assert "sound-check" not in [attempt.link.info.engine for attempt in engines.attempts]


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children()}
