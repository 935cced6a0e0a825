"""The documents of a dossier: the same text as PDF, Word and a page, in each language asked for.

Floor 5. Pure. Nothing in them is of today: told again from the same data set they are the same bytes.
"""

from collections.abc import Sequence

from onggi.dossier.compose import compose_document
from onggi.dossier.forms import Form
from onggi.dossier.told import Told
from onggi.paper.html import make_html
from onggi.paper.pdf import make_pdf
from onggi.paper.word import make_word

FOLDER = "data/documents/"


def make_papers(tellings: Sequence[Told], form: Form) -> dict[str, bytes]:
    """The files by their path in a bag."""
    files: dict[str, bytes] = {}
    for told in tellings:
        document = compose_document(told, form)
        name = f"{FOLDER}dossier-{told.lang}"
        files[f"{name}.pdf"] = make_pdf(document)
        files[f"{name}.docx"] = make_word(document)
        files[f"{name}.html"] = make_html(document)
    return files
