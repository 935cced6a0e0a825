"""Who a dossier is for: what that body asks for, in which form, and how dangerous it is.

Floor 5. Each avenue of `law` is a recipient; besides, an archive that keeps what was published, and a brief
that speaks of no individual. Refused: a recipient nobody knows; *everybody*.
"""

from dataclasses import dataclass

from onggi.dossier.forms import FORMS, Form
from onggi.errors import Exit, OnggiError
from onggi.law.avenues import load_avenues
from onggi.model.recipients import ARCHIVE, MANY, PATTERN
from onggi.words import say

_OWN = {ARCHIVE: "archive", PATTERN: "brief"}


@dataclass(frozen=True, slots=True)
class Recipient:
    """One body. `dangerous` is what law's red gate says; `several` that a name is needed besides."""

    id: str
    form: Form
    provenance: bool
    dangerous: bool
    several: bool

    def name(self, lang: str) -> str:
        """What it is called."""
        if self.id in _OWN:
            return say(f"dossier.recipient.{self.id}", lang)
        return load_avenues()[self.id].names[lang]

    def risks(self, lang: str) -> str:
        """What may happen to the people concerned; of our own two nothing is known."""
        return "" if self.id in _OWN else load_avenues()[self.id].risks[lang]

    def learning(self, lang: str) -> str:
        """Whether the State concerned gets to know the victim's name; of our own two nothing is known."""
        return "" if self.id in _OWN else load_avenues()[self.id].state_learns[lang]


def list_recipients() -> list[Recipient]:
    """Every recipient that something can be made for: those of law in its order, our own two, and last the
    dangerous ones, so that nobody who is tired takes the first."""
    formed = (id for id, avenue in load_avenues().items() if avenue.form in FORMS)
    found = [find_recipient(id) for id in (*formed, *_OWN)]
    return sorted(found, key=lambda one: one.dangerous)


def find_recipient(id: str) -> Recipient:
    """The recipient of this id.

    Raises:
        OnggiError: `dossier.recipient` for none, `dossier.unavailable` for a body that takes nothing here.
    """
    if id in _OWN:
        form = FORMS[_OWN[id]]
        return Recipient(id, form, provenance=False, dangerous=False, several=id in MANY)
    avenue = load_avenues().get(id)
    if avenue is None:
        raise OnggiError("dossier.recipient", exit_code=Exit.USAGE)
    if avenue.form not in FORMS:
        raise OnggiError("dossier.unavailable", exit_code=Exit.REFUSED)
    form, dangerous = FORMS[avenue.form], avenue.gate == "red"
    return Recipient(id, form, avenue.provenance, dangerous, several=id in MANY)
