"""Every sentence exists in three languages with the same values; every error raised has a sentence."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

from onggi.words import LANGUAGES, SINGLE, say

SOURCE = Path(__file__).parents[2] / "src/onggi"


class Raised(NamedTuple):
    """An id that stands in the source, and the names of its values where they can be read off there."""

    id: str
    values: frozenset[str] | None
    place: str


def read_entries() -> dict[str, dict[str, Any]]:
    """Every entry of every catalogue: a table that holds a language."""
    found: dict[str, dict[str, Any]] = {}

    def walk(id: str, table: dict[str, Any]) -> None:
        if any(language in table for language in LANGUAGES):
            found[id] = table
        for key, value in table.items():
            if isinstance(value, dict):
                walk(f"{id}.{key}", value)

    for catalogue in sorted((SOURCE / "words").glob("*.toml")):
        walk(catalogue.stem, tomllib.loads(catalogue.read_text("utf-8")))
    return found


def list_placeholders(sentence: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def read_refusals(modules: dict[Path, ast.Module]) -> dict[str, int]:
    """The functions that are told what to raise, and at which place: the parameter is named `refusal`."""
    return {
        node.name: names.index("refusal")
        for tree in modules.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and "refusal" in (names := [one.arg for one in node.args.args])
    }


def read_raised() -> Iterator[Raised]:
    """Every id that is handed to OnggiError or Finding, or on to whoever raises it, as a literal."""
    modules = {module: ast.parse(module.read_text("utf-8")) for module in sorted(SOURCE.rglob("*.py"))}
    refusals = read_refusals(modules)
    for module, tree in modules.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) in refusals:
                for id in _ids(_handed(node, refusals[_called(node)]), tree):
                    yield Raised(id, None, f"{module.relative_to(SOURCE)}:{node.lineno}")
            if isinstance(node, ast.Call) and _called(node) in {"OnggiError", "Finding"}:
                place = f"{module.relative_to(SOURCE)}:{node.lineno}"
                for id in _ids(_first(node), tree):
                    yield Raised(id, _values(node), place)


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _first(call: ast.Call) -> ast.expr | None:
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    return call.args[0] if call.args else keywords.get("id", keywords.get("code"))


def _handed(call: ast.Call, place: int) -> ast.expr | None:
    return call.args[place] if place < len(call.args) else None


def _ids(said: ast.expr | None, tree: ast.Module) -> Iterator[str]:
    """The literals an expression can be: itself, either branch, what its name is given in the module."""
    match said:
        case ast.Constant(value=str(id)):
            yield id
        case ast.IfExp(body=body, orelse=orelse):
            yield from _ids(body, tree)
            yield from _ids(orelse, tree)
        case ast.Name(id=name):
            for node in ast.walk(tree):
                if isinstance(node, ast.Assign) and name in {getattr(to, "id", "") for to in node.targets}:
                    yield from _ids(node.value, tree)


def _values(call: ast.Call) -> frozenset[str] | None:
    """The names of the values, or None where they are handed on whole."""
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    if _called(call) == "OnggiError":
        given = set(keywords) - {"id", "exit_code"}
        return None if None in given else frozenset(name for name in given if name is not None)
    values = call.args[2] if len(call.args) > 2 else keywords.get("values")
    if values is None:
        return frozenset({"where"})
    if not isinstance(values, ast.Dict) or not all(isinstance(key, ast.Constant) for key in values.keys):
        return None
    # A face may show where a finding was made.
    return frozenset({"where"} | {str(key.value) for key in values.keys if isinstance(key, ast.Constant)})


ENTRIES = read_entries()
RAISED = list(read_raised())


def test_every_sentence_in_three_languages() -> None:
    lacking = [
        f"{id}: {language}"
        for id, entry in ENTRIES.items()
        for language in LANGUAGES
        if not isinstance(entry.get(language), str) or not entry[language].strip()
    ]
    assert not lacking, "\n" + "\n".join(lacking)


def test_every_entry_holds_only_languages_and_entries() -> None:
    strange = [
        f"{id}: {key}"
        for id, entry in ENTRIES.items()
        for key, value in entry.items()
        if key not in (*LANGUAGES, SINGLE) and not isinstance(value, dict)
    ]
    assert strange == []


def test_languages_name_the_same_values() -> None:
    differing = [
        id
        for id, entry in ENTRIES.items()
        if len({frozenset(list_placeholders(entry.get(language, ""))) for language in LANGUAGES}) != 1
    ]
    assert differing == []


def test_a_number_is_never_left_to_the_reader() -> None:
    """A tired person stops at "1 statement(s)", and "1 statements" is no English."""
    assert [id for id, entry in ENTRIES.items() if re.search(r"[a-z]\(s\)", entry.get("en", ""))] == []
    singles = {id: entry for id, entry in ENTRIES.items() if SINGLE in entry}
    strange = [
        id
        for id, entry in singles.items()
        if list_placeholders(entry["en"]) != list_placeholders(entry[SINGLE]) | {"count"}
    ]
    assert singles
    assert strange == []
    for id, entry in singles.items():
        values = dict.fromkeys(list_placeholders(entry["en"]) - {"count"}, "x")
        for lang, count, sentence in (("en", 1, SINGLE), ("en", 2, "en"), ("ko", 1, "ko"), ("zh", 1, "zh")):
            said = say(id, lang, count=count, **values)
            assert said == entry[sentence].format(count=count, **values)


def test_languages_are_not_mixed_up() -> None:
    hangul, hanzi = re.compile("[가-힣]"), re.compile("[一-鿿]")
    mixed = [
        id
        for id, entry in ENTRIES.items()
        if hangul.search(entry.get("zh", ""))
        and not hangul.search(entry.get("en", ""))
        or hanzi.search(entry.get("ko", ""))
        and not hanzi.search(entry.get("en", ""))
    ]
    assert mixed == []


def test_every_hint_belongs_to_a_sentence() -> None:
    hints = [id for id in ENTRIES if id.endswith(".hint")]
    assert [id for id in hints if id.removesuffix(".hint") not in ENTRIES] == []


def test_every_raised_id_has_a_sentence() -> None:
    mute = [f"{raised.place}: {raised.id}" for raised in RAISED if raised.id not in ENTRIES]
    assert not mute, "\n" + "\n".join(mute)


def test_every_sentence_gets_its_values() -> None:
    starved = []
    for raised in RAISED:
        for id in (raised.id, f"{raised.id}.hint"):
            needed = list_placeholders(ENTRIES.get(id, {}).get("en", ""))
            if raised.values is not None and not needed <= raised.values:
                starved.append(f"{raised.place}: {id} lacks {sorted(needed - raised.values)}")
    assert not starved, "\n" + "\n".join(starved)
