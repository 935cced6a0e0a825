"""The locks pin every dependency by its hash, hold no address, and test what people run."""

import re
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))


def read_pins(lock: str) -> dict[str, str]:
    """Each package of a lock with its whole entry: version, condition and hashes."""
    text = re.sub(
        r"^ *#.*\n", "", (HOUSE / f"requirements/{lock}.txt").read_text("utf-8"), flags=re.MULTILINE
    )
    entries = re.split(r"\n(?=\S)", text.strip())
    return {entry.split("==")[0]: entry for entry in entries}


def name_package(requirement: str) -> str:
    """The package that a requirement asks for."""
    return re.split(r"[\[<>=!~; ]", requirement)[0]


@pytest.mark.parametrize("lock", ["run", "dev", "spark", "noisy"])
def test_every_pin_has_a_hash_and_no_address(lock: str) -> None:
    pins = read_pins(lock)
    assert [name for name, entry in pins.items() if "--hash=sha256:" not in entry] == []
    assert [name for name, entry in pins.items() if "://" in entry or "file:" in entry] == []


def test_every_dependency_is_pinned() -> None:
    groups = PROJECT["dependency-groups"]
    run = {name_package(wish) for wish in PROJECT["project"]["dependencies"] + groups["build"]}
    dev = {name_package(wish) for wish in groups["dev"] if isinstance(wish, str)}
    assert run <= set(read_pins("run"))
    assert run | dev <= set(read_pins("dev"))
    for name, wishes in PROJECT["project"]["optional-dependencies"].items():
        assert set(map(name_package, wishes)) <= set(read_pins(name))


def test_what_is_tested_is_what_people_run() -> None:
    run, dev = map(read_pins, ("run", "dev"))
    assert {name: dev.get(name) for name in run} == run
    for extra in map(read_pins, PROJECT["project"]["optional-dependencies"]):
        assert {name: extra.get(name, entry) for name, entry in run.items()} == run
