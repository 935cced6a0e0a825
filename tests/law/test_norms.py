"""The 99 norms and 21 treaties are whole; a mistake is told with its line, a circle refused."""

import re
from collections import Counter

import pytest

from onggi.errors import OnggiError
from onggi.law.norms import (
    Norm,
    gather_needs,
    link_norms,
    load_evidence,
    load_instruments,
    load_norms,
    read_norms,
)
from onggi.law.treaties import load_treaties, read_treaties
from onggi.words import LANGUAGES, say

NORMS = load_norms()
TREATIES = load_treaties()
HANGUL, HANZI = re.compile("[가-힣]"), re.compile("[一-鿿]")

ONE = """\
[norm.CN-CL-232]
instrument = "CN-CL"
article = "232"
kind = "crime"
title.en = "Homicide"
title.ko = "살인"
title.zh = "杀人"
acts = ["killing"]
limitation = "cn"
starts = "act"
source = ["from memory"]
confidence = "low"
[norm.CN-CL-232.element.death]
text.en = "a person died"
text.ko = "사람이 숨짐"
text.zh = "有人死亡"
evidence = ["death_record"]
shown_by = ["victim.victim_status=dead"]
[norm.CN-CL-232.tier.ordinary]
text.en = "ordinary"
text.ko = "기본"
text.zh = "一般"
penalty.en = "death"
penalty.ko = "사형"
penalty.zh = "死刑"
maximum = "death"
years = 20
"""


def texts_of(norm: Norm) -> list[dict[str, str]]:
    found = [norm.titles, *([norm.note] if norm.note else [])]
    found += [one.texts for one in norm.elements] + [one.texts for one in norm.tiers]
    found += [one.texts for one in norm.guards]
    found += [one.penalty for one in norm.tiers]
    return [dict(texts) for texts in (*found, *norm.changes.values())]


def test_all_ninety_nine_and_all_twenty_one_are_there() -> None:
    assert len(NORMS) == 99
    assert len(TREATIES) == 21
    assert Counter(id.split("-")[0] for id in NORMS) == {
        "CN": 68,
        "INT": 21,
        "KR": 7,
        "KP": 1,
        "US": 1,
        "UK": 1,
    }
    assert {"CN-CL-232", "CN-CL-88", "CN-MPS-171-179", "INT-DUE-DILIGENCE", "KR-CA-296-2"} <= NORMS.keys()


@pytest.mark.parametrize("norm", NORMS.values(), ids=lambda norm: norm.id)
def test_every_text_speaks_three_languages(norm: Norm) -> None:
    for texts in texts_of(norm):
        assert tuple(texts) == LANGUAGES
        assert HANGUL.search(texts["ko"]), texts["ko"]
        assert HANZI.search(texts["zh"]), texts["zh"]
        assert not HANGUL.search(texts["zh"].replace("누", "").replace("도", "")), texts["zh"]


@pytest.mark.parametrize("norm", NORMS.values(), ids=lambda norm: norm.id)
def test_nobody_has_reviewed_one_and_what_is_to_be_checked_is_marked(norm: Norm) -> None:
    assert not norm.standing.reviewed
    assert norm.standing.sources
    assert not norm.standing.changed_by
    for texts in texts_of(norm):
        doubted = ["to be checked" in texts["en"], "확인 필요" in texts["ko"], "待核实" in texts["zh"]]
        assert not any(doubted) or norm.standing.uncertain, texts
        assert len(set(doubted)) == 1, texts


def test_a_title_stands_in_the_language_of_its_law() -> None:
    assert NORMS["CN-CL-232"].local_title == "故意杀人罪"
    assert HANGUL.search(NORMS["KR-MURDER-250"].local_title)
    assert HANGUL.search(NORMS["KP-CL-221"].local_title)


def test_every_crime_of_china_has_elements_tiers_and_a_period() -> None:
    crimes = [norm for norm in NORMS.values() if norm.kind == "crime" and norm.instrument.id == "CN-CL"]
    assert len(crimes) == 27
    assert all(norm.elements and norm.tiers and norm.limitation == "cn" for norm in crimes)
    assert len(load_evidence()) == 32


def test_only_the_purchase_and_forced_labour_have_a_disputed_start() -> None:
    assert {id for id, norm in NORMS.items() if norm.starts == "disputed"} == {"CN-CL-241", "CN-CL-244"}


def test_every_evidence_and_instrument_is_used_and_speaks_three_languages() -> None:
    used = {id for norm in NORMS.values() for one in norm.elements for id in one.evidence}
    assert used <= load_evidence().keys()
    named = [one.names for one in load_evidence().values()]
    for texts in [*named, *(one.names for one in load_instruments().values())]:
        assert tuple(texts) == LANGUAGES
    assert {norm.instrument.id for norm in NORMS.values()} == load_instruments().keys()


def test_every_gap_can_be_asked_about() -> None:
    """An element that is missing is a task: at least one kind of evidence would close it."""
    elements = [(norm.id, one) for norm in NORMS.values() if norm.flag is None for one in norm.elements]
    assert [(id, one.id) for id, one in elements if not one.evidence] == []


def test_what_is_doubted_of_a_law_is_doubted_of_its_norms() -> None:
    assert "in_force_from" in NORMS["CN-CPL-113"].uncertain
    assert "in_force_from" not in NORMS["CN-CPL-113"].standing.uncertain


def test_no_state_that_matters_most_can_be_complained_of_by_a_person() -> None:
    for treaty in TREATIES.values():
        assert not treaty.open & {"CN", "KP"}, treaty.id
    assert TREATIES["ICCPR"].states["CN"].standing == "signed"
    assert TREATIES["REF1951"].binds("CN")
    assert not TREATIES["ROME"].binds("CN")


def test_where_a_complaint_is_open_the_state_was_noted_from_memory_and_says_so() -> None:
    for treaty in TREATIES.values():
        assert treaty.standing.uncertain >= treaty.open, treaty.id


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('article = "232"', 'article = "999"', "law.norm.article", 3),
        ('article = "232"', 'article = "233"', "law.norm.other_article", 3),
        ('article = "232"', 'article = ""', "model.sheet.missing_key", 3),
        ('instrument = "CN-CL"', 'instrument = "CN-XX"', "model.vocabulary.bad_choice", 2),
        ('kind = "crime"', 'kind = "sin"', "model.vocabulary.bad_choice", 4),
        ('acts = ["killing"]', 'acts = ["murder"]', "law.entry.unknown_id", 8),
        ('title.ko = "살인"\n', "", "model.sheet.missing_language", 5),
        ("years = 20", "years = 15", "law.norm.years", 27),
        ('maximum = "death"', 'maximum = "long"', "law.norm.maximum", 26),
        ('evidence = ["death_record"]', 'evidence = ["rumour"]', "law.entry.unknown_id", 17),
        ("victim_status=dead", "victim_status=gone", "law.entry.pattern", 18),
        ("victim.victim_status", "nobody.victim_status", "law.entry.pattern", 18),
        ('confidence = "low"', 'confidence = "low"\nflag = "dual_use"', "law.norm.flagged", 13),
        ('starts = "act"', 'starts = "soon"', "model.vocabulary.bad_choice", 10),
        ('starts = "act"', 'starts = "act"\nsuspended = "asleep"', "model.vocabulary.bad_choice", 11),
        ('confidence = "low"', 'confidence = "low"\nin_force_from = "1997"', "law.entry.day", 13),
        ('source = ["from memory"]', "source = []", "law.entry.no_source", 1),
    ],
)
def test_a_mistake_is_told_with_file_and_line(old: str, new: str, code: str, line: int) -> None:
    assert read_norms(ONE, "own.toml")[1] == []
    norms, findings = read_norms(ONE.replace(old, new, 1), "own.toml")
    assert norms is None
    assert (code, f"own.toml:{line}") in [(finding.code, finding.where) for finding in findings]
    assert all(say(finding.code, lang, **finding.values) for finding in findings for lang in LANGUAGES)


def test_a_crime_without_an_element_is_refused() -> None:
    text = re.sub(r"\[norm\.CN-CL-232\.element.*?(?=\[norm\.CN-CL-232\.tier)", "", ONE, flags=re.DOTALL)
    norms, findings = read_norms(text, "own.toml")
    assert norms is None
    assert [(finding.code, finding.where) for finding in findings] == [("law.norm.no_element", "own.toml:1")]


def test_what_is_no_toml_is_refused_with_its_line() -> None:
    norms, findings = read_norms("[norm.A]\nx = = 1\n", "own.toml")
    assert norms is None
    assert [finding.where for finding in findings] == ["own.toml:2"]


def chain(*needs: tuple[str, str]) -> dict[str, Norm]:
    found: dict[str, Norm] = {}
    for id, needed in needs:
        text = ONE.replace("CN-CL-232", id).replace(
            'confidence = "low"',
            f'confidence = "low"\nneeds = ["{needed}"]' if needed else 'confidence = "low"',
        )
        norms, findings = read_norms(text.replace('instrument = "CN-CL"', 'instrument = "KR-CA"'), "own.toml")
        assert norms is not None, findings
        found |= norms
    return found


def test_norms_that_need_each_other_in_a_circle_are_refused() -> None:
    with pytest.raises(OnggiError) as refused:
        link_norms(chain(("A", "B"), ("B", "C"), ("C", "A")))
    assert refused.value.id == "law.norm.cycle"


def test_a_norm_that_needs_what_is_not_there_is_refused() -> None:
    with pytest.raises(OnggiError) as refused:
        link_norms(chain(("A", "B")))
    assert refused.value.id == "law.norm.link"


def test_needs_are_gathered_however_far() -> None:
    assert gather_needs("A", link_norms(chain(("A", "B"), ("B", "C"), ("C", "")))) == ("B", "C")


def test_a_broken_treaty_is_told_with_its_line() -> None:
    treaties, findings = read_treaties(
        '[treaty.X]\nname.en = "x"\nname.ko = "엑스"\nname.zh = "某"\n', "own.toml"
    )
    assert treaties is None
    assert {finding.code for finding in findings} >= {"law.entry.no_source", "model.sheet.missing_key"}
