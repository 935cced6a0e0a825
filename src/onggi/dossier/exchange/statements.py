"""Every statement that is shown as one row: the plainest form, for a spreadsheet or a script."""

from collections.abc import Iterator

from onggi.dossier.exchange.rows import write_rows
from onggi.dossier.told import Told

_HEAD = (
    *("number", "about", "kind", "property", "value", "polarity", "source", "distance", "reliability"),
    *("credibility", "words", "words_lang", "translation", "locator", "cut"),
)


def write_statements(told: Told) -> bytes:
    """The table; numbers are those of the publication, codes those of this dossier."""
    return write_rows(_HEAD, _list_rows(told))


def _list_rows(told: Told) -> Iterator[list[str]]:
    for number, entry in enumerate(told.data.entries, start=1):
        said = entry.held.statement
        what, words = said.what, said.words
        yield [
            str(number),
            told.data.call(said.subject),
            told.data.kinds.get(said.subject, ""),
            what.property,
            told.value(what.value),
            what.polarity,
            told.data.call(said.source) if said.source else "",
            "" if what.distance is None else str(what.distance),
            what.reliability or "",
            str(what.credibility or ""),
            words.original if words else "",
            words.lang if words else "",
            (words.translation or "") if words else "",
            said.trace.locator or "",
            "; ".join(f"{cut.part}: {cut.how} ({cut.reason})" for cut in entry.cuts),
        ]
