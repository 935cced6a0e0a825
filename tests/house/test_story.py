"""The story that `make run` tells is the one on README's first screen."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_LINES = 40


@pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in ("bash", "openssl", "xxd")),
    reason="the story lets a shell check a proof: bash, openssl and xxd are not all here",
)
@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_the_story_goes_well_and_readme_tells_it(tmp_path: Path, language: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "onggi.cli.story", str(tmp_path / "demo")],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"ONGGI_LANG": language},
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert len(told.stdout.splitlines()) <= MOST_LINES
    if language == "en":
        assert blur(read_readme()) == blur(told.stdout)


def read_readme() -> str:
    """The transcript between the markers, without its fence and its command."""
    page = (ROOT / "README.md").read_text("utf-8")
    found = re.search(r"<!-- story -->\n```\n\$ make run\n(.*?)```\n<!-- /story -->", page, re.DOTALL)
    assert found is not None
    return found[1]


def blur(story: str) -> list[str]:
    """A story without what differs each time: codes, where the example lies, what this openssl can check."""
    coded = re.sub(r"\b[A-Z]-[0-9A-Z]{7}\b", "CODE", story)
    placed = re.sub(r"\S*demo/vault", "VAULT", coded)
    return re.sub(r"\(\d+ ok, (\d+) failed, .*\)", r"(\1 failed)", placed).strip().splitlines()
