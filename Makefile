.DEFAULT_GOAL := help
STACK := .venv/bin/python -m deploy.local.stack

.PHONY: help
help: ## this menu
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | column -t -s "$$(printf '\t')"

.PHONY: up-data
up-data: ## PostgreSQL, RabbitMQ and Redis only
	@$(STACK) up --data

.PHONY: down
down: ## stop the stack
	@$(STACK) down

.PHONY: status
status: ## one line a process
	@$(STACK) status
