"""Every broken example is refused by the command, whole, with its places and in three languages."""

import json
from pathlib import Path

import pytest
from tests.cli.conforming import find_deviations
from tests.intake.test_record import REFUSALS

from onggi.cli.contracts.record import Recorded
from onggi.cli.main import run
from onggi.errors import Exit

BROKEN = Path(__file__).parents[2] / "examples/broken"
KEY = ("--passphrase-file", "vault.passphrase")


def test_nothing_of_a_broken_file_is_recorded(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # A vault of its own: one file names a case that only the example vault has.
    assert run(["init", "empty", *KEY]) == Exit.WELL
    capsys.readouterr()
    before = sorted(path.name for path in desk.glob("empty/packs/*/*"))
    for name, expected in REFUSALS.items():
        file, *mapping = name.split()
        words = ["--map", str(BROKEN / mapping[0])] if mapping else []
        code = run(["record", "empty", str(BROKEN / file), *words, *KEY, "--json"])
        said = capsys.readouterr()
        answer = json.loads(said.out)
        assert (name, code) == (name, Exit.FINDINGS)
        assert find_deviations(Recorded, answer) == []
        told = [(one["code"], one["where"]) for one in answer["findings"]]
        assert (name, told) == (name, expected)
        assert all(f"{where}: " in said.err for _, where in expected)
        assert file not in said.err
    assert sorted(path.name for path in desk.glob("empty/packs/*/*")) == before
