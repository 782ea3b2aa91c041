"""``python -m kiosk [customer|staff|manager]``: one window.

Exit codes: 0 closed; 1 the window could not be shown; 2 wrong settings.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from kiosk.backend_process import BackendProcess
from kiosk.log import configure_logging
from kiosk.screen import VncScreen, choose_screen
from kiosk.settings import KioskSettings, stored_device_id

WINDOWS = ("customer", "staff", "manager")


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse flags, begin the backend, show the window; answers the exit code."""
    flags = vars(_parser().parse_args(arguments))
    window: str = flags.pop("window")
    if flags.pop("windowed"):
        flags["fullscreen"] = False
    try:
        settings = KioskSettings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        for fault in error.errors(include_input=False, include_url=False):
            _complain(f"MALLO_KIOSK_{'_'.join(map(str, fault['loc'])).upper()}: {fault['msg']}")
        return 2
    configure_logging(settings.log_level)
    if not settings.device_id:
        settings = settings.model_copy(update={"device_id": stored_device_id(settings.data_dir)})
    # From here on the backend comes up in parallel with Qt.
    process = (
        None
        if settings.backend_url is not None
        else BackendProcess(settings.data_dir, log_level=backend_log_level(settings, os.environ))
    )
    if process is not None:
        process.start()
    try:
        vnc = _screen(window, settings)
    except OSError as error:
        if process is not None:
            process.stop()
        _complain(f"no screen, and no VNC server either: {error}")
        return 1
    from kiosk import app  # noqa: PLC0415 -- Qt is loaded after the screen was chosen and the backend begun
    from kiosk.composition import Window  # noqa: PLC0415 -- as above

    return app.run(Window(window), settings, process, vnc)


def backend_log_level(settings: KioskSettings, environment: Mapping[str, str]) -> str | None:
    """The level asked for here, else the backend's own, else only what went wrong: a request a line is no news."""
    if "log_level" in settings.model_fields_set:
        return settings.log_level
    return None if "MALLO_LOG_LEVEL" in environment else "warning"


def _screen(window: str, settings: KioskSettings) -> VncScreen | None:
    portrait = window == "customer"
    vnc = choose_screen(
        os.environ,
        settings.panel_width if portrait else settings.desk_width,
        settings.panel_height if portrait else settings.desk_height,
        settings.vnc_port,
        public=settings.vnc_public,
    )
    if vnc is not None:
        print(f"no screen here: the window is at {vnc.address} ({vnc.width} x {vnc.height})", flush=True)  # noqa: T201 - told to whoever started it
        if not vnc.public:
            print(f"from another machine: ssh -L 5900:127.0.0.1:{vnc.port} HOST", flush=True)  # noqa: T201 - told to whoever started it
    return vnc


def _complain(message: str) -> None:
    print(f"mallo kiosk: {message}", file=sys.stderr)  # noqa: T201 -- to the person who starts it


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m kiosk", description="A window of Mallo. Flags win over MALLO_KIOSK_…."
    )
    parser.add_argument("window", nargs="?", choices=WINDOWS, default="customer")
    parser.add_argument("--backend-url", help="use this backend instead of the embedded one, e.g. http://10.0.0.5:8765")
    parser.add_argument("--data-dir", type=Path, help="where the data lives (~/.local/share/mallo)")
    parser.add_argument("--device-id", help="this kiosk's name for the staff")
    parser.add_argument("--language", choices=("ko", "en"), help="language at the start of each session (ko)")
    parser.add_argument("--speech-language", help="language of the microphone (the window's)")
    parser.add_argument("--windowed", action="store_true", help="do not fill the screen")
    parser.add_argument("--vnc-port", type=int, help="first port to try where there is no screen (5900)")
    parser.add_argument("--vnc-public", action="store_true", default=None, help="let other machines see the VNC window")
    parser.add_argument("--log-level", choices=("debug", "info", "warning", "error"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
