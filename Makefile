# Every habit of this repository. `make` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
INDEX ?= demo-index
PORT ?= 8000

.DEFAULT_GOAL := help
# Where kernels are used, or NumPy in their place; both roads are tested. What starts many processes
# or asks through the whole engine is left to the run of all tests.
ROADS := tests/index/kernels tests/index/segments tests/index/codec tests/index/derived \
    tests/index/analysis tests/index/glued tests/index/sources/text tests/index/sources/test_lean.py \
    tests/index/test_checksums.py tests/index/test_stored_values.py tests/index/test_damage.py tests/index/test_hostile.py \
    tests/index/test_light_dataclass.py tests/search/test_request.py tests/search/test_budget.py \
    $(filter-out %/test_workers.py %/test_held_articles.py,$(wildcard tests/index/build/test_*.py)) \
    tests/search/local tests/search/marking tests/structure tests/fuzz/test_index_files.py \
    $(patsubst %,tests/search/contract/test_%.py,counts hits matching order)

.PHONY: help install demo kernels sanitize test test-cluster test-cluster-again test-cluster-long test-long test-crash bench soak fuzz relevance docs check format clean

help: ## list what make can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: $(READY) ## install into .venv

$(READY): pyproject.toml setup.py constraints.txt scripts/venv $(wildcard index/kernels/*.pyx index/kernels/*.pxd)
	@scripts/venv "$(PYTHON)" "$(VENV)"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

demo: $(READY) ## index the sample articles and serve the page
	@$(BIN)/warta rebuild sample --index $(INDEX)
	@$(BIN)/warta serve --index $(INDEX) --port $(PORT)

test: $(READY) ## run all tests (real Chromium and gunicorn included)
	@scripts/programs
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder
	@WARTA_KERNELS=off $(BIN)/python -m pytest -n auto --dist loadfile $(ROADS)

test-cluster: $(READY) ## what needs an OpenSearch cluster: three nodes, downloaded once (Maven, Java 21)
	@scripts/java $(BIN)/python
	@WARTA_CLUSTER=start $(BIN)/python -m pytest -m cluster -n 0

test-cluster-again: $(READY) ## what failed there, once more
	@WARTA_CLUSTER=start $(BIN)/python -m pytest -m cluster -n 0 --last-failed

test-cluster-long: $(READY) ## the same with every case of the contract (half an hour)
	@scripts/java $(BIN)/python
	@WARTA_LONG=1 WARTA_CLUSTER=start $(BIN)/python -m pytest -m cluster -n 0

test-long: $(READY) ## the tests that take long: the 27k archive, ten times the examples of properties
	@scripts/programs
	@WARTA_LONG=1 $(BIN)/python -m pytest -m "long or hypothesis"
	@WARTA_LONG=1 $(BIN)/python -m pytest $$(grep -rl 'conftest import .*LONG' --include='test_*.py' tests)

test-crash: $(READY) ## 1,200 kills and faults, and every power cut (minutes; needs strace)
	@WARTA_CRASHES=1000 $(BIN)/python -m pytest -n auto tests/crash

fuzz: $(READY) ## 100,000 questions, files, requests and index files by chance (hours at the most)
	@$(BIN)/python -m tests.fuzz

bench: $(READY) ## stemmers, analysis and whole engines (1,000 articles) beside their peers
	@$(BIN)/python -m tests.bench stems
	@$(BIN)/python -m tests.bench analysis
	@echo; $(BIN)/python -m tests.bench build --small --work build/bench --threads 1
	@for what in query snippets open; do \
	    echo; $(BIN)/python -m tests.bench $$what --small --work build/bench --queries 200 || exit 1; \
	done

soak: $(READY) ## a server under load for a minute, beside 1,000 idle clients, updates and a reload
	@$(BIN)/python -m tests.soak

relevance: $(READY) ## how well judged articles rank, beside a baseline
	@$(BIN)/python -m tests.relevance

docs: $(READY) ## write docs/options.md, docs/queries.md and the table of queries from what is declared
	@$(BIN)/python -m tests.docs

check: $(READY) ## format, lint, types, dead code, documentation
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/vulture
	@$(BIN)/python -m pytest -q tests/test_docs.py

kernels: $(READY) ## compile the kernels anew, in place (WARTA_KERNELS_DEBUG=1: with every index checked)
	@$(BIN)/python setup.py --quiet build_ext --inplace --force

sanitize: $(READY) ## kernels' tests under AddressSanitizer and UndefinedBehaviorSanitizer (needs gcc)
	@scripts/sanitize $(BIN)/python $(ROADS)

format: $(READY) ## put the code into the house's format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean: ## remove what commands above have made
	rm -rf $(VENV) $(INDEX) build dist index/kernels/*.so *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
