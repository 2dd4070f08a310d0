# Two commands matter: `make site` and `make test`. Both need Python 3.11 or newer, pip and make, and
# set up everything else in .venv/.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: help site test lint bench mutate proof pictures lock npm engines clean

help:
	@echo "make site      build the reference model's whole output, into build/"
	@echo "make test      run all tests"
	@echo "make lint      ruff, mypy"
	@echo "make pictures  a page of what changed in the reference model's pictures; ACCEPT=1 accepts it"
	@echo "make bench     what checking, drawing and sites cost, beside peers (which npm and pip install)"
	@echo "make mutate    spoils every fact of every output, and says how much of that is found"
	@echo "make proof     the same, and many random models through every output"
	@echo "make lock      pin the newest versions that pyproject.toml allows (needs uv)"
	@echo "make npm       get what tests run where it is there: the real Mermaid, axe, a linter of compose files"
	@echo "make engines   get other engines that build the site: ProperDocs, Zensical"
	@echo "make clean     remove what make has made"

site: $(VENV)/site.done
	$(BIN)/archdoc build

test: $(VENV)/dev.done
	$(BIN)/python -m pytest -n auto

bench: $(VENV)/dev.done
	PYTHONPATH=tests $(BIN)/python -m bench.check --peers $(VENV)/peers
	PYTHONPATH=tests $(BIN)/python -m bench.render --peers $(VENV)/peers
	PYTHONPATH=tests $(BIN)/python -m bench.site --peers $(VENV)/peers

# Every output of the reference model with each of its facts changed: whether the check finds it.
mutate: $(VENV)/dev.done
	PYTHONPATH=tests $(BIN)/python -m mutation

# What `make test` tries some of: every mutant, 500 random models drawn, 5,000 in all that needs no engine.
proof: $(VENV)/dev.done
	ARCHDOC_PROOF=1 $(BIN)/python -m pytest -n auto --durations=10 tests/mutation \
		tests/consistency/test_random_models.py tests/pipeline/test_random_models.py \
		tests/legibility tests/render/test_worked_out.py \
		tests/site/test_search.py tests/source tests/outputs

npm: $(VENV)/dev.done
	PYTHONPATH=tests $(BIN)/python -m npm_scripts
	mkdir -p $(VENV)/dclint
	cp constraints/dclint/*.json $(VENV)/dclint
	npm ci --silent --ignore-scripts --prefix $(VENV)/dclint

# Engines that build the same site; tests build it with those that are there.
engines: | $(VENV)/bin/pip
	$(PYTHON) -m venv $(VENV)/engines
	$(VENV)/engines/bin/python -m pip --quiet --disable-pip-version-check install \
		--require-hashes --no-deps --requirement constraints/engines.txt

# What the reference model's pictures looked like when they were accepted, and what they look like now.
pictures: $(VENV)/dev.done
	PYTHONPATH=tests $(BIN)/python -m pictures $(if $(ACCEPT),--accept)

lint: $(VENV)/dev.done
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# A stamp says that the environment holds what a constraints file pins, and archdoc itself.
$(VENV)/%.done: constraints/%.txt constraints/quick.txt pyproject.toml | $(VENV)/bin/pip
	$(PIP) install --require-hashes --no-deps --requirement constraints/$*.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@$(PIP) install --only-binary :all: --require-hashes --no-deps --requirement constraints/quick.txt 2>&1 \
		|| echo "no packages here that make PNG in a third of the time; the others will do"
	@touch $@

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "archdoc needs Python 3.11 or newer: make PYTHON=/path/to/python3.11" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-config \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade
OWN := pyproject.toml constraints/build.in
lock:
	$(LOCK) $(OWN) --extra all --output-file constraints/site.txt
	$(LOCK) $(OWN) --extra all --group dev --constraint constraints/site.txt --output-file constraints/dev.txt
	$(LOCK) constraints/quick.in --output-file constraints/quick.txt
	$(LOCK) constraints/engines.in --output-file constraints/engines.txt

clean:
	rm -rf build $(VENV)
