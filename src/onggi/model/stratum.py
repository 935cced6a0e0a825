"""The three strata of a case, each under keys of its own (docs/design/statement-model.md, §5). Pure."""

from enum import Enum


class Stratum(Enum):
    """Who may read it: the abuse, whatever leads from a code to a person, or the help given."""

    RECORD = "record"
    IDENTITY = "identity"
    CARE = "care"


STRATA = (Stratum.RECORD, Stratum.IDENTITY, Stratum.CARE)
