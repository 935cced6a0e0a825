"""Reading the room's own tables, package data beside this module.

A table is lines of fields with tabs between them, and `#` before its origin. Floor 1. Reads package data when
asked. Refused: nothing; the tables are ours, made by tools/make_names.py and held by tests.
"""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any


def read_lines(name: str) -> Iterator[str]:
    """The lines of `data/<name>.tsv` below its header."""
    text = files("onggi.names").joinpath("data", f"{name}.tsv").read_text("utf-8")
    return (line for line in text.splitlines() if not line.startswith("#"))


def read_rows(name: str) -> Iterator[list[str]]:
    """The rows of `data/<name>.tsv`."""
    return (line.split("\t") for line in read_lines(name))


def read_sheet(folder: str, name: str) -> dict[str, Any]:
    """One TOML file of a folder of this room."""
    return tomllib.loads(files("onggi.names").joinpath(folder, f"{name}.toml").read_text("utf-8"))


def list_sheets(folder: str) -> list[str]:
    """The names of a folder's TOML files, sorted."""
    entries = (entry.name for entry in files("onggi.names").joinpath(folder).iterdir())
    return sorted(name.removesuffix(".toml") for name in entries if name.endswith(".toml"))
