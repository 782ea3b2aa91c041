"""Rules of the layout that import-linter cannot say. Each message names the fix."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = ("kiosk", "backend", "shared")
COMPOSITION_ROOT = (ROOT / "backend" / "app.py", ROOT / "backend" / "engine_room.py")
ADAPTERS = (
    *(f"backend/external/{vendor}" for vendor in ("escpos", "gemini", "offline", "openai", "whisper")),
    "backend/database/sql",
)
CHILD_PROCESS = {f"backend.external.offline.{name}" for name in ("worker", "job", "audio_codec")}
"""What any adapter may share: the child process for native code, and recordings decoded in it."""
LOCKS = ("requirements.lock", "requirements-whisper.lock")


def _modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", _modules("kiosk"), ids=lambda p: str(p.relative_to(ROOT)))
def test_only_the_task_scope_creates_tasks_in_the_kiosk(path: Path) -> None:
    if path == ROOT / "kiosk" / "tasks.py":
        return
    made = {"create_task", "ensure_future"} & set(_calls(ast.parse(path.read_text())))
    assert not made, f"{path.name} calls {made}: start it in a kiosk.tasks.TaskScope, which cancels and reports it"


@pytest.mark.parametrize("path", _modules("kiosk"), ids=lambda p: str(p.relative_to(ROOT)))
def test_only_app_knows_qasync(path: Path) -> None:
    if path == ROOT / "kiosk" / "app.py":
        return
    assert "qasync" not in set(_imports(ast.parse(path.read_text()))), "import qasync in kiosk/app.py alone"


@pytest.mark.parametrize(
    "path", _modules("kiosk/api", "kiosk/audio", "kiosk/services"), ids=lambda p: str(p.relative_to(ROOT))
)
def test_services_and_clients_know_no_qt_quick(path: Path) -> None:
    known = {
        name for name in _imports(ast.parse(path.read_text())) if name.startswith(("PySide6.QtQuick", "PySide6.QtQml"))
    }
    assert not known, f"{path.relative_to(ROOT)} imports {known}: view models and QML are the only ones that show"


@pytest.mark.parametrize("path", _modules("backend"), ids=lambda p: str(p.relative_to(ROOT)))
def test_only_the_composition_root_names_adapters(path: Path) -> None:
    if path in COMPOSITION_ROOT:
        return
    allowed = CHILD_PROCESS if path.is_relative_to(ROOT / "backend" / "external") else set()
    named = {
        name
        for name in set(_imports(ast.parse(path.read_text()))) - allowed
        for folder in ADAPTERS
        if f"{name}.".startswith(folder.replace("/", ".") + ".") and not path.is_relative_to(ROOT / folder)
    }
    assert not named, (
        f"{path.relative_to(ROOT)} imports {named}: take the interface in the constructor; engine_room.py wires it"
    )


@pytest.mark.parametrize("path", _modules(*PRODUCT), ids=lambda p: str(p.relative_to(ROOT)))
def test_the_product_does_not_know_its_tools(path: Path) -> None:
    known = {name.split(".")[0] for name in _imports(ast.parse(path.read_text()))} & {"tools", "tests"}
    assert not known, f"{path.relative_to(ROOT)} imports {known}: move what it needs into the product"


@pytest.mark.parametrize("path", _modules(*PRODUCT), ids=lambda p: str(p.relative_to(ROOT)))
def test_every_module_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert not tree.body or ast.get_docstring(tree), f"{path.relative_to(ROOT)} has no docstring: say what it is for"


def test_qml_file_stems_are_unique() -> None:
    """Two registered modules with one file stem overwrite each other's type information silently."""
    stems = [p.stem for p in (ROOT / "kiosk" / "qml").rglob("*.qml") if p.stem != "Main"]
    doubled = sorted({stem for stem in stems if stems.count(stem) > 1})
    assert not doubled, f"rename one of each: {doubled}"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_exact_versions_hashes_and_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text()
    wanted = re.findall(r"^([a-z0-9][^\s=]*)==(\S+)", text, re.MULTILINE)
    entries = [entry for entry in re.split(r"\n(?=[a-z0-9])", text) if "==" in entry]
    assert wanted
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize(("lock", "extras"), [(LOCKS[0], ("dev",)), (LOCKS[1], ("dev", "whisper"))])
def test_every_dependency_of_pyproject_is_locked(lock: str, extras: tuple[str, ...]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = project["dependencies"] + [one for extra in extras for one in project["optional-dependencies"][extra]]
    names = {re.split(r"[\[<>=!~ ]", spec)[0].lower().replace("_", "-") for spec in declared}
    assert names <= _locked(lock).keys(), f"run `make lock`: {sorted(names - _locked(lock).keys())}"


def test_the_lock_for_tests_is_what_a_shop_gets_and_the_extra() -> None:
    """Tests run on the versions that a shop runs on, whether it has the extra or not."""
    shop, tested = _locked(LOCKS[0]), _locked(LOCKS[1])
    assert shop.items() <= tested.items(), "run `make lock`: " + str(sorted(shop.items() - tested.items()))
    assert "faster-whisper" in tested.keys() - shop.keys()


def _locked(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))


def test_ci_runs_the_readmes_own_command() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text()
    assert "make test" in (ROOT / "README.md").read_text()


def test_nothing_of_a_workplace_is_committed() -> None:
    """No machine path and no registry address: a clone works anywhere."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    pattern = re.compile(
        rb"https?://[^ ]*(pypi\.|pythonhosted|registry\.npmjs|deb\.debian)|(?<![\w.])/(work|farm)/[a-z]"
    )
    found = [
        name.decode()
        for name in tracked.split(b"\0")
        if name
        and (ROOT / name.decode()).is_file()
        and Path(name.decode()).suffix in {".py", ".qml", ".md", ".sh", ".toml", ".json", ".lock", ".yaml", ".ts", ""}
        and name != b"tests/architecture/test_layout.py"
        and pattern.search((ROOT / name.decode()).read_bytes())
    ]
    assert not found
