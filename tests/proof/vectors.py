"""Reads tests/vectors/."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "vectors"


def read_vectors(name: str) -> Any:
    """The vectors of one file."""
    return json.loads(FOLDER.joinpath(f"{name}.json").read_text("utf-8"))
