"""Every form says how it can be challenged and how it is checked, whoever it is for."""

import pytest

from onggi.dossier.forms import FORMS
from onggi.dossier.sections import challenge, cuts, method, verification
from onggi.model.vocabulary import load_vocabulary


@pytest.mark.parametrize("name", FORMS)
def test_no_form_lacks_what_a_doubter_asks_for(name: str) -> None:
    form = FORMS[name]
    assert {challenge.tell, verification.tell, cuts.tell, method.tell} <= set(form.sections)
    assert len(set(form.sections)) == len(form.sections)
    assert form.mark in load_vocabulary("tlp").terms


def test_only_what_is_for_an_archive_or_a_brief_takes_what_was_published() -> None:
    assert {name for name, form in FORMS.items() if form.published} == {"archive", "brief"}
    assert [name for name, form in FORMS.items() if not form.individuals] == ["brief"]
