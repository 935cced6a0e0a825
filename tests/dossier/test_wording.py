"""What stands against a dossier is said in words, in each language, and no id is left in it."""

import re

import pytest

from onggi.dossier.recipients import find_recipient
from onggi.dossier.wording import word_finding
from onggi.errors import Finding
from onggi.law.norms import load_norms
from onggi.law.reverse import ENDANGERED
from onggi.words import LANGUAGES, known, say


def say_all(found: Finding, lang: str) -> str:
    worded = word_finding(found, lang)
    ids = [one for one in (worded.code, f"{worded.code}.hint") if known(one)]
    return " ".join(say(one, lang, **worded.values) for one in ids)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("endangered", ENDANGERED)
@pytest.mark.parametrize("norm", ["", "CN-CL-322"])
def test_whom_a_true_fact_endangers_is_said_in_words(lang: str, endangered: str, norm: str) -> None:
    said = say_all(Finding("release.warning", "1", {"norm": norm, "endangers": endangered}, False), lang)
    assert say(f"law.endangers.{endangered}", lang) in said
    title = load_norms()[norm].titles[lang] if norm else say("release.unsourced", lang)
    assert norm in said and title in said
    if lang != "en":
        assert not re.search(r"\b(victim|child|family|helper)\b", said)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("id", ["CN-POLICE", "CN-PRIVATE", "CN-SUPERVISION"])
def test_the_risks_of_a_dangerous_recipient_are_read_before_anybody_takes_them(lang: str, id: str) -> None:
    said = say_all(Finding("release.dangerous", id, {}, False), lang)
    assert find_recipient(id).risks(lang) in said and "{" not in said


def test_all_else_stays_as_it_was_found() -> None:
    found = Finding("release.rare", "P-1", {"count": 1, "least": 11}, False)
    assert word_finding(found, "ko") == found
