"""The document a person reads, from what is told in a form. Pure: the same model gives the same document."""

from onggi.dossier.forms import Form
from onggi.dossier.told import Told
from onggi.model.vocabulary import find_term
from onggi.paper.document import Block, Contents, Document, PageBreak


def compose_document(told: Told, form: Form) -> Document:
    """A dossier in one language."""
    blocks: list[Block] = [Contents(1), PageBreak()]
    for section in form.sections:
        blocks += section(told)
    # What a case is called speaks of somebody; a brief is called what it is.
    title = told.call_case() if form.individuals else told.recipient
    return Document(title, told.lang, told.mark, tuple(blocks))


def name_mark(form: Form, lang: str) -> str:
    """How the reader must handle it, in her language."""
    term = find_term("tlp", form.mark)
    return f"{term.labels[lang]} — {term.definitions[lang]}" if term else form.mark
