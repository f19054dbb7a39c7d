# Linjen: one word each, nothing hidden.
#   make run    serve on http://127.0.0.1:8000 with a demo agency (HOST, PORT, LINJEN_DATA and LINJEN_DEMO=0 change that)
#   make test   the whole suite on both databases and in real browsers (TESTS="tests/scoring" for a part)
#   make check  style, types, import directions, instruments, translations, generated documents
#   make bench  measure, and write benchmarks/RESULTS.md
#   make demo   serve a demo agency that starts afresh each time
# For maintainers: make lock (dependencies), vendor (browser modules), translations, documents, pictures.

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check --require-hashes
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
TESTS ?= tests

# A browser that did not answer in time, on cores shared with others, is asked once more; the summary tells of each.
ONCE_MORE := --reruns 1 --only-rerun '^TimeoutError' -raR

PICTURES := staff-today staff-caseload staff-episode staff-curve staff-session staff-comparison staff-team \
	family-handover family-marked family-together-curve \
	$(addprefix form-,cors csrs cgsrs ycors ycsrs boern-inddragelse)

.PHONY: run test check bench demo lock vendor translations documents pictures
.DELETE_ON_ERROR:

run: .venv/run
	LINJEN_DEMO=$${LINJEN_DEMO-1} $(BIN)/python -m backend.serve

demo: .venv/run
	scripts/demo

test: .venv/dev
	scripts/install-browsers
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadgroup --no-loadscope-reorder $(ONCE_MORE) $(TESTS)

check: .venv/dev
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m backend.instruments
	$(BIN)/python -m scripts.translations
	$(BIN)/python -m scripts.readability
	$(BIN)/python -m scripts.documents
	$(BIN)/python -m pytest --quiet tests/house

bench: .venv/dev
	scripts/install-browsers
	$(BIN)/python -m benchmarks.run

lock:
	PYTHON=$(PYTHON) scripts/lock

vendor:
	scripts/vendor.sh

translations: .venv/dev
	$(BIN)/python -m scripts.translations --write

documents: .venv/dev
	$(BIN)/python -m scripts.documents --write

pictures: .venv/dev
	scripts/install-browsers
	LINJEN_PICTURES=var/pictures $(BIN)/python -m pytest --quiet tests/browser/test_every_screen.py
	LINJEN_PICTURES=var/pictures $(BIN)/python -m pytest --quiet tests/browser/forms/test_forms_access.py -k violation
	mkdir -p docs/pictures
	cp $(foreach name,$(PICTURES),var/pictures/$(name)-lying-light.png) docs/pictures/
	cp var/pictures/family-marked-upright-dark.png docs/pictures/

.venv/made:
	@test -n "$(PYTHON)" || { echo "Linjen needs Python 3.11 or newer with venv (on Debian: apt install python3-venv)."; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/run: .venv/made requirements/run.txt
	$(PIP) --requirement requirements/run.txt
	@touch $@

.venv/dev: .venv/made requirements/dev.txt
	$(PIP) --requirement requirements/dev.txt
	@touch $@
