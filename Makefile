# Everything a developer or an operator runs. `make` alone lists it.
PYTHON ?= python3
BIN := .venv/bin
TRAIN_BIN := .venv-train/bin
INSTALL := pip install --quiet --disable-pip-version-check -c constraints.txt -e

ONET ?= onet
RELEASE ?= 27.0
ESCO ?= esco/occupations_en.csv
ENCODER := mentor-titles-MiniLM-L6-v2

.PHONY: help run test test-elasticsearch-8 test-train train lint check elasticsearch titles sample constraints clean

help: ## List what there is to make
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 24

# The sample has an index of its own: it must never mix with the operator's people.
run: export MENTOR_SEARCH_ENGINE_URL = sqlite:///var/sample.db
run: .venv/run ## Import the sample people and serve the search at http://127.0.0.1:8000
	$(BIN)/python scripts/import_profiles.py data/sample_profiles.jsonl
	$(BIN)/mentor-search

test: .venv/test ## Run the whole suite in two processes; what this machine lacks is skipped in plain sight
	$(BIN)/python -m pytest -n 2

test-elasticsearch-8: .venv/test ## Run the engine tests with client 8 on a server of release 8
	$(BIN)/pip install --quiet --upgrade --target .cache/client-8 'elasticsearch>=8.19,<9'
	PYTHONPATH=.cache/client-8 ELASTICSEARCH_RELEASE=8.16.6 $(BIN)/python -m pytest -m elasticsearch tests/engines

test-train: .venv-train/train ## Run the tests of export and training (installs torch)
	$(TRAIN_BIN)/python -m pytest -m train tests/train

train: .venv-train/train ## Train the shipped encoder anew: ONET=folder ESCO=occupations_en.csv (models/*/README.md)
	$(TRAIN_BIN)/python scripts/train_encoder.py --onet $(ONET) --esco $(ESCO) --output var/$(ENCODER)
	$(TRAIN_BIN)/python scripts/export_encoder.py --model var/$(ENCODER) --short-dimensions 128 --output models/$(ENCODER)-uint8

lint: .venv/test ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint test ## lint and test

elasticsearch: .venv/test ## Run a real Elasticsearch at port 9200 until Ctrl-C, without Docker
	$(BIN)/python scripts/elasticsearch_node.py --port 9200

titles: .venv/run ## Write data/job_titles anew from your download of O*NET: ONET=folder RELEASE=number
	$(BIN)/python scripts/make_job_titles.py --onet $(ONET) --release $(RELEASE)

sample: .venv/run ## Write data/sample_profiles.jsonl anew
	$(BIN)/python scripts/make_sample_profiles.py

constraints: ## Pin the newest versions that pyproject.toml allows (needs uv)
	uv pip compile --universal --all-extras --quiet --upgrade --python-version 3.11 \
		--custom-compile-command "make constraints" pyproject.toml -o constraints.txt

clean: ## Remove environments, caches and the local index
	rm -rf .venv .venv-train .cache var .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/$(INSTALL) .
	touch $@

.venv/test: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/$(INSTALL) '.[test]'
	touch $@ .venv/run

.venv-train/train: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv-train
	$(TRAIN_BIN)/$(INSTALL) '.[test,train]'
	touch $@
