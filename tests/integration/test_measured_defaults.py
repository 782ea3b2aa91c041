"""DESIGN's "Measured defaults to change", sentence by sentence, on the real server."""

from __future__ import annotations

import ast
import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from backend.database.sql.database import SqlDatabase
from shared import paths
from shared.limits import MAX_AUDIO_BYTES, WS_AUTH_SECONDS
from shared.messages import CloseCode
from tests.fakes.echo_rows import UPLOAD_LIMIT, echo_server
from tests.support.backend import ROOT, BackendProcess, backend_process, make_settings, running_app
from tests.support.live import auth_message, live, ws_url
from tests.support.live_house import open_house
from tests.support.raw_http import RawAnswer, RawConnection, raw_connection
from tests.support.shop import GUEST, MANAGER, STAFF, item

MEGABYTE = 1024 * 1024
SENDING = 0.5
"""Seconds that a screen has here to take a message; the shipped limit is longer."""


@pytest.fixture
async def app_url(tmp_path: Path) -> AsyncIterator[str]:
    async with running_app(make_settings(tmp_path / "data")) as url:
        yield url


async def _guest(base_url: str) -> tuple[str, str]:
    async with httpx.AsyncClient(base_url=base_url) as client:
        made = (await client.post(paths.AUTH_GUEST, json={})).json()
    return made["user_id"], made["token"]


async def _staff(base_url: str, data_dir: Path) -> tuple[str, str]:
    person = json.loads((data_dir / "first-run.json").read_text())["staff"]
    async with httpx.AsyncClient(base_url=base_url) as client:
        return person["user_id"], (await client.post(paths.AUTH_LOGIN, json=person)).json()["token"]


# "a foreign Origin or Host still gets a WebSocket"

_UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Host": "evil.example"}, "foreign_host"),
        ({"Host": "evil.example:80"}, "foreign_host"),
        ({"Host": ""}, "foreign_host"),
        ({"Host": "localhost.evil.example"}, "foreign_host"),
        ({"Host": "127.0.0.1@evil.example"}, "foreign_host"),
        ({"Origin": "http://evil.example"}, "foreign_origin"),
        ({"Origin": "null"}, "foreign_origin"),
        ({"Origin": "http://localhost:1"}, "foreign_origin"),
        ({"Origin": "file://"}, "foreign_origin"),
    ],
)
@pytest.mark.parametrize("path", [paths.WS, paths.MENU])
async def test_a_foreign_origin_or_host_gets_a_problem_and_no_websocket(
    app_url: str, headers: dict[str, str], code: str, path: str
) -> None:
    async with raw_connection(app_url) as connection:
        answer = await connection.request(f"GET {path}", {**(_UPGRADE if path == paths.WS else {}), **headers})
    # aiohttp itself refuses HTTP/1.1 without a Host.
    assert answer.status in ((400, 403) if headers.get("Host") == "" else (403,))
    assert answer.problem()["code"] in (code, "invalid_request")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST", "kiosk.shop"])
async def test_our_own_names_are_served(host: str) -> None:
    async with echo_server() as url, raw_connection(url) as connection:
        port = url.rpartition(":")[2]
        headers = {"Host": f"{host}:{port}", "Origin": f"http://{host}:{port}"}
        assert (await connection.request("GET /nowhere", headers)).status == 404


async def test_an_allowed_origin_is_served() -> None:
    async with echo_server() as url, raw_connection(url) as connection:
        assert (await connection.request("GET /nowhere", {"Origin": "https://studio.shop"})).status == 404


async def test_an_absolute_target_does_not_get_around_the_guard(app_url: str) -> None:
    async with raw_connection(app_url) as connection:
        answer = await connection.request("GET http://evil.example/api/menu")
    assert answer.problem()["code"] == "foreign_host"


async def test_a_websocket_of_a_foreign_page_is_refused_to_a_real_client_too(app_url: str) -> None:
    with pytest.raises(InvalidStatus) as caught:
        await connect(ws_url(app_url), origin="http://evil.example", proxy=None)  # type: ignore[arg-type] # a foreign origin
    assert caught.value.response.status_code == 403


# "a token in a URL lands in the access log"


async def test_no_token_lands_in_the_log(tmp_path: Path) -> None:
    with backend_process(tmp_path / "data", "--log-level", "debug") as running:
        user_id, token = await _guest(running.base_url)
        async with httpx.AsyncClient(base_url=running.base_url) as client:
            await client.get(f"{paths.ORDERS}?token={token}", headers={"Authorization": f"Bearer {token}"})
            await client.get(f"/{token}")
            await client.get(paths.ORDERS, headers={"Authorization": f"Basic {token}"})
            person = running.first_run()["staff"]
            await client.post(paths.AUTH_LOGIN, json=person)
        async with raw_connection(running.base_url) as connection:
            await connection.send(
                f"GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nbad header\r\n\r\n".encode()
            )
            await connection.closed_by_server()
        async with live(running.base_url, user_id, token):
            pass
        running.stop()
        log = running.log_file.read_text()
    assert '"route": "/api/orders"' in log
    assert token not in log
    assert person["pin"] not in log


# "a socket that never authenticates stays open, unfinished headers too"


async def test_a_socket_that_never_authenticates_is_closed(app_url: str) -> None:
    async with connect(ws_url(app_url), proxy=None) as silent:
        began = time.monotonic()
        with pytest.raises(ConnectionClosed):
            await silent.recv()
        assert silent.close_code == CloseCode.UNAUTHENTICATED
    assert time.monotonic() - began < WS_AUTH_SECONDS + 2


@pytest.mark.parametrize("unfinished", [b"", b"GET /api/me", b"GET /api/menu HTTP/1.1\r\nHost: localhost\r\nX-"])
async def test_unfinished_headers_are_cut(tmp_path: Path, unfinished: bytes) -> None:
    async with (
        running_app(make_settings(tmp_path / "data", idle_seconds=0.3)) as url,
        raw_connection(url) as connection,
    ):
        await connection.send(unfinished)
        assert await connection.closed_by_server()


async def test_headers_that_trickle_in_are_cut_too(tmp_path: Path) -> None:
    """Each byte is no new lease of life; neither is an answered call before."""
    async with (
        running_app(make_settings(tmp_path / "data", idle_seconds=0.3)) as url,
        raw_connection(url) as connection,
    ):
        assert (await connection.request("GET /api/events")).status == 200
        closed = asyncio.create_task(connection.closed_by_server())
        for byte in connection.head("GET /api/menu", {"X-Padding": "x" * 2000})[:-4]:
            if closed.done() or connection.writer.is_closing():
                break
            connection.writer.write(bytes([byte]))
            await asyncio.wait({closed}, timeout=0.01)
        assert await closed


# "a streamed multipart of 20 MiB passes client_max_size"


async def _stream_upload(connection: RawConnection, path: str, megabytes: int, *, preamble: bool = False) -> RawAnswer:
    """Send a chunked multipart body without an announced size until the server answers."""
    head = connection.head(
        f"POST {path}", {"Content-Type": "multipart/form-data; boundary=b", "Transfer-Encoding": "chunked"}
    )
    part = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n'
    first = b"" if preamble else part
    await connection.send(head + (b"%x\r\n%s\r\n" % (len(first), first) if first else b""))
    answering = asyncio.create_task(connection.answer())
    piece = (b"x" * 1022 + b"\r\n") * 1024
    for _ in range(megabytes):
        if answering.done():
            break
        await connection.send(b"%x\r\n%s\r\n" % (len(piece), piece))
    else:
        await connection.send(b"0\r\n\r\n")
    return await answering


@pytest.mark.parametrize("preamble", [False, True])
async def test_a_streamed_multipart_is_cut_at_its_limit(preamble: bool) -> None:
    async with echo_server() as url, raw_connection(url) as connection:
        answer = await _stream_upload(connection, "/upload", 20, preamble=preamble)
        assert answer.status == 413
        assert answer.problem()["params"] == {"limit_bytes": UPLOAD_LIMIT}
        assert answer.headers["connection"] == "close"
        assert await connection.closed_by_server()


async def test_a_recording_of_20_mib_is_cut(app_url: str) -> None:
    async with raw_connection(app_url) as connection:
        answer = await _stream_upload(connection, paths.VOICE_STT, 20)
    assert answer.problem()["code"] == "payload_too_large"
    assert answer.problem()["params"] == {"limit_bytes": MAX_AUDIO_BYTES}


async def test_an_announced_size_is_refused_before_it_is_sent(app_url: str) -> None:
    async with raw_connection(app_url) as connection:
        headers = {"Content-Type": "multipart/form-data; boundary=b", "Content-Length": str(20 * MEGABYTE)}
        assert (await connection.request(f"POST {paths.VOICE_STT}", headers)).status == 413


# "100,000 nested brackets give 500 with request.json() and 422 with model_validate_json"


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"items":' * 10_000, b"[" * 30_000 + b"]" * 30_000])
async def test_nested_brackets_are_a_problem(app_url: str, body: bytes) -> None:
    async with httpx.AsyncClient(base_url=app_url) as client:
        answer = await client.post(
            paths.ORDERS_QUOTE, content=body[: 64 * 1024], headers={"Content-Type": "application/json"}
        )
    assert answer.status_code in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_nested_brackets_in_a_message_close_the_socket(app_url: str) -> None:
    async with connect(ws_url(app_url), proxy=None) as websocket:
        await websocket.send("[" * 16_000)
        with pytest.raises(ConnectionClosed):
            await websocket.recv()
        assert websocket.close_code == CloseCode.MALFORMED


# "the heartbeat does not free a sender stuck on a client that stopped reading (it closes, transport.abort() frees it)"
# "`for ws: await ws.send_str()` lets one stalled screen freeze all"


async def test_one_stalled_screen_freezes_nobody_and_is_cut_loose(sqlite: SqlDatabase) -> None:
    async with (
        open_house(sqlite, send_seconds=SENDING) as house,
        house.stalled_window(STAFF),
        house.window(STAFF) as awake,
        httpx.AsyncClient(base_url=house.url) as client,
    ):
        guest = await house.token_for(GUEST)
        await house.until_connected(2)

        async def place(number: int) -> None:
            headers = {"Authorization": f"Bearer {guest}", "Idempotency-Key": f"order-{number:06}"}
            assert (await client.post(paths.ORDERS, json={"items": [item()]}, headers=headers)).status_code == 201

        # Enough to fill what the kernel buffers for the stalled one, and then more.
        for first in range(0, 60, 20):
            for _ in range(20):
                await house.shout(200_000)
            await asyncio.gather(*(place(first + n) for n in range(20)))
            await awake.take(40)
        manager = {"Authorization": f"Bearer {await house.token_for(MANAGER)}"}
        await house.until_connected(1)
        assert (await client.get(paths.WS_STATS, headers=manager)).json()["total"] == 1


# "SIGTERM with 300 open sockets took 122 s, 0.1 s when `on_shutdown` closes them"


async def test_a_stop_with_300_open_sockets_is_quick(backend: BackendProcess) -> None:
    user_id, token = await _guest(backend.base_url)

    async def enter(number: int) -> ClientConnection:
        websocket = await connect(ws_url(backend.base_url), proxy=None, open_timeout=30)
        # Some have not said who they are yet.
        if number % 10:
            await websocket.send(json.dumps(auth_message(user_id, token)))
            assert "auth_ok" in str(await websocket.recv())
        return websocket

    sockets = [await enter(number) for number in range(300)]
    began = time.monotonic()
    code = await asyncio.to_thread(backend.stop)
    took = time.monotonic() - began
    assert code == 0
    assert took < 2
    for websocket in sockets:
        await websocket.wait_closed()
    signed_in = [websocket.close_code for number, websocket in enumerate(sockets) if number % 10]
    assert set(signed_in) == {CloseCode.RESTART}


# "Pillow opens a 480 KiB PNG of 13,000 x 13,000 with a warning and 1.3 GiB"


IN_A_CHILD = {"escpos/paper.py", "offline/photo_job.py"}
"""What they run in may be killed, and has a bound on its memory or opens nothing that came from outside."""


def test_pillow_opens_pictures_in_a_process_of_its_own_alone() -> None:
    imports = {
        path.relative_to(ROOT / "backend" / "external").as_posix()
        for path in (ROOT / "backend").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "PIL" for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "PIL")
    }
    assert imports == IN_A_CHILD


async def test_a_picture_is_no_recording(app_url: str) -> None:
    bomb = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (13_000).to_bytes(4, "big") * 2 + b"\x08\x06\x00\x00\x00" + bytes(4096)
    )
    async with httpx.AsyncClient(base_url=app_url, timeout=30) as client:
        answer = await client.post(paths.VOICE_STT, files={"file": ("a.png", bomb, "image/png")})
    assert answer.status_code == 415
    assert answer.json()["code"] == "not_audio"


# "A four-digit PIN without limits falls in under a second"


async def test_pins_have_six_digits_and_cannot_be_tried_out(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    async with running_app(make_settings(data_dir)) as url, httpx.AsyncClient(base_url=url) as client:
        person = json.loads((data_dir / "first-run.json").read_text())["staff"]
        assert re.fullmatch(r"\d{6}", person["pin"])
        wrong = "000000" if person["pin"] != "000000" else "111111"
        tries = [(await client.post(paths.AUTH_LOGIN, json={**person, "pin": wrong})) for _ in range(5)]
        assert [answer.json()["code"] for answer in tries[:4]] == ["wrong_credentials"] * 4
        locked = await client.post(paths.AUTH_LOGIN, json=person)
    assert locked.status_code == 429
    assert locked.json()["code"] == "locked_out"
    assert int(locked.headers["Retry-After"]) >= 1


# "uvloop gains 12 to 18 % on HTTP and nothing on broadcast: not worth a native dependency"
# "... the libraries for it gave 500s" (OpenAPI: tests/contract/test_openapi.py)


def test_neither_uvloop_nor_a_validation_library_is_a_dependency() -> None:
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    assert not locked & {"uvloop", "aiohttp-pydantic", "aiohttp-apispec", "aiohttp-swagger3", "apispec"}
