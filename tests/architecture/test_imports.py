"""import-linter's contracts (pyproject.toml) hold, and find a breach when there is one."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).with_name("lint-imports")


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINT), "--no-cache", "--config", "pyproject.toml"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_contracts_hold() -> None:
    run = _lint(ROOT)
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_breach_is_found(tmp_path: Path) -> None:
    for folder in ("kiosk", "backend", "shared"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "qml"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "kiosk" / "planted.py").write_text('"""A planted breach."""\nimport backend.domain.order\n')
    run = _lint(tmp_path)
    assert run.returncode != 0
    assert "kiosk.planted" in run.stdout
