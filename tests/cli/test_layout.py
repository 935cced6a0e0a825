"""Text in columns: what a terminal of 80 columns shows, what a file gets, and what never reaches either."""

import io

import pytest

from onggi.cli.layout import lay_help, plain, write_line, write_table
from onggi.cli.showing import Bar, describe_finding, show_findings
from onggi.errors import Finding
from onggi.words import say


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def width_of(line: str) -> int:
    """Columns, of Hangul and Han two each."""
    return sum(2 if character >= "\u1100" else 1 for character in line)


def test_what_is_shown_of_work_is_gone_when_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    bar = Bar()
    for done, total, stage in ((0, 1000, "panel"), (500, 1000, "panel"), (0, 0, "bic")):
        bar(done, total, stage)
    last = screen.getvalue().rpartition("\r\x1b[K")[2]
    assert say("cli.stage.bic", "en") in last and "%" not in last
    bar.clear()
    assert screen.getvalue().endswith("…\r\x1b[K")
    assert len(screen.getvalue().split("…")) == 2


@pytest.mark.parametrize("word", ["word", "낱말", "词语"])
def test_a_line_wraps_under_itself_on_a_terminal(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    screen, file = Screen(), io.StringIO()
    write_line(" ".join([word] * 30), screen, 4)
    write_line(" ".join([word] * 30), file, 4)
    lines = [line for line in screen.getvalue().splitlines() if line.strip()]
    assert len(lines) > 1
    assert all(line.startswith("    ") and width_of(line.rstrip()) <= 40 for line in lines)
    assert file.getvalue() == "    " + " ".join([word] * 30) + "\n"


@pytest.mark.parametrize("evil", ["\x1b[2Jgone", "a\rb", "a\u202eb", "a\x07b", "[bold]x[/bold]"])
def test_what_was_recorded_cannot_command_the_terminal(evil: str) -> None:
    for stream in (Screen(), io.StringIO()):
        write_line(evil, stream)
        write_table(["a"], [[evil]], stream)
        shown = stream.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "")
        assert shown.count(plain(evil).strip()) == 2
        assert not set(shown) & {"\x1b", "\r", "\u202e", "\x07"}


def test_a_table_in_a_file_keeps_every_row_on_its_line() -> None:
    file = io.StringIO()
    write_table(["id", "text"], [["0" * 32, "word " * 50]], file)
    assert len(file.getvalue().splitlines()) == 2


def test_help_fits_the_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    text = lay_help(["말 " * 60, [("--option", "말" * 60)]])
    assert text.count("말") == 120
    assert max(width_of(line) for line in text.splitlines()) <= 60


def test_what_several_findings_mean_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    fields = ("purpose", "checks.risks")
    gaps = [Finding("intake.consent.missing", "line 2", {"field": field}) for field in fields]
    show_findings([*gaps, Finding("intake.consent.person", "line 3")])
    said = capsys.readouterr().err.splitlines()
    assert [line for line in said if not line.startswith(" ")] == [
        "line 2: The decision has no purpose.",
        "line 2: The decision has no checks.risks.",
        "line 3: No person has this code or id.",
    ]
    assert said[2].startswith("    A yes says for what")


@pytest.mark.parametrize(
    ("tongue", "place"),
    [("en", "table 2, line 5: "), ("ko", "2번째 표, 5번째 줄: "), ("zh", "第 2 张表，第 5 行：")],
)
def test_a_place_is_said_in_the_language_of_its_reader(
    tongue: str, place: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONGGI_LANG", tongue)
    show_findings([Finding("link.table.empty", "table 2, line 5")])
    assert capsys.readouterr().err.startswith(place)
    assert describe_finding(Finding("link.table.empty", "table 2, line 5"))["where"] == "table 2, line 5"
