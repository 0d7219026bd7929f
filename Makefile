# Two commands do everything: `make sandbox` and `make test`. Both set up .venv from the pins first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two more than there are cores: a story waits for real processes half of its time.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 2)
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
PEERS := .venv-peers
READY_PEERS := $(PEERS)/.ready

# Each process that a test starts would compile the whole product again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: sandbox test fast check compiled bench year faults audit pins clean

sandbox: $(READY)
	$(BIN)/python -m bot sandbox

# Looking at the types takes one core; another one compiles all tests meanwhile, which each worker would do for itself.
test: $(READY_DEV)
	$(MAKE) -j 2 check compiled
	$(BIN)/python -m pytest -n $(WORKERS)

fast: $(READY_DEV)
	$(BIN)/python -m pytest -n auto --hypothesis-profile=fast -m "not (journey or browser or process or postgresql or thorough)"

check: $(READY_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m bot check-dialogues

# A file that cannot be compiled is told by the tests themselves.
compiled: $(READY_DEV)
	$(BIN)/python -m pytest --collect-only -qq >/dev/null 2>&1 || true

# Every figure beside its mark; BENCH="--only taps" for some of them; `--only soak` takes a quarter of an hour. Needs a quiet machine.
bench: $(READY_DEV) $(READY_PEERS)
	$(BIN)/python -m bench $(BENCH)

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

# Bots that are measured beside ours. aiogram wants an older pydantic, so they live apart.
$(READY_PEERS): bench/peers.txt
	test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bench/peers.txt
	touch $@

# Resolves the bounds of pyproject.toml again (needs uv on the PATH).
pins:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.txt pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -c requirements.txt --group dev -o requirements-dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o bench/peers.txt bench/peers.in

clean:
	rm -rf $(VENV) $(PEERS) .mypy_cache .ruff_cache .pytest_cache .hypothesis
