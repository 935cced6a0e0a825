"""How a stranger checks it, and what the check does and does not show."""

from onggi.dossier.told import Told
from onggi.paper.document import Block, Code, Fact, Facts, Heading, List, Note, Paragraph


def tell(told: Told) -> tuple[Block, ...]:
    """The command, the key, and the limits."""
    digits = " ".join(told.fingerprint[at : at + 4] for at in range(0, len(told.fingerprint), 4))
    facts = (
        Fact(told.say("verification.command"), (Code("bash verify.sh"),)),
        Fact(told.say("verification.key"), (Code(digits),)),
    )
    extra = (told.say("verification.provenance"),) if told.provenance else ()
    return (
        Heading(1, told.say("verification.title")),
        Paragraph(told.say("verification.how")),
        Facts(facts),
        List((told.say("verification.shows"), told.say("verification.time"), *extra)),
        Note("caution", (Paragraph(told.say("verification.not")),)),
    )
