# Opora. `make demo` to see it, `make test` to check it; both make their environment first.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
JOBS ?= 3

.PHONY: setup demo run test prove bench lint types contracts suite format lock tour clean

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Opora needs Python 3.11 or newer: make PYTHON=python3.12"; rm -rf $(VENV); exit 1; }
	@echo "Installing the locked packages, about a minute ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@echo "Reading them once, for every check after this one ..."
	@$(BIN)/python -m tests.warm
	@touch $@

demo: setup
	@$(BIN)/opora demo

run: setup
	@$(BIN)/opora run

test: setup
	@$(BIN)/python -m tests.run --jobs $(JOBS)

prove: setup
	@$(BIN)/python -m tests.prove

bench: setup
	@$(BIN)/python -m bench $(ARGS)

lint: setup
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: setup
	@$(BIN)/mypy

contracts: setup
	@$(BIN)/lint-imports

suite: setup
	@$(BIN)/pytest -q -p tests.forked --forks $(JOBS)

format: setup
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

tour: setup
	@$(BIN)/python -m bot.demo.tour

lock:
	uv pip compile pyproject.toml --all-extras --universal --generate-hashes --no-emit-index-url --no-header -o requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
