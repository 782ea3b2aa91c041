# Every command makes ready what it needs. `make help` lists them.
PY := .venv/bin/python
SOURCES := kiosk backend shared tests tools
READY_RUN := .venv/.ready-run
READY_WHISPER := .venv/.ready-whisper
READY_TEST := .venv/.ready-test
LOCKS := requirements.lock requirements-whisper.lock
TRANSLATIONS := $(patsubst assets/i18n/%.ts,build/i18n/%.qm,$(wildcard assets/i18n/*.ts))
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run staff manager backend whisper demo test live check format screenshots barrier-free bench bench-voice torture lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(READY_RUN): $(LOCKS) tools/setup.sh
	@tools/setup.sh run

$(READY_WHISPER): $(LOCKS) tools/setup.sh
	@tools/setup.sh whisper

$(READY_TEST): $(LOCKS) tools/setup.sh
	@tools/setup.sh test

build/i18n/%.qm: assets/i18n/%.ts $(READY_RUN)
	@mkdir -p build/i18n
	@.venv/bin/pyside6-lrelease -silent $< -qm $@

run: $(READY_RUN) $(TRANSLATIONS) ## open the customer's kiosk (ARGS="--language en" and the like)
	@$(PY) -m kiosk customer $(ARGS)

staff: $(READY_RUN) $(TRANSLATIONS) ## open the staff window
	@$(PY) -m kiosk staff $(ARGS)

manager: $(READY_RUN) $(TRANSLATIONS) ## open the manager's window
	@$(PY) -m kiosk manager $(ARGS)

backend: $(READY_RUN) ## run the backend alone
	@$(PY) -m backend $(ARGS)

whisper: $(READY_WHISPER) ## add offline hearing of Korean and others: 270 MB of packages, and a model (small: 490 MB)
	@echo "Whisper is installed. docs/shop.md says how it gets its model."

demo: $(READY_TEST) $(TRANSLATIONS) ## play a whole spoken order with nobody there; screenshots in build/demo/
	@$(PY) -m tools.demo $(ARGS)

check: $(READY_TEST) $(TRANSLATIONS) ## format, lint, types, QML lint, import rules
	@.venv/bin/ruff format --check $(SOURCES)
	@.venv/bin/ruff check $(SOURCES)
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache
	@$(PY) -m tools.qml_check

format: $(READY_TEST) ## format the code and mend what ruff can mend
	@.venv/bin/ruff check --fix $(SOURCES)
	@.venv/bin/ruff format $(SOURCES)

test: check ## everything that must hold: check, then all tests, the fast ones first
	@tools/test.sh $(ARGS)

live: $(READY_TEST) ## ask the real vendors: the engines' contract with your keys, for less than one US dollar
	@$(PY) -m pytest tests/contract -m live $(ARGS)

screenshots: $(READY_TEST) $(TRANSLATIONS) ## every screen in every mode as PNG in build/screenshots/
	@$(PY) -m tools.screenshots $(ARGS)

barrier-free: $(READY_TEST) $(TRANSLATIONS) ## every screen against the 35 criteria of a barrier-free kiosk (ARGS="--only large", "--all")
	@$(PY) -m tools.barrier_free $(ARGS)

bench: $(READY_TEST) $(TRANSLATIONS) ## speed and size, median and p95
	@$(PY) -m tools.bench $(ARGS)

torture: $(READY_TEST) ## 1,000 orders while everything is killed and cut: none lost, none doubled (ARGS="--orders 10000 --seed 7")
	@$(PY) -m tools.torture $(ARGS)

bench-voice: $(READY_TEST) ## how long a customer waits for the kiosk's voice, with real sound (ARGS="--quick", "--only local")
	@$(PY) -m tools.bench.voice $(ARGS)

COMPILE := uv pip compile -q pyproject.toml --extra dev --generate-hashes --universal --python-version 3.11 --no-header

lock: $(READY_TEST) ## renew both locks from pyproject.toml (needs uv)
	@$(COMPILE) -o requirements.lock
	@$(COMPILE) --extra whisper -c requirements.lock -o requirements-whisper.lock

clean: ## remove what was made; the shop's data stays
	rm -rf build .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
