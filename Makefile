# Every verb is done by bootstrap.py, which needs only Python; `make VERB ARGS="…"` passes arguments on.
PYTHON ?= python3
VERB = @$(PYTHON) bootstrap.py $@ $(ARGS)

.PHONY: help run test dev check bench soak docs lock
help:
	$(VERB)

# set up, build the example vault, tell its story and open its pages
run:
	$(VERB)

# everything a change must pass: dev, check, and all tests (ARGS="-k name" for some)
test:
	$(VERB)

# set up with the development tools, and nothing else
dev:
	$(VERB)

# format, lint, types, floors and walls
check:
	$(VERB)

# the benchmarks, beside their peers where those can be had
bench:
	$(VERB)

# the full counts of kills, flips and fuzzing: hours
soak:
	$(VERB)

# write the reference pages from the code (ARGS=--dossiers: the example dossiers too, anew; --pictures: of every page)
docs:
	$(VERB)

# pin the dependencies again after pyproject.toml changed (ARGS=--upgrade for the newest)
lock:
	$(VERB)
