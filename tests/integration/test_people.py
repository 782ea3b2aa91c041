"""``python -m backend users``: people are made, listed and given new PINs, beside a running backend."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from backend.app import utc_now
from backend.database.sql.database import SqlDatabase
from backend.errors import Refusal
from backend.services.people_service import PeopleService
from shared import paths
from tests.support.backend import ROOT, BackendProcess


def _users(data_dir: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "backend", "users", *words, "--data-dir", str(data_dir))
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def _login(backend: BackendProcess, user_id: str, pin: str) -> httpx.Response:
    return httpx.post(backend.base_url + paths.AUTH_LOGIN, json={"user_id": user_id, "pin": pin})


def test_a_member_is_made_and_signs_in_while_the_shop_is_open(backend: BackendProcess) -> None:
    made = _users(backend.data_dir, "add", "kim", "--type", "member", "--name", "김 손님")
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith("kim PIN ")
    answer = _login(backend, "kim", made.stdout.split()[-1])
    assert (answer.status_code, answer.json()["user_type"]) == (200, "customer")

    listed = _users(backend.data_dir, "list").stdout.splitlines()
    assert listed == ["kim\tmember\t김 손님", "manager\tmanager\t매니저", "staff-1\tstaff\t직원 1"]

    reset = _users(backend.data_dir, "reset-pin", "kim").stdout.split()[-1]
    old = httpx.get(backend.base_url + paths.ORDERS, headers={"Authorization": f"Bearer {answer.json()['token']}"})
    assert old.status_code == 401
    assert _login(backend, "kim", reset).status_code == 200


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "manager"), "somebody has that name already"),
        (("add", "guest-1"), "not guest-"),
        (("add", "a b"), "letters, digits"),
        (("reset-pin", "nobody"), "nobody who can sign in"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(backend: BackendProcess, words: tuple[str, ...], said: str) -> None:
    done = _users(backend.data_dir, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


async def test_people_on_both_databases(database: SqlDatabase) -> None:
    people = PeopleService(database, utc_now)
    pin = await people.add("park", "staff", "박")
    again = await people.reset_pin("park")
    assert len(pin) == len(again) == 6
    assert [user.user_id for user in await people.everybody()] == ["park"]
    with pytest.raises(Refusal):
        await people.add("park", "staff", "박")
    with pytest.raises(Refusal):
        await people.reset_pin("lee")
