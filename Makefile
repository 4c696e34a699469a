# Needs Python 3.11 or newer and make; everything else is installed into .venv.
#   make demo    install, map the sample pack, print where the page is
#   make test    install with developer tools, then lint, types, layer contract, docs checks and tests

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# An installation for developers runs the demo too; installing over it would hide the working tree from the tests.
USER_STAMP := $(if $(wildcard $(VENV)/.dev-installed),$(VENV)/.dev-installed,$(VENV)/.installed)
SOURCES := $(shell find src taxonomy -name '*.py' -o -name '*.yml' -o -name '*.html')

.PHONY: help demo test lint format pytest bench system-packages clean

help:
	@sed -n '2,3s/^#//p' Makefile
	@echo "   make lint    make format    make pytest    make bench    make clean"

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "evidence-kit needs Python 3.11 or newer; $(PYTHON) is older or missing." >&2; \
	  echo "Name another one: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { \
	  echo "Python cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml $(SOURCES)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check .
	@touch $@

$(VENV)/.dev-installed: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

# Exit code 7 says that the map was written and that some page could not be read: a result, not a failure.
demo: $(USER_STAMP)
	@$(BIN)/evidence-kit demo --out demo-map; code=$$?; \
	  if [ $$code -ne 0 ] && [ $$code -ne 7 ]; then exit $$code; fi

test: $(VENV)/.dev-installed system-packages
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory pytest

lint: $(VENV)/.dev-installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_size.py
	$(BIN)/python scripts/check_docs.py

pytest: $(VENV)/.dev-installed
	$(BIN)/python -m pytest

format: $(VENV)/.dev-installed
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/.dev-installed
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

# A browser, office programs and independent PDF readers, for the tests that open what we wrote. They skip without.
PROGRAMS := chromium pdftotext qpdf soffice
PACKAGES := chromium poppler-utils qpdf libreoffice-calc libreoffice-writer
system-packages:
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && \
	    ! ( for program in $(PROGRAMS); do command -v $$program || exit 1; done ) >/dev/null; then \
	  echo "Installing $(PACKAGES) for the tests ..."; \
	  { DEBIAN_FRONTEND=noninteractive apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PACKAGES); \
	  } >/dev/null 2>&1 || echo "They could not be installed; the tests that need them will be skipped."; \
	fi

clean:
	rm -rf $(VENV) build dist demo-map .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
