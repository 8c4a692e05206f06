.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON := .venv/bin/python
STACK := $(PYTHON) -m deploy.local.stack
# Folders with Python of our own.
CODE := chassis services deploy gateway portal/server tests

.PHONY: help
help: ## this menu
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / {printf "%-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## install what is missing on this Debian machine: packages, virtual environment
	@deploy/local/setup

# For what only looks or stops: it should not begin by installing things.
.PHONY: set-up
set-up:
	@test -e .venv/installed-lock || { echo "yuzheng: nothing is set up yet; run make setup" >&2; exit 1; }

.PHONY: demo
demo: setup ## bring everything up and do the main job once for real, with a short report
	@$(STACK) up && $(PYTHON) -m deploy.local.demo

.PHONY: test
test: setup ## every check and every test, on the stack; leaves the stack as it found it
	@$(PYTHON) -m tests.run

.PHONY: test-full
test-full: test ## also make every image and run each as the cluster would; installs podman and what goes with it
	@deploy/images/setup && .venv/bin/pytest -m full tests/images

.PHONY: images
images: setup ## make the images with podman or docker; u="hours verify" for some of them
	@$(PYTHON) -m deploy.images.build $(u)

.PHONY: lint
lint: setup ## ruff and the dependency rules
	@.venv/bin/ruff check $(CODE) && .venv/bin/ruff format --check $(CODE) && .venv/bin/lint-imports

.PHONY: format
format: setup ## let ruff format the code and repair what it can
	@.venv/bin/ruff check --fix --quiet $(CODE); .venv/bin/ruff format $(CODE)

.PHONY: types
types: setup ## mypy in strict mode
	@.venv/bin/mypy chassis services deploy portal/server

.PHONY: up
up: setup ## start the stack, or what has stopped or changed in it
	@$(STACK) up

.PHONY: up-data
up-data: setup ## PostgreSQL, RabbitMQ and Redis only
	@$(STACK) up --data

.PHONY: watch
watch: setup ## the stack, and Prometheus before it: the portal draws the operators' dashboards
	@$(STACK) up --watch

.PHONY: down
down: set-up ## stop the stack; its data stays
	@$(STACK) down

.PHONY: status
status: set-up ## one line for each process of the stack
	@$(STACK) status

.PHONY: logs
logs: set-up ## follow the logs; s=identity-api for one process
	@$(STACK) logs $(s)

.PHONY: clean
clean: set-up ## stop the stack and remove all its data
	@$(STACK) clean

.PHONY: cli
cli: set-up ## run a service's command in the stack: s=identity a="audit"
	@$(STACK) cli $(s) $(a)

.PHONY: pictures
pictures: set-up ## take the documentation's pictures: from the last demo, and of the portal
	@$(PYTHON) -m deploy.local.demo.pictures && $(PYTHON) -m tests.browser.pictures

.PHONY: drill
drill: setup ## do a runbook for real: restore a database; d=outages, d=rotation for others
	@$(STACK) up && $(PYTHON) -m deploy.local.drills.$(or $(d),restore)

.PHONY: bench
bench: up-data ## measure against the baselines, each in one run; b=relay for one of bench/
	@for file in $(if $(b),bench/$(b).py,$(wildcard bench/*.py)); do echo "── $$file"; $(PYTHON) $$file || exit 1; done

.PHONY: lock
lock: setup ## renew the hashed dependency locks from the pyproject files; upgrade=1 takes newer versions
	@deploy/local/lock $(if $(upgrade),--upgrade)
