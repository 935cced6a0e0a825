"""The shipped words are whole in three languages, and a broken file is answered with its line."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onggi.model
from onggi.errors import OnggiError
from onggi.model.entity import LETTERS
from onggi.model.stratum import Stratum
from onggi.model.vocabulary import (
    CODE_SYSTEMS,
    Property,
    Term,
    find_term,
    labels_of,
    load_properties,
    load_vocabularies,
    load_vocabulary,
    read_properties,
    read_vocabulary,
)
from onggi.words import LANGUAGES, known, say

FOLDER = Path(onggi.model.__file__).parent / "vocabularies"
TERMS = [term for vocabulary in load_vocabularies().values() for term in vocabulary.terms.values()]
PROPERTIES = list(load_properties().values())
SCRIPTS = {"ko": re.compile("[가-힣]"), "zh": re.compile("[一-鿿]")}

SHEET = """\
label.en = "Acts"
label.ko = "행위"
label.zh = "行为"

[term.killing]
label.en = "Killing"
label.ko = "살해"
label.zh = "杀害"
definition.en = "Someone was killed."
definition.ko = "사람을 죽임."
definition.zh = "有人被杀。"
code.iccs = "0101"
uncertain = ["iccs"]
"""

PROPERTY = """\
[property.victim]
label.en = "Victim"
label.ko = "피해자"
label.zh = "被害人"
definition.en = "To whom it was done."
definition.ko = "누구에게 한 일인지."
definition.zh = "对谁所为。"
about = ["act"]
value = ["entity"]
kinds = ["person"]
"""


@pytest.mark.parametrize("word", [*TERMS, *PROPERTIES], ids=lambda word: word.id)
def test_every_word_speaks_three_languages(word: Term | Property) -> None:
    for texts in (word.labels, word.definitions):
        assert tuple(texts) == LANGUAGES
        for language, script in SCRIPTS.items():
            assert script.search(texts[language]), texts[language]
            assert texts[language] != texts["en"]
        assert not SCRIPTS["ko"].search(texts["zh"])


def test_vocabularies_are_labelled_and_their_labels_told_apart() -> None:
    for vocabulary in load_vocabularies().values():
        assert tuple(vocabulary.labels) == LANGUAGES
        for language in LANGUAGES:
            labels = [term.labels[language] for term in vocabulary.terms.values()]
            assert len(labels) == len(set(labels)), (vocabulary.id, language)


def test_the_twenty_eight_acts_and_nine_kinds_are_there() -> None:
    assert len(load_vocabulary("acts").terms) == 28
    assert tuple(load_vocabulary("entity_kinds").terms) == tuple(LETTERS)
    assert {"knife", "beating", "strangulation"} <= load_vocabulary("methods").terms.keys()
    assert "".join(load_vocabulary("reliability").terms) == "ABCDEF"
    assert "".join(load_vocabulary("credibility").terms) == "123456"


def test_codes_are_well_formed_and_doubts_kept() -> None:
    for term in TERMS:
        for system, code in term.codes.items():
            assert all(CODE_SYSTEMS[system].fullmatch(part) for part in code.split("/")), term.id
        assert term.uncertain <= {"meaning", *term.codes}
    assert all("iccs" in term.uncertain for term in TERMS if "iccs" in term.codes)
    sale = load_vocabulary("acts").terms["sale"]
    assert sale.uncertain == {"esf", "gbvims", "iccs"}
    assert all(term.uncertain == {"meaning"} for term in load_vocabulary("agencies").terms.values())


def test_gbvims_codes_are_its_core_types() -> None:
    core = {"rape", "sexual_assault", "physical_assault", "forced_marriage", "denial_of_resources"}
    named = {part for term in TERMS for part in term.codes.get("gbvims", "context").split("/")}
    assert named <= core | {"psychological", "context"}


@pytest.mark.parametrize(
    "label",
    [
        "Murder (deliberate killing which ought to be seen as a common criminal act)",
        "Physical assaults, including domestic violence",
        "Attack with knife and/or other sharp instrument as a method for killing",
        "Directly carried out the act",
        "Failure to take the necessary steps to prevent an unlawful act",
        "Newspaper, magazine or publication write-up",
        "Discovered, after missing for some time",
        "Illegal immigrants",
    ],
)
def test_labels_of_other_systems_are_not_shipped(label: str) -> None:
    """The micro-thesauri are not ours to give away: codes only."""
    shipped = "\n".join(path.read_text("utf-8") for path in FOLDER.iterdir()).casefold()
    assert label.casefold() not in shipped


def test_nobody_is_called_illegal() -> None:
    for path in FOLDER.iterdir():
        assert not re.search("illegal|불법|偷渡|非法移民|脱北女", path.read_text("utf-8").casefold()), (
            path.name
        )


def test_relations_have_inverses_of_their_own_vocabulary() -> None:
    relations = load_vocabulary("relations").terms
    assert all(term.inverse in relations for term in relations.values())
    assert relations["husband"].inverse == "wife"
    assert relations["sold_with"].inverse == "sold_with"


def test_every_property_can_be_filled() -> None:
    for item in PROPERTIES:
        assert ("term" in item.value) == (item.vocabulary is not None), item.id
        assert ("entity" in item.value) == bool(item.kinds), item.id
        if item.vocabulary is not None:
            assert load_vocabulary(item.vocabulary).terms


def test_every_vocabulary_is_used_or_named_by_the_model() -> None:
    used = {item.vocabulary for item in PROPERTIES}
    # Grades stand in slot 1, relations are properties themselves, consent has a form of its own.
    parts = "decisions purposes data shown likeness givers forms channels places wishes checks"
    consent = {f"consent_{part}" for part in parts.split()}
    elsewhere = {"reliability", "credibility", "relations", "withholding_reasons", *consent}
    assert load_vocabularies().keys() == (used - {None}) | elsewhere


def test_what_leads_to_a_person_is_identity() -> None:
    identity = {item.id for item in PROPERTIES if item.stratum is Stratum.IDENTITY}
    leading = {"name", "legal_name", "alias", "nickname", "birth", "face", "voice", "phone", "exact_place"}
    assert leading | {"verbatim", "file_name", "brought_by", "witness", "origin", "shows"} <= identity
    assert {item.id for item in PROPERTIES if item.stratum is Stratum.CARE} >= {"risk_tier", "contact_rule"}


def test_what_can_be_true_once_is_a_conflict_when_said_twice() -> None:
    properties = load_properties()
    assert not any(
        properties[name].many for name in ("died_on", "left_on", "share_of", "measure", "type", "sex")
    )
    assert all(properties[name].many for name in ("victim", "perpetrator", "method", "husband", "cites"))


def test_a_relation_is_a_property_between_people() -> None:
    husband = load_properties()["husband"]
    assert husband.value == ("entity",)
    assert husband.kinds == {"person", "group"}
    assert husband.stratum is Stratum.RECORD


def test_relations_do_not_hide_other_properties() -> None:
    written, findings = read_properties((FOLDER / "properties.toml").read_text("utf-8"), "properties.toml")
    assert written is not None and not findings
    assert not written.keys() & load_vocabulary("relations").terms.keys()


def test_terms_are_found_by_id_and_labels() -> None:
    term = find_term("acts", "killing")
    assert term is not None
    assert labels_of(term) == ("Killing", "살해", "杀害")
    assert find_term("acts", "no_such_act") is None
    assert len({term, find_term("acts", "killing")}) == 1


def test_an_absent_vocabulary_is_refused() -> None:
    with pytest.raises(OnggiError) as refusal:
        load_vocabulary("../secrets")
    assert refusal.value.id == "model.vocabulary.absent"
    assert not refusal.value.values


def test_a_users_own_file_is_read() -> None:
    vocabulary, findings = read_vocabulary(SHEET, "local_acts.toml")
    assert findings == []
    assert vocabulary is not None
    assert vocabulary.id == "local_acts"
    assert vocabulary.terms["killing"].uncertain == {"iccs"}
    assert vocabulary.terms["killing"].vocabulary == "local_acts"


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('label.ko = "살해"\n', "", "model.sheet.missing_language", 6),
        ('label.zh = "杀害"', 'label.zh = "  "', "model.sheet.empty_text", 8),
        ('label.zh = "行为"', "label.zh = 7", "model.sheet.empty_text", 3),
        ("definition.en", "defintion.en", "model.sheet.unknown_key", 9),
        ("label.ko", "label.fr", "model.sheet.unknown_key", 2),
        ("[term.killing]", "[term.Killing]", "model.vocabulary.bad_id", 5),
        ("[term.killing]", '[term."죽임"]', "model.vocabulary.bad_id", 5),
        ("[term.killing]", "[terms.killing]", "model.sheet.unknown_key", 5),
        ("code.iccs", "code.icd", "model.vocabulary.unknown_system", 12),
        ('"0101"', '"0101?"', "model.vocabulary.bad_code", 12),
        ('code.iccs = "0101"', "code = 101", "model.sheet.unknown_key", 12),
        ('["iccs"]', '["esf"]', "model.vocabulary.bad_uncertain", 13),
        ('["iccs"]', "[[1]]", "model.vocabulary.bad_uncertain", 13),
        ('uncertain = ["iccs"]', 'inverse = "dying"', "model.vocabulary.no_inverse", 13),
        ('label.en = "Killing"', "label.en = Killing", "model.sheet.syntax", 6),
        ('label.en = "Killing"', 'label.en = "Killing', "model.sheet.syntax", 6),
        ('uncertain = ["iccs"]', "[term.killing]", "model.sheet.duplicate", 13),
        ('uncertain = ["iccs"]', 'label.en = "Murder"', "model.sheet.syntax", 13),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, code: str, line: int) -> None:
    vocabulary, findings = read_vocabulary(SHEET.replace(old, new, 1), "acts.toml")
    assert vocabulary is None
    assert (code, f"acts.toml:{line}") in [(finding.code, finding.where) for finding in findings]
    for finding in findings:
        for language in LANGUAGES:
            assert say(finding.code, language, **finding.values)
            assert say(f"{finding.code}.hint", language, **finding.values)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('["act"]', '["crime"]', 8),
        ('["entity"]', '["float"]', 9),
        ('["entity"]', '["term"]', 1),
        ('["entity"]', "3", 9),
        ('kinds = ["person"]\n', "", 1),
        ('["person"]', '["person"]\nmany = "yes"', 11),
        ('["person"]', '["person"]\nstratum = "secret"', 11),
        ('["person"]', '["person"]\nvocabulary = "acst"', 11),
    ],
)
def test_a_property_of_unknown_form_is_refused(old: str, new: str, line: int) -> None:
    properties, findings = read_properties(PROPERTY.replace(old, new, 1), "properties.toml")
    assert properties is None
    told = [(finding.code, finding.where) for finding in findings]
    assert ("model.vocabulary.bad_choice", f"properties.toml:{line}") in told


def test_a_property_is_read() -> None:
    properties, findings = read_properties(PROPERTY, "properties.toml")
    assert findings == []
    assert properties is not None
    assert properties["victim"].kinds == {"person"}
    assert not properties["victim"].many


@given(
    st.integers(min_value=0, max_value=len(SHEET)),
    st.integers(min_value=0, max_value=40),
    st.text(max_size=8),
)
def test_no_damage_is_read_in_part(start: int, length: int, put: str) -> None:
    """Whatever happens to a file, the answer is a whole vocabulary, or findings that can be said."""
    vocabulary, findings = read_vocabulary(SHEET[:start] + put + SHEET[start + length :], "acts.toml")
    assert (vocabulary is None) == bool(findings)
    for finding in findings:
        assert known(finding.code)
        assert re.fullmatch(r"acts\.toml:[1-9]\d*", finding.where)
