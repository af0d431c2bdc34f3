# The commands of the project. `make demo` and `make test` are all that a newcomer needs.
# The environment `.venv` is made once, and brought up to date when the pinned requirements change.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory --no-builtin-rules
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 >/dev/null 2>&1 && python3.11 -c '' >/dev/null 2>&1 && echo python3.11 || echo python3)
BIN := .venv/bin
STAMP := .venv/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
# Some packages come as source only; the pinned build tools build them, so that nothing unpinned is fetched.
PINNED = $(PIP) install --require-hashes --no-build-isolation

.PHONY: help venv demo test check format lint types rules equality test-slow test-spark bench docs docs-check lock wheel clean

help: ## list the commands
	@grep -hE '^[a-z][a-z-]*:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | column -t -s '|'

venv: $(STAMP) ## make the environment in .venv (the other commands do it by themselves)

$(STAMP): requirements/build.txt requirements/dev.txt
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "Python 3.11, 3.12 or 3.13 is needed, and no '$(PYTHON)' was found; name one with 'make PYTHON=/path/to/python ...'." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || { echo "Python 3.11, 3.12 or 3.13 is needed, and '$(PYTHON)' is $$($(PYTHON) --version); name another with 'make PYTHON=/path/to/python ...'." >&2; exit 1; }
	@echo "Bringing the environment in .venv up to date (once; a minute or two)." >&2
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@$(PIP) install --require-hashes -r requirements/build.txt
	@$(PINNED) -r requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

define example
printf '\n== %s: triage assess examples/%s.yaml\n\n' $(2) $(1)
$(BIN)/triage assess examples/$(1).yaml

endef

demo: $(STAMP) ## assess five example cases
	@$(call example,trigeminal_neuralgia,'Electric shocks in the right cheek')
	@$(call example,hemifacial_spasm,'Twitching of one side of the face')
	@$(call example,painful_tic_convulsif,'Shocks and twitching on the same side')
	@$(call example,nothing_known,'A case in which nothing is known')
	@$(call example,wrist_pain,'A case that is not about the face')

test: $(STAMP) ## run the tests (the long ones apart: equality, test-slow, test-spark)
	@$(BIN)/pytest -q -n auto --maxprocesses 4 --dist worksteal

check: $(STAMP) format lint types rules docs-check test ## formatter, linter, types, rules, generated docs, tests

format: $(STAMP)
	@$(BIN)/ruff format --check --quiet . || { echo "The formatter would change files; run '$(BIN)/ruff format .'." >&2; exit 1; }

lint: $(STAMP)
	@$(BIN)/ruff check --quiet .

types: $(STAMP)
	@$(BIN)/mypy

rules: $(STAMP) ## check the knowledge base
	@$(BIN)/triage rules check

equality: $(STAMP) ## hold the engines equal on many generated rules and cases (long)
	@$(BIN)/pytest -q -m equality

test-slow: $(STAMP) ## kill running programs at any moment; try every single changed answer (long)
	@$(BIN)/pytest -q -m slow

test-spark: $(STAMP) ## run the Spark tests (needs Java; installs PySpark)
	@command -v java >/dev/null 2>&1 || { echo "Spark needs Java, and no 'java' was found." >&2; exit 1; }
	@$(PINNED) -r requirements/spark.txt
	@$(BIN)/pytest -q -m spark

bench: $(STAMP) ## measure the engines
	@$(PINNED) -r requirements/bench.txt
	@$(BIN)/python -m benchmarks

# Generated pages are written by `python -m tools.docs`; `--check` fails when one is out of date.
docs: $(STAMP) ## write the generated pages of docs/ anew
	@if [ -e tools/docs.py ] || [ -e tools/docs/__main__.py ]; then $(BIN)/python -m tools.docs; else echo "There are no generated pages yet."; fi

docs-check: $(STAMP)
	@if [ -e tools/docs.py ] || [ -e tools/docs/__main__.py ]; then $(BIN)/python -m tools.docs --check; else echo "There are no generated pages yet."; fi

# Needs `uv`. The files name versions and hashes, and no address of an index.
lock: ## pin the requirements anew
	@compile() { uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet "$$@"; }; \
	compile requirements/build.in -o requirements/build.txt; \
	compile pyproject.toml -o requirements/run.txt; \
	compile pyproject.toml --extra dev -c requirements/build.txt -c requirements/run.txt -o requirements/dev.txt; \
	compile pyproject.toml --extra spark -c requirements/dev.txt -o requirements/spark.txt; \
	compile pyproject.toml --extra bench -c requirements/dev.txt -o requirements/bench.txt

wheel: $(STAMP) ## build the wheel into dist/
	@rm -rf dist
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

clean: ## remove the environment and all caches
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
