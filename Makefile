# Needs Python 3.11 or newer and make, nothing else. Everything that is installed stands, with its hash, in requirements/.
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
OUT := out

.PHONY: help demo test check spark format lock clean

help:
	@echo "make demo    read seeds/, print the contested figures, write $(OUT)/report.html"
	@echo "make test    run the tests"
	@echo "make check   what CI runs: ruff, mypy, import-linter, the tests"
	@echo "make spark   add Spark, so that its tests run too (needs Java 17)"
	@echo "make format  let ruff format and fix"
	@echo "make lock    resolve requirements/ anew (needs uv)"
	@echo "make clean   remove $(VENV) and $(OUT)"

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Figures needs Python 3.11 or newer, this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

# The package is installed editable from its own folder; its build backend comes from the hashed requirements.
# Both files are complete, so pip has nothing to resolve: --no-deps. Left to resolve, the pip that Python 3.11 brings (before
# 23.3) does not apply the pin of a package to `package[extra]`, and fails on the day that package has a newer release.
$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Figures runs on into $(VENV) …"
	$(PIP) install --no-deps --require-hashes -r requirements/runtime.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@echo "Installing what the tests and checks need into $(VENV) …"
	$(PIP) install --no-deps --require-hashes -r requirements/dev.txt
	touch $@

# Half a gigabyte, for the archive of a country's news and not for a newsroom's: the tests of it run where it is there.
$(VENV)/.spark: requirements/spark.txt $(VENV)/.dev
	@echo "Installing Spark into $(VENV) …"
	$(PIP) install --no-deps --no-build-isolation --require-hashes -r requirements/spark.txt
	touch $@

spark: $(VENV)/.spark

demo: $(VENV)/.runtime
	@rm -rf $(OUT) && mkdir -p $(OUT)
	@$(BIN)/figures --store $(OUT)/figures.db ingest seeds
	@echo
	@$(BIN)/figures --store $(OUT)/figures.db conflicts
	@echo
	@$(BIN)/figures --store $(OUT)/figures.db report $(OUT)/report.html

test: $(VENV)/.dev
	$(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# One resolution for Python 3.11 to 3.14 on Linux, macOS and Windows; dev.txt keeps to the versions of runtime.txt.
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	--no-annotate --custom-compile-command "make lock"

lock:
	$(COMPILE) --extra service -o requirements/runtime.txt pyproject.toml requirements/build.in
	$(COMPILE) --extra service --extra notebook --extra formats --extra postgres --extra query \
		-c requirements/runtime.txt -o requirements/dev.txt pyproject.toml requirements/build.in requirements/dev.in
	$(COMPILE) -c requirements/dev.txt -o requirements/spark.txt requirements/spark.in

clean:
	rm -rf $(VENV) $(OUT)
