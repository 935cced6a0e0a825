"""What is declared before anything is counted, of a vault or of a table: the fields that both forms have.

Pure. Refused: nothing; what cannot be taken is a finding at its field.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from onggi.count.population import MOST_SEED, Population, build_population
from onggi.errors import Finding
from onggi.web.form import Form

SEED = 1

_DASH = re.compile(r"\s*[-–—~～〜]\s*")
"""What people write between two years; a declaration writes two dots."""

_FIELDS = {"lists": "sources"}
"""Keys of a declaration that stand in another field of the form than their own."""


def read_fields(
    form: Form, names: Sequence[str], beside: Mapping[str, Any]
) -> tuple[Population, list[Finding]]:
    """What was typed into these fields, with what else a page made of its own; and what is wrong with it."""
    tables: dict[str, Any] = {name: typed for name in names if (typed := form.value(name).strip())}
    if "window" in tables:
        tables["window"] = _DASH.sub("..", tables["window"])
    population, wrong = build_population({**tables, **beside})
    places = [_FIELDS.get(one.where, one.where) for one in wrong]
    return population, [Finding(f"web_numbers.wrong.{where}", where) for where in places]


def read_seed(form: Form) -> tuple[int, list[Finding]]:
    """The seed, and what is wrong with it; nothing typed is the one that the command line takes."""
    text = form.value("seed").strip() or str(SEED)
    if text.isascii() and text.isdigit() and len(text) <= len(str(MOST_SEED)) and int(text) <= MOST_SEED:
        return int(text), []
    return SEED, [Finding("web_numbers.lacks.seed", "seed", {"most": f"{MOST_SEED:,}"})]
