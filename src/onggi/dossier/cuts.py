"""Every cut as the bag lists it. Pure."""

from collections import Counter

from onggi.dossier.dataset import DataSet
from onggi.evidence.cuts import Cut


def list_cuts(data: DataSet) -> list[Cut]:
    """What was cut from each statement, and how many statements stay inside for which reason."""
    shown = Counter(
        Cut(cut.how, cut.part, cut.reason, statement=number)
        for number, entry in enumerate(data.entries, start=1)
        for cut in entry.cuts
    )
    whole = [Cut("withheld", "statement", reason, count) for reason, count in data.withheld.items()]
    return [*shown, *whole]
