"""An invented case for the way out: who tells, who is told of, and what must not leave."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

from tests.ledger.invented import PASSPHRASE, Dice

from onggi.dossier.order import Order
from onggi.dossier.recipients import find_recipient
from onggi.dossier.redact import Rules
from onggi.intake.record import read_record
from onggi.ledger.directory import Directory
from onggi.ledger.ledger import Ledger, open_ledger
from onggi.ledger.view import View
from onggi.model.consent import Checks, Consent
from onggi.model.entity import make_code
from onggi.model.statement import About, Statement, What
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.vault.enrol import add_member, create_vault, grant_strata
from onggi.vault.grants import STRATA
from onggi.vault.keys import FLOOR
from onggi.vault.session import write_session

TODAY = date(2026, 11, 29)
NOW = 1_796_000_000_000  # some hours before its end, in milliseconds
WOMAN, NEIGHBOUR, BUYER = (make_code("person", (number << 16).to_bytes) for number in (1, 2, 3))
SECOND = "another jar"
NAME, WORDS = "리영희", "그해 오월 이레였어요."

RECORD = """
# INVENTED. Nobody here exists.
onggi = 1
[case]
title = "INVENTED: a sale"
lang = "en"
[defaults]
lang = "en"
grade = "B2"
distance = 0
[person.woman]
code = "WOMAN"
role = "victim"
sex = "female"
[person.neighbour]
code = "NEIGHBOUR"
role = "witness"
[person.buyer]
code = "BUYER"
role = "buyer"
[source.account]
title = "INVENTED: her account"
published = "no"
witness = "woman"
[source.call]
title = "INVENTED: a call"
published = "no"
witness = "neighbour"
[source.paper]
title = "INVENTED: a newspaper"
published = "yes"
[source.rumour]
title = "INVENTED: somebody"
published = "no"
[act.sale]
type = "sale"
victim = "woman"
[[statement]]
key = "name"
about = "woman"
property = "name"
value = "리영희"
[[statement]]
about = "sale"
property = "date"
value = "2013-05-07"
source = "account"
words = "그해 오월 이레였어요."
[[statement]]
about = "sale"
property = "price"
value = { number = "34500", unit = "CNY" }
source = "account"
[[statement]]
about = "sale"
property = "buyer"
value = "buyer"
source = "call"
[[statement]]
about = "woman"
property = "lives_in"
value = { place = "CN-210600" }
source = "account"
[[statement]]
about = "woman"
property = "escape_to"
value = { place = "KR" }
source = "account"
[[statement]]
about = "sale"
property = "method"
value = "beating"
source = "rumour"
[[statement]]
about = "sale"
property = "consequence"
value = "injury"
source = "paper"
[[statement]]
about = "woman"
property = "note"
value = "Call only in the evening."
"""


@dataclass
class Invented:
    """A vault with the case in it, as its admin holds it; `second` is another member with every grant."""

    root: Path
    dice: Dice = field(default_factory=Dice)
    ticks: Iterator[int] = field(default_factory=lambda: count(NOW, 1000))
    opened: list[Ledger] = field(default_factory=list)
    case: str = ""

    def make(self) -> None:
        """The vault, its two members, the case."""
        vault = create_vault(self.root, PASSPHRASE, "main", FLOOR, self.dice)
        with write_session(vault):
            slot = add_member(vault, SECOND, "member", FLOOR)
            grant_strata(vault, vault.compartment(), vault.members.slots()[slot], STRATA, release=False)
        text = RECORD.replace("WOMAN", WOMAN).replace("NEIGHBOUR", NEIGHBOUR).replace("BUYER", BUYER)
        self.case = self.record(text)

    def copy(self, root: Path) -> "Invented":
        """The same, later, in a vault of its own."""
        shutil.copytree(self.root, root)
        copy = Invented(root, ticks=iter(range(next(self.ticks) + 10**6, 2 * 10**12, 1000)), case=self.case)
        copy.dice(16)
        return copy

    def record(self, text: str) -> str:
        """Record a file; returns its case."""
        ledger = self.open()
        compartment = ledger.vault.compartment()
        batch = read_record(text.encode(), "toml", Directory(ledger, compartment), self.dice)
        assert not isinstance(batch, list), batch
        ledger.append(compartment, batch.placed)
        return batch.case

    def print_page(self, title: str, text: str) -> str:
        """Record a further published source, which says one text of the woman; returns the statement's id."""
        source = f'[source.page]\ntitle = "{title}"\npublished = "yes"'
        said = f'[[statement]]\nabout = "{WOMAN}"\nproperty = "note"\nvalue = "{text}"\nsource = "page"'
        self.record(f'onggi = 1\ncase = "{self.case}"\n[defaults]\nlang = "en"\n{source}\n{said}\n')
        view = self.open().view()
        return view.live(view.find(WOMAN), "note")[-1].id

    def name_her(self, name: str) -> None:
        """Record a further name of the woman."""
        said = f'[[statement]]\nabout = "{WOMAN}"\nproperty = "alias"\nvalue = "{name}"\nlang = "ko"'
        self.record(f'onggi = 1\ncase = "{self.case}"\n{said}\n')

    def admit(self, *strata: str) -> Ledger:
        """The vault as a third member opens it, who may release and read these strata."""
        vault = self.open().vault
        with write_session(vault):
            slot = add_member(vault, SECOND, "member", FLOOR)
            grant_strata(vault, vault.compartment(), vault.members.slots()[slot], strata, release=True)
        return self.open(slot)

    def open(self, slot: int = 1) -> Ledger:
        """The vault as a new process of a member would open it."""
        phrase = PASSPHRASE if slot == 1 else SECOND
        ledger = open_ledger(self.root, slot, phrase, self.dice, lambda: next(self.ticks))
        self.opened.append(ledger)
        return ledger

    def agree(self, code: str, **fields: object) -> str:
        """Somebody's yes to a dossier for Special Procedures, but for what is said otherwise."""
        asked = Checks("yes", "yes", "yes", "yes", "yes", "yes", "no")
        said = {
            "decision": "given",
            "on": TODAY.isoformat(),
            "purpose": "accountability",
            "recipient": "UN-SP",
            "covers": ("facts", "words"),
            "shown": "pseudonym",
            "valid_from": TODAY.isoformat(),
            "valid_until": "2027-01-31",
            "lang": "ko",
            "form": "voice",
            "checks": asked,
        }
        return self.decide(code, Consent(**{**said, **fields}))  # type: ignore[arg-type]

    def decide(self, code: str, consent: Consent) -> str:
        """Record a decision; returns its id."""
        ledger = self.open()
        person = ledger.view().find(code)
        id = self.dice(16).hex()
        said = Statement(What("consent", consent), About(id, person, self.case, ""))
        ledger.append(ledger.vault.compartment(), [(Stratum.RECORD, said)])
        return id

    def second(self, id: str) -> None:
        """The second member signs a decision."""
        ledger = self.open(2)
        note = ledger.make_statement(id, self.case, "seconded", Text("to test", "und"))
        ledger.append(ledger.vault.compartment(), [(Stratum.RECORD, note)])

    def close(self) -> None:
        """Close all that was opened."""
        for ledger in self.opened:
            ledger.close()


def look(ledger: Ledger, case: str, *, identity: bool = True) -> View:
    """Record and identity, the reading of which is signed; or the record alone."""
    if not identity:
        return ledger.view()
    return ledger.open_identity(ledger.vault.compartment(), case, "to test", strata=("identity",))


def order(case: str, recipient: str = "UN-SP", purpose: str = "accountability", **rules: object) -> Order:
    """A dossier as somebody asks for it."""
    body = find_recipient(recipient)
    return Order(
        case,
        body,
        "An archive" if body.several else None,
        purpose,
        ("en",),
        TODAY,
        Rules(**rules),  # type: ignore[arg-type]
    )
