"""A client that is slow, or gone, costs the server a bounded time."""

from __future__ import annotations

import logging

import httpx
import pytest

from backend.web.patience import Patience
from tests.fakes.echo_rows import echo_server
from tests.support.raw_http import raw_connection

SHORT = Patience(json=0.2, upload=0.2, handler=0.2, answer=0.2)


@pytest.mark.parametrize(
    ("path", "content_type", "begun"),
    [
        ("/echo", "application/json", b'{"text": "'),
        (
            "/upload",
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nabc',
        ),
        ("/upload", "multipart/form-data; boundary=b", b"--b\r\nContent-Disp"),
    ],
)
async def test_a_body_that_does_not_come_is_given_up(path: str, content_type: str, begun: bytes) -> None:
    async with echo_server(patience=SHORT) as url, raw_connection(url) as connection:
        answer = await connection.request(
            f"POST {path}", {"Content-Type": content_type, "Content-Length": "5000"}, begun
        )
        assert (answer.status, answer.problem()["code"]) == (408, "timeout")
        assert await connection.closed_by_server()


async def test_work_that_does_not_end_is_given_up() -> None:
    async with echo_server(patience=SHORT) as url, httpx.AsyncClient(base_url=url) as client:
        answer = await client.get("/endless")
    assert (answer.status_code, answer.json()["code"], answer.json()["retryable"]) == (504, "timeout", True)


async def test_a_client_that_does_not_read_its_answer_is_cut(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    async with echo_server(patience=SHORT) as url, raw_connection(url) as connection:
        connection.reader._transport.pause_reading()  # type: ignore[attr-defined] # asyncio's own
        await connection.send(connection.head("GET /large"))
        while not any("client_stopped_reading" in str(record.msg) for record in caplog.records):
            await serves_another(url)
        connection.reader._transport.resume_reading()  # type: ignore[attr-defined] # asyncio's own
        assert await connection.closed_by_server()


async def serves_another(url: str) -> None:
    """Another client is served meanwhile."""
    async with httpx.AsyncClient(base_url=url) as client:
        assert (await client.post("/echo", json={"text": "x"})).status_code == 200


async def test_a_client_that_hangs_up_leaves_no_trace_of_an_error() -> None:
    async with echo_server(patience=SHORT) as url:
        for line in ("GET /endless", "GET /large", "POST /echo"):
            async with raw_connection(url) as connection:
                await connection.send(
                    connection.head(line, {"Content-Type": "application/json", "Content-Length": "10"})
                )
        await serves_another(url)


async def test_pipelined_requests_are_answered_in_order() -> None:
    async with echo_server() as url, raw_connection(url) as connection:
        await connection.send(connection.head("GET /nowhere") * 50)
        assert [(await connection.answer()).status for _ in range(50)] == [404] * 50


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer geheim\r\nbroken header\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 10_000 + b"\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
    ],
)
async def test_what_is_not_http_gets_a_problem(nonsense: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with echo_server() as url, raw_connection(url) as connection:
        await connection.send(nonsense)
        answer = await connection.answer()
        assert (answer.status, answer.problem()["code"]) == (400, "invalid_request")
        assert await connection.closed_by_server()
    assert "geheim" not in caplog.text
