"""`onggi demo` says how its two cases are called, so that every page of the guide can be followed."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import make_cheap
from tests.cli.stories import MEMBERS

from onggi.cli.main import run


def test_both_cases_are_told_by_the_code_that_opens_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_cheap(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONGGI_LANG", "en")
    assert run(["demo", "vault", "--json"]) == 0
    captured = capsys.readouterr()
    made = json.loads(captured.out)
    assert made["codes"].keys() == made["cases"].keys() == {"article", "invented"}
    for case, code in made["codes"].items():
        assert code in captured.err
        assert run(["show", "vault", code, "--json", *MEMBERS["one"].split()]) == 0
        assert json.loads(capsys.readouterr().out)["entity"] == made["cases"][case]
