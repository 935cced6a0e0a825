"""The dossiers in examples/dossiers: they verify today and in 2040, name nobody, refuse a changed byte."""

import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.dossier.shell import MISSING, PATH, SCRIPT, run
from tests.dossier.test_build import inflate, needs_pdftotext, read, read_pdf, spell

from onggi.evidence.verify import verify_bag

EXAMPLES = Path(__file__).parents[2] / "examples"
DOSSIERS = ("article-archive", "article-pattern", "invented-un-sp")
# What is a person's name or leads to one is recorded under these properties; it lies in identity.
APART = ("name", "alias", "phone", "exact_place", "body_mark", "birth", "contact_rule")
SPELLED = ("리영희", "이영희", "李英姬", "Li Yingji", "Ri Yong Hui", "赵国栋", "王秀兰", "김순옥", "박철수")
INNER = ("P-8F3KT2H", "P-2M9XCVC", "P-5ZP1GQ7", "P-R6HD4JS", "A-3JD6MBD", "C-7Q2WZ5C")
NEEDS_SHELL = [
    pytest.mark.system,
    pytest.mark.skipif(bool(MISSING), reason=f"not here: {', '.join(MISSING)}"),
]

each = pytest.mark.parametrize("name", DOSSIERS)


def place(name: str) -> Path:
    return EXAMPLES / "dossiers" / name


def read_files(name: str) -> bytes:
    """All that stands in a dossier, packed or not."""
    return inflate(read(place(name)))


def read_pdfs(name: str) -> bytes:
    """What could be copied out of its PDFs."""
    documents = sorted(place(name).rglob("*.pdf"))
    assert documents
    return b"\n".join(map(read_pdf, documents))


Reading = Callable[[str], bytes]
both = pytest.mark.parametrize(
    "read_all",
    [pytest.param(read_files, id="files"), pytest.param(read_pdfs, id="pdfs", marks=needs_pdftotext)],
)


def list_apart() -> list[str]:
    """Every value of identity that the files of the invented case hold, as it is written there."""
    found = []
    for file in sorted((EXAMPLES / "invented").glob("case*.toml")):
        for one in tomllib.loads(file.read_text("utf-8"))["statement"]:
            if one["property"] in APART:
                value = one["value"]
                found.append(value if isinstance(value, str) else value.get("text") or value.get("place"))
    return [value for value in found if not re.fullmatch(r"\d{4}", value)]


@each
def test_it_verifies_under_two_time_stamps(name: str) -> None:
    report = verify_bag(place(name))
    assert report.valid, report.findings
    assert len(list((place(name) / "data/anchors").glob("1-*.tsr"))) == 2
    said = inflate({path: data for path, data in read(place(name)).items() if path.endswith(".tsr")})
    assert b"EXAMPLE One" in said and b"EXAMPLE Two" in said


@each
@both
def test_no_name_and_no_code_of_the_vault_stands_in_it(name: str, read_all: Reading) -> None:
    everything = read_all(name)
    apart = [*list_apart(), *SPELLED, *INNER]
    assert len(apart) > 20
    assert [word for word in apart if any(form in everything for form in spell([word]))] == []


@both
def test_what_she_asked_to_keep_back_is_not_in_the_one_to_special_procedures(read_all: Reading) -> None:
    everything = read_all("invented-un-sp")
    # Days, her daughter, and words by which a day or a price that was made coarser could be told.
    kept = (
        "2013-09-19",
        "2019-06-12",
        "추석날",
        "3만 원쯤",
        "Chuseok",
        "thirty thousand",
        "다섯 살",
        "daughter",
    )
    assert [word for word in kept if any(form in everything for form in spell([word]))] == []


@both
def test_the_brief_is_not_called_after_what_befell_somebody(read_all: Reading) -> None:
    everything = read_all("article-pattern")
    assert b"A woman killed by her husband" in read_all("article-archive")
    assert b"killed by her husband" not in everything


@each
@pytest.mark.parametrize(
    "path", ["data/publication/statements.jsonl", "data/exchange/ftm.jsonl", "VERIFY.md"]
)
def test_a_changed_byte_is_refused(name: str, path: str, tmp_path: Path) -> None:
    copy = tmp_path / name
    shutil.copytree(place(name), copy)
    data = bytearray((copy / path).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / path).write_bytes(data)
    assert not verify_bag(copy).valid


class TestShell:
    """What somebody without Onggi sees."""

    pytestmark = NEEDS_SHELL

    @each
    @pytest.mark.parametrize("own", [True, False], ids=["own", "newest"])
    def test_its_own_checker_and_the_newest_say_so(self, name: str, own: bool) -> None:
        status, said = run(place(name), place(name) / "verify.sh" if own else SCRIPT)
        assert status == 0, said

    @each
    def test_a_changed_byte_is_refused(self, name: str, tmp_path: Path) -> None:
        copy = tmp_path / name
        shutil.copytree(place(name), copy)
        document = next((copy / "data/documents").glob("*.pdf"))
        data = bytearray(document.read_bytes())
        data[len(data) // 2] ^= 1
        document.write_bytes(data)
        assert run(copy, place(name) / "verify.sh")[0] == 1

    @each
    @pytest.mark.skipif(shutil.which("faketime") is None, reason="not here: faketime")
    def test_in_2040_it_is_still_valid(self, name: str) -> None:
        # The certificates of both authorities ended in 2029, their roots in 2036.
        script = place(name) / "verify.sh"
        done = subprocess.run(
            ["faketime", "2040-01-01", "bash", str(script), str(place(name))],
            env={"PATH": PATH, "HOME": os.environ.get("HOME", "/")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.splitlines()[-1].startswith("VALID")
        assert len(re.findall(r"EXAMPLE (?:One|Two)\b(?! Root)", done.stdout)) >= 2
