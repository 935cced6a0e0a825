"""`onggi link VAULT --report` and `onggi judge VAULT --because`: what leaves, and what is open."""

import json
from pathlib import Path

import pytest
from tests.cli.stories import MEMBERS

from onggi.cli.main import run
from onggi.errors import Exit

ONE = MEMBERS["one"].split()
WHY = ["--because", "who is who"]


def test_a_page_of_codes_leaves_once_and_it_is_signed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["link", "vault", *WHY, *ONE, "--report", "r.html"]
    assert run([*asked, "--json"]) == Exit.WELL
    told = json.loads(capsys.readouterr().out)
    page = (desk / "r.html").read_text("utf-8")
    pair = told["suggestions"][0]
    assert pair["a"] in page and pair["b"] in page and len(told["sha256"]) == 64
    assert not any(name in page for name in ("리영희", "이영희", "Li Yingji"))
    assert run(["log", "vault", *ONE, "--json"]) == Exit.WELL
    assert run(asked) == Exit.USAGE  # it stands there already, and nothing is compared
    assert "Comparing" not in capsys.readouterr().err


def test_whoever_may_not_release_gets_no_page(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    two = MEMBERS["two"].split()
    assert run(["link", "vault", *WHY, *two, "--report", "r.html"]) == Exit.REFUSED
    assert not (desk / "r.html").exists() and not (desk / "r.html.unfinished").exists()


def test_open_pairs_are_listed_with_a_reason_alone(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["link", "vault", *WHY, *ONE]) == Exit.WELL
    capsys.readouterr()
    assert run(["judge", "vault", *ONE]) == Exit.WELL
    assert "Li Yingji" not in capsys.readouterr().out
    assert run(["judge", "vault", *WHY, *ONE]) == Exit.WELL
    said = capsys.readouterr()
    assert "Li Yingji" in said.out and "Born in the same year." in said.out and ": 1," in said.err
    assert run(["judge", "vault", *WHY, *ONE, "--json"]) == Exit.WELL
    ((row,), err) = json.loads((said := capsys.readouterr()).out), said.err
    assert row["probability"] > 0.5 and "Li Yingji" not in said.out + err
