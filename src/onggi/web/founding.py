"""What is typed where a vault is made or somebody is let in: a new passphrase, the name of a compartment.

Pure. A passphrase goes nowhere but into the key it opens.
"""

from collections.abc import Mapping, Sequence

from onggi.errors import Finding
from onggi.web.form import Form

SHORTEST = 12  # characters
_FIELDS = ("passphrase", "again")
_LONGEST = 60


def judge_passphrase(form: Form) -> list[Finding]:
    """What is wrong with it, at its fields."""
    first, second = (form.value(name) for name in _FIELDS)
    if len(first) < SHORTEST:
        return [Finding("web_members.short", "passphrase", {"least": SHORTEST})]
    return [Finding("cli.ask.differ", "again")] if first != second else []


def strike_passphrase(fields: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """The fields of a form that may be shown again."""
    return {name: said for name, said in fields.items() if name not in _FIELDS}


def read_name(typed: str) -> str | None:
    """The name of a compartment; None for none, and for one that nobody could tell from others."""
    name = typed.strip()
    return name if name and name.isprintable() and len(name) <= _LONGEST else None
