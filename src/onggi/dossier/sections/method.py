"""How it was made, on whose consent it rests, and what danger it may bring."""

from onggi.dossier.told import Told
from onggi.paper.document import Block, Heading, List, Note, Paragraph


def tell(told: Told) -> tuple[Block, ...]:
    """Method, ground and risk."""
    return (
        Heading(1, told.say("method.title")),
        Paragraph(told.say("method.how")),
        Paragraph(told.say("method.grades")),
        Heading(2, told.say("method.consent")),
        List(told.basis),
        Heading(2, told.say("method.risk")),
        Note("caution", (Paragraph(told.say("method.danger")), Paragraph(told.say("method.rare")))),
        Paragraph(told.say("method.law")),
    )
