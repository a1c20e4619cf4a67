# Every target sets up what it needs; a second run of any finds it done.
export QT_QPA_PLATFORM ?= offscreen
PYTHON := .venv/bin/python
READY := .venv/.ready
DEMO := build/oefenwijk
PYTEST_ARGS ?=

.PHONY: run test lint setup styles translations zip qgis bench soak matrix clean

run: $(READY)
	@$(PYTHON) -m scripts.main_job $(DEMO)

test: $(READY)
	$(PYTHON) -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

lint: $(READY)
	$(PYTHON) -m ruff check .
	$(PYTHON) -m flake8 --select E9,F821,F823,F831,QGS1,QGS4 plugin
	.venv/bin/lint-imports

setup: $(READY)

$(READY): scripts/setup.sh pyproject.toml $(wildcard requirements/*.txt)
	@sh scripts/setup.sh

styles: $(READY)
	@$(PYTHON) -m scripts.make_styles

translations: $(READY)
	@$(PYTHON) -m scripts.update_ts

zip: $(READY)
	@$(PYTHON) -m scripts.build_zip

qgis: $(READY)
	@env -u QT_QPA_PLATFORM sh scripts/open_qgis.sh $(DEMO)

bench: $(READY)
	@$(PYTHON) -m bench

soak: $(READY)
	$(PYTHON) -m pytest -q -m soak $(PYTEST_ARGS)

matrix: $(READY)
	@sh scripts/matrix.sh

clean:
	rm -rf build dist
