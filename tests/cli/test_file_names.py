"""What a file is called is a name as any other: no finding says it, whoever looks over a shoulder."""

from pathlib import Path

import pytest

from onggi.cli.main import run
from onggi.errors import Exit

CALLED = "리영희"
CASE = "C-7Q2WZ5C"  # of the invented case
PASSPHRASE = "vault.passphrase"


@pytest.mark.parametrize("ending", [".toml", ".csv"])
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_record_file_is_not_called_by_its_name(
    desk: Path, ending: str, more: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    given = desk / f"{CALLED}{ending}"
    given.write_text("[[nothing]\n", "utf-8")
    assert run(["record", "vault", str(given), "--passphrase-file", PASSPHRASE, *more]) == Exit.FINDINGS
    _say_no_name(capsys)


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_consent_file_is_not_called_by_its_name(
    desk: Path, more: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    given = desk / f"{CALLED}.toml"
    given.write_text("[[nothing]\n", "utf-8")
    words = ["consent", "vault", CASE, "record", str(given), "--passphrase-file", PASSPHRASE]
    assert run([*words, *more]) == Exit.FINDINGS
    _say_no_name(capsys)


def _say_no_name(capsys: pytest.CaptureFixture[str]) -> None:
    out, err = capsys.readouterr()
    assert err.startswith("line 1") and "Nothing was recorded" in err
    assert CALLED not in out + err and CALLED.encode("unicode_escape").decode() not in out + err
