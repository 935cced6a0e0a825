"""What a dossier would show of a case: statements, under which ids, and files. Pure data."""

from dataclasses import dataclass

from onggi.dossier.dataset import DataSet
from onggi.dossier.files import Chosen
from onggi.dossier.redact import Redacted


@dataclass(frozen=True, slots=True)
class Content:
    """The redacted statements, the same as a data set of its own, and the items of the case."""

    redacted: Redacted
    data: DataSet
    files: tuple[Chosen, ...]
