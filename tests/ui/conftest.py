"""Windows are drawn offscreen, in software, with the translations of this checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def translations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the compiled translations."""
    folder = tmp_path_factory.mktemp("i18n")
    lrelease = Path(sys.executable).parent / "pyside6-lrelease"
    for source in (ROOT / "assets" / "i18n").glob("*.ts"):
        subprocess.run([lrelease, source, "-qm", folder / f"{source.stem}.qm"], check=True, capture_output=True)
    return folder
