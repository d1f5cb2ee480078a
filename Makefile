# Every target makes what it needs. PORT= chooses the port of the demo, SERVE=0 stops before serving,
# ARGS= is handed to pytest, PYTHON= names the Python to use.
PORT ?= 8000
SERVE ?= 1
ARGS ?=
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help demo test check bench format lock clean

help:  ## what can be made here
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 16

demo:  ## an example year in a fresh database, its activity report, and the site that shows them
	@tools/demo "$(PORT)" "$(SERVE)"

test:  ## the tests, on SQLite and on PostgreSQL, browser tests included
	@tools/test $(ARGS)

check:  ## format, lint, types, layers, templates, migrations, spelling, dependencies, dead code, house tests
	@tools/check

bench:  ## the speeds we promise, beside the raw limit of this machine
	@tools/bench $(ARGS)

format:  ## put Python files into the house's form
	@tools/environment dev
	@.venv/bin/ruff check --fix --exit-zero --quiet .
	@.venv/bin/ruff format .

lock:  ## pin the dependencies of pyproject.toml anew
	@tools/lock

clean:  ## remove what was made here, but not the data in var/
	@rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache src/*.egg-info
	@find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
