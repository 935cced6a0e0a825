"""Who is accused of something, as a view has it (model.accusing).

Pure, over a view. Refused: nothing.
"""

from collections.abc import Collection

from onggi.ledger.view import View
from onggi.model.accusing import find_accused


def is_accused(view: View, entities: Collection[str]) -> bool:
    """Whether any of these entities is accused by a live statement."""
    tied = (one for entity in entities for one in view.mentioning(entity))
    accusing = [held for held in tied if find_accused(held.statement) in entities]
    return any(map(view.is_live, accusing))
