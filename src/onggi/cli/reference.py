"""Writes docs/reference from the code: `python -m onggi.cli.reference [--check]`.

A face that touches nothing but docs/reference of the checkout it lies in. What a page says is taken from
where it is done, so that it cannot say anything else. With --check nothing is written, and pages that differ
are named.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

import onggi
from onggi.cli.contracts import ANSWERS
from onggi.cli.main import COMMANDS, make_root
from onggi.errors import Exit
from onggi.model.vocabulary import load_properties, load_vocabularies
from onggi.words import LANGUAGES, catalogue, say

_FOLDER = Path(onggi.__file__).parents[2] / "docs/reference"
_MADE = "Made from the code by `make docs`; a change by hand is overwritten."
_NAMES = {str: "text", int: "integer", float: "number", bool: "true or false", NoneType: "null"}


def write_commands() -> str:
    """The help of every command."""
    root = make_root()
    parts = ["# Commands", _MADE, _fence(_help(root, "onggi"))]
    for name in COMMANDS:
        command = root.get_command(None, name)
        parts += [f"## {name}", _fence(_help(command, f"onggi {name}"))]
    return _join(parts)


def write_exits() -> str:
    """What each exit code means."""
    rows = [
        (str(int(code)), *(_cell(say(f"cli.exit.{code.name}", lang)) for lang in LANGUAGES)) for code in Exit
    ]
    about = (
        "What a command ends with. With `--json`, an error is on standard output, too ([json.md](json.md))."
    )
    return _join(["# Exit codes", _MADE, about, _table(("code", *LANGUAGES), rows)])


def write_json() -> str:
    """What each command answers with --json."""
    about = (
        "With `--json` a command writes one document to standard output and nothing else there; words for "
        "people go to standard error. An id is 32 hex digits. Fields may be added."
    )
    parts = ["# JSON", _MADE, about]
    for command, answer in ANSWERS.items():
        listed = get_origin(answer) is list
        shape = get_args(answer)[0] if listed else answer
        parts += [f"## {command}", f"{'A list. ' if listed else ''}{shape.__doc__}", *_describe_shape(shape)]
    return _join(parts)


def write_findings() -> str:
    """Everything that can be found or refused: each has a sentence, and a hint that says what to do."""
    about = (
        "Every id that a finding or an error can have, by the room that raises it. `{…}` stands for a number "
        "or a word of our own, never for something that was recorded."
    )
    parts = ["# Findings and errors", _MADE, about]
    ids = [id.removesuffix(".hint") for id in _list_ids() if id.endswith(".hint")]
    for room in sorted({id.split(".")[0] for id in ids}):
        own = [id for id in ids if id.startswith(f"{room}.")]
        rows = [(f"`{id}`", _cell(say(id, "en")), _cell(say(f"{id}.hint", "en"))) for id in own]
        parts += [f"## {room}", _table(("id", "what", "what it means, what to do"), rows)]
    return _join(parts)


def write_properties() -> str:
    """What a statement may say."""
    about = (
        "What a statement may say, of what, with which value. A property without *many* has one value at a "
        "time: two that cannot both be true are a conflict. A statement may be put into a stricter stratum."
    )
    rows = [
        (
            f"`{one.id}`",
            *_cells(one.labels),
            _cell(", ".join(_say_types(one.value, one.vocabulary, one.kinds))),
            _cell(", ".join(sorted(one.about))),
            one.stratum.value,
            "many" if one.many else "",
        )
        for one in load_properties().values()
    ]
    headings = ("id", *LANGUAGES, "value", "about", "stratum", "")
    return _join(["# Properties", _MADE, about, _table(headings, rows)])


def write_vocabularies() -> str:
    """The terms that may be values."""
    about = "The terms that may be values. What they mean stands in `src/onggi/model/vocabularies`."
    parts = ["# Vocabularies", _MADE, about]
    for one in load_vocabularies().values():
        rows = [(f"`{id}`", *_cells(term.labels)) for id, term in one.terms.items()]
        parts += [f"## {one.id}", " · ".join(_cells(one.labels)), _table(("id", *LANGUAGES), rows)]
    return _join(parts)


PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": write_commands,
    "exits.md": write_exits,
    "json.md": write_json,
    "findings.md": write_findings,
    "properties.md": write_properties,
    "vocabularies.md": write_vocabularies,
}


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check say which differ; returns the exit code."""
    # Pages are the same whoever makes them, wherever.
    os.environ |= {"ONGGI_LANG": "en", "COLUMNS": "80"}
    differing = []
    for name, write in PAGES.items():
        page, text = _FOLDER / name, write()
        if page.exists() and page.read_text("utf-8") == text:
            continue
        differing.append(name)
        if "--check" not in arguments:
            _FOLDER.mkdir(exist_ok=True)
            page.write_text(text, "utf-8", newline="\n")
    if "--check" in arguments and differing:
        print(f"docs/reference differs from the code: {', '.join(differing)}. `make docs` writes it again.")
        return Exit.FINDINGS
    return Exit.WELL


def _list_ids() -> Iterator[str]:
    """The ids of all sentences."""

    def walk(id: str, table: Mapping[str, Any]) -> Iterator[str]:
        if "en" in table:
            yield id
        for key, below in table.items():
            if isinstance(below, dict):
                yield from walk(f"{id}.{key}", below)

    for file in sorted((Path(onggi.__file__).parent / "words").glob("*.toml")):
        yield from walk(file.stem, catalogue(file.stem))


def _help(command: Any, path: str) -> str:
    with command.make_context(path, [], resilient_parsing=True) as context:
        return str(command.get_help(context))


def _describe_shape(shape: Any) -> Iterator[str]:
    """A table of the fields of an object, and of the objects within it."""
    hints = get_type_hints(shape, include_extras=True)
    rows, within = [], []
    for name, hint in hints.items():
        optional = get_origin(hint) is NotRequired
        kind, meaning = get_args(get_args(hint)[0] if optional else hint)
        rows.append(
            (f"`{name}`" + (" (may be absent)" if optional else ""), _name_type(kind), _cell(meaning))
        )
        within += [one for one in (kind, *get_args(kind)) if is_typeddict(one)]
    yield _table(("field", "type", "meaning"), rows)
    for one in within:
        yield f"*{one.__name__}*: {one.__doc__}"
        yield from _describe_shape(one)


def _name_type(kind: Any) -> str:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is list:
        return f"list of {_name_type(arguments[0])}"
    if origin is dict:
        return f"object of {_name_type(arguments[1])}, by name"
    if origin in (Union, UnionType):
        return " or ".join(_name_type(one) for one in arguments)
    return f"*{kind.__name__}*" if is_typeddict(kind) else _NAMES[kind]


def _say_types(types: tuple[str, ...], vocabulary: str | None, kinds: frozenset[str]) -> Iterator[str]:
    for one in types:
        if one == "term" and vocabulary:
            yield f"term of [{vocabulary}](vocabularies.md#{vocabulary})"
        elif one == "entity":
            yield f"entity ({', '.join(sorted(kinds))})"
        else:
            yield one


def _table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(labels: Mapping[str, str]) -> list[str]:
    """One cell for each language."""
    return [_cell(labels[lang]) for lang in LANGUAGES]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _fence(text: str) -> str:
    return f"```\n{text}\n```"


def _join(parts: list[str]) -> str:
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
