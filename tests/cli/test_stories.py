"""Every story in tests/stories, told by the real commands on the example vault."""

import shutil
from pathlib import Path

import pytest
from tests.cli.stories import Teller, read_story, write_files

from onggi.cli.main import COMMANDS

STORIES = sorted((Path(__file__).parents[1] / "stories").glob("*.txt"))
EXAMPLES = Path(__file__).parents[2] / "examples"
TOOLS = ("bash", "openssl", "xxd")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_story(
    story: Path, desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, files = read_story(story.read_text("utf-8"))
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    if any(line.startswith("sh ") for line in lines) and absent:
        pytest.skip(f"not here: {', '.join(absent)}")
    (desk / "examples").symlink_to(EXAMPLES)
    write_files(files)
    Teller(capsys, monkeypatch).tell(lines)


def test_every_command_has_a_story() -> None:
    told = "\n".join(story.read_text("utf-8") for story in STORIES)
    assert [name for name in COMMANDS if f"\nonggi {name} " not in told] == []
