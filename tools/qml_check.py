"""Check all QML of the three windows and the translations: ``python tools/qml_check.py``.

1. Type information of the Python view models, generated into ``build/qml/<pid>`` beside a copy of the QML modules
   (qmllint wants a module's ``qmldir`` and type information in one place).
2. qmllint over every file, where one warning is a failure (``--max-warnings 0``; without it qmllint exits 0).
3. lrelease over ``assets/i18n/*.ts`` into ``build/i18n``; a sentence of the QML that a language lacks is a failure.

Exit code 0 when everything is clean, 1 when something was found.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import PySide6

ROOT: Final = Path(__file__).resolve().parent.parent
QML: Final = ROOT / "kiosk" / "qml"
BUILD: Final = ROOT / "build" / "qml" / str(os.getpid())  # two checks at a time do not meet
I18N: Final = ROOT / "build" / "i18n"
QT: Final = Path(PySide6.__file__).parent
BIN: Final = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Module:
    """A QML module whose view models are written in Python."""

    uri: str
    package: Path

    @property
    def folder(self) -> Path:
        return BUILD.joinpath(*self.uri.split("."))


MODULES: Final = tuple(
    Module(f"Mallo.{name}", ROOT / "kiosk" / name.lower()) for name in ("Customer", "Desk", "Staff", "Manager")
)


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, env=environment)


def registered(file: Path) -> bool:
    return "QML_IMPORT_NAME" in file.read_text(encoding="utf-8")


CONSTANT: Final = re.compile(r"@Property\([^)]*constant=True\)\s+def (\w+)")


def with_constants(file: Path, dumped: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """metaobjectdump (6.11) drops ``constant=True``; without it qmllint warns of each binding to such a property."""
    constants = set(CONSTANT.findall(file.read_text(encoding="utf-8")))
    for entry in dumped:
        for cls in entry.get("classes", ()):
            for prop in cls.get("properties", ()):
                if prop["name"] in constants and "notify" not in prop:
                    prop["constant"] = True
    return dumped


LIST: Final = re.compile(r"\bRowList\[\w+\]")


def with_plain_bases(file: Path, folder: Path) -> Path:
    """A copy in ``folder`` for metaobjectdump, which reads one file alone and knows no base but Qt's own."""
    copy = folder / file.name
    copy.write_text(LIST.sub("QAbstractListModel", file.read_text(encoding="utf-8")), encoding="utf-8")
    return copy


def write_types(module: Module) -> list[str]:
    """Type information of one module. Answers what went wrong."""
    files = sorted(file for file in module.package.glob("*.py") if registered(file))
    if not files or not (module.folder / "qmldir").is_file():
        return []
    scratch = BUILD / "metatypes" / module.uri
    scratch.mkdir(parents=True, exist_ok=True)
    dumps = []
    for file in files:
        dumped = run(BIN / "pyside6-metaobjectdump", with_plain_bases(file, scratch))
        if dumped.returncode:
            return [f"{file.relative_to(ROOT)}: no type information\n{dumped.stderr}"]
        target = scratch / f"{file.stem}_metatypes.json"
        target.write_text(json.dumps(with_constants(file, json.loads(dumped.stdout))), encoding="utf-8")
        dumps.append(target)
    qmltypes = module.folder / f"{module.uri.rpartition('.')[2].lower()}.qmltypes"
    foreign = sorted((QT / "Qt" / "metatypes").glob("qt6core_*.json"))
    made = run(
        BIN / "pyside6-qmltyperegistrar",
        f"--generate-qmltypes={qmltypes}",
        f"--import-name={module.uri}",
        "--major-version=1",
        "--minor-version=0",
        *(f"--foreign-types={file}" for file in foreign),
        "-o",
        scratch / "registration.cpp",
        *dumps,
    )
    if made.returncode:
        return [f"{module.uri}: qmltyperegistrar\n{made.stderr}"]
    with (module.folder / "qmldir").open("a", encoding="utf-8") as qmldir:
        qmldir.write(f"typeinfo {qmltypes.name}\n")
    return []


def duplicate_stems() -> list[str]:
    """Two registered files of one stem would overwrite each other's type information."""
    seen: dict[str, Path] = {}
    found = []
    for module in MODULES:
        for file in sorted(module.package.glob("*.py")):
            if not registered(file):
                continue
            if file.stem in seen:
                found.append(f"{file.relative_to(ROOT)} has the same name as {seen[file.stem].relative_to(ROOT)}")
            seen[file.stem] = file
    return found


def lint() -> list[str]:
    files = sorted(BUILD.rglob("*.qml"))
    done = run(BIN / "pyside6-qmllint", "--max-warnings", "0", "-I", BUILD, "--json", BUILD / "lint.json", *files)
    report = json.loads((BUILD / "lint.json").read_text(encoding="utf-8"))
    found = [
        f"{Path(entry['filename']).relative_to(BUILD).as_posix()}:{item.get('line', 0)}: "
        f"{item['message']} [{item.get('id', '')}]"
        for entry in report["files"]
        for item in entry["warnings"]
        if item["type"] in {"warning", "error", "critical"}
    ]
    if done.returncode and not found:
        found.append(f"qmllint failed\n{done.stdout}{done.stderr}")
    return found


def sentences(file: Path) -> set[tuple[str, str]]:
    """Each (context, source) of a translation file that has its translation or, from lupdate, needs one."""
    found = set()
    for context in ElementTree.parse(file).getroot().iter("context"):  # noqa: S314 -- our own files
        found |= {(context.findtext("name", ""), m.findtext("source", "")) for m in context.iter("message")}
    return found


def translations() -> list[str]:
    """``mallo_en.qm`` holds ``mallo_en.ts`` and each window's own ``mallo_<window>_en.ts``; so for each language."""
    I18N.mkdir(parents=True, exist_ok=True)
    needed = I18N / "needed.ts"
    needed.unlink(missing_ok=True)
    asked = run(BIN / "pyside6-lupdate", *sorted(QML.rglob("*.qml")), "-ts", needed)
    if asked.returncode:
        return [f"lupdate\n{asked.stdout}{asked.stderr}"]
    found = []
    files = sorted((ROOT / "assets" / "i18n").glob("*.ts"))
    for language in sorted({file.stem.rpartition("_")[2] for file in files}):
        of_it = [file for file in files if file.stem.endswith(f"_{language}")]
        done = run(BIN / "pyside6-lrelease", *of_it, "-qm", I18N / f"mallo_{language}.qm")
        if done.returncode:
            found.append(f"{language}: lrelease\n{done.stdout}{done.stderr}")
        there = set().union(*(sentences(file) for file in of_it))
        found += [f"{language}: {context} lacks {text!r}" for context, text in sorted(sentences(needed) - there)]
    for file in files:
        text = file.read_text(encoding="utf-8")
        found += [f"{file.name}: {text.count(mark)} {mark}" for mark in ('type="unfinished"',) if mark in text]
    return found


def main() -> int:
    shutil.copytree(QML, BUILD)
    try:
        return check()
    finally:
        shutil.rmtree(BUILD)


def check() -> int:
    found = duplicate_stems()
    for module in MODULES:
        found += write_types(module)
    found += lint()
    found += translations()
    for line in found:
        print(line)
    files = len(list(QML.rglob("*.qml")))
    print(f"QML check: {files} files, {len(found)} findings" if found else f"QML check: {files} files, clean")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
