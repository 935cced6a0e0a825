"""What every command answers with --json: the published contracts, declared once.

Pure. The types hold the code to them, tests/cli/test_contracts.py holds real answers to them, and
docs/reference/json.md is made from them. A field may be added; one that is there keeps its name, its type and
its meaning.
"""

from typing import Any

from onggi.cli.contracts.consent import Decided, Withdrawn
from onggi.cli.contracts.count import Counted, EstimateRow
from onggi.cli.contracts.dossier import Dossier
from onggi.cli.contracts.evidence import CustodyRow, ItemRow, StrippedRow
from onggi.cli.contracts.finding import Problem
from onggi.cli.contracts.law import Assessment, Reversed
from onggi.cli.contracts.link import AlikeRow, JudgedRow, Suggestions
from onggi.cli.contracts.names import Compared, NameRow
from onggi.cli.contracts.norms import EntryPage, EntryRow
from onggi.cli.contracts.proof import Proved, Verified
from onggi.cli.contracts.record import FoundRow, Logged, Recorded, Shown
from onggi.cli.contracts.second import HeldBack, Screened, Seconded, UnscreenedRow, WaitingRow
from onggi.cli.contracts.stamps import HealthRow, Requested, Stamped
from onggi.cli.contracts.table import Tabled
from onggi.cli.contracts.vault import (
    Copied,
    Erased,
    Example,
    Granted,
    MemberRow,
    NewCompartment,
    NewMember,
    NewVault,
    Rebuilt,
)

ANSWERS: dict[str, Any] = {
    "demo": Example,
    "init": NewVault,
    "member add": NewMember,
    "member grant": Granted,
    "member list": list[MemberRow],
    "member compartment": NewCompartment,
    "record": Recorded,
    "add": list[ItemRow],
    "strip": StrippedRow,
    "custody": CustodyRow,
    "search": list[FoundRow],
    "link VAULT": Suggestions,
    "names A": NameRow,
    "names -": list[NameRow],
    "names A B": Compared,
    "count": Counted,
    "count VAULT --list": list[EstimateRow],
    "count VAULT --withdraw": EstimateRow,
    "show": Shown,
    "consent list": Decided,
    "consent record": Recorded,
    "consent withdraw": Withdrawn,
    "second": list[WaitingRow],
    "second ID": Seconded,
    "screen": list[UnscreenedRow],
    "screen ID, --all": Screened,
    "screen ID --hold-back": HeldBack,
    "judge": list[JudgedRow],
    "judge --because TEXT": list[AlikeRow],
    "judge A B": JudgedRow,
    "judge --undo ID": JudgedRow,
    "log": Logged,
    "verify": Verified,
    "prove": Proved,
    "dossier": Dossier,
    "table": Tabled,
    "timestamp": list[HealthRow],
    "timestamp --request": Requested,
    "timestamp --tsa, --calendar, --attach": Stamped,
    "erase": Erased,
    "copy": Copied,
    "rebuild": Rebuilt,
    "norms": list[EntryRow],
    "norms ID": EntryPage,
    "law": Assessment,
    "law --reverse": Reversed,
    "any command that cannot": Problem,
}
"""The answer of each command."""
