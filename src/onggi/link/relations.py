"""Relations told in a note: "mother of X", "sold with Y" (§2).

Floor 4. Pure. What is not of one of these forms is not read: a note is a person's story, not a field.
"""

import re

from onggi.names.split import Kind, sketch_text

# Around a name, in the words that lists use; what stands for the name goes on to the end of the phrase.
_WITH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:sold|trafficked|taken) (?:together )?with ([^,.;()\n]{2,60})",
        r"([^\s,.;()]{2,8})(?:와|과|하고|랑)\s*(?:함께|같이)\s*(?:팔려|팔린|팔렸)",
        r"[与跟和與]([^\s,.;()，。；]{2,8})一(?:起|同)被(?:卖|賣|拐)",
    )
)
_PHRASES = re.compile(r"[,.;()\n，。；（）]+")


def read_relation(text: str, *, whole: bool = False) -> tuple[str, str] | None:
    """A kind of relation and the text of the other's name; `whole` where the text is nothing else."""
    if not whole:
        for pattern in _WITH:
            if found := pattern.search(text):
                return "sold_with", found[1].strip()
    for phrase in [text] if whole else _PHRASES.split(text):
        phrase = phrase.strip()
        if not 2 <= len(phrase) <= 80:
            continue
        form = sketch_text(phrase).form
        if form is not None and form.kind is Kind.KIN:
            return form.what, phrase
    return None
