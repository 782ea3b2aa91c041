"""Write every screen in every mode, language and orientation to ``build/screenshots``: ``python tools/screenshots.py``.

``--only TEXT`` keeps the files whose name contains TEXT (repeatable). Everything runs offscreen with the software
renderer. Each module of ``tools/scenes`` brings the pictures of one window.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import os
import pkgutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT: Final = Path(__file__).resolve().parent.parent
OUT: Final = ROOT / "build" / "screenshots"
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickWindow


@dataclass
class Camera:
    """Knows which pictures are wanted, and takes them."""

    only: tuple[str, ...] = ()
    taken: list[Path] = field(default_factory=list)

    def wants(self, name: str) -> bool:
        return all(text in name for text in self.only)

    def take(self, window: QQuickWindow, name: str) -> None:
        """Write ``<name>.png``.

        Raises:
            OSError: it could not be written.
        """
        target = OUT / f"{name}.png"
        if not window.grabWindow().save(str(target)):
            raise OSError(f"not written: {target}")
        self.taken.append(target)


async def shoot_all(camera: Camera) -> None:
    from tools import scenes  # noqa: PLC0415 -- Qt's platform has to be chosen first

    for module in pkgutil.iter_modules(scenes.__path__):
        await importlib.import_module(f"tools.scenes.{module.name}").shoot(camera)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--only", action="append", default=[])
    chosen = arguments.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)

    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 -- as above

    application = QGuiApplication([])
    camera = Camera(tuple(chosen.only))
    asyncio.run(shoot_all(camera))
    print(f"{len(camera.taken)} pictures in {OUT.relative_to(ROOT)}")
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
