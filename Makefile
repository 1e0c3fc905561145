# `make` alone explains itself: the text after `##` is its help.
# Needs Python 3.11 or newer and nothing else. Settings come from the environment or the command line:
#   make run PORT=8001 DATA_DIR=/srv/karakoram

PYTHON ?= python3
PY     := .venv/bin/python
TESTS  ?= tests

.DEFAULT_GOAL := help
.PHONY: help run test check bench demo migration screenshots lock clean python site tools assets

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: site assets  ## start Karakoram with everything it needs, on http://127.0.0.1:8000
	@exec $(PY) -m lms.operations.supervisor

test: tools assets  ## run the tests (TESTS=tests/quizzes for some of them)
	@$(PY) -m pytest -n 2 --dist loadgroup $(TESTS)

check: tools assets  ## style, types, layers, templates, translations, course packs, fast tests
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) -m djlint --quiet --lint lms
	$(PY) -m lms.web.catalogues check
	$(PY) -m flask --app lms.app content check
	$(PY) -m pytest --fast -n 2 tests

bench: tools assets  ## measure speed and bytes
	@$(PY) -m bench

demo: site  ## load the courses and the demo people again
	@$(PY) -m flask --app lms.app ops prepare

migration: site  ## write a migration from the models: make migration m="add hours"
	@test -n "$(m)" || { echo 'Say what it changes: make migration m="add hours"'; exit 1; }
	@$(PY) -m flask --app lms.app db revision --autogenerate -m "$(m)"

screenshots: tools assets  ## take pictures of the pages in three languages, into screenshots/
	@$(PY) -m tests.screenshots

lock: tools  ## pin what requirements*.in ask for, with hashes
	@for name in requirements requirements-dev; do \
	  $(PY) -m uv pip compile --quiet --generate-hashes --python-version 3.11 \
	    --no-emit-index-url --no-emit-find-links $$name.in -o $$name.txt || exit 1; done

clean:  ## remove what was built and installed (var/, the data, stays)
	rm -rf .venv node_modules lms/web/static .pytest_cache .ruff_cache .mypy_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo 'Python is missing: sudo apt install python3 python3-venv, then run make again'; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, this is $$($(PYTHON) -V): make PYTHON=/path/to/a/newer/python3"; exit 1; }

site: python
	@$(PYTHON) -m lms.operations.install requirements.txt

tools: site
	@$(PYTHON) -m lms.operations.install requirements-dev.txt

assets: site
	@$(PY) -m lms.web.assets
	@$(PY) -m lms.credentials.drawing
