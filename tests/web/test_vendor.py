"""What others wrote is what VENDORED.toml says, byte for byte, with its licence, and reaches nobody."""

import hashlib
import re
import tomllib
from importlib.resources import files

import pytest

PLACE = files("onggi.web").joinpath("static/vendor")
VENDORED = tomllib.loads(PLACE.joinpath("VENDORED.toml").read_text("utf-8"))
FREE = {"MIT", "ISC", "BSD-0-Clause", "0BSD", "BSD-3-Clause", "Apache-2.0"}


def test_nothing_lies_there_that_is_not_listed() -> None:
    lying = {one.name for one in PLACE.iterdir()} - {"VENDORED.toml", "LICENCES.md"}
    assert lying == {name for name, about in VENDORED.items() if about["folder"] == "web/static/vendor"}


@pytest.mark.parametrize("name", VENDORED)
def test_each_file_is_the_one_that_was_looked_at(name: str) -> None:
    raw = files("onggi").joinpath(VENDORED[name]["folder"], name).read_bytes()
    assert hashlib.sha256(raw).hexdigest() == VENDORED[name]["sha256"]


@pytest.mark.parametrize("name", VENDORED)
def test_each_package_is_free_and_its_licence_goes_along(name: str) -> None:
    licences = PLACE.joinpath("LICENCES.md").read_text("utf-8")
    for package, about in VENDORED[name]["package"].items():
        assert about["licence"] in FREE
        assert f"## {package}\n" in licences


@pytest.mark.parametrize("name", [name for name in VENDORED if name.endswith(".js")])
def test_no_script_is_loaded_from_elsewhere(name: str) -> None:
    text = PLACE.joinpath(name).read_text("utf-8")
    assert not re.search(r"""import\s*\(?\s*["']https?:""", text)
    assert "sourceMappingURL" not in text
