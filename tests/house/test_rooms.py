"""Every room stands, says which floor it is on and what it refuses, and no room is a box for leftovers."""

import ast
import re
from configparser import ConfigParser
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
SOURCE = HOUSE / "src/onggi"
MODULES = sorted(SOURCE.rglob("*.py"))

LEFTOVERS = {"base", "common", "core", "helpers", "lib", "misc", "services", "util", "utils"}
REFUSAL = re.compile(r"\b(cannot|neither|never|no|not|nothing|only|refuse[ds]?|without)\b", re.IGNORECASE)

# Written so that this file does not contain what it looks for.
MACHINE_PATH = re.compile(r"(?<![\w.])/(wor[k]|roo[t]|hom[e]/\w+|User[s]/\w+)/")
REGISTRY = re.compile(
    r"\bpyp[i]\.org|pythonhoste[d]\.org|npmj[s]\.(org|com)|(deb|security)\.debia[n]\.org", re.IGNORECASE
)


def read_floors() -> dict[str, int]:
    """Each room's floor, by the order of the layers in `.importlinter`: the last line is floor 0."""
    walls = ConfigParser()
    walls.read(HOUSE / ".importlinter", "utf-8")
    layers = walls["importlinter:contract:floors"]["layers"].split("\n")
    rooms = [[room.strip() for room in layer.split("|")] for layer in layers if layer.strip()]
    return {room: floor for floor, siblings in enumerate(reversed(rooms)) for room in siblings}


def read_docstring(module: Path) -> str:
    """A module's docstring, empty where there is none."""
    return ast.get_docstring(ast.parse(module.read_text("utf-8"))) or ""


def list_texts() -> list[Path]:
    """Every text of the project that a stranger may read; not what was installed or generated beside it."""
    folders = (".ci", "bench", "docs", "examples", "requirements", "src", "tests")
    found = [path for folder in folders for path in (HOUSE / folder).rglob("*") if path.is_file()]
    found += [path for path in HOUSE.iterdir() if path.is_file() and path.name != ".git"]
    return [path for path in found if not re.search(r"__pycache__|\.egg-info|\.[ot]tf$", str(path))]


@pytest.mark.parametrize(("room", "floor"), read_floors().items())
def test_room_says_floor_and_refusal(room: str, floor: int) -> None:
    package = SOURCE / room / "__init__.py"
    page = read_docstring(package if package.exists() else SOURCE / f"{room}.py")
    said = re.search(rf"^Floor {floor}\. ", page, re.MULTILINE)
    assert said, f"{room} stands on floor {floor}; its docstring must say so: 'Floor {floor}. …'"
    assert REFUSAL.search(page[said.end() :]), f"{room} does not say what it refuses"


def test_architecture_draws_each_room_once_on_its_floor() -> None:
    page = (HOUSE / "ARCHITECTURE.md").read_text("utf-8")
    rows = re.findall(r"^ (\d)  (\w+(?: │ \w+)*)  ", page, re.MULTILINE)
    drawn = [(room, int(floor)) for floor, rooms in rows for room in rooms.split(" │ ")]
    assert sorted(drawn) == sorted(read_floors().items())


def test_no_room_for_leftovers() -> None:
    assert [str(module) for module in MODULES if LEFTOVERS & {module.stem, module.parent.name}] == []


def test_every_module_has_a_docstring() -> None:
    assert [str(module.relative_to(SOURCE)) for module in MODULES if not read_docstring(module)] == []


def test_every_package_says_what_it_is() -> None:
    folders = {module.parent for module in MODULES}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_path_of_a_machine_nor_registry_address() -> None:
    found = []
    for text in list_texts():
        content = text.read_bytes().decode("utf-8", "replace")
        for pattern in (MACHINE_PATH, REGISTRY):
            found += [f"{text.relative_to(HOUSE)}: {hit[0]}" for hit in pattern.finditer(content)]
    assert found == []
