# Two commands do everything: `make sandbox` and `make test`. Both set up .venv from the pins first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev

.PHONY: sandbox test fast check bench year faults audit pins clean

sandbox: $(READY)
	$(BIN)/python -m bot sandbox

test: check
	$(BIN)/python -m pytest -n auto

fast: $(READY_DEV)
	$(BIN)/python -m pytest -n auto -m "not journey and not browser"

check: $(READY_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m bot check-dialogues

bench: $(READY_DEV)
	$(BIN)/python -m bench

# Every fault at full size; FAULTS="--row F6 --seed 7" for something else.
faults: $(READY_DEV)
	$(BIN)/python -m tests.faults $(FAULTS)

# Every attack at full size, written down in docs/aanvallen.md; AUDIT="--row A4" for one of them.
audit: $(READY_DEV)
	$(BIN)/python -m tests.attacks --write $(AUDIT)

# A school year of one area; YEAR="--seed 7" for another one.
year: $(READY_DEV)
	$(BIN)/python -m bench.year $(YEAR)

$(READY): requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 of nieuwer is nodig")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(READY_DEV): $(READY) requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

# Resolves the bounds of pyproject.toml again (needs uv on the PATH).
pins:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.txt pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -c requirements.txt --group dev -o requirements-dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
