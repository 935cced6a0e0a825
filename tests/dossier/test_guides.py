"""What goes along: the format page itself, and a page in three languages."""

from pathlib import Path

from onggi.dossier.guides import load_guides

ROOT = Path(__file__).parents[2]


def test_format_is_the_design_page() -> None:
    page = (ROOT / "docs/design/proof.md").read_bytes()
    assert load_guides()["FORMAT.md"] == page, "copy docs/design/proof.md to src/onggi/dossier/FORMAT.md"


def test_verify_page_speaks_three_languages() -> None:
    page = load_guides()["VERIFY.md"].decode()
    assert [line for line in page.splitlines() if line.startswith("## ")] == [
        "## English",
        "## 한국어",
        "## 中文",
    ]
    assert page.count("bash verify.sh\necho $?") == 3


def test_script_runs_no_text_as_code() -> None:
    script = load_guides()["verify.sh"].decode()
    assert not any(word in script.split() for word in ("eval", "exec", "curl", "wget"))
    assert script.endswith("\n}\n"), "the brace keeps half a script from looking like success"
