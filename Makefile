# The front door of the portal. `make` lists what it can do.

PORT ?= 8000
WEB_HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.stamp-runtime
DEVELOPMENT := $(VENV)/.stamp-development
CODE := portal good_practices sessions search tests tools manage.py
APPS := portal good_practices sessions search
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
KEYWORDS := gettext_noop gettext_lazy ngettext_lazy:1,2 pgettext_lazy:1c,2 npgettext_lazy:1c,2,3
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON = $(shell for name in python3.11 python3.12 python3.13 python3; do \
	"$$name" -c '$(NEW_ENOUGH)' 2>/dev/null && { command -v "$$name"; break; }; done)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

.PHONY: help
help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- Set-up: stamps in .venv say what is installed; a second run finds nothing to do ---------------------------------------

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found: install it, or name one: make run PYTHON=/path/python3" >&2; exit 1; }
	@"$(PYTHON)" -c '$(NEW_ENOUGH)' 2>/dev/null || { echo "$(PYTHON) is not Python 3.11 or newer: name another, or leave PYTHON out." >&2; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) cannot make environments: install its venv module (Debian: apt-get install python3-venv)." >&2; exit 1; }
	@echo "  Environment    $(VENV), with $(PYTHON)"
	@rm -rf $(VENV)
	@"$(PYTHON)" -m venv $(VENV)

$(RUNTIME): requirements.txt | $(BIN)/python
	@$(BIN)/python tools/install.py requirements.txt
	@touch $@

$(DEVELOPMENT): requirements-dev.txt requirements.txt | $(BIN)/python
	@$(BIN)/python tools/install.py requirements-dev.txt
	@touch $@ $(RUNTIME)

locale/%/LC_MESSAGES/django.mo: locale/%/LC_MESSAGES/django.po | $(RUNTIME)
	@$(BIN)/pybabel -q compile -l $* -i $< -o $@

.PHONY: catalogues
catalogues: $(CATALOGUES)

# --- What people ask for ---------------------------------------------------------------------------------------------------

.PHONY: run
run: $(RUNTIME) catalogues ## Serve the portal at http://localhost:8000 (elsewhere: make run PORT=8123)
	@$(BIN)/python -m portal.operations.preflight --host "$(WEB_HOST)" --port "$(PORT)"
	@exec $(BIN)/python manage.py serve --host "$(WEB_HOST)" --port "$(PORT)"

.PHONY: test
test: $(DEVELOPMENT) catalogues ## Lint, then every test, those in a real browser too
	@$(BIN)/python tools/ensure_browser.py >/dev/null
	@$(MAKE) lint
	$(BIN)/python -m pytest
	$(BIN)/python -m pytest tests/browser

.PHONY: fmt
fmt: $(DEVELOPMENT) ## Format the Python code and mend what ruff can mend
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

.PHONY: lint
lint: $(DEVELOPMENT) ## Check style, types, import order, templates and CSS
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy $(APPS)
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python -m pytest tests/lint

.PHONY: messages
messages: $(RUNTIME) ## Bring the catalogues in locale/ up to date with the strings in code and templates
	@mkdir -p var
	@DJANGO_SETTINGS_MODULE=portal.settings.local $(BIN)/python -m babel.messages.frontend -q extract -F babel.cfg $(addprefix -k ,$(KEYWORDS)) \
		--add-comments=Translators --sort-by-file --add-location=file --no-wrap -o var/django.pot .
	@$(BIN)/pybabel -q update -i var/django.pot -d locale -D django --no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date
	@$(BIN)/pybabel compile -d locale -D django --statistics

.PHONY: bench
bench: $(DEVELOPMENT) catalogues ## Measure the pages beside a bare Django view (needs wrk)
	@$(BIN)/python -m tests.benchmarks.pages

.PHONY: bench-search
bench-search: $(DEVELOPMENT) catalogues ## Measure search: beside Wagtail's own (needs wrk), and both engines with 100,000 documents
	@$(BIN)/python -m tests.benchmarks.search_pages
	@$(BIN)/python -m tests.benchmarks.search_engine

.PHONY: clean
clean: ## Remove the environment and caches; var/, where the data lives, stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache $(CATALOGUES)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
