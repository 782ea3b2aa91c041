"""``python -m backend``: serve until told to stop.

Prints one line ``ready http://127.0.0.1:N`` on stdout when it serves; logs and errors go to stderr.
SIGTERM, SIGINT or, with ``--stop-on-stdin-eof``, the end of stdin stop it in an orderly way within 2 s.

Exit codes: 0 stopped when told to; 1 not in an orderly way; 2 wrong settings; 3 the address is taken;
4 another backend works in the data folder; 5 the database cannot be opened; 6 the catalogue is wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from backend.app import build_app
from backend.database.interface import DatabaseError
from backend.lock import DataDirInUse, data_dir_lock
from backend.logging import configure_logging
from backend.services.catalogue_files import CatalogueError
from backend.settings import Settings
from backend.web.server import bind, serving

STOP_SECONDS = 1.9
"""After that the process ends whatever still hangs; what was answered is on disk by then."""


class CannotStart(Exception):
    """``code`` is the exit code; the message is for the person who starts it."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse flags, serve, and answer the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["users"]:
        from backend import users  # noqa: PLC0415 - another command altogether

        return users.main(words[1:])
    flags = vars(_parser().parse_args(words))
    until_eof: bool = flags.pop("stop_on_stdin_eof")
    os.umask(0o077)
    try:
        settings = Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        for fault in error.errors(include_input=False, include_url=False):
            said = fault["msg"].removeprefix("Value error, ")
            _complain(f"MALLO_{'.'.join(map(str, fault['loc'])).upper()}: {said}")
        return 2
    configure_logging(settings.log_level)
    with asyncio.Runner() as runner:
        try:
            runner.run(_serve(settings, until_eof))
        except CannotStart as error:
            _complain(str(error))
            return error.code
        # The runner would wait without a bound for worker threads; everything that matters is closed by now.
        os._exit(0)


async def _serve(settings: Settings, until_eof: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _begin_stop, stop)
    if until_eof:
        threading.Thread(target=_watch_stdin, args=(loop, stop), name="stdin", daemon=True).start()
    is_up = asyncio.Event()
    work = asyncio.create_task(_work(settings, is_up, stop))
    told = asyncio.create_task(stop.wait())
    await asyncio.wait({work, told}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if not is_up.is_set():
        # The rest of the start alone may take longer than a stop may.
        work.cancel()
    with suppress(asyncio.CancelledError):
        await work


async def _work(settings: Settings, is_up: asyncio.Event, stop: asyncio.Event) -> None:
    """Start, serve until ``stop``, and put everything away; cancelled in mid-start, what is there by then.

    Raises:
        CannotStart
    """
    try:
        async with data_dir_lock(settings.data_dir):
            with bind(settings.host, settings.port) as listener:
                async with build_app(settings) as app, serving(app, listener, settings.idle_seconds) as url:
                    is_up.set()
                    _announce(url)
                    await stop.wait()
    except DataDirInUse as error:
        raise CannotStart(
            4, f"another backend (process {error.pid}) already works in {settings.data_dir}; stop it first"
        ) from error
    except CatalogueError as error:
        raise CannotStart(6, f"the catalogue in {settings.assets_dir / 'catalogue'} is wrong: {error}") from error
    except DatabaseError as error:
        raise CannotStart(5, f"the database cannot be opened: {error}") from error
    except OSError as error:
        raise _address_or_folder(error, settings) from error


def _announce(url: str) -> None:
    """The one line on stdout. Whoever closed stdout on purpose (it is None then) does not want it."""
    try:
        print(f"ready {url}", flush=True)  # noqa: T201 - what the caller waits for
    except BrokenPipeError as error:
        # What is still in the buffer would be written again at the interpreter's end, and make the exit code 120.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise CannotStart(1, "who started it ended before it was ready; so it ends too") from error


def _address_or_folder(error: OSError, settings: Settings) -> CannotStart:
    if isinstance(error, FileExistsError):
        return CannotStart(2, f"{error.filename} is not a folder")
    if error.filename is not None:
        return CannotStart(2, f"{error.filename}: {error.strerror}")
    return CannotStart(3, f"cannot listen on {settings.host} port {settings.port}: {error.strerror}")


def _begin_stop(stop: asyncio.Event) -> None:
    if not stop.is_set():
        stop.set()
        last_resort = threading.Timer(STOP_SECONDS, os._exit, (1,))
        last_resort.daemon = True
        last_resort.start()


def _watch_stdin(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """Whoever started us holds the other end: when it dies, however it dies, the pipe ends."""
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    loop.call_soon_threadsafe(_begin_stop, stop)


def _complain(message: str) -> None:
    print(f"mallo backend: {message}", file=sys.stderr)  # noqa: T201 - to the person who starts it


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m backend",
        description="Mallo's backend. Flags win over MALLO_….",
        epilog="python -m backend users --help: people who can sign in",
    )
    parser.add_argument("--host", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on; 0 picks a free one (8765)")
    parser.add_argument("--data-dir", type=Path, help="folder for the database and pictures")
    parser.add_argument("--database-url", help="postgresql+asyncpg://… (none: one SQLite file in the data folder)")
    parser.add_argument("--assets-dir", type=Path, help="folder with the catalogue, pictures and cake parts")
    parser.add_argument("--log-level", choices=("debug", "info", "warning", "error"))
    parser.add_argument("--stop-on-stdin-eof", action="store_true", help="stop when stdin ends: for a parent process")
    return parser


if __name__ == "__main__":
    sys.exit(main())
