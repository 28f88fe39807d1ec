# Claims Desk. `make demo` and `make test` need nothing but Python 3.11 or newer and make: they prepare the rest.
# PYTHON=/path/to/python3 chooses the interpreter the environment is made of.

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

BIN := .venv/bin
TEXTS := claims_desk/resources/locale/lo
TEXT_FILES := $(wildcard $(TEXTS)/*.po)
PEAK := $(BIN)/python scripts/peak.py
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
DEMO_DIR ?= demo-out
WORKERS ?= 2

.PHONY: help setup demo run test checks lint types layers texts unit bench soak package wheel folder screenshots lock clean

help:  ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

setup: .venv/ready $(TEXTS)/claims_desk.mo  ## make the environment: packages, system libraries, texts

demo: setup  ## a province's quarter from paper claims to printed vouchers, in demo-out/
	$(PEAK) $(BIN)/claims-desk demo --dir $(DEMO_DIR)

run: setup  ## open the window
	$(BIN)/claims-desk

test: setup  ## style, types, layers, texts, then every test
	$(PEAK) $(MAKE) --no-print-directory checks

checks: lint types layers texts unit

lint: setup  ## style
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet

types: setup  ## types
	$(BIN)/mypy --no-error-summary

layers: setup  ## who may import whom
	@$(BIN)/lint-imports --no-logo > .venv/layers.txt || { cat .venv/layers.txt; exit 1; }

texts: setup  ## every text is said in Lao too
	$(BIN)/python scripts/check_texts.py

unit: setup
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

soak: setup  ## the tests that take minutes, and all others on the newest PostgreSQL
	PGSERVER_POSTGRES_VERSION=18 $(PEAK) $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "soak or not package"

bench: setup  ## the performance table
	$(BIN)/claims-desk bench

screenshots: setup  ## the pictures of docs/pictures/
	$(BIN)/python scripts/screenshots.py

package: wheel folder  ## what is shipped, in dist/: the wheel, and the folder that needs no Python

wheel: setup
	$(BIN)/python -m build --wheel --no-isolation --outdir dist .

folder: setup
	$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build/folder installer/claims_desk.spec

lock:  ## renew requirements.lock within pyproject.toml's bounds; with UPGRADE=1 to the newest
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --only-binary :all: \
	    --generate-hashes --no-annotate --quiet $(if $(UPGRADE),--upgrade) \
	    --custom-compile-command "make lock" --output-file requirements.lock
	! grep -nE '[a-z]+://' requirements.lock

clean:  ## remove what was made, but not .venv
	rm -rf build dist $(DEMO_DIR) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	rm -f $(TEXTS)/claims_desk.mo

.venv/bin/pip:
	sh scripts/make_venv.sh

.venv/packages: requirements.lock | .venv/bin/pip
	@echo "Installing the pinned packages (a minute or two)"
	$(PIP) install --require-hashes --no-deps --only-binary :all: --requirement requirements.lock
	@touch $@

.venv/ready: pyproject.toml scripts/build_hook.py scripts/system_libraries.py .venv/packages
	$(BIN)/python scripts/system_libraries.py
	$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(TEXTS)/claims_desk.mo: $(TEXT_FILES) scripts/compile_texts.py | .venv/ready
	$(BIN)/python scripts/compile_texts.py
