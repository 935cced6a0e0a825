"""What stands against a dossier, in words: what a finding holds as an id is said in the reader's language.

Floor 5. Pure. `judge` knows no language; whoever shows its findings puts them into words here first.
"""

from dataclasses import replace

from onggi.dossier.recipients import find_recipient
from onggi.errors import Finding
from onggi.law.norms import load_norms
from onggi.law.telling import name_norm
from onggi.model.vocabulary import find_term
from onggi.words import say


def name_reason(reason: str, lang: str) -> str:
    """What a class of details is called that is kept back."""
    term = find_term("redaction_classes", reason)
    return term.labels[lang] if term else reason


def word_finding(finding: Finding, lang: str) -> Finding:
    """The same finding with values that can be read: whom a fact endangers, what a recipient's risks are."""
    values = dict(finding.values)
    match finding.code:
        case "release.warning":
            values["endangers"] = say(f"law.endangers.{values['endangers']}", lang)
            values["norm"] = name_norm(str(values["norm"]), lang, load_norms()) or say(
                "release.unsourced", lang
            )
        case "release.dangerous":
            values["risks"] = find_recipient(finding.where).risks(lang)
    return replace(finding, values=values)
