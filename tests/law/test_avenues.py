"""The 31 avenues are whole in three languages and mark what is uncertain; a mistake is told with its line."""

import re
from collections.abc import Mapping

import pytest

from onggi.law.avenues import Avenue, load_asks, load_avenues, read_avenues
from onggi.law.entry import load_phrases
from onggi.words import LANGUAGES, say

IDS = set(
    """
    UN-SP WGAD-REG WGAD-UA WGEID-URG WGEID-STD CED-UA HRC-CP TB-CEDAW TB-CEDAW-OP TB-CAT-CRC-CESCR-CERD-HRC
    UPR OHCHR-SEOUL UNHCR ICC-15 ICJ CN-POLICE CN-PRIVATE CN-SUPERVISION KR-CRIM KR-CIVIL KR-NKHR-CENTER
    NGO-ARCHIVES UJ US-GLOMAG UK-GHR EU-CA-AU US-TIP US-TVPA-TVPRA INTERPOL KR-CONSULAR UNVFVT
""".split()  # noqa: SIM905
)
AVENUES = load_avenues()
HANGUL, HANZI = re.compile("[가-힣]"), re.compile("[一-鿿]")

ONE = """\
[avenue.A]
kind = "un"
form = "brief"
name.en = "A body"
name.ko = "기관"
name.zh = "机构"
who = "anyone"
asks = ["victims"]
consent = "required"
consent_text = "required"
state_learns_name = "no"
state_learns = "no"
state_facing = false
provenance = false
urgent = false
urgency = "no"
deadline = "none"
exhaustion = "no"
output = "none"
risks = "none"
source = ["from memory"]
confidence = "low"
"""


def list_texts(avenue: Avenue) -> list[Mapping[str, str]]:
    said = [avenue.names, avenue.who, avenue.consent_text, avenue.state_learns, avenue.urgency]
    said += [avenue.deadline, avenue.exhaustion, avenue.output, avenue.risks]
    said += [need.texts for need in avenue.needs] + [mandate.names for mandate in avenue.mandates]
    return said + ([avenue.why] if avenue.why else [])


def test_all_thirty_one_are_there_under_their_ids() -> None:
    assert len(IDS) == 31
    assert set(AVENUES) == IDS


@pytest.mark.parametrize("avenue", AVENUES.values(), ids=lambda avenue: avenue.id)
def test_every_text_speaks_three_languages(avenue: Avenue) -> None:
    for texts in [*list_texts(avenue), *(load_asks()[id].texts for id in avenue.asks)]:
        assert tuple(texts) == LANGUAGES
        assert HANGUL.search(texts["ko"])
        assert HANZI.search(texts["zh"])
        assert not HANGUL.search(texts["zh"]) or HANGUL.search(texts["en"])
        assert not HANZI.search(texts["ko"]) or HANZI.search(texts["en"])


@pytest.mark.parametrize("avenue", AVENUES.values(), ids=lambda avenue: avenue.id)
def test_nobody_has_reviewed_one_and_each_names_its_source(avenue: Avenue) -> None:
    assert not avenue.standing.reviewed
    assert avenue.standing.sources
    if "from memory" in avenue.standing.sources:
        assert avenue.standing.uncertain or avenue.standing.confidence != "high"


@pytest.mark.parametrize("avenue", AVENUES.values(), ids=lambda avenue: avenue.id)
def test_what_is_to_be_checked_is_marked_uncertain(avenue: Avenue) -> None:
    fields = {
        "deadline": avenue.deadline,
        "state_learns": avenue.state_learns,
        "consent_text": avenue.consent_text,
        "risks": avenue.risks,
        "output": avenue.output,
    }
    for name, texts in fields.items():
        doubted = ["to be checked" in texts["en"], "확인 필요" in texts["ko"], "待核实" in texts["zh"]]
        assert len(set(doubted)) == 1, name
        assert not doubted[0] or name in avenue.standing.uncertain, name


def test_the_dangerous_ones_have_a_red_gate() -> None:
    red = {id for id, avenue in AVENUES.items() if avenue.gate == "red"}
    assert red == {"CN-POLICE", "CN-PRIVATE", "CN-SUPERVISION", "KR-CONSULAR", "INTERPOL"}
    assert all(AVENUES[id].risks["en"] != load_phrases()["not_known"]["en"] for id in red)


def test_what_is_not_available_says_why() -> None:
    closed = {id for id, avenue in AVENUES.items() if not avenue.available}
    assert closed == {"TB-CEDAW-OP", "ICJ", "INTERPOL"}
    assert all(AVENUES[id].why is not None for id in closed)
    assert {avenue.form for id, avenue in AVENUES.items() if id in closed} == {"none"}


def test_courts_and_investigators_ask_for_provenance_and_briefs_do_not() -> None:
    for avenue in AVENUES.values():
        if avenue.kind in ("court", "domestic", "sanctions", "record"):
            assert avenue.provenance, avenue.id
        if avenue.form == "brief":
            assert not avenue.provenance, avenue.id


def test_whatever_goes_to_a_state_by_form_tells_or_may_tell_the_name() -> None:
    for avenue in AVENUES.values():
        if avenue.state_facing:
            assert avenue.state_learns_name != "no", avenue.id


def test_a_user_s_avenue_is_read() -> None:
    avenues, findings = read_avenues(ONE, "own.toml")
    assert findings == []
    assert avenues is not None
    assert avenues["A"].available
    assert avenues["A"].standing.version == 1


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('name.zh = "机构"\n', "", "model.sheet.missing_language", 4),
        ('kind = "un"', 'kind = "court of law"', "model.vocabulary.bad_choice", 2),
        ('form = "brief"', 'form = "poem"', "model.vocabulary.bad_choice", 3),
        ('asks = ["victims"]', 'asks = ["money"]', "law.entry.unknown_id", 8),
        ('who = "anyone"', 'who = "anybody"', "law.entry.phrase", 7),
        ("provenance = false\n", "", "model.sheet.missing_key", 1),
        ('state_learns_name = "no"', 'state_learns_name = "perhaps"', "model.vocabulary.bad_choice", 11),
        ('source = ["from memory"]', "source = []", "law.entry.no_source", 1),
        ('confidence = "low"', 'confidence = "sure"', "model.vocabulary.bad_choice", 22),
        ('confidence = "low"', 'confidence = "low"\nuncertain = ["weather"]', "law.entry.uncertain", 23),
        ('confidence = "low"', 'confidence = "low"\nversion = 2', "law.entry.changed", 23),
        ('confidence = "low"', 'confidence = "low"\nversion = "2"', "law.entry.version", 23),
        ('confidence = "low"', 'confidence = "low"\nreviewed_on = "May"', "law.entry.day", 23),
        ('confidence = "low"', 'confidence = "low"\ngate = "green"', "model.vocabulary.bad_choice", 23),
        ('confidence = "low"', 'confidence = "low"\navailable = false', "model.sheet.missing_key", 1),
        ('confidence = "low"', 'confidence = "low"\ncolour = "red"', "model.sheet.unknown_key", 23),
        (
            'confidence = "low"',
            'confidence = "low"\n[avenue.A.need.x]\ntext = {en="a",ko="가",zh="一"}\n'
            'any_of = ["act.type=murder"]',
            "law.entry.pattern",
            25,
        ),
    ],
)
def test_a_mistake_is_told_with_file_and_line(old: str, new: str, code: str, line: int) -> None:
    avenues, findings = read_avenues(ONE.replace(old, new), "own.toml")
    assert avenues is None
    assert (code, f"own.toml:{line}") in [(finding.code, finding.where) for finding in findings]
    assert all(say(finding.code, lang, **finding.values) for finding in findings for lang in LANGUAGES)
