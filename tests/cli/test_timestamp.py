"""`onggi timestamp` with a network: what is said before it is used, and what comes of it."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.conftest import set_clock
from tests.evidence.authority import SEEN, build_authority, serve
from tests.evidence.calendar.invented import HEIGHT, serve_calendar
from tests.vectors.make_calendar import mine

from onggi.cli.main import run
from onggi.errors import Exit
from onggi.evidence.calendar import header
from onggi.evidence.timestamp import send

pytestmark = [
    pytest.mark.system,
    pytest.mark.enable_socket,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl"),
]

OWN = ("vault", "--passphrase-file", "vault.passphrase")


@pytest.fixture
def now(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority's clock is that of this machine, so this is today's."""
    set_clock(monkeypatch, int(datetime.now(UTC).timestamp() * 1000))


def test_two_authorities_are_asked_and_it_is_said_before(
    now: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = build_authority(tmp_path / "a"), build_authority(tmp_path / "b", "EXAMPLE Authority B")
    Path("chain.pem").write_bytes(one.chain_pem + one.crl_pem + two.chain_pem + two.crl_pem)
    said_first: list[str] = []
    real = send.stamp_text

    def listen(*words: object) -> object:
        said_first.append(capsys.readouterr().err)
        return real(*words)  # type: ignore[arg-type]

    monkeypatch.setattr("onggi.evidence.timestamp.gather.stamp_text", listen)
    with serve(one) as first, serve(two) as second:
        code = run(["timestamp", *OWN, "--tsa", first, "--tsa", second, "--chain", "chain.pem", "--json"])
        asked = [len(SEEN[first]), len(SEEN[second])]
    answer = json.loads(capsys.readouterr().out)
    assert code == Exit.WELL and asked == [1, 1]
    assert said_first[0].count("IP address") == 2 and "127.0.0.1" in said_first[0]
    assert answer["ok"] and [row["valid"] for row in answer["tokens"]] == [True, True]
    assert run(["timestamp", *OWN, "--json"]) == Exit.WELL
    (health,) = json.loads(capsys.readouterr().out)
    assert health["stamped"] == health["commits"] == health["anchored"]
    assert run(["verify", *OWN]) == Exit.WELL
    capsys.readouterr()
    # Papers alone go beside what is kept: here they add nothing.
    assert run(["timestamp", *OWN, "--chain", "chain.pem", "--json"]) == Exit.FINDINGS
    answer = json.loads(capsys.readouterr().out)
    assert [row["code"] for row in answer["findings"]] == ["timestamp.papers"] and not answer["tokens"]
    # Whom she trusts is hers to say: one of them only.
    Path("root.pem").write_bytes(one.root_pem)
    assert run(["timestamp", *OWN, "--root", "root.pem", "--json"]) == Exit.FINDINGS
    (health,) = json.loads(capsys.readouterr().out)
    rows = [row for anchor in health["anchors"] for row in anchor["tokens"]]
    assert sorted(row["valid"] for row in rows) == [False, True]


def test_without_an_answer_nothing_is_kept(
    now: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    authority = build_authority(tmp_path / "a")
    with serve(authority, b"<html>") as url:
        assert run(["timestamp", *OWN, "--tsa", url, "--json"]) == Exit.FINDINGS
    answer = json.loads(capsys.readouterr().out)
    assert not answer["ok"] and answer["tokens"] == []
    assert [(row["code"], row["where"]) for row in answer["findings"]] == [("timestamp.form", "tsa 1")]


def test_a_calendar_is_asked_as_an_extra(
    now: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said before, it promises, it keeps its promise, and a header shows it; and still it is nobody."""
    monkeypatch.setattr(header, "LEAST_WORK", 1)
    said_first: list[str] = []
    real = send.ask_calendar

    def listen(url: str, message: bytes) -> bytes:
        said_first.append(capsys.readouterr().err)
        return real(url, message)

    monkeypatch.setattr("onggi.evidence.calendar.gather.ask_calendar", listen)
    with serve_calendar() as calendar:
        assert run(["timestamp", *OWN, "--calendar", calendar.url, "--json"]) == Exit.WELL
        answer = json.loads(capsys.readouterr().out)
        assert answer["ok"] and [one["state"] for row in answer["trails"] for one in row["attested"]] == [
            "pending"
        ]
        assert "IP address" in said_first[0] and "32 bytes" in said_first[0] and "127.0.0.1" in said_first[0]
        again = ["timestamp", *OWN, "--renew", "--calendar", calendar.url, "--json"]
        assert run(again) == Exit.FINDINGS
        said = capsys.readouterr()
        assert [row["code"] for row in json.loads(said.out)["findings"]] == ["calendar.early"]
        assert "what became of what it was given" in said.err
        calendar.ready = True
        assert run(again) == Exit.WELL
        Path("headers").write_bytes(calendar.line)
    capsys.readouterr()
    assert run(["timestamp", *OWN, "--headers", "headers", "--json"]) == Exit.WELL
    (health,) = json.loads(capsys.readouterr().out)
    ((trail,),) = [anchor["trails"] for anchor in health["anchors"]]
    assert trail["proven"] and trail["attested"][0]["state"] == "checked"
    assert (trail["attested"][0]["block"], trail["attested"][0]["time"]) == (HEIGHT, "2026-11-30T00:53:20Z")
    assert health["stamped"] == 0 and "timestamp.alone" in {row["code"] for row in health["findings"]}
    assert run(["timestamp", *OWN, "--headers", "headers"]) == Exit.WELL
    said = capsys.readouterr()
    assert trail["attested"][0]["hash"] in said.out and "counts as no authority" in said.err
    # Another header of that height: wrong, and said to be.
    Path("headers").write_text(f"{HEIGHT} {mine(bytes(32), 1).hex()}\n")
    assert run(["timestamp", *OWN, "--headers", "headers"]) == Exit.FINDINGS
    assert f"Does not lead into block {HEIGHT}" in capsys.readouterr().out


def test_nothing_is_asked_of_the_network_without_an_address(
    now: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", never)
    assert run(["timestamp", *OWN]) == Exit.WELL
    assert run(["timestamp", *OWN, "--request", "asked.tsq"]) == Exit.WELL
    assert "hash that looks random" in capsys.readouterr().err and Path("asked.tsq").exists()
    assert run(["timestamp", *OWN, "--ots", "--request", "asked.ots"]) == Exit.WELL
    assert run(["timestamp", *OWN, "--renew", "--calendar", "http://127.0.0.1:9"]) == Exit.WELL
