"""What goes along: the format page itself, and a page in three languages."""

import re
from pathlib import Path

from onggi.dossier.guides import load_guides

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/onggi"


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


def test_both_checkers_and_the_page_name_the_same_checks() -> None:
    kinds = "bag|keys|anchor|token|part|statement|item|leaf|tree|withheld|derived"
    page = load_guides()["FORMAT.md"].decode()
    section = page[page.index("## 6.") : page.index("## 7.")]
    named = set(re.findall(rf"`((?:{kinds})\.[a-z0-9]+)`", section)) - {"bag.info"}
    script = load_guides()["verify.sh"].decode()
    said = set(re.findall(rf"(?:fail|check \$\?|check \"\$1\") ((?:{kinds})\.[a-z0-9]+) ", script))
    beside = (SOURCE / "evidence/timestamp/beside.py").read_text("utf-8")
    of_a_vault = SOURCE / "evidence/item.py"
    rooms = [module for module in SOURCE.glob("evidence/*.py") if module != of_a_vault]
    text = beside + "".join(module.read_text("utf-8") for module in rooms)
    found = set(re.findall(rf"\"(?:evidence|proof)\.((?:{kinds})\.[a-z0-9]+)\"", text))
    found |= {f"token.{fault}" for fault in re.findall(r'return "(\w+)"', beside)}
    assert named == said
    assert named == found - {"bag.absent"}, "a folder that is no bag is told by other words"
