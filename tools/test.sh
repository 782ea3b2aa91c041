#!/usr/bin/env bash
# All tests: the fast ones first, so that a mistake is told early; what needs the whole machine last and alone.
set -euo pipefail
cd "$(dirname "$0")/.."
export QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software
pytest() { .venv/bin/python -m pytest --durations=8 --durations-min=2 "$@"; }
pytest tests/unit tests/contract tests/architecture -n 2 -q "$@"
# Windows first: their files have few tests that take long, and one of them at the end leaves the other workers idle.
# Three workers on two cores, for most of these wait for a process, a disk or a clock.
pytest tests/ui/barrier_free tests/ui tests/integration -m "not sound" -n 3 --dist loadfile --no-loadscope-reorder \
    -q "$@"
# Sound is played in real time: it has the machine to itself.
pytest tests/integration -m sound -q "$@"
pytest tests/e2e -q "$@"
