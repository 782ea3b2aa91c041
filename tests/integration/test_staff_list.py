"""Whom an order may be given to is told to managers alone."""

from __future__ import annotations

import json
from pathlib import Path

import httpx

from backend.app import open_people
from shared import paths
from tests.support.backend import make_settings, running_app


async def test_managers_alone_read_the_names_of_the_staff(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    async with running_app(settings) as url, httpx.AsyncClient(base_url=url) as http:
        async with open_people(settings) as people:
            await people.add("minji", "staff", "민지")
            await people.add("member-1", "customer", "손님")
        first = json.loads((tmp_path / "first-run.json").read_text())
        answers = {}
        for kind in ("staff", "manager"):
            token = (await http.post(paths.AUTH_LOGIN, json=first[kind])).json()["token"]
            answers[kind] = await http.get(paths.STAFF, headers={"Authorization": f"Bearer {token}"})
        assert answers["staff"].status_code == 403
        assert (await http.get(paths.STAFF)).status_code == 401
        assert answers["manager"].json()["people"] == [
            {"user_id": "manager", "name": "매니저", "user_type": "manager"},
            {"user_id": "minji", "name": "민지", "user_type": "staff"},
            {"user_id": "staff-1", "name": "직원 1", "user_type": "staff"},
        ]
