#!/usr/bin/env bash
# All tests: the fast ones first, so that a mistake is told early; what needs the whole machine last and alone.
set -euo pipefail
cd "$(dirname "$0")/.."
export QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software
pytest() { .venv/bin/python -m pytest --durations=8 --durations-min=2 "$@"; }
pytest tests/unit tests/contract tests/architecture -n 2 -q "$@"
pytest tests/integration tests/ui -m "not sound" -n 2 --dist loadfile -q "$@"
# Sound is played in real time: it has the machine to itself.
pytest tests/integration -m sound -q "$@"
pytest tests/e2e -q "$@"
