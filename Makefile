# `make` alone lists what there is. Everything runs in .venv, which `make setup` makes.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
SHELL := /bin/bash
# a file of tests stays in one process, for its fixtures; each process starts an OpenSearch of its own
TESTS := $(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-bench system up test check format lint types relevance bench bench-opensearch screenshots vendor clean

help: ## what each target does
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

setup: $(VENV)/.runtime ## .venv with the gbp command

$(VENV)/.runtime: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

setup-dev: $(VENV)/.dev ## the same with what tests and checks need

$(VENV)/.dev: $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

setup-bench: $(VENV)/.bench # a step of bench: the same with what the portal is compared with

$(VENV)/.bench: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	@touch $@

system: ## Debian packages that tests need (browser, fonts, Maven, docker-compose)
	@bash .ci/system-packages

up: setup ## the portal with sample data on http://127.0.0.1:8000
	$(BIN)/gbp up

test: setup-dev system ## all tests, the real OpenSearch and a real browser among them
	$(TESTS)

check: setup-dev system lint types ## format, lint, types, tests: what CI runs
	$(TESTS)

format: setup-dev ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: setup-dev ## form and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup-dev ## mypy --strict
	$(BIN)/mypy

relevance: setup-dev system ## how well searches find what people mean, on both engines, as a table
	$(BIN)/python -m pytest --quiet --capture=no tests/relevance

# the seed scale, 1326785 records, takes hours
BENCH_RECORDS ?= 134000

bench: setup-bench ## speed, as ratios taken in one run; BENCH_RECORDS=… for another size
	$(BIN)/python -m benchmarks.indexing $(BENCH_RECORDS)
	$(BIN)/python -m benchmarks.serving $(BENCH_RECORDS)
	$(BIN)/python -m benchmarks.growth $(BENCH_RECORDS)
	$(BIN)/python -m benchmarks.cold_start $(BENCH_RECORDS)
	$(BIN)/python -m benchmarks.inspecting
	$(BIN)/python -m benchmarks.charts
	$(BIN)/python -m benchmarks.forecasting
	$(BIN)/python -m benchmarks.refetching

bench-opensearch: setup-bench system # the same of OpenSearch, on a server of its own
	$(BIN)/python -m benchmarks.indexing $(BENCH_RECORDS) --opensearch
	$(BIN)/python -m benchmarks.serving $(BENCH_RECORDS) --opensearch --rival-queries 0

screenshots: setup-dev system ## pictures of the pages, for the README
	$(BIN)/python -m tests.browser.screenshots docs

vendor: setup-dev ## fetch the vendored design system anew (needs npm; maintainers only)
	$(BIN)/python -m app.vendoring

clean: ## take away what make has made, the state folder var/ excepted
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache *.egg-info
