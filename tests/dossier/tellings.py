"""What the sections and the exchange files are told from, of small matters in memory."""

from collections.abc import Sequence
from typing import Any

from tests.dossier.matters import matter_of
from tests.ledger.invented import Dice, point, state

from onggi.dossier.dataset import DataSet, make_dataset
from onggi.dossier.redact import Rules, redact
from onggi.dossier.told import Part, Told
from onggi.model.entity import Randomness
from onggi.model.statement import Statement, Words
from onggi.model.value import Date, Number, Place, Term, Text, Unknown
from onggi.model.when import When

WORDS = Words("말 =1+1", "ko", "words")
EVERYTHING = (
    state("t1", "title", Text("A case", "en"), "case"),
    state("t2", "title", Text("=cmd()", "en"), "sale"),
    state("k", "type", Term("acts", "sale"), "sale"),
    state("k3", "type", Term("acts", "beating"), "sale", source="account"),
    state("d1", "date", Date.of(When("2013-05-07")), "sale", source="account"),
    state("d2", "date", Date.of(When("2015")), "sale", source="call"),
    state("d3", "date", Date.of(When("2013")), "sale", source="paper"),
    state("pl", "place", Place("CN-210600"), "sale", source="account"),
    state("pr", "price", Number("30000", "CNY"), "sale", source="account"),
    state("m", "method", Term("methods", "beating"), "sale", source="call"),
    state("md", "method", Term("methods", "beating"), "sale", source="paper", denies=True),
    state("du", "duration", Unknown(), "sale", source="account"),
    state("q", "note", Text("-2+3 and @that", "en"), "sale", source="paper", words=WORDS),
    state("sx", "sex", Term("sex", "female"), "woman", source="account"),
    point("by", "buyer", "buyer", "sale", source="call"),
    point("pp", "part_of", "years", "sale", source="account"),
    point("rs", "responds_to", "sale", "report", source="account"),
    state("ro", "released_on", Date.of(When("2014-01")), "woman", source="account"),
    point("fr", "friend", "friend", "woman", source="account"),
)
PARTS = (
    Part("I-1", "image/png", "items/item-1.png", ("2026-01-05: sealed",)),
    Part("I-2", "text/plain", "", (), ("Nobody said who brought it.",)),
)


def make_data(*statements: Statement, dice: Randomness | None = None, **rules: Any) -> DataSet:
    """The data set of what is shown of some statements."""
    matter = matter_of(*statements)
    return make_dataset(matter, redact(matter, Rules(**rules)), (), dice or Dice())


def tell(statements: Sequence[Statement] = EVERYTHING, lang: str = "en", **rules: Any) -> Told:
    """The same as it is told."""
    data = make_data(*statements, **{"published": True, "exact": True, **rules})
    return Told(
        data, lang, "A reader", "a purpose", "2026-11-29", "ab" * 32, "TLP", ("a ground",), PARTS, True
    )
