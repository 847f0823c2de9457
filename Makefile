# The commands of this project; each installs what it needs into .venv by itself.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test demo lint format bench lock clean

run: .venv/.installed
	$(BIN)/nakoming run

test: .venv/.tested
	$(BIN)/pytest -q -n auto

demo: .venv/.installed
	$(BIN)/nakoming demo

lint: .venv/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/hadolint Dockerfile
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

format: .venv/.tested
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/.benched
	for name in extraction polling matching delivery; do $(BIN)/python -m benchmarks.$$name --json || exit 1; done

# The lock files: every version and hash, no addresses. Needs uv.
lock:
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate pyproject.toml --extra fast -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate pyproject.toml --extra fast --group test --group lint -o requirements-dev.lock

.venv/.made:
	$(PYTHON) -m venv .venv
	touch $@

.venv/.installed: .venv/.made requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

.venv/.tested: .venv/.installed requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

.venv/.benched: .venv/.tested
	$(BIN)/pip install --quiet --disable-pip-version-check --group bench
	touch $@

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
