"""Whether somebody who may see names has looked that none stands in a statement. Pure over a view."""

from onggi.ledger.held import Held
from onggi.ledger.view import View
from onggi.model.value import Term

_SCREENED = Term("yes_no", "yes")


def is_screened(held: Held, view: View) -> bool:
    """Whether names were looked for: when it was recorded, or by a member who could, later."""
    looked = [one.statement.what for one in view.live(held.id, "screened")]
    return held.statement.trace.screened or (
        bool(looked) and all((one.value, one.polarity) == (_SCREENED, "asserts") for one in looked)
    )
