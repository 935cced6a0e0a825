"""What the pages say is so: no promise too large, no link to nothing, no path, command or kind that is not.

Words that promise what nobody can are refused in three languages (threat-model.md, P20).
"""

import ast
import re
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from onggi.evidence.bag import FIXED
from onggi.model.consent import Checks, Consent
from onggi.model.entity import LETTERS
from onggi.model.recipients import RECIPIENTS
from onggi.model.stratum import Stratum
from onggi.model.value import BOUNDS
from onggi.proof.leaf import SLOT_NAMES, Reason

HOUSE = Path(__file__).parents[2]
SOURCE = HOUSE / "src/onggi"
PAGES = sorted([*HOUSE.glob("*.md"), *HOUSE.glob("docs/**/*.md"), *HOUSE.glob("src/**/*.md")])
DESIGN = HOUSE / "docs/design"

# Each pattern stands beside a sentence that it must refuse. Honest limits ("is not noticed") are not refused.
PROMISES = {
    "en": {
        r"\bun(break|crack|hack|decipher)able\b": "The seal is unbreakable.",
        r"\b100 ?(%|percent)": "This is 100 % safe.",
        r"\bundetectable\b": "The vault is undetectable.",
        r"\bguarantee(s|d|ing)?\b[^.]{0,40}\banonym": "It guarantees your anonymity.",
        r"\banonym\w+\b[^.]{0,20}\bguaranteed\b": "Anonymity is guaranteed.",
        r"\b(can ?not|can't|can never)( ever)? be recovered\b": "Erased files cannot be recovered.",
        r"\bunrecoverabl[ey]\b": "It is unrecoverable.",
        r"\b(absolute|complete|perfect|total)(ly)? (anonym\w+|safe\w*|secur\w+)\b": "Completely safe.",
        r"\bmilitary[- ]grade\b": "Military-grade encryption.",
    },
    "ko": {
        r"(깰|깨뜨릴|뚫을) 수 없": "절대로 깰 수 없는 암호입니다.",
        r"(해독|해킹)이? ?불가": "해독 불가능한 암호입니다.",
        r"100 ?(%|퍼센트|프로)|백 ?퍼센트": "100% 안전합니다.",
        r"탐지(할|될)? ?수 없|탐지가? ?불가": "이 도구는 탐지할 수 없습니다.",
        r"익명(성)?(을|이)? ?(완전히 |확실히 )?보장": "익명성을 보장합니다.",
        r"복구(할|될)? ?수 없|복구가? ?불가": "지운 자료는 복구할 수 없습니다.",
        r"(완벽|완전)(하게|한|히)? ?(안전|익명|보안)|절대(적으로)? ?안전": "완벽하게 안전합니다.",
    },
    "zh": {
        r"牢不可破|坚不可摧|(无法|不可|不能)被?(破解|攻破)": "这种加密无法破解。",
        r"100 ?%|百分之百|百分百": "百分之百安全。",
        r"(无法|不可|不能)被?(检测|探测)|检测不到": "保险库不可检测。",
        r"(保证|确保|担保)[^。;]{0,10}匿名|匿名[^。;]{0,10}(保证|担保)": "本工具保证您的匿名性。",
        r"(无法|不可|不能)被?恢复": "删除的文件无法恢复。",
        r"(绝对|完全)(安全|匿名|保密)|万无一失": "绝对安全。",
    },
}

# FORMAT.md is proof.md, byte for byte (another test), and travels alone: its links are those of docs/design.
LINKING = [page for page in PAGES if page.name != "FORMAT.md"]
# What speaks to people: pages, every sentence of the catalogues, and what goes along in a bag.
SPOKEN = [*PAGES, *sorted(SOURCE.glob("words/*.toml")), *sorted(SOURCE.glob("**/*.sh"))]
EXTENSIONS = (".cfg", ".csv", ".json", ".md", ".py", ".sh", ".toml", ".txt")


def find_promises(text: str) -> Iterator[str]:
    """Everything in a text that promises what nobody can."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))
    for patterns in PROMISES.values():
        for pattern in patterns:
            yield from (found[0] for found in re.finditer(pattern, plain, re.IGNORECASE))


def strip_code(markdown: str) -> str:
    """Markdown without fenced blocks and code spans."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", markdown, flags=re.MULTILINE | re.DOTALL))


def list_headings(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    heads = re.findall(r"^#+ +(.*?) *$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def list_broken(page: Path) -> Iterator[str]:
    """The relative links of a page that lead nowhere."""
    for target in re.findall(r"\]\(([^)\s]+)\)", strip_code(page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        place = (page.parent / path) if path else page
        if not place.exists() or (anchor and anchor not in list_headings(place)):
            yield target


def read_table(page: str, heading: str) -> dict[str, str]:
    """The first table under a heading: first column (without code marks) → the whole row."""
    text = (DESIGN / page).read_text("utf-8")
    section = text[text.index(heading) :]
    rows = re.search(r"(?:^\|.*\n)+", section, re.MULTILINE)
    assert rows, f"{page} has no table under {heading}"
    lines = rows[0].splitlines()[2:]
    return {line.split("|")[1].strip().strip("`"): line for line in lines}


def call_name(call: ast.Call) -> str:
    """The last part of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def list_kinds() -> set[str]:
    """The kinds of objects that the code stores or looks for."""
    places = {"Stored": 0, "parts": 1, "parts_of": 1, "_objects": 1, "store_entry": 2}
    kinds = set()
    for module in [*SOURCE.glob("vault/*.py"), *SOURCE.glob("dossier/*.py")]:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and call_name(node) in places:
                kinds |= {
                    said.value
                    for said in node.args[places[call_name(node)] :][:1]
                    if isinstance(said, ast.Constant) and isinstance(said.value, str)
                }
    return kinds


def list_tags(module: str) -> set[str]:
    """The tags that a module's structs are told apart by."""
    tree = ast.parse((SOURCE / module).read_text("utf-8"))
    return {
        ast.literal_eval(keyword.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for keyword in node.keywords
        if keyword.arg == "tag"
    }


@pytest.mark.parametrize("lang", PROMISES)
def test_every_pattern_refuses_its_sentence(lang: str) -> None:
    spared = [
        pattern for pattern, said in PROMISES[lang].items() if not re.search(pattern, said, re.IGNORECASE)
    ]
    assert spared == []


def test_nothing_promises_too_much() -> None:
    found = {str(text.relative_to(HOUSE)): [*find_promises(text.read_text("utf-8"))] for text in SPOKEN}
    assert {text: promises for text, promises in found.items() if promises} == {}


def test_promise_across_lines_is_found() -> None:
    assert [*find_promises("what was erased cannot\n  be recovered")] == ["cannot be recovered"]


@pytest.mark.parametrize("page", LINKING, ids=lambda page: str(page.relative_to(HOUSE)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [*list_broken(page)] == []


def test_architecture_names_what_exists() -> None:
    spans = re.findall(r"`([^`\n]+)`", (HOUSE / "ARCHITECTURE.md").read_text("utf-8"))
    paths = [span for span in spans if ("/" in span or span.endswith(EXTENSIONS)) and "<" not in span]
    assert len(paths) > 20
    assert [path for path in paths if not (HOUSE / path).exists()] == []


def test_architecture_names_every_room_not_built() -> None:
    page = (HOUSE / "ARCHITECTURE.md").read_text("utf-8")
    said = re.search(r"^Not built yet: ([^;]+);", page, re.MULTILINE)
    assert said
    docstrings = {room.parent.name: room.read_text("utf-8") for room in SOURCE.glob("*/__init__.py")}
    empty = {name for name, text in docstrings.items() if "the room stands so that" in text}
    assert set(said[1].split(", ")) == empty


def test_readme_names_every_command() -> None:
    # Imported here: the face is loaded only where it is looked at.
    from onggi.cli.main import COMMANDS

    named = set(re.findall(r"^\| `onggi (\w+) ", (HOUSE / "README.md").read_text("utf-8"), re.MULTILINE))
    assert named == set(COMMANDS)


def test_vault_page_names_the_kinds_that_are_stored() -> None:
    table = read_table("vault-format.md", "## 7.")
    built = {kind for kind, row in table.items() if "reserved" not in row}
    assert built == list_kinds()


@pytest.mark.parametrize("module", ["vault/members.py", "vault/grants.py"])
def test_vault_page_names_every_entry(module: str) -> None:
    page = (DESIGN / "vault-format.md").read_text("utf-8")
    entries = list_tags(module)
    assert entries
    assert {
        entry for entry in entries if f"`{entry}`" not in page and f'"type":"{entry}"' not in page
    } == set()


def test_proof_page_names_slots_reasons_and_files() -> None:
    page = (DESIGN / "proof.md").read_text("utf-8")
    slots = ", ".join(f"{number} {name}" for number, name in enumerate(SLOT_NAMES, start=1))
    assert f"**{slots}**" in page
    reasons = page[page.index("Reason classes") :].split("\n", 1)[0]
    assert set(re.findall(r"`(\w+)`", reasons)) == {reason.value for reason in Reason}
    bag = page[page.index("## 5.") : page.index("## 6.")]
    assert [path for path in FIXED if Path(path).name not in bag] == []


def test_consent_page_names_fields_recipients_and_answers() -> None:
    page = (DESIGN / "consent.md").read_text("utf-8")
    fields = re.findall(r"`(\w+)`", page[page.index("| field |") : page.index("A no may leave out")])
    assert set(Consent.__struct_fields__) | set(Checks.__struct_fields__) <= set(fields)
    said = re.search(r"^(UN-SP, [^.]+)\.$", page[page.index("## 7.") :], re.MULTILINE)
    assert said and set(said[1].split(", ")) == RECIPIENTS
    judged = set(re.findall(r"`consent\.(\w+)`", page))
    words = tomllib.loads((SOURCE / "words/consent.toml").read_text("utf-8"))
    assert judged == set(words)
    refused = tomllib.loads((SOURCE / "words/intake.toml").read_text("utf-8"))["consent"]
    assert set(re.findall(r"`intake\.consent\.(\w+)`", page)) == set(refused)


def test_consent_guide_shows_every_refusal_with_its_words() -> None:
    page = (HOUSE / "docs/guide/consent.md").read_text("utf-8")
    for catalogue in ("consent", "second"):
        for id, entry in tomllib.loads((SOURCE / f"words/{catalogue}.toml").read_text("utf-8")).items():
            assert f"*{entry['en']}*" in page, f"{catalogue}.{id}"


def test_statement_page_names_kinds_values_and_strata() -> None:
    page = (DESIGN / "statement-model.md").read_text("utf-8")
    kinds = re.search(r"Kinds: ([^.]+)\.", page)
    assert kinds
    assert set(re.split(r",\s+", kinds[1])) == set(LETTERS)
    letters = re.search(r"One letter for the kind \(([^)]+)\)", page)
    assert letters
    assert {kind: letter for letter, kind in map(str.split, letters[1].split(", "))} == dict(LETTERS)
    values = read_table("statement-model.md", "## 3.")
    assert set(values) == {
        tag
        for module in ("value", "consent", "estimate", "judgement", "likeness", "release", "tabulated")
        for tag in list_tags(f"model/{module}.py")
    }
    bounds = re.search(r"`bound` ([^,]+),", values["number"].replace("\\|", "·"))
    assert bounds
    assert tuple(bounds[1].split(" · ")) == BOUNDS
    assert [name.strip("*") for name in read_table("statement-model.md", "## 5.")] == [
        one.value for one in Stratum
    ]


def test_every_row_of_the_soak_is_of_a_test_that_is_made() -> None:
    rows = re.findall(r"`(test_\w+\.py::\S+)` \|$", (HOUSE / "docs/soak.md").read_text("utf-8"), re.MULTILINE)
    words = (sys.executable, "-m", "pytest", "-q", "--collect-only", "-m", "soak", "tests/promises")
    listed = subprocess.run(words, cwd=HOUSE, capture_output=True, text=True, check=True).stdout
    made = {line.removeprefix("tests/promises/") for line in listed.splitlines()}
    assert rows
    assert [row for row in rows if row not in made] == []
