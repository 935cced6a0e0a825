"""Replies that were made once and must verify for ever, and in another order of things must not."""

import json
import shutil
import subprocess
from base64 import b64decode
from pathlib import Path

import pytest
from tests.evidence.timestamp.conftest import NEEDS_OPENSSL

from onggi.evidence.timestamp.check import check_token
from onggi.evidence.timestamp.reply import read_reply
from onggi.evidence.timestamp.request import make_request
from onggi.evidence.timestamp.stamps import renewed_bytes

VECTORS = {
    name: b64decode(part)
    for name, part in json.loads(
        (Path(__file__).parents[2] / "vectors/timestamp.json").read_text("utf-8")
    ).items()
}

pytestmark = [pytest.mark.system, NEEDS_OPENSSL]


def test_both_verify_at_their_own_time() -> None:
    text = VECTORS["text"]
    assert make_request(text, "sha256", bytes).raw == VECTORS["request"]
    first = check_token(VECTORS["reply"], text, chain=VECTORS["chain"], lists=VECTORS["lists"])
    assert first.valid and first.findings == () and first.not_checked == ()
    assert first.stamp is not None and first.stamp.time == "2026-03-01T12:00:00Z"
    renewed = renewed_bytes(text, VECTORS["reply"], VECTORS["chain"], VECTORS["lists"])
    assert renewed == VECTORS["renewed"]
    second = check_token(
        VECTORS["renewal"],
        renewed,
        algorithm="sha512",
        chain=VECTORS["renewal_chain"],
        lists=VECTORS["renewal_lists"],
    )
    assert second.valid and second.stamp is not None and second.stamp.time == "2026-05-01T12:00:00Z"
    assert [finding.code for finding in second.findings] == ["timestamp.order"]


@pytest.mark.skipif(shutil.which("xxd") is None, reason="xxd is absent")
def test_a_stranger_checks_them_with_a_shell(tmp_path: Path) -> None:
    """The lines of timestamps.md, §7."""
    for name, file in (
        ("text", "anchor.txt"),
        ("reply", "token.tsr"),
        ("chain", "chain.pem"),
        ("lists", "lists.pem"),
    ):
        (tmp_path / file).write_bytes(VECTORS[name])
    root = VECTORS["chain"].split(b"-----END CERTIFICATE-----\n")[1] + b"-----END CERTIFICATE-----\n"
    (tmp_path / "root.pem").write_bytes(root)
    page = (Path(__file__).parents[3] / "docs/design/timestamps.md").read_text("utf-8")
    shell = page[page.index("## 7.") :].split("```")[1]
    done = subprocess.run(
        ["bash", "-ec", shell],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stderr
    assert "Verification: OK" in done.stdout and "Mar  1 12:00:00 2026 GMT" in done.stdout
    assert (tmp_path / "renewed").read_bytes() == VECTORS["renewed"]


def test_neither_stands_for_the_other() -> None:
    assert not check_token(VECTORS["renewal"], VECTORS["text"], chain=VECTORS["renewal_chain"]).valid
    assert not check_token(VECTORS["reply"], VECTORS["renewed"], chain=VECTORS["chain"]).valid
    token = read_reply(VECTORS["renewal"]).token
    assert token is not None and len(token.certificates) == 2
